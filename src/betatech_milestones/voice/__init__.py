"""Records in words: what a reader hears of them, in one language.

In come records of the model; out comes text. `Voice` is how every view tells anything; its texts
are in `labels`, and translated in `catalogues`. Where what is told in a language stands on a site
is in `paths`. Nothing here asks the clock.
"""

from betatech_milestones.voice.voice import Voice, capital, in_languages, languages_of

__all__ = ["Voice", "capital", "in_languages", "languages_of"]
