"""French: the words of dates, and how we write dates and numbers."""

from betatech_milestones.language.lexicon import Lexicon

LEXICON = Lexicon(
    language="fr",
    name="Français",
    months=(
        "janvier, janv, jan",
        "février, févr, fév",
        "mars",
        "avril, avr",
        "mai",
        "juin",
        "juillet, juil, juill",
        "août",
        "septembre, sept, sep",
        "octobre, oct",
        "novembre, nov",
        "décembre, déc",
    ),
    weekdays=(
        "lundi, lun",
        "mardi",
        "mercredi, mer",
        "jeudi, jeu",
        "vendredi, ven",
        "samedi, sam",
        "dimanche, dim",
    ),
    ordinals=(
        "premier, première",
        "deuxième, second, seconde",
        "troisième",
        "quatrième",
    ),
    seasons=("printemps", "été", "automne", "hiver"),
    school_years={
        # Code de l'éducation, article L. 521-1: set for each year; it begins on 1 September.
        9: "année scolaire, année universitaire",
    },
    symbols={"t": "quarter", "q": "quarter", "s": "half"},
    words={
        # Parts of a longer time.
        "quarter": "trimestre, trimestre civil, trim, trois mois",
        "half": "moitié",
        "fortnight": "quinzaine, moitié du mois",
        "half-year": "semestre, six mois",
        "first-quarter": "trois premiers mois",
        "first-half": "six premiers mois",
        "last": "dernier, dernière, derniers",
        "early": "début, commencement, au tout début",
        "mid": "mi, milieu",
        "late": "tard en",
        "end": "fin",
        "first-day": "premier jour",
        "last-day": "dernier jour",
        "week": "semaine, semaine n°",
        "week-of": "semaine du",
        # Limits.
        "by": (
            "d'ici, d'ici à, d'ici au, d'ici la, d'ici l', au plus tard, au plus tard d'ici, avant"
            " ou le, le ou avant, au plus tard avant ou le, dans un délai expirant, et au plus tard"
        ),
        "by-or-for": "pour",
        "before": "avant, préalablement au, antérieurement au, antérieurement à",
        "after": (
            "après, postérieurement au, postérieurement à, à l'issue de, à l'issue du, à"
            " l'expiration de, à l'issue d', à l'issue de la, à l'issue de l', au-delà du, au-delà"
            " de, postérieur au, postérieure au, postérieurs au, postérieures au"
        ),
        "not-before": (
            "au plus tôt, pas avant, à partir du ou après, le ou après, non avant, au plus tôt à"
            " partir de, au plus tôt à compter de"
        ),
        "from": (
            "à partir de, à partir du, à partir d', à compter de, à compter du, à compter d', dès,"
            " depuis, à dater de, à dater du, avec effet au, avec effet à compter du, à effet du,"
            " prenant effet le, applicable à compter du, applicable à partir du, en vigueur le, en"
            " vigueur à compter du, entrée en vigueur le, entrée en vigueur au, en vigueur depuis"
            " le, en vigueur depuis, avec effet rétroactif au"
        ),
        "earlier": "ou plus tôt, ou avant",
        "later": "ou plus tard, ou après",
        # Two dates.
        "to": (
            "jusqu'à, jusqu'au, jusqu'en, jusque, jusqu'aux, jusqu'à la, jusqu'à l', prorogé"
            " jusqu'au, prorogée jusqu'au, prolongé jusqu'au, prolongée jusqu'au, valable jusqu'au"
        ),
        "at": "à, au, aux",
        "between": "entre",
        "and": "et",
        "or": "ou",
        # How sure.
        "around": (
            "vers, environ, autour de, autour du, autour d', aux alentours de, aux alentours du,"
            " aux environs de, aux environs du, approximativement, ca, circa, aux alentours d'"
        ),
        "possibly": "peut-être, éventuellement",
        # How firmly it is promised.
        "forecast": (
            "attendu, attendue, prévisionnel, prévisionnelle, provisoire, probablement, sans"
            " doute, vraisemblablement, estimé, estimée, a priori, selon toute vraisemblance, en"
            " principe"
        ),
        "aim": (
            "envisagé, envisagée, objectif, cible, visé, visée, si possible, de préférence,"
            " idéalement"
        ),
        "planned": (
            "prévu, prévue, prévus, prévues, programmé, programmée, planifié, planifiée, prévu"
            " pour, prévue pour, prévus pour, prévues pour"
        ),
        # Years.
        "span": "période, années",
        "fiscal-year": "exercice, exercice budgétaire, exercice comptable, exercice fiscal",
        "recess": (
            "rentrée, rentrée scolaire, rentrée universitaire, rentrée parlementaire, vacances,"
            " vacances scolaires, vacances d'été, grandes vacances, trêve, session"
        ),
        "inclusive": "inclus, compris, inclusivement, y compris",
        "unit": "année, année civile, an, mois, jour",
        # Words that change nothing.
        "in": "en, dans, pendant, durant",
        "small": (
            "le, la, les, l', de, du, des, d', courant, au cours de, au cours du, au cours d', au"
            " cours des, dans le courant de, dans le courant du, au courant de, au courant du, en"
            " cours d'année, lors de, lors du, lors d', sur, date, datée, daté, au sein de, à la"
            " date, à l'échéance du, à l'échéance de, tout au long de, tout au long, dès que"
            " possible et, au titre de, au titre du"
        ),
    },
    refused={
        "nothing": (
            "à déterminer, à définir, à préciser, à fixer, à confirmer, non défini, non précisé,"
            " non déterminé, inconnu, inconnue, néant, sans objet, s.o., n.c., nc, nd, n.d., non"
            " communiqué, aucune, aucun, sans date, à venir"
        ),
        "going-on": (
            "en continu, continu, permanent, permanente, annuel, annuelle, annuellement, chaque"
            " année, chaque, tous les ans, tous, mensuel, trimestriel, semestriel, périodique,"
            " régulièrement, au fil de l'eau, en cours, pérenne, le cas échéant"
        ),
        "counted": "semaines, jours, ans, demain, hier, aujourd'hui",
        "relative": (
            "publication, promulgation, entrée en vigueur, adoption, dès que possible, dans les"
            " meilleurs délais, prochainement, bientôt, à terme, court terme, moyen terme, long"
            " terme, immédiatement, ultérieurement, ensuite, délai, suivant, suivante, passé,"
            " passée, précédent, précédente, précédant, lendemain, veille"
        ),
        "this-year": "cette, ce, cet, prochain, prochaine, courante, même, présente",
    },
    forms={
        "day": "{day} {month} {year}",
        "first of month": "1er {month} {year}",
        "month": "{month} {year}",
        "year": "{year}",
        "quarter": "{ordinal} trimestre {year}",
        "half": "{ordinal} semestre {year}",
        "early": "début {date}",
        "mid": "mi-{date}",
        "late": "fin {date}",
        "first half of month": "première moitié de {month}",
        "second half of month": "seconde moitié de {month}",
        "season": "{season} {year}",
        "winter": "{season} {year}-{next}",
        "school year": "{school} {year}-{next}",
        "range": "entre {first} et {last}",
        "range of years": "de {first} à {last}",
        "range of months": "de {first} à {last}",
        "range of days": "du {first} au {last}",
        "by": "au plus tard le {date}",
        "not before": "le {date} au plus tôt",
        "earlier": "{date} ou plus tôt",
        "later": "{date} ou plus tard",
        "around": "vers {date}",
        "around day": "vers le {date}",
        "possibly": "peut-être {date}",
        "possibly day": "peut-être le {date}",
    },
    elisions=((r"\bde (?=[aeéoh])", "d’"),),
    thousands="\N{NARROW NO-BREAK SPACE}",
    decimal=",",
    quotes=("«\N{NARROW NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}»"),
)
