"""German: the words of dates, and how we write dates and numbers."""

from betatech_milestones.language.lexicon import Lexicon

LEXICON = Lexicon(
    language="de",
    name="Deutsch",
    months=(
        "Januar, Jänner, jan",
        "Februar, Feber, febr, feb",
        "März, Maerz, mrz",
        "April, apr",
        "Mai",
        "Juni, jun, Juno",
        "Juli, jul, Julei",
        "August, aug",
        "September, sept, sep",
        "Oktober, okt",
        "November, nov",
        "Dezember, dez",
    ),
    weekdays=(
        "Montag, mo, Montags",
        "Dienstag, di, Dienstags",
        "Mittwoch, mi, Mittwochs",
        "Donnerstag, do, Donnerstags",
        "Freitag, fr, Freitags",
        "Samstag, sa, Sonnabend, Samstags",
        "Sonntag, so, Sonntags",
    ),
    ordinals=(
        "erste, erstes, ersten, erster, erstem",
        "zweite, zweites, zweiten, zweiter, zweitem",
        "dritte, drittes, dritten, dritter, drittem",
        "vierte, viertes, vierten, vierter, viertem",
    ),
    seasons=(
        "Frühjahr, Frühling, Fruehjahr, Fruehling, Frühjahrs, Frühlings",
        "Sommer, Sommers",
        "Herbst, Herbstes, Herbsts",
        "Winter, Winters",
    ),
    school_years={
        # Hamburger Abkommen of 28 October 1964, § 1.
        8: "Schuljahr, Schuljahres, Schuljahrs, Kindergartenjahr, Kita-Jahr, Ausbildungsjahr",
    },
    symbols={"q": "quarter", "h": "half"},
    words={
        # Parts of a longer time.
        "quarter": (
            "Quartal, Quartals, Vierteljahr, Vierteljahres, Jahresviertel, Kalendervierteljahr,"
            " drei Monate, drei Monaten"
        ),
        "half": "Hälfte, Haelfte",
        "half-year": (
            "Halbjahr, Halbjahres, Halbjahrs, Jahreshälfte, Kalenderhalbjahr, Hj, sechs Monate,"
            " sechs Monaten"
        ),
        "last": "letzte, letztes, letzten, letzter, letztem",
        "early": "Anfang, Beginn, Jahresbeginn, Jahresanfang, Anfang des, Beginn des, zeitig",
        "mid": "Mitte, medio",
        "late": "spät",
        "end": "Ende",
        "year-end": "Jahresende, Jahresschluss, Jahresabschluss",
        "first-day": "erster Tag, ersten Tag, erste Tag",
        "last-day": "letzter Tag, letzten Tag, letzte Tag, Ultimo, mit Ablauf, zum Ablauf, Ablauf",
        "week": "Kalenderwoche, KW, Woche, Kalenderwochen",
        "week-of": "Woche vom, Woche ab",
        # Limits.
        "by": (
            "spätestens, spaetestens, nicht später als, längstens, bis spätestens, spätestens bis,"
            " spätestens zum, spätestens am, am oder vor, vor oder am, bis längstens, laengstens,"
            " vor Ablauf, vor dem Ablauf"
        ),
        "before": "vor, noch vor, früher als",
        "after": "nach, später als, nach Ablauf, nach dem Ende, nach Ende, erst nach",
        "not-before": (
            "frühestens, fruehestens, nicht vor, am oder nach, frühestens ab, nicht früher als,"
            " frühestens zum, ab frühestens, nicht vor dem"
        ),
        "from": (
            "ab, seit, mit Wirkung vom, mit Wirkung zum, mit Wirkung ab, beginnend, beginnend mit,"
            " beginnend ab, von, vom, ab dem, an, mit, wirksam ab, wirksam zum, gültig ab,"
            " rückwirkend zum, rückwirkend ab, in Kraft seit, in Kraft ab, Inkrafttreten am,"
            " Inkrafttreten zum, in Kraft getreten am, in Kraft am, tritt am, treten am, tritt mit,"
            " in Kraft, Stand"
        ),
        "earlier": "oder früher, oder eher, oder davor",
        "later": "oder später, oder danach",
        # Two dates.
        "to": (
            "bis, bis zum, bis zur, bis zu, bis einschließlich, bis einschliesslich, bis und mit,"
            " bis inklusive, bis inkl, bis in, bis ins, bis in den, bis in das, bis Ablauf, bis zum"
            " Ablauf, verlängert bis, verlängert bis zum, gültig bis, gültig bis zum, befristet"
            " bis, befristet bis zum"
        ),
        "between": "zwischen",
        "and": "und",
        "or": "oder",
        # How sure.
        "around": (
            "etwa, gegen, um, um den, ungefähr, rund um, circa, zirka, ca, in etwa, um die, um"
            " das, rund, um etwa"
        ),
        "possibly": "möglicherweise, eventuell, vielleicht, evtl",
        # How firmly it is promised.
        "forecast": (
            "voraussichtlich, vorauss, voraussichtliche, erwartet, vermutlich, wahrscheinlich,"
            " vorläufig, geschätzt, grundsätzlich, vsl"
        ),
        "aim": "angestrebt, avisiert, Ziel, Zieltermin, nach Möglichkeit, möglichst, idealerweise",
        "planned": "geplant, geplant für, vorgesehen, vorgesehen für",
        # Years.
        "span": "Zeitraum, Zeit, Zeitspanne, Periode, Zeitraums, Förderperiode, Programmperiode",
        "fiscal-year": (
            "Haushaltsjahr, Haushaltsjahres, Geschäftsjahr, Geschäftsjahres, Wirtschaftsjahr,"
            " Rechnungsjahr, GJ, Finanzjahr"
        ),
        "recess": (
            "Sommerpause, parlamentarische Sommerpause, Winterpause, Weihnachtspause,"
            " Sommerferien, Herbstferien, Osterferien, Weihnachtsferien, Ferien, Osterpause"
        ),
        "inclusive": "einschließlich, einschliesslich, einschl, inklusive, inkl",
        "unit": "Jahr, Jahres, Kalenderjahr, Kalenderjahres, Monat, Monats, Tag, Jahre, Jahren",
        # Words that change nothing.
        "in": "im, in, ins, am, während",
        "small": (
            "der, die, das, des, dem, den, zum, zur, zu, auf, waehrend, im Laufe, im Laufe des,"
            " Laufe, Verlauf, im Verlauf, für, innerhalb, irgendwann, Datum, bei, binnen, in der"
            " Zeit, erstmals, befristet, noch, erst, Stichtag, rückwirkend, per, aus"
        ),
    },
    refused={
        "nothing": (
            "offen, noch offen, unbekannt, k.a., keine, kein, keine Angabe, n.n., tbd, n/a, noch"
            " festzulegen, wird noch festgelegt, steht noch nicht fest, noch nicht bekannt, noch zu"
            " bestimmen, entfällt"
        ),
        "going-on": (
            "laufend, fortlaufend, kontinuierlich, dauerhaft, ständig, jährlich, alljährlich,"
            " jedes, jeder, jeden, monatlich, vierteljährlich, halbjährlich, regelmäßig,"
            " regelmässig, periodisch, bei Bedarf, unbefristet, alle"
        ),
        "counted": "Wochen, Tage, Tagen, Monate, Monaten, heute, morgen, gestern",
        "relative": (
            "Inkrafttreten, Verkündung, Veröffentlichung, Verabschiedung, so bald wie möglich,"
            " sobald, demnächst, bald, kurzfristig, mittelfristig, langfristig, sofort, umgehend,"
            " unverzüglich, zeitnah, später, danach, zeitnahe, vergangenen, vorigen, folgenden,"
            " folgendes, folgender, folgende, Vortag, Folgetag"
        ),
        "this-year": (
            "dieses, diesem, diesen, diese, nächstes, nächsten, nächster, nächste, kommendes,"
            " kommenden, kommende, kommender, laufenden, laufendes, gleichen, selben"
        ),
    },
    forms={
        "day": "{day}. {month} {year}",
        "month": "{month} {year}",
        "year": "{year}",
        "quarter": "{number}. Quartal {year}",
        "half": "{number}. Halbjahr {year}",
        "early": "Anfang {date}",
        "mid": "Mitte {date}",
        "late": "Ende {date}",
        "first half of month": "erste Hälfte {month}",
        "second half of month": "zweite Hälfte {month}",
        "season": "{season} {year}",
        "winter": "{season} {year}/{next}",
        "school year": "{school} {year}/{next}",
        "range": "{first} bis {last}",
        "by": "spätestens am {date}",
        "not before": "frühestens am {date}",
        "earlier": "{date} oder früher",
        "later": "{date} oder später",
        "around": "etwa {date}",
        "around day": "um den {date}",
        "possibly": "möglicherweise {date}",
    },
    thousands=".",
    decimal=",",
    quotes=("\N{DOUBLE LOW-9 QUOTATION MARK}", "\N{LEFT DOUBLE QUOTATION MARK}"),
)
