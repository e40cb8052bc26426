"""Records in words: what a reader hears of them, in one language.

In come records of the model; out comes text. One file per language holds its words; `Voice` is how
every view tells anything. Nothing here reads a file or asks the clock.
"""

from betatech_milestones.language.lexicon import LANGUAGES, spoken
from betatech_milestones.language.voice import Detail, Voice

__all__ = ["LANGUAGES", "Detail", "Voice", "spoken"]
