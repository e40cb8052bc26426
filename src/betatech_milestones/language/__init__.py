"""Languages: one file each, with its words for dates and numbers, to read and to write them.

In comes the tag of a language; out comes its `Lexicon`. Nothing here knows what a date is: the
model reads with these words and writes with them. No file is read, no clock asked.
"""

from betatech_milestones.language.lexicon import LANGUAGES, Lexicon, lexicon, spoken

__all__ = ["LANGUAGES", "Lexicon", "lexicon", "spoken"]
