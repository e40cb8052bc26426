"""Charts of figures: each a picture that stands alone, with the numbers that it is drawn from."""

from collections.abc import Callable, Mapping

import attrs

from betatech_milestones.analysis.stats import FEW, Stats
from betatech_milestones.formats.stats import of_day
from betatech_milestones.model import rules
from betatech_milestones.model.errors import BadValue, did_you_mean
from betatech_milestones.model.values import shown
from betatech_milestones.pictures import CHARTS
from betatech_milestones.pictures.burn_up import burn_up
from betatech_milestones.pictures.delays import delays
from betatech_milestones.pictures.incidence import cumulative_incidence
from betatech_milestones.pictures.plot import Drawn, document
from betatech_milestones.pictures.trend import trend
from betatech_milestones.voice import Voice

_DRAW: Mapping[str, Callable[[Stats, Voice], Drawn]] = {
    "trend": trend,
    "burn-up": burn_up,
    "incidence": cumulative_incidence,
    "delays": delays,
}


@attrs.frozen(kw_only=True)
class Chart:
    """A picture of figures, and its table."""

    name: str
    """One of `CHARTS`."""
    title: str
    """Whose figures they are, and of which day."""
    about: str
    """What it shows, and what it does not."""
    svg: str
    """A document that stands alone, or within a page."""
    columns: tuple[str, ...]
    """The headings of its table; none where there is nothing to draw."""
    rows: tuple[tuple[str, ...], ...]
    """The numbers that are drawn, as people read them."""

    def __repr__(self) -> str:
        return f"<Chart {self.name}: {len(self.rows)} rows>"

    def _repr_svg_(self) -> str:
        """Return the picture, for a notebook."""
        return self.svg


def chart(stats: Stats, name: str, *, language: str | None = None) -> Chart:
    """Draw a chart of figures.

    Without a language it speaks that of the programme. There is nothing in it that a strict
    Content-Security-Policy forbids, but for one `<style>`, whose content is `CHART_STYLE`. Raises
    `BadValue` for what is no chart.

    >>> from betatech_milestones import as_of, load_example
    >>> from betatech_milestones import stats as stats_of
    >>> chart(stats_of(as_of(load_example(), "2014-09-01")), "burn-up", language="en").columns[:4]
    ('day', 'promised', 'first term passed', 'recorded as kept')
    """
    if name not in CHARTS:
        hint = did_you_mean(name, CHARTS) or f"; use one of {', '.join(CHARTS)}"
        raise BadValue(rules.UNKNOWN_WORD, f"{shown(name)} is no chart{hint}")
    voice = Voice(language or stats.programme.language)
    heading = (voice.line(stats.programme.title), of_day(f"chart {name}", stats, voice))
    about = voice.label(f"chart {name} about", known=voice.day(stats.known_on), few=FEW)
    drawn = _DRAW[name](stats, voice)
    return Chart(
        name=name,
        title=", ".join(heading),
        about=about,
        svg=document(name, heading, about, drawn, voice),
        columns=drawn.columns,
        rows=drawn.rows,
    )
