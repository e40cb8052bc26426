"""Dutch: the words of dates, and how we write dates and numbers."""

from betatech_milestones.language.lexicon import Lexicon

LEXICON = Lexicon(
    language="nl",
    name="Nederlands",
    months=(
        "januari, jan",
        "februari, feb, febr",
        "maart, mrt",
        "april, apr",
        "mei",
        "juni, jun",
        "juli, jul",
        "augustus, aug",
        "september, sept, sep",
        "oktober, okt",
        "november, nov",
        "december, dec",
    ),
    weekdays=(
        "maandag, ma",
        "dinsdag, di",
        "woensdag, wo",
        "donderdag, do",
        "vrijdag, vr",
        "zaterdag, za",
        "zondag, zo",
    ),
    ordinals=("eerste", "tweede", "derde", "vierde"),
    seasons=("voorjaar, lente", "zomer", "najaar, herfst", "winter"),
    school_years={
        # WPO, article 1; WVO 2020, article 1.1. Of higher education: WHW, article 1.1.
        8: "schooljaar, schooljaren, onderwijsjaar",
        9: "studiejaar, collegejaar, cursusjaar, academisch jaar",
    },
    symbols={"q": "quarter", "h": "half"},
    words={
        # Parts of a longer time.
        "quarter": "kwartaal, kalenderkwartaal, kwart, drie maanden, kw",
        "half": "helft",
        "half-year": "halfjaar, half jaar, halve jaar, zes maanden, jaarhelft",
        "last": "laatste",
        "early": "begin, vroeg in, aanvang van, start van, aanvang",
        "mid": "medio, midden, half, halverwege, midden in, middenin",
        "late": "laat in",
        "end": "eind, einde, slot van",
        "year-end": "jaareinde, eindejaar",
        "first-day": "eerste dag van",
        "last-day": "ultimo, laatste dag van",
        "week": "week, kalenderweek, weeknummer, wk",
        "week-of": "week van",
        # Limits.
        "by": (
            "uiterlijk, op zijn laatst, op z'n laatst, niet later dan, ten laatste, op uiterlijk,"
            " op of vóór, op of voor, vóór of op, voor of op, in of vóór, vóór of in, uiterlijk per"
        ),
        "before": "vóór, vóor, voór, voorafgaand aan, eerder dan, vroeger dan",
        "before-or-for": "voor",
        "after": "na, later dan, na afloop van",
        "not-before": (
            "op of na, in of na, niet vóór, niet eerder dan, op zijn vroegst, op z'n vroegst, ten"
            " vroegste, vroegstens, niet eerder"
        ),
        "from": (
            "vanaf, met ingang van, sinds, per, ingaande, ingaand, m.i.v., met ingang van de, pas"
            " vanaf, te beginnen met, te beginnen in, beginnend met, ingaande op, ingaande per, en"
            " verder, inwerkingtreding op, inwerkingtreding per, inwerkingtreding met ingang van,"
            " in werking per, in werking met ingang van, te rekenen vanaf, effectief vanaf, sedert,"
            " miv, met ingangsdatum, reeds per, structureel vanaf, inwerkingtreding, ingangsdatum"
        ),
        "till": "tot, tot aan",
        "earlier": "of eerder, of vroeger, of zoveel eerder als mogelijk, of daarvoor",
        "later": "of later, of daarna",
        # Two dates.
        "to": (
            "tot en met, t/m, t.e.m., tot uiterlijk, tot en met uiterlijk, tm, verlengd tot en"
            " met, geldig tot en met"
        ),
        "between": "tussen",
        "and": "en",
        "or": "of",
        # How sure.
        "around": (
            "rond, omstreeks, circa, ca, ongeveer, rondom, om en nabij, op of omstreeks, zo rond,"
            " plusminus, of daaromtrent"
        ),
        "possibly": "mogelijk, wellicht, misschien",
        # How firmly it is promised.
        "forecast": (
            "naar verwachting, verwacht, verwachting, vermoedelijk, waarschijnlijk, geraamd,"
            " voorlopig, voorlopige planning, indicatief, indicatieve planning, in principe"
        ),
        "aim": "beoogd, beoogde, streefdatum, streven, bedoeling, doel, zo mogelijk, bij voorkeur",
        "planned": (
            "gepland, voorzien, planning, gepland op, gepland in, voorzien in, staat gepland"
        ),
        # Years.
        "span": "periode, jaren, de jaren, tijdvak, looptijd",
        "fiscal-year": "boekjaar, financieel jaar",
        "recess": (
            "reces, zomerreces, kerstreces, meireces, herfstreces, krokusreces, voorjaarsreces,"
            " paasreces, winterreces, zomervakantie, kerstvakantie, herfstvakantie, meivakantie"
        ),
        "inclusive": "inclusief, incl",
        "unit": "jaar, kalenderjaar, begrotingsjaar, maand, dag van, de maanden, in de maanden",
        # Words that change nothing.
        "in": "in, op, gedurende, tijdens",
        "small": (
            "de, het, 't, aan, bij, van, d.d., dd, in de loop van, in de loop der, loop van, heel,"
            " geheel, ergens in, datum, den, nog, pas, zo spoedig mogelijk maar, zo spoedig"
            " mogelijk doch, zo spoedig mogelijk en, om, doch, maar, in elk geval, in ieder geval,"
            " zo snel mogelijk maar, zo snel mogelijk doch, zo snel mogelijk en, te, al"
        ),
    },
    refused={
        "nothing": (
            "n.t.b., ntb, nog te bepalen, nader te bepalen, nog onbekend, onbekend, niet bekend,"
            " n.v.t., nvt, niet van toepassing, geen, geen datum, p.m., pm, nog niet bekend, tbd,"
            " tba, tbc, n/a"
        ),
        "going-on": (
            "doorlopend, continu, permanent, jaarlijks, jaarlijkse, elk jaar, ieder jaar,"
            " maandelijks, per kwartaal, halfjaarlijks, tweejaarlijks, periodiek, regelmatig,"
            " structureel, lopend, steeds, telkens, elk, ieder, onbepaald, indien nodig"
        ),
        "counted": "maanden, weken, dagen, jaar na, vandaag, morgen, gisteren",
        "relative": (
            "binnen, over een, na inwerkingtreding, publicatie, zo spoedig mogelijk, zsm, z.s.m.,"
            " binnenkort, spoedig, op termijn, korte termijn, lange termijn, middellange termijn,"
            " direct, onmiddellijk, later, daarna, vervolgens, geleden, eerstkomende, vorig,"
            " vorige, afgelopen, volgend op, daags na, dag na, bij inwerkingtreding,"
            " inwerkingtreding van, tot in, tot na, tot voor, kort na, kort voor, vlak na, vlak"
            " voor"
        ),
        "this-year": (
            "dit, deze, volgend, volgende, komend, komende, lopende, huidige, huidig, a.s.,"
            " aanstaande, jl., jongstleden, zelfde, hetzelfde, dezelfde"
        ),
    },
    forms={
        "day": "{day} {month} {year}",
        "month": "{month} {year}",
        "year": "{year}",
        "quarter": "{ordinal} kwartaal {year}",
        "half": "{ordinal} helft {year}",
        "early": "begin {date}",
        "mid": "medio {date}",
        "late": "eind {date}",
        "first half of month": "eerste helft {month}",
        "second half of month": "tweede helft {month}",
        "season": "{season} {year}",
        "winter": "{season} {year}/{next}",
        "school year": "{school} {year}/{next}",
        "range": "{first} tot en met {last}",
        "by": "uiterlijk {date}",
        "not before": "op of na {date}",
        "earlier": "{date} of eerder",
        "later": "{date} of later",
        "around": "rond {date}",
        "possibly": "mogelijk {date}",
    },
    thousands=".",
    decimal=",",
    quotes=("\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"),
)
