"""Italian: the words of dates, and how we write dates and numbers."""

from betatech_milestones.language.lexicon import Lexicon

LEXICON = Lexicon(
    language="it",
    name="Italiano",
    months=(
        "gennaio, gen, genn",
        "febbraio, feb, febbr",
        "marzo, mar",
        "aprile, apr",
        "maggio, mag, magg",
        "giugno, giu",
        "luglio, lug",
        "agosto, ago",
        "settembre, set, sett",
        "ottobre, ott",
        "novembre, nov",
        "dicembre, dic",
    ),
    weekdays=(
        "lunedì, lun",
        "martedì",
        "mercoledì, mer",
        "giovedì, gio",
        "venerdì, ven",
        "sabato, sab",
        "domenica, dom",
    ),
    ordinals=(
        "primo, prima, primi",
        "secondo, seconda",
        "terzo, terza",
        "quarto, quarta",
    ),
    seasons=("primavera", "estate", "autunno", "inverno"),
    school_years={
        # Decreto legislativo 16 April 1994, n. 297, article 74.
        9: "anno scolastico, a.s.",
    },
    symbols={"t": "quarter", "q": "quarter", "s": "half"},
    words={
        # Parts of a longer time.
        "quarter": "trimestre, trimestre solare, trim, tre mesi",
        "fortnight": "quindicina",
        "first-half": "prima metà",
        "second-half": "seconda metà",
        "half-year": "semestre, sem, sei mesi",
        "last": "ultimo, ultima, ultimi",
        "early": "inizio, inizi, principio, primi del, primi di",
        "mid": "metà, la metà",
        "late": "tardo, sul finire del, sul finire dell'",
        "end": "fine",
        "year-end": "fine anno",
        "first-day": "primo giorno",
        "last-day": "ultimo giorno",
        "week": "settimana, settimana n",
        "week-of": "settimana del, settimana dal",
        # Limits.
        "by": (
            "entro, entro e non oltre, non oltre, al più tardi, al più tardi entro, non più tardi"
            " di, non più tardi del, di qui al, di qui a, entro la scadenza del, il o prima del,"
            " prima del o il, al massimo entro, improrogabilmente entro, da qui al, da qui a, non"
            " successivamente al, entro la data del, tassativamente entro, non oltre il, entro il"
            " termine del, entro il termine perentorio del, entro e non oltre il, e comunque non"
            " oltre, e comunque entro"
        ),
        "by-or-for": "per",
        "before": (
            "prima di, prima del, prima della, prima dell', prima dello, anteriormente al,"
            " antecedentemente al, precedentemente al, anteriormente a"
        ),
        "after": (
            "dopo, dopo il, dopo la, dopo l', successivamente al, successivamente a,"
            " posteriormente al, oltre, in data successiva al"
        ),
        "not-before": (
            "non prima di, non prima del, non prima della, non prima dell', al più presto, il o"
            " dopo il, non anteriormente al"
        ),
        "from": (
            "a partire da, a partire dal, a partire dalla, a partire dall', a partire dallo, a"
            " decorrere da, a decorrere dal, a decorrere dalla, a decorrere dall', dal, da, dalla,"
            " dall', dai, con decorrenza dal, con decorrenza, con effetto dal, con effetto a"
            " decorrere dal, con effetto da, sin dal, fin dal, con inizio dal, decorrenza, con"
            " decorrenza da, in vigore dal, in poi, a far data dal, a far data da, entrata in"
            " vigore il, entrata in vigore dal, entrata in vigore al, a valere dal, a valere dall',"
            " con efficacia dal, a far tempo dal, a far tempo da"
        ),
        "earlier": "o prima",
        "later": "o dopo, o successivamente, o più tardi",
        # Two dates.
        "to": (
            "fino a, fino al, fino alla, fino all', sino a, sino al, sino alla, sino all', fino,"
            " sino, fino a tutto il, a tutto il, fino a tutto, sino a tutto il, fino ad, sino ad, e"
            " fino al, e fino a, e sino al, prorogato fino al, prorogata fino al, valido fino al,"
            " valida fino al, fino al termine del, sino al termine del"
        ),
        "at": "a, al, alla, all', ai, ad, allo, agli, alle",
        "between": "tra, fra, compreso tra, compreso fra",
        "and": "e, ed",
        "or": "o, oppure, ovvero",
        # How sure.
        "around": (
            "circa, intorno a, intorno al, intorno alla, intorno all', attorno al, attorno a,"
            " attorno alla, verso, verso il, verso la, verso l', approssimativamente, ca,"
            " indicativamente, attorno all'"
        ),
        "possibly": "forse, eventualmente",
        # How firmly it is promised.
        "forecast": (
            "atteso, attesa, stimato, stimata, presumibilmente, probabilmente, provvisorio,"
            " provvisoria, verosimilmente"
        ),
        "aim": "obiettivo, auspicabilmente, possibilmente",
        "planned": (
            "previsto, prevista, previsti, previste, programmato, programmata, pianificato,"
            " previsto per, prevista per, previsti per, previste per"
        ),
        # Years.
        "span": "periodo, anni, biennio, triennio, quadriennio, quinquennio, arco temporale",
        "fiscal-year": (
            "esercizio, esercizio finanziario, anno finanziario, esercizio fiscale, anno fiscale,"
            " esercizio contabile"
        ),
        "recess": (
            "vacanze, vacanze estive, pausa estiva, ferie, ferie estive, vacanze di natale,"
            " vacanze natalizie, vacanze pasquali, chiusura estiva, anno accademico, quadrimestre,"
            " ripresa"
        ),
        "inclusive": "incluso, compreso, inclusi, compresi, compresa, inclusa",
        "unit": "anno, anno solare, mese, giorno, mesi di",
        # Words that change nothing.
        "in": "in, nel, nella, nell', nello, nei, negli, durante",
        "small": (
            "il, lo, la, le, gli, l', di, del, della, dell', dello, dei, degli, delle, nel corso"
            " di, nel corso del, nel corso della, nel corso dell', nel corso dei, durante il,"
            " durante la, durante l', corso, data, comunque, nell'arco di, nell'arco del,"
            " perentorio, per tutto il, per tutta la, per tutto l'"
        ),
    },
    refused={
        "nothing": (
            "da definire, da determinare, da stabilire, da fissare, da confermare, da precisare,"
            " n.d., nd, n.a., non disponibile, non definito, non specificato, sconosciuto, nessuna,"
            " nessuno, senza data, non applicabile, tbd"
        ),
        "going-on": (
            "continuo, in continuo, continuativo, permanente, annuale, annualmente, ogni anno,"
            " ogni, mensile, trimestrale, semestrale, periodico, periodicamente, regolarmente, in"
            " corso, ove necessario, a regime, tutti"
        ),
        "counted": "mesi, settimane, giorni, oggi, domani, ieri",
        "relative": (
            "pubblicazione, entrata in vigore, adozione, approvazione, appena possibile, quanto"
            " prima possibile, prossimamente, presto, a breve, breve termine, medio termine, lungo"
            " termine, immediatamente, successivamente, poi, successivo, successiva, passato,"
            " passata, precedente, precedenti, antecedente"
        ),
        "this-year": (
            "quest', questo, questa, prossimo, prossima, corrente, scorso, scorsa, stesso, stessa,"
            " medesimo, presente"
        ),
    },
    forms={
        "day": "{day} {month} {year}",
        "first of month": "1° {month} {year}",
        "month": "{month} {year}",
        "year": "{year}",
        "quarter": "{ordinal} trimestre {year}",
        "half": "{ordinal} semestre {year}",
        "early": "inizio {date}",
        "mid": "metà {date}",
        "late": "fine {date}",
        "first half of month": "prima metà di {month}",
        "second half of month": "seconda metà di {month}",
        "season": "{season} {year}",
        "winter": "{season} {year}/{next}",
        "school year": "{school} {year}/{next}",
        "range": "tra {first} e {last}",
        "range of years": "dal {first} al {last}",
        "range of months": "da {first} a {last}",
        "range of days": "dal {first} al {last}",
        "by": "entro il {date}",
        "not before": "non prima del {date}",
        "earlier": "{date} o prima",
        "later": "{date} o dopo",
        "around": "circa {date}",
        "around day": "intorno al {date}",
        "possibly": "forse {date}",
        "possibly day": "forse il {date}",
    },
    elisions=(
        (r"\ba (?=a)", "ad "),
        (r"\bdal (?=(?:8|11) )", "dall’"),
        (r"\bdel (?=(?:8|11) )", "dell’"),
        (r"\bal (?=(?:8|11) )", "all’"),
        (r"\bil (?=(?:8|11) )", "l’"),
    ),
    thousands=".",
    decimal=",",
    quotes=("«", "»"),
)
