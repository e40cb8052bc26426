"""A file that is no TOML is told in words of what a person did, at the place where they did it."""

# ruff: noqa: RUF001  quotes and dashes of word processors are what people paste

from pathlib import Path

import pytest
import tomli
from hypothesis import example, given
from hypothesis import strategies as st
from programmes import PROGRAMME, changed

from betatech_milestones import Finding, InvalidData, check, loads, schema
from betatech_milestones.datafile.syntax import LISTS, not_toml
from betatech_milestones.model.printable import printable_line

HEAD = '[programme]\nid = "x"\n'

# what somebody did · the text · where, and what they are told
TOLD: dict[str, tuple[str, str]] = {
    # quotes
    "curly quotes": (
        HEAD + "title = “Plan”\n",
        '3:9: “ is a quote of a word processor; write "Plan", with straight quotes (")',
    ),
    "low curly quotes": (
        HEAD + "title = „Plan”\n",
        '3:9: „ is a quote of a word processor; write "Plan", with straight quotes (")',
    ),
    "guillemets": (
        HEAD + "title = «Plan»\n",
        '3:9: « is a quote of a word processor; write "Plan", with straight quotes (")',
    ),
    "single curly quotes": (
        HEAD + "title = ‘Plan’\n",
        '3:9: ‘ is a quote of a word processor; write "Plan", with straight quotes (")',
    ),
    "curly quotes in an array": (
        'sectors = ["a", “b”]\n',
        '1:17: “ is a quote of a word processor; write "b", with straight quotes (")',
    ),
    "curly quotes around a key": (
        '“id” = "x"\n',
        '1:1: “ is a quote of a word processor; write "id", with straight quotes (")',
    ),
    "a straight quote and a curly one": (
        HEAD + 'title = "Plan”\n',
        '3:9: "Plan” ends with ” of a word processor; write a straight "',
    ),
    "an unclosed quote": (
        HEAD + 'title = "Plan\nlanguage = "nl"\n',
        '3:9: "Plan has no quote at its end; close it with " on the same line',
    ),
    "an unclosed single quote": (
        HEAD + 'title = \'Plan\nlanguage = "nl"\n',
        "3:9: 'Plan has no quote at its end; close it with ' on the same line",
    ),
    "an unclosed single quote, and others behind it": (
        HEAD + "title = 'Plan\nlanguage = 'nl'\n",
        "3:9: 'Plan has no quote at its end; close it with ' on the same line",
    ),
    "an unclosed quote in the last line": (
        HEAD + 'title = "Plan',
        '3:9: "Plan has no quote at its end; close it with " on the same line',
    ),
    "an unclosed quote between braces": (
        HEAD + 'title = { nl = "Plan, en = "Plan" }\nlanguage = "nl"\n',
        '3:16: "Plan has no quote at its end; close it with "',
    ),
    "an unclosed single quote between braces": (
        HEAD + "title = { nl = 'Plan }\n",
        "3:16: 'Plan } has no quote at its end; close it with ' on the same line",
    ),
    "three quotes that are never closed": (
        HEAD + 'title = """Plan\nlanguage = "nl"\n\n[[source]]\n',
        '3:9: a text in three quotes is never closed; end it with """',
    ),
    "three single quotes that are never closed": (
        HEAD + "title = '''Plan\nlanguage = \"nl\"\n\n[[source]]\n",
        "3:9: a text in three quotes is never closed; end it with '''",
    ),
    "three quotes that run on to others": (
        HEAD + 'title = """Plan\nlanguage = "nl"\nnote = """tekst"""\n',
        (
            "3:9: a text in three quotes runs on to line 5, and takes in language = of line 4; end "
            'it with """ where it ends'
        ),
    ),
    "three quotes that run on to others in the last line": (
        HEAD + 'title = """Plan\nlanguage = """nl"""',
        (
            "3:9: a text in three quotes runs on to line 4, and takes in language = of line 4; end "
            'it with """ where it ends'
        ),
    ),
    "a text on two lines": (
        HEAD + 'x = "a\nb"\n',
        '3:5: "a has no quote at its end; close it with " on the same line',
    ),
    "a backslash before the last quote": (
        HEAD + 'title = "C:\\"\n',
        '3:9: the backslash before the last quote of "C:\\" keeps it open; write \\\\ for it',
    ),
    "a backslash before the last quote, and spaces behind it": (
        HEAD + 'title = "C:\\"  \n',
        '3:9: the backslash before the last quote of "C:\\" keeps it open; write \\\\ for it',
    ),
    "a backslash": (
        HEAD + 'title = "C:\\plan"\n',
        "3:12: a backslash begins an escape within quotes; write \\\\ for one",
    ),
    "a backslash before a u": (
        HEAD + 'title = "C:\\users"\n',
        "3:12: a backslash begins an escape within quotes; write \\\\ for one",
    ),
    "quotes within a text": (
        HEAD + 'x = "een "nieuw" plan"\n',
        (
            '3:11: nieuw" plan" stands behind a text that has ended; write \\" for a quote within '
            '"…", and put "…" around a text that has an \''
        ),
    ),
    "an apostrophe within single quotes": (
        HEAD + "x = 'zo'n plan'\n",
        (
            "3:9: n plan' stands behind a text that has ended; write \\\" for a quote within "
            '"…", and put "…" around a text that has an \''
        ),
    ),
    "quotes twice": (
        HEAD + 'x = ""plan""\n',
        (
            '3:7: plan"" stands behind a text that has ended; write \\" for a quote within "…", '
            'and put "…" around a text that has an \''
        ),
    ),
    "a remark without #": (
        HEAD + 'x = "plan" opmerking\n',
        "3:12: opmerking stands behind a text; write a remark behind #, or all of it in quotes",
    ),
    "two keys on a line": (
        HEAD + 'x = "plan" y = "z"\n',
        "3:12: a second key on the line; put y on a line of its own",
    ),
    "quotes within a text between braces": (
        HEAD + 'title = { nl = "De "nieuwe" aanpak" }\n',
        (
            '3:21: nieuwe" aanpak" } stands behind a text that has ended; write \\" for a quote '
            'within "…", and put "…" around a text that has an \''
        ),
    ),
    "a curly quote alone": (
        HEAD + "title = “Plan\n",
        '3:9: “ is a quote of a word processor; write a straight quote (")',
    ),
    "something behind a text in three quotes": (
        HEAD + 'x = """a\nb""" c\n',
        "4:6: c stands behind a text; write a remark behind #, or all of it in quotes",
    ),
    "an unclosed quote at the beginning of the file": (
        '"id',
        '1:1: "id has no quote at its end; close it with " on the same line',
    ),
    "an unclosed quote below many texts": (
        "".join(f'k{one} = "a"\n' for one in range(60)) + 'title = "Plan\n',
        '61:9: "Plan has no quote at its end; close it with " on the same line',
    ),
    "backslashes in two lines": (
        HEAD + 'title = "C:\\plan"\nnote = "C:\\plan"\n',
        "3:12: a backslash begins an escape within quotes; write \\\\ for one",
    ),
    "a backslash, behind one of an escape": (
        HEAD + 'title = "a\\tb"\nnote = "C:\\plan"\n',
        "4:11: a backslash begins an escape within quotes; write \\\\ for one",
    ),
    "three quotes that run on, below others that end": (
        HEAD + 'x = """a"""\ntitle = """Plan\nlanguage = "nl"\nnote = """tekst"""\n',
        (
            "4:9: a text in three quotes runs on to line 6, and takes in language = of line 5; end "
            'it with """ where it ends'
        ),
    ),
    "three quotes that run on, right behind a short key": (
        '[programme]\nid="""x\ntitle = "Plan"\nnote = """tekst"""\n',
        (
            "2:4: a text in three quotes runs on to line 4, and takes in title = of line 3; end "
            'it with """ where it ends'
        ),
    ),
    "something behind a text in three quotes, above a key": (
        HEAD + 'x = """a\nb""" c\ntitle = "x"\n',
        "4:6: c stands behind a text; write a remark behind #, or all of it in quotes",
    ),
    "a control character behind three quotes in a remark": (
        HEAD + '# """\x01\n',
        "3:6: found invalid character '\\x01'; see https://toml.io",
    ),
    "a sign behind a text in an array": (
        HEAD + "x = ['a' €]\n",
        "3:10: unclosed array; see https://toml.io",
    ),
    "a sign behind a text in double quotes in an array": (
        HEAD + 'x = ["a" €]\n',
        "3:10: unclosed array; see https://toml.io",
    ),
    # merges
    "a merge conflict": (
        HEAD + '<<<<<<< HEAD\ntitle = "a"\n=======\ntitle = "b"\n>>>>>>> other\n',
        (
            "3:1: an unfinished merge: <<<<<<< in line 3, ======= in line 5, >>>>>>> in line 7; "
            "keep what is right of both versions, and take out the lines with the markers"
        ),
    ),
    "a merge conflict with the common base": (
        HEAD + "<<<<<<< HEAD\nx = 1\n||||||| base\nx = 2\n=======\nx = 3\n>>>>>>> other\n",
        (
            "3:1: an unfinished merge: <<<<<<< in line 3, ======= in line 7, >>>>>>> in line 9; "
            "keep what is right of both versions, and take out the lines with the markers"
        ),
    ),
    "a merge conflict within an array": (
        HEAD + 'title = [\n<<<<<<< HEAD\n"a",\n=======\n"b"\n>>>>>>> other\n]\n',
        (
            "4:1: an unfinished merge: <<<<<<< in line 4, ======= in line 6, >>>>>>> in line 8; "
            "keep what is right of both versions, and take out the lines with the markers"
        ),
    ),
    "a merge conflict below a text on merges": (
        HEAD + 'x = """\n>>>>>>> other\n"""\n<<<<<<< HEAD\ny = 1\n=======\ny = 2\n>>>>>>> other\n',
        (
            "6:1: an unfinished merge: <<<<<<< in line 6, ======= in line 8, >>>>>>> in line 10; "
            "keep what is right of both versions, and take out the lines with the markers"
        ),
    ),
    "a merge conflict without a middle, above a line that looks like one": (
        HEAD + "<<<<<<< HEAD\nx = 1\n>>>>>>> other\n=======\n",
        (
            "3:1: an unfinished merge: <<<<<<< in line 3, >>>>>>> in line 5; "
            "keep what is right of both versions, and take out the lines with the markers"
        ),
    ),
    "a marker of a merge that was left": (
        HEAD + 'title = "a"\n=======\n',
        "4:1: ======= is left of a merge; take the line out",
    ),
    # the same twice
    "a table twice": (
        HEAD + 'title="x"\n[programme]\nlanguage = "nl"\n',
        "4:1: programme is there already, in line 1; put the keys of both into one",
    ),
    "a table twice, indented": (
        HEAD + "  [programme]\n",
        "3:3: programme is there already, in line 1; put the keys of both into one",
    ),
    "a key twice above the first table": (
        'id = "a"\nid = "b"\n',
        "2:1: id is given twice, in line 1 and here; keep one of them",
    ),
    "a key twice above the first table, below an empty line": (
        '\nid = "a"\nid = "b"\n',
        "3:1: id is given twice, in line 2 and here; keep one of them",
    ),
    "a key twice, with a text of ten thousand letters": (
        f'[programme]\ntitle = "{"a" * 10_000}"\ntitle = "b"\n',
        "3:1: title is given twice in [programme], in line 2 and here; keep one of them",
    ),
    "a table behind a dotted key that leads to it": (
        "a.b = 1\n[a.b]\nb = 2\n",
        "2:1: b has a value already; keep that or [a.b]",
    ),
    "a table twice in a record without an id": (
        '[[measure]]\n[[measure.milestone]]\nid = "a"\n[measure.note]\n[measure.note]\n',
        (
            "5:1: measure.note is there already for the measure of line 1, in line 4; keep one "
            "[measure.note], or move this below its own: a table belongs to the last [[measure]] "
            "above it"
        ),
    ),
    "a table of an odd name twice": (
        '["\\""]\n["\\""]\n',
        "2:6: cannot declare ('\"',) twice; see https://toml.io",
    ),
    "a record without its header": (
        HEAD + '[[source]]\nid = "a"\ntitle = "x"\nid = "b"\n',
        (
            '6:1: id is given twice for the source "a" (line 3), in line 4 and here; keep one, or '
            "begin the second record with [[source]]"
        ),
    ),
    "a key twice between braces": (
        HEAD + 'title = { nl = "a", nl = "b" }\n',
        "3:29: nl is given twice within the same braces; keep one of them",
    ),
    "a dotted key behind a table": (
        HEAD + 'title = { nl = "a" }\ntitle.en = "b"\n',
        (
            "4:1: title has a value already in [programme], in line 3; write all of it as a table, "
            "or all of it with dots"
        ),
    ),
    "a table behind a dotted key": (
        HEAD + 'title.nl = "b"\ntitle = { nl = "a" }\n',
        (
            "4:1: title has a value already in [programme], in line 3; write all of it as a table, "
            "or all of it with dots"
        ),
    ),
    "a header behind a table between braces": (
        HEAD
        + '[[measure]]\n[[measure.milestone]]\nid = "a"\nmet.on = 2014\n[measure.milestone.met]\n',
        (
            '7:1: met has a value already for the milestone "a" (line 4), in line 6; keep that or '
            "[measure.milestone.met]"
        ),
    ),
    "a header with a bracket too few": (
        HEAD + '[[measure]]\nid="m"\n\n[measure]\nid="n"\n',
        "6:1: measure is there already, in line 3; write [[measure]] for each of them",
    ),
    "a first header with a bracket too few": (
        HEAD + '[measure]\nid="m"\n\n[[measure]]\nid="n"\n',
        "6:1: measure is there already, in line 3; write [[measure]] for each of them",
    ),
    "all headers with a bracket too few": (
        HEAD + '[measure]\nid="m"\n\n[measure]\nid="n"\n',
        "6:1: measure is there already, in line 3; write [[measure]] for each of them",
    ),
    "all headers of milestones with a bracket too few": (
        HEAD + '[[measure]]\nid="m"\n\n[measure.milestone]\nid="n"\n[measure.milestone]\nid="o"\n',
        (
            '8:1: measure.milestone is there already for the measure "m" (line 3), in line 6; '
            "write [[measure.milestone]] for each of them"
        ),
    ),
    "a header behind dotted keys": (
        HEAD
        + '[[measure]]\n[[measure.milestone]]\nid = "a"\nmet.on = 2014\n[measure.milestone.met]\n',
        (
            '7:1: met has a value already for the milestone "a" (line 4), in line 6; keep that or '
            "[measure.milestone.met]"
        ),
    ),
    "a table above the record to which it belongs": (
        HEAD + "[measure.milestone.met]\non = 2014\n[[measure]]\n",
        "3:1: [measure.milestone.met] stands above the first [[measure]]; move it below its own",
    ),
    "a header twice, and not closed": (
        HEAD + "[programme\n",
        "3:1: the brackets of [programme do not match; write [programme]",
    ),
    "a key twice in a record without an id": (
        HEAD + '[[source]]\ntitle = "a"\ntitle = "b"\n',
        (
            "5:1: title is given twice for the source of line 3, in line 4 and here; keep one of "
            "them"
        ),
    ),
    "a key and a dotted key between braces": (
        HEAD + 'title = { nl = "a", nl.x = "b" }\n',
        "3:31: cannot overwrite a value; see https://toml.io",
    ),
    # characters
    "a no-break space that indents": (
        HEAD + '\u00a0title = "a"\n',
        '3:1: an invisible character (U+00A0, no-break space) before title = "a"; take it out',
    ),
    "a no-break space before a value": (
        HEAD + 'title =\u00a0"a"\n',
        '3:8: an invisible character (U+00A0, no-break space) before "a"; take it out',
    ),
    "a no-break space behind a key": (
        HEAD + 'title\u00a0= "a"\n',
        '3:6: an invisible character (U+00A0, no-break space) before = "a"; take it out',
    ),
    "a zero-width space at the end of a line": (
        HEAD + 'title = "a"\u200b\n',
        (
            "3:12: an invisible character (U+200B, zero width space) at the end of the line; take "
            "it out"
        ),
    ),
    "a line end of a mainframe": (
        HEAD + 'title = "a"\x85\n',
        "3:12: an invisible character (U+0085, no name) at the end of the line; take it out",
    ),
    "dashes in a date": (
        HEAD + "due = 2014–08–01\n",
        "3:11: – (U+2013, en dash) is no -; write -",
    ),
    "line ends of an old Macintosh": (
        '[programme]\rid = "a"\r',
        "1:12: a line end of an old Macintosh (CR); save the file with those of Unix or Windows",
    ),
    "a control character in the third place": (
        "ab\x00 = 1\n",
        (
            "1:1: ab\\u0000 = 1 has no key; a key is made of letters from a to z, digits, _ and - "
            "alone"
        ),
    ),
    "a control character": (
        '[programme]\nid = "a\x00"\n',
        "2:8: illegal character '\\x00'; see https://toml.io",
    ),
    "a control character in a header that is not closed": (
        '["a\x01\n',
        "1:4: illegal character '\\x01'; see https://toml.io",
    ),
    "half a character": (
        HEAD + "title = \ud800\n",
        '3:9: \\ud800 is no value; write a text in quotes, title = "\\ud800"',
    ),
    # values
    "a text without quotes": (
        HEAD + "title = Plan voor techniek\n",
        (
            '3:9: Plan voor techniek is no value; write a text in quotes, title = "Plan voor '
            'techniek"'
        ),
    ),
    "a word without quotes": (
        HEAD + "kind = report\n",
        '3:8: report is no value; write a text in quotes, kind = "report"',
    ),
    "a text without quotes below an empty line": (
        "\ntitle = Plan\n",
        '2:9: Plan is no value; write a text in quotes, title = "Plan"',
    ),
    "a text without quotes at the end of a long file": (
        HEAD + "# remark\n" * 3000 + "title = Plan\n",
        '3003:9: Plan is no value; write a text in quotes, title = "Plan"',
    ),
    "a text with a backslash, without quotes": (
        HEAD + "title = C:\\plan\n",
        "3:9: C:\\plan is no value; write a text in quotes, title = 'C:\\plan'",
    ),
    "a text with quotes within, without its own": (
        HEAD + 'title = een "nieuw" plan\n',
        ('3:9: een "nieuw" plan is no value; write a text in quotes, title = \'een "nieuw" plan\''),
    ),
    "fifty letters without quotes": (
        HEAD + f"x = {'a' * 50}\n",
        f'3:5: {"a" * 50} is no value; write a text in quotes, x = "{"a" * 50}"',
    ),
    "more than fifty letters without quotes, cut at a space": (
        HEAD + f"x = {'a' * 48} plan\n",
        f'3:5: {"a" * 48}… is no value; write a text in quotes, x = "{"a" * 48}…"',
    ),
    "more than fifty letters without quotes": (
        HEAD + f"x = {'a' * 51}\n",
        f'3:5: {"a" * 49}… is no value; write a text in quotes, x = "{"a" * 49}…"',
    ),
    "a text with a comma, without quotes": (
        HEAD + "title = Plan, met bijlage # zo\n",
        ('3:9: Plan, met bijlage is no value; write a text in quotes, title = "Plan, met bijlage"'),
    ),
    "a date in words without quotes": (
        HEAD + "due = zomer 2014\n",
        '3:7: zomer 2014 is no value; write a text in quotes, due = "zomer 2014"',
    ),
    "a day in words without quotes": (
        HEAD + "due = 1 augustus 2014\n",
        '3:7: 1 augustus 2014 is no value; write a text in quotes, due = "1 augustus 2014"',
    ),
    "words without quotes in an array": (
        HEAD + "sectors = [mbo, vmbo]\n",
        '3:12: mbo is no value; write a text in quotes, "mbo"',
    ),
    "words without quotes in an array within one": (
        HEAD + "x = [\n  [één],\n]\n",
        '4:4: één is no value; write a text in quotes, "één"',
    ),
    "a word without quotes between braces": (
        HEAD + "title = { nl = Plan }\n",
        '3:16: Plan is no value; write a text in quotes, "Plan"',
    ),
    "a word without quotes between braces, behind a text": (
        HEAD + 'title = {\n  nl = "Plan", en = Plan\n}\n',
        '4:21: Plan is no value; write a text in quotes, "Plan"',
    ),
    "a word without quotes between braces, behind a text in single ones": (
        HEAD + "title = {\n  nl = 'Plan', en = Plan\n}\n",
        '4:21: Plan is no value; write a text in quotes, "Plan"',
    ),
    "a text without its first quote": (
        HEAD + 'title = Plan"\n',
        '3:9: Plan" is no value; write a text in quotes, title = "Plan"',
    ),
    "a quarter without quotes": (
        HEAD + "due = Q3 2014\n",
        '3:7: Q3 2014 is no value; write a text in quotes, due = "Q3 2014"',
    ),
    "another quarter without quotes": (
        HEAD + "due = 2014-Q3\n",
        '3:7: 2014-Q3 is no value; write a text in quotes, due = "2014-Q3"',
    ),
    "a day in the Dutch order": (
        HEAD + "due = 1-8-2014\n",
        "3:7: 1-8-2014 is no value; write the year first, 2014-08-01 if 1 is the day",
    ),
    "a day in December, or the twelfth": (
        HEAD + "due = 12-1-2014\n",
        "3:7: 12-1-2014 is no value; write the year first, 2014-01-12 if 12 is the day",
    ),
    "a day in January, or in December": (
        HEAD + "due = 1-12-2014\n",
        "3:7: 1-12-2014 is no value; write the year first, 2014-12-01 if 1 is the day",
    ),
    "a day that can be read in one way alone": (
        HEAD + "due = 31-12-2014\n",
        "3:7: 31-12-2014 is no value; write the year first, 2014-12-31",
    ),
    "a day in the Dutch order with zeros": (
        HEAD + "due = 01-08-2014\n",
        "3:7: 01-08-2014 is no value; write the year first, 2014-08-01 if 1 is the day",
    ),
    "a day with slashes": (
        HEAD + "due = 1/8/2014\n",
        "3:7: 1/8/2014 is no value; write the year first, 2014-08-01 if 1 is the day",
    ),
    "a day with points": (
        HEAD + "due = 1.8.2014\n",
        "3:7: 1.8.2014 is no value; write the year first, 2014-08-01 if 1 is the day",
    ),
    "a day in the American order": (
        HEAD + "due = 12/31/2014\n",
        "3:7: 12/31/2014 is no value; write the year first, 2014-12-31",
    ),
    "a day in the Dutch order between braces": (
        HEAD + 'due = { words = "x", edtf = 1-8-2014 }\n',
        "3:29: 1-8-2014 is no value; write the year first, 2014-08-01 if 1 is the day",
    ),
    "a day without zeros": (
        HEAD + "due = 2014-8-1\n",
        "3:7: 2014-8-1 is no value; write 2014-08-01",
    ),
    "a day that there is not": (
        HEAD + "due = 2014-02-30\n",
        "3:7: 2014-02-30 is no value; the calendar has no such day",
    ),
    "a month that there is not": (
        HEAD + "due = 2014-13-01\n",
        "3:7: 2014-13-01 is no value; the calendar has no such day",
    ),
    "a month without quotes": (
        HEAD + "due = 2014-08\n",
        '3:7: 2014-08 is no value; write a month in quotes, "2014-08"',
    ),
    "years with a hyphen": (
        HEAD + "years = [2012-2015]\n",
        (
            "3:10: 2012-2015 is no value; write 2012, 2015 for two years, or a text in quotes, "
            '"2012-2015"'
        ),
    ),
    "a comma in a number": (
        HEAD + "goal = 12,5\n",
        "3:8: 12,5 is no value; write 12.5, as no number has a comma",
    ),
    "a comma in a number that may be thousands": (
        HEAD + "goal = 3,500\n",
        "3:8: 3,500 is no value; write 3.500 or 3_500, as no number has a comma",
    ),
    "points between thousands": (
        HEAD + "goal = 11.700.000\n",
        "3:8: 11.700.000 is no value; write 11_700_000, with _ between thousands",
    ),
    "spaces between thousands": (
        HEAD + "goal = 11 700 000\n",
        "3:8: 11 700 000 is no value; write 11_700_000, with _ between thousands",
    ),
    "commas between thousands": (
        HEAD + "goal = 11,700,000\n",
        "3:8: 11,700,000 is no value; write 11_700_000, with _ between thousands",
    ),
    "zeros before a number": (
        HEAD + "goal = 007\n",
        "3:8: 007 is no value; write 7, without a zero before it",
    ),
    "a zero before a number below zero": (
        HEAD + "goal = -05\n",
        "3:8: -05 is no value; write -5, without a zero before it",
    ),
    "zeros before a number below zero": (
        HEAD + "goal = -007\n",
        "3:8: -007 is no value; write -7, without a zero before it",
    ),
    "zeros alone": (
        HEAD + "goal = +00\n",
        "3:8: +00 is no value; write +0, without a zero before it",
    ),
    "zeros before a number in an array": (
        HEAD + "x = [007]\n",
        "3:6: 007 is no value; write 7, without a zero before it",
    ),
    "a number that begins with its point": (
        HEAD + "goal = .5\n",
        "3:8: .5 is no value; write 0.5",
    ),
    "a number with a unit": (
        HEAD + "goal = 12%\n",
        "3:8: 12% is no value; write the number alone, 12, or a text in quotes",
    ),
    "an amount with its currency": (
        HEAD + "goal = € 12\n",
        "3:8: € 12 is no value; write the number alone, 12, or a text in quotes",
    ),
    "a truth in capitals": (
        HEAD + "goal = True\n",
        "3:8: True is no value; write true, in small letters, or a text in quotes",
    ),
    "an untruth in capitals": (
        HEAD + "goal = FALSE\n",
        "3:8: FALSE is no value; write false, in small letters, or a text in quotes",
    ),
    "a word for nothing": (
        HEAD + "goal = null\n",
        "3:8: null is no value; leave the key out where there is nothing to say",
    ),
    "no value": (
        "[programme]\nid =\n",
        '2:5: id has no value; write id = "…", or leave the key out',
    ),
    "no value, and a remark": (
        "[programme]\nid = # later\n",
        '2:6: id has no value; write id = "…", or leave the key out',
    ),
    "two signs for one": (
        HEAD + 'id == "x"\n',
        '3:5: = "x" is no value; write one = between a key and its value',
    ),
    "no value between two commas": (
        HEAD + 'x = ["a",, "b"]\n',
        "3:10: a comma with no value before it; take it out",
    ),
    "no value between braces": (
        HEAD + 'title = { nl = "a", en =\n',
        '3:9: the { of title = { nl = "a", en = is not closed; write } where it ends',
    ),
    "a day in the Dutch order that there is not": (
        HEAD + "due = 32-12-2014\n",
        "3:7: 32-12-2014 is no value; the calendar has no such day",
    ),
    "words behind a day": (
        HEAD + "x = 2014-08-01 om tien uur\n",
        (
            '3:5: 2014-08-01 om tien uur is no value; write a text in quotes, x = "2014-08-01 om '
            'tien uur"'
        ),
    ),
    # brackets
    "an array that is not closed": (
        HEAD + 'sectors = ["mbo"\nbodies = ["ocw"]\n',
        '3:11: the [ of sectors = ["mbo" is not closed; write ] where it ends',
    ),
    "an array that is not closed, behind a comma": (
        HEAD + 'sectors = ["mbo",\nbodies = ["ocw"]\n',
        '3:11: the [ of sectors = ["mbo", is not closed; write ] where it ends',
    ),
    "an array that is not closed before a header": (
        HEAD + 'sectors = [\n  "mbo",\n\n[[measure]]\n',
        "3:11: the [ of sectors = [ is not closed; write ] where it ends",
    ),
    "an array that is not closed at the end": (
        HEAD + 'sectors = ["mbo"',
        '3:11: the [ of sectors = ["mbo" is not closed; write ] where it ends',
    ),
    "an array that is not closed at the end, behind a comma": (
        HEAD + 'sectors = ["mbo",\n\n',
        '3:11: the [ of sectors = ["mbo", is not closed; write ] where it ends',
    ),
    "a brace that is not closed": (
        HEAD + 'title = { nl = "x"\nlanguage = "nl"\n',
        '3:9: the { of title = { nl = "x" is not closed; write } where it ends',
    ),
    "a brace that is not closed, behind a comma": (
        HEAD + 'title = { nl = "x",\nlanguage = "nl"\ntimezone = "x"\n',
        '3:9: the { of title = { nl = "x", is not closed; write } where it ends',
    ),
    "a brace that is not closed before a header": (
        HEAD + 'title = { nl = "x"\n\n[[measure]]\n',
        '3:9: the { of title = { nl = "x" is not closed; write } where it ends',
    ),
    "a brace that is not closed at the end": (
        HEAD + 'title = { nl = "x"',
        '3:9: the { of title = { nl = "x" is not closed; write } where it ends',
    ),
    "a brace that is not closed behind half a key": (
        HEAD + "title = { nl",
        "3:9: the { of title = { nl is not closed; write } where it ends",
    ),
    "a brace at the end of the file": (
        HEAD + "title = {",
        "3:9: the { of title = { is not closed; write } where it ends",
    ),
    "an array that is not closed below an empty line": (
        "\nx = [1\n",
        "2:5: the [ of x = [1 is not closed; write ] where it ends",
    ),
    "an array of tables that is not closed": (
        HEAD + "x = [{ a = 1 }\ny = 2\n",
        "3:5: the [ of x = [{ a = 1 } is not closed; write ] where it ends",
    ),
    "a missing comma": (
        HEAD + 'sectors = ["mbo" "vmbo"]\n',
        '3:18: a comma is missing before "vmbo"]',
    ),
    "a missing comma between numbers": (
        HEAD + "years = [2014 2015]\n",
        "3:15: a comma is missing before 2015]",
    ),
    "a missing comma at the end of a line": (
        HEAD + 'sectors = [\n  "mbo"\n  "vmbo"\n]\n',
        '5:3: a comma is missing before "vmbo"',
    ),
    "a missing comma between braces": (
        HEAD + 'title = { nl = "x" en = "y" }\n',
        '3:20: a comma is missing before en = "y" }',
    ),
    "a bracket too many": (
        HEAD + 'x = ["plan"]]\n',
        "3:13: one ] too many; take it out",
    ),
    "a brace too many": (
        HEAD + 'x = { nl = "a" }}\n',
        "3:17: one } too many; take it out",
    ),
    "a brace that closes nothing": (
        HEAD + "}\n",
        "3:1: } closes nothing that is open; take it out, or look for what it was to close",
    ),
    "a header that is not closed": (
        '[programme\nid = "x"\n',
        "1:1: the brackets of [programme do not match; write [programme]",
    ),
    "a header that is not closed at the end": (
        "[programme",
        "1:1: the brackets of [programme do not match; write [programme]",
    ),
    "a header that is half closed": (
        HEAD + '[[measure]\nid = "x"\n',
        "3:1: the brackets of [[measure] do not match; write [[measure]]",
    ),
    "a header with a name in quotes that is not closed": (
        '["programme"\n',
        '1:1: the brackets of ["programme" do not match; write [programme]',
    ),
    "a header that ends in a dot": (
        HEAD + "[programme.]\n",
        "3:11: [programme.] has a dot with no name behind it; take it out",
    ),
    "a header that is half opened": (
        HEAD + '[measure]]\nid = "x"\n',
        "3:1: the brackets of [measure]] do not match; write [[measure]]",
    ),
    "an indented header that is half opened": (
        HEAD + '  [measure]]\n  id = "x"\n',
        "3:3: the brackets of [measure]] do not match; write [[measure]]",
    ),
    "a header with brackets of a list, half closed": (
        HEAD + '[[measure.milestone.met]\nid = "x"\n',
        (
            "3:1: the brackets of [[measure.milestone.met] do not match; write "
            "[measure.milestone.met]"
        ),
    ),
    "a header without its dot": (
        HEAD + '[[measure]]\n[measure milestone]\nid = "x"\n',
        "4:10: [measure milestone] has no dot between its names; write one",
    ),
    "a header with three brackets": (
        HEAD + "[[measure]]]\n",
        "3:12: one ] too many; take it out",
    ),
    "a header without a name": (
        HEAD + "[]\n",
        "3:2: a header has a name between its brackets, as in [programme]",
    ),
    "a header that ends in a dot and a space": (
        HEAD + "[measure. ]  # of it\n",
        "3:9: [measure. ] has a dot with no name behind it; take it out",
    ),
    "a header with a dot too many": (
        HEAD + "[[measure..milestone]]\n",
        "3:10: [[measure..milestone]] has a dot with no name behind it; take it out",
    ),
    "an array closed by a brace": (
        HEAD + 'sectors = ["a" }\n',
        '3:11: the [ of sectors = ["a" } is not closed; write ] where it ends',
    ),
    "two braces": (
        HEAD + 'title = { { nl = "a" }\n',
        "3:11: invalid initial character for a key part; see https://toml.io",
    ),
    "a bracket far above that is not closed": (
        HEAD + "x = [\n" + "  1,\n" * 300 + "y = 2\n",
        "304:1: a bracket above is not closed; close it",
    ),
    "a bracket far above that is not closed, behind the last value": (
        HEAD + "x = [\n" + "  1,\n" * 300 + "  1\ny = 2\n",
        "305:1: a bracket above is not closed; close it",
    ),
    # keys
    "a colon": (
        HEAD + 'title: "a"\n',
        '3:6: a colon behind title; write title = "a"',
    ),
    "a colon behind a key in quotes": (
        HEAD + '"title": 1\n',
        "3:8: a colon behind title; write title = 1",
    ),
    "a colon behind keys that need their quotes": (
        HEAD + '"a b"."c": 1\n',
        '3:10: a colon behind "a b"."c"; write "a b"."c" = 1',
    ),
    "a colon behind a key that is empty": (
        HEAD + '"": 1\n',
        '3:3: a colon behind ""; write "" = 1',
    ),
    "a colon with no space behind it": (
        HEAD + "goal:12\n",
        "3:5: a colon behind goal; write goal = 12",
    ),
    "a colon and no quotes": (
        HEAD + "title: a plan\n",
        '3:6: a colon behind title; write title = "a plan"',
    ),
    "colons between braces": (
        HEAD + 'title = { nl: "a", en: "b" }\n',
        '3:13: a colon behind nl; write nl = "a"',
    ),
    "a colon behind a key that nobody typed": (
        HEAD + f'"{"a" * 250}": 1\n',
        "3:253: a colon behind a key; write a key = 1",
    ),
    "a key and its value as in JSON": (
        HEAD + '"title": "a",\n',
        '3:8: a colon behind title; write title = "a"',
    ),
    "a colon before the sign": (
        HEAD + 'x := "x"\n',
        '3:3: a colon behind x; write x = "x"',
    ),
    "prose in the first line": (
        "no TOML",
        (
            '1:4: no TOML is neither a key with its value nor a header; write key = "…", or # '
            "before a remark"
        ),
    ),
    "prose": (
        HEAD + "Dit is een plan\n",
        (
            '3:5: Dit is een plan is neither a key with its value nor a header; write key = "…", '
            "or # before a remark"
        ),
    ),
    "a remark of another language": (
        HEAD + "// remark\n",
        "3:1: // remark is no remark; begin it with #",
    ),
    "an indented remark of another language": (
        HEAD + "  // remark\n",
        "3:3: // remark is no remark; begin it with #",
    ),
    "a remark with hyphens": (
        HEAD + "-- remark\n",
        "3:1: -- remark is no remark; begin it with #",
    ),
    "an element as in Markdown": (
        HEAD + "- item\n",
        "3:1: - item is no element of a list; a list stands behind its key, in brackets",
    ),
    "a key with a space": (
        HEAD + "due date = 2014\n",
        (
            "3:1: due date = 2014 has no key; a key is made of letters from a to z, digits, _ and "
            "- alone"
        ),
    ),
    "a key with an accent": (
        HEAD + "één = 2014\n",
        ("3:1: één = 2014 has no key; a key is made of letters from a to z, digits, _ and - alone"),
    ),
    "no key": (
        HEAD + '= "x"\n',
        '3:1: = "x" has no key before its =; write one',
    ),
    "no key between braces": (
        HEAD + 'x = { "a" }\n',
        '3:11: within braces each value stands behind its key, as in nl = "…"',
    ),
    "a semicolon at the end": (
        HEAD + 'x = "x";\n',
        "3:8: a line needs no ; at its end; take it out",
    ),
    "a comma at the end": (
        HEAD + 'x = "x",\n',
        "3:8: a line needs no , at its end; take it out",
    ),
    "a comma behind a number": (
        HEAD + "x = 12,\n",
        "3:7: a line needs no , at its end; take it out",
    ),
    "a comma behind an array": (
        HEAD + 'x = ["x"],\n',
        "3:10: a line needs no , at its end; take it out",
    ),
    "a comma between two arrays": (
        HEAD + "x = [1], [2]\n",
        "3:8: a line needs no , at its end; take it out",
    ),
    "something behind a header": (
        HEAD + "[[measure]] x\n",
        (
            "3:13: x stands behind what the line holds; put it on a line of its own, or # before a "
            "remark"
        ),
    ),
    # other files
    "rich text": (
        "{\\rtf1\\ansi\nx}",
        (
            "1:1: rich text (RTF); the data file is plain text: write it in an editor, and save it "
            "as UTF-8"
        ),
    ),
    "a web page": (
        "<!DOCTYPE html>\n<html>",
        "1:1: a web page or XML; download the file itself, as raw text",
    ),
    "XML": (
        '<?xml version="1.0"?>',
        "1:1: a web page or XML; download the file itself, as raw text",
    ),
    "JSON": (
        '{ "programme": {} }',
        '1:1: it is JSON; write key = "…" on a line of its own for each key',
    ),
    "YAML": (
        "---\nprogramme:\n  id: x\n",
        "1:1: it is YAML; in TOML, = stands between a key and its value",
    ),
    "YAML without its first line": (
        "programme:\n  id: x\n",
        '1:10: a colon behind programme; write programme = "…"',
    ),
    "UTF-16 without its mark": (
        HEAD.encode("utf-16-le").decode(),
        "1:1: it is UTF-16; save the file as UTF-8",
    ),
}


def refusal(text: str | bytes) -> str:
    """The one finding on a text that is no TOML."""
    with pytest.raises(InvalidData) as error:
        loads(text)
    (finding,) = error.value.findings
    return str(finding).removeprefix("<text>:")


@pytest.mark.parametrize(("text", "told"), TOLD.values(), ids=TOLD)
def test_what_a_person_did(text: str, told: str) -> None:
    """One message says where it was done, what it was, and what to write instead."""
    where, _, said = told.partition(": ")
    assert refusal(text) == f"{where}: error: not TOML: {said} [toml-syntax]"


MET = '[measure.milestone.met]\non = 2016\nsource = "letter-2015"\n'

# what somebody did to the shared programme · where, and what they are told
OF_ONE: dict[str, tuple[str, str]] = {
    "an outcome pasted at the end": (
        f"{PROGRAMME}\n{MET}{MET}",
        (
            '158:1: measure.milestone.met is there already for the milestone "survey" (line 117), '
            "in line 155; keep one [measure.milestone.met], or move this below its own: "
            "a table belongs to the last [[measure.milestone]] above it"
        ),
    ),
    "a second snooze": (
        changed('by = "redactie"', 'by = "redactie"\nreason.nl = "x"\n[measure.milestone.snoozed]'),
        (
            '104:1: measure.milestone.snoozed is there already for the milestone "progress" '
            "(line 90), in line 99; keep one [measure.milestone.snoozed], or move this below its "
            "own: a table belongs to the last [[measure.milestone]] above it"
        ),
    ),
    "a second date": (
        changed('commitment = "deadline"', 'commitment = "deadline"\ndue = 2015'),
        (
            '68:1: due is given twice for the milestone "in-force" (line 62), '
            "in line 67 and here; keep one of them"
        ),
    ),
    "a second source": (
        changed('source = "letter-2013"\nlocator = "3.1"\n\n', 'source = "a"\nsource = "b"\n\n'),
        (
            '69:1: source is given twice for the milestone "in-force" (line 62), '
            'in line 68 and here; keep one, or write both as sources = ["…", "…"]'
        ),
    ),
    "a source without its header": (
        changed('[[source]]\nid = "letter-2015"', 'id = "letter-2015"'),
        (
            '15:1: id is given twice for the source "letter-2013" (line 9), '
            "in line 10 and here; keep one, or begin the second record with [[source]]"
        ),
    ),
    "a list that is there as an array": (
        changed(
            "[[measure.milestone.revised]]\ndue", "revised = []\n[[measure.milestone.revised]]\ndue"
        ),
        (
            '72:1: revised has a value already for the milestone "in-force" (line 62), '
            "in line 71; keep that or [[measure.milestone.revised]]"
        ),
    ),
    "a key twice below a text that looks like it": (
        changed(
            'id = "in-force"\n',
            'id = "in-force"\nnote = """\ndue. x\n"""\ndue.x = 1\ndue.edtf = 2\n',
        ),
        (
            '72:1: due has a value already for the milestone "in-force" (line 62), in line 67; '
            "write all of it as a table, or all of it with dots"
        ),
    ),
    "a language twice": (
        changed(
            'title = { nl = "Brief", en = "Letter" }',
            'title.en = "a"\ntitle.nl = "b"\ntitle.nl = "c"',
        ),
        (
            '13:1: title.nl is given twice for the source "letter-2013" (line 9), '
            "in line 12 and here; keep one of them"
        ),
    ),
}


@pytest.mark.parametrize(("text", "told"), OF_ONE.values(), ids=OF_ONE)
def test_to_what_it_belongs(text: str, told: str) -> None:
    """What is there twice is told with the record to which it fell, and with the first line."""
    where, _, said = told.partition(": ")
    assert refusal(text) == f"{where}: error: not TOML: {said} [toml-syntax]"


# --- bytes ----------------------------------------------------------------------------------------

BYTES: dict[str, tuple[bytes, str]] = {
    "Windows-1252": (
        PROGRAMME.replace("Arbeidsmarkt", "Arbeidsmarkté").encode("cp1252"),
        (
            "29:29: error: not UTF-8: byte 0xe9 in Arbeidsmarkté, probably é of Windows-1252; "
            "save the file as UTF-8 [encoding]"
        ),
    ),
    "quotes of Windows-1252": (
        'title = "de “bèta” van nu"'.encode("cp1252"),
        (
            "1:13: error: not UTF-8: byte 0x93 in “bèta”, probably “ of Windows-1252; "
            "save the file as UTF-8 [encoding]"
        ),
    ),
    "Windows-1252 below an empty line": (
        b"\n# caf\xe9\n",
        (
            "2:6: error: not UTF-8: byte 0xe9 in café, probably é of Windows-1252; "
            "save the file as UTF-8 [encoding]"
        ),
    ),
    "Windows-1252 in the first word": (
        b"caf\xe9\n",
        (
            "1:4: error: not UTF-8: byte 0xe9 in café, probably é of Windows-1252; "
            "save the file as UTF-8 [encoding]"
        ),
    ),
    "Windows-1252 behind a long word of UTF-8": (
        "# één-ëëëëëëëëëë".encode() + b"a\xeb\n",
        (
            "1:18: error: not UTF-8: byte 0xeb in ëëëëëëëëëaë, probably ë of Windows-1252; "
            "save the file as UTF-8 [encoding]"
        ),
    ),
    "controls beside a byte": (
        b"# \x1ccaf\xe9\x85\x07",
        (
            "1:7: error: not UTF-8: byte 0xe9 in café…, probably é of Windows-1252; "
            "save the file as UTF-8 [encoding]"
        ),
    ),
    "a byte that means nothing behind one that does": (
        b"# caf\xe9s\x81 open",
        (
            "1:6: error: not UTF-8: byte 0xe9 in cafés, probably é of Windows-1252; "
            "save the file as UTF-8 [encoding]"
        ),
    ),
    "a byte that means nothing": (
        b"# a\n# \x81",
        "2:3: error: not UTF-8: byte 0x81; save the file as UTF-8 [encoding]",
    ),
    "UTF-16": (
        b"\xff\xfe" + PROGRAMME.encode("utf-16-le"),
        (
            "1:1: error: not UTF-8: it is UTF-16, which some Windows programs call Unicode; "
            "save the file as UTF-8 [encoding]"
        ),
    ),
    "cut within a character": (
        b"# caf\xc3",
        (
            "1:6: error: not UTF-8: the file ends within a character; fetch it "
            "again if it was cut off, or save it as UTF-8 [encoding]"
        ),
    ),
    "bytes of a program": (
        b"\x7fELF\x00\xff\xff",
        (
            "1:6: error: not UTF-8: it is no text, as it has NUL bytes; "
            "save the file as plain text, in UTF-8 [encoding]"
        ),
    ),
    "a workbook": (
        b"PK\x03\x04\xff\xffxl/workbook.xml",
        "1:1: error: not TOML: a workbook; betatech-milestones import reads those [toml-syntax]",
    ),
    "a workbook of LibreOffice": (
        b"PK\x03\x04\xff\xffmimetypeapplication/vnd.oasis.opendocument.spreadsheet",
        "1:1: error: not TOML: a workbook; betatech-milestones import reads those [toml-syntax]",
    ),
    "a text of Word": (
        b"PK\x03\x04\xff\xffword/document.xml",
        (
            "1:1: error: not TOML: a text of a word processor; the data file is plain text: "
            "write it in an editor, and save it as UTF-8 [toml-syntax]"
        ),
    ),
    "a text of LibreOffice": (
        b"PK\x03\x04\xff\xffmimetypeapplication/vnd.oasis.opendocument.text",
        (
            "1:1: error: not TOML: a text of a word processor; the data file is plain text: "
            "write it in an editor, and save it as UTF-8 [toml-syntax]"
        ),
    ),
    "a ZIP archive": (
        b"PK\x03\x04\xff\xffmilestones.toml",
        "1:1: error: not TOML: a ZIP archive; unpack it first [toml-syntax]",
    ),
    "a text of an older Word": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        (
            "1:1: error: not TOML: a file of an older Word or Excel; the data file is plain text: "
            "write it in an editor, and save it as UTF-8 [toml-syntax]"
        ),
    ),
    "a PDF": (
        b"%PDF-1.7\n%\xe2\xe3",
        (
            "1:1: error: not TOML: a PDF; the data file is plain text: "
            "write it in an editor, and save it as UTF-8 [toml-syntax]"
        ),
    ),
    "a compressed file": (
        b"\x1f\x8b\x08",
        "1:1: error: not TOML: a compressed file (gzip); unpack it first [toml-syntax]",
    ),
    "a web page of Windows": (
        b"<!DOCTYPE html>\n<p>\xe9",
        (
            "1:1: error: not TOML: a web page or XML; download the file itself, as raw text "
            "[toml-syntax]"
        ),
    ),
}


@pytest.mark.parametrize(("data", "told"), BYTES.values(), ids=BYTES)
def test_what_is_no_text(data: bytes, told: str, tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are told by the sort of file, or by the character that they mean."""
    assert refusal(data) == told
    file = tmp_path / "data.toml"
    file.write_bytes(data)
    assert [str(finding) for finding in check(file)] == [f"{file}:{told}"]


# --- whatever somebody does -----------------------------------------------------------------------

BEYOND: dict[str, tuple[str, str]] = {
    "a thousand brackets": (
        "# no more\nmeasure = " + "[" * 1000,
        "2: error: nested too deep to read; the format has no more than five levels [toml-syntax]",
    ),
    "thousands of digits": (
        "[programme]\nid = " + "1" * 5000,
        "2: error: a number with too many digits to read; write a shorter one [toml-syntax]",
    ),
    "a line that nobody typed": (
        HEAD + "x = " + "abc " * 10_000,
        "3:5: error: not TOML: invalid value; see https://toml.io [toml-syntax]",
    ),
}


@pytest.mark.parametrize(("text", "told"), BEYOND.values(), ids=BEYOND)
def test_what_no_person_does(text: str, told: str) -> None:
    """What a machine wrote has a message too, and a line."""
    assert refusal(text) == told


def test_lists() -> None:
    """The tables with two brackets around their names are the arrays of tables of the schema."""
    defined = schema()["$defs"]
    assert {
        name
        for table in [schema(), *defined.values()]
        for name, key in table.get("properties", {}).items()
        if "properties" in defined.get(key.get("items", {}).get("$ref", "").rpartition("/")[2], {})
    } == LISTS


PIECES = st.sampled_from(
    [
        *('"', "'", '"""', "'" * 3, "\\", "“", "”", "[", "]", "[[", "]]", "{", "}", "=", ":", ","),
        *("\n", "\t", "\r", "\0", "\u00a0", "\u200b", ".", "-", "1", "é", "true", "–", "€", "#"),
        *("=======\n", "<<<<<<< HEAD\n", ">>>>>>> x\n", "[measure]\n", "[programme]\n"),
    ]
)
PLACES = st.integers(0, len(PROGRAMME))


def explained(text: str) -> Finding | None:
    """What a text that is no TOML is told to be."""
    try:
        tomli.loads(text)
    except ValueError as error:
        return not_toml(error, text, "data.toml")
    return None


@given(start=PLACES, taken=st.integers(0, 40), put=PIECES | st.text(max_size=5))
@example(start=0, taken=0, put="[measure.milestone.met]\n")
@example(start=len(PROGRAMME), taken=0, put="x = " + "'" * 3)
def test_whatever_somebody_does(start: int, taken: int, put: str) -> None:
    """A sound text that somebody changed anywhere is sound, or has one message at a place of it."""
    text = PROGRAMME[:start] + put + PROGRAMME[start + taken :]
    if finding := explained(text):
        lines = text.replace("\r\n", "\n").split("\n")
        line, column = finding.location.line or 0, finding.location.column or 0
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1
        assert finding.message == printable_line(finding.message)
        assert finding.message.startswith("not TOML: ")
        assert not finding.message.endswith(".")


DEEDS = st.sampled_from(["x = Plan\n", "<<<<<<< HEAD\n", "x = “x”\n", "x = 1-8-2014\n", "x: 1\n"])
LINES = PROGRAMME.splitlines(keepends=True)


@given(number=st.integers(0, len(LINES)), put=DEEDS)
def test_the_line_is_the_one_that_was_changed(number: int, put: str) -> None:
    """One wrong line anywhere in a sound text is the one that is named."""
    finding = explained("".join([*LINES[:number], put, *LINES[number:]]))
    assert finding
    assert finding.location.line == number + 1
