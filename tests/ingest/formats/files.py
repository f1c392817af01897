"""DSO files written for the tests: invented points and values, the real structure."""

import io
import random
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TypeVar
from zoneinfo import ZoneInfo

import polars as pl

_T = TypeVar("_T")
PARIS = ZoneInfo("Europe/Paris")
PRM = "99000000000017"
OTHER_PRM = "99000000000025"
R63_HEADER = (
    "Identifiant PRM;Date de début;Date de fin;Grandeur physique;Grandeur métier;Etape métier;"
    "Unité;Horodate;Valeur;Nature;Pas;Indice de vraisemblance;Etat complémentaire"
)
HDM_HEADER = (
    "Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;"
    "Etape metier;Unite;Pas en minutes"
)


def utc(text: str) -> datetime:
    """An instant from ``2026-10-24T22:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def day_ends(day: str, step_min: int) -> list[datetime]:
    """The ends (local, aware) of the steps of a local day."""
    start = datetime.fromisoformat(day).replace(tzinfo=PARIS)
    end = (datetime.fromisoformat(day) + timedelta(days=1)).replace(tzinfo=PARIS)
    step, instant, ends = timedelta(minutes=step_min), start.astimezone(UTC), []
    while instant < end:
        instant += step
        ends.append(instant.astimezone(PARIS))
    return ends


def day_starts(day: str, step_min: int = 30) -> list[datetime]:
    """The starts (local, aware) of the steps of a local day."""
    step = timedelta(minutes=step_min)
    return [(end.astimezone(UTC) - step).astimezone(PARIS) for end in day_ends(day, step_min)]


def naive(stamps: Iterable[datetime]) -> list[str]:
    """As R63 writes them."""
    return [f"{stamp:%Y-%m-%d %H:%M:%S}" for stamp in stamps]


def r63_row(
    stamp: str,
    value: str = "478",
    *,
    prm: str = PRM,
    physical: str = "PA",
    direction: str = "CONS",
    unit: str = "W",
    nature: str = "B",
    step: str = "PT30M",
    likelihood: str = "0",
) -> str:
    period = "2026-01-01 00:00:00;2027-01-01 00:00:00"
    return (
        f"{prm};{period};{physical};{direction};BRUT;{unit};{stamp};{value};{nature};{step};"
        f"{likelihood};0"
    )


def r63(rows: Iterable[str]) -> bytes:
    return "\n".join([R63_HEADER, *rows, ""]).encode()


def hdm(
    rows: Iterable[tuple[str, str]],
    *,
    prm: str = PRM,
    kind: str = "Courbe de charge",
    physical: str = "Energie active",
    direction: str = "Consommation",
    unit: str = "W",
    step: str = "",
) -> bytes:
    """rows: stamp with an offset, value."""
    heading = (
        f"{prm};{kind};01/01/2026;01/01/2027;{physical};{direction};Comptage Brut;{unit};{step}"
    )
    lines = [HDM_HEADER, heading, "Horodate;Valeur", *(";".join(row) for row in rows), ""]
    return b"\xef\xbb\xbf" + "\n".join(lines).encode()


def pdc(stamp: str, value: str | None = "478", likelihood: str = "0") -> str:
    power = "" if value is None else f"<V>{value}</V>"
    return f"<PDC><H>{stamp}</H>{power}<IV>{likelihood}</IV></PDC>"


def r50(points: Iterable[str], *, prm: str = PRM, step: str = "30") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<R50><En_Tete_Flux><Identifiant_Flux>R50</Identifiant_Flux>
<Pas_Publication>{step}</Pas_Publication></En_Tete_Flux>
<PRM><Id_PRM>{prm}</Id_PRM><Donnees_Releve><Date_Releve>2026-10-25</Date_Releve>
{"".join(points)}
</Donnees_Releve></PRM></R50>""".encode()


def r4x_point(stamp: str, value: str | None = "12", letter: str | None = "R") -> str:
    power = "" if value is None else f' Valeur_Point ="{value}"'
    status = "" if letter is None else f' Statut_Point ="{letter}"'
    return f'<Donnees_Point_Mesure Horodatage ="{stamp}"{power}{status}></Donnees_Point_Mesure>'


def r4x_curve(
    points: Iterable[str],
    *,
    physical: str = "EA",
    direction: str = "CONS",
    unit: str = "kW",
    step: str = "10",
) -> str:
    return f"""<Donnees_Courbe><Horodatage_Debut>2026-07-01T00:00:00+02:00</Horodatage_Debut>
<Horodatage_Fin>2026-07-01T23:59:59+02:00</Horodatage_Fin><Granularite>{step}</Granularite>
<Unite_Mesure>{unit}</Unite_Mesure><Grandeur_Metier>{direction}</Grandeur_Metier>
<Grandeur_Physique>{physical}</Grandeur_Physique>
{"".join(points)}
</Donnees_Courbe>"""


def r4x_body(curves: Iterable[str], *, prm: str = PRM) -> str:
    return f"<Corps><Identifiant_PRM>{prm}</Identifiant_PRM>\n{''.join(curves)}</Corps>"


def r4x(bodies: Iterable[str], *, publication: str = "Brute") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Courbe><Entete><Identifiant_Flux>R4x</Identifiant_Flux>
<Nature_De_Courbe_Demandee>{publication}</Nature_De_Courbe_Demandee></Entete>
{"".join(bodies)}
</Courbe>""".encode()


def r4x_of(points: Iterable[str], *, prm: str = PRM, step: str = "10") -> bytes:
    """One curve of one point."""
    return r4x([r4x_body([r4x_curve(points, step=step)], prm=prm)])


def r151_class(rank: int, value: str, *, grid: str = "_Distributeur", iv: str = "0") -> str:
    tag = f"Classe_Temporelle{grid}"
    return (
        f"<{tag}><Id_Classe_Temporelle>BASE</Id_Classe_Temporelle>"
        f"<Rang_Cadran>{rank}</Rang_Cadran><Valeur>{value}</Valeur>"
        f"<Indice_Vraisemblance>{iv}</Indice_Vraisemblance></{tag}>"
    )


def r151_day(day: str, classes: Iterable[str]) -> str:
    return f"<Donnees_Releve><Date_Releve>{day}</Date_Releve>{''.join(classes)}</Donnees_Releve>"


def r151(days: Iterable[str], *, prm: str = PRM, unit: str = "Wh", created: str = "") -> bytes:
    creation = f"<Date_Creation>{created}</Date_Creation>" if created else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<R151><En_Tete_Flux><Identifiant_Flux>R151</Identifiant_Flux>{creation}
<Unite_Mesure_Index>{unit}</Unite_Mesure_Index></En_Tete_Flux>
<PRM><Id_PRM>{prm}</Id_PRM>
{"".join(days)}
</PRM></R151>""".encode()


def r171_series(
    values: Iterable[tuple[str, str]],
    *,
    prm: str = PRM,
    direction: str = "CONS",
    physical: str = "EA",
    calendar: str = "D",
    tariff_class: str = "HPH",
    unit: str = "Wh",
) -> str:
    """values: local time at which the meter was read, index."""
    dated = [
        f"<mesureDatee><dateFin>{stamp}</dateFin><valeur>{index}</valeur></mesureDatee>"
        for stamp, index in values
    ]
    return f"""<serieMesuresDatees><prmId>{prm}</prmId><type>INDEX</type>
<grandeurMetier>{direction}</grandeurMetier><grandeurPhysique>{physical}</grandeurPhysique>
<typeCalendrier>{calendar}</typeCalendrier><codeClasseTemporelle>{tariff_class}</codeClasseTemporelle><unite>{unit}</unite><mesuresDateesListe>{"".join(dated)}</mesuresDateesListe></serieMesuresDatees>
"""


def r171(series: Iterable[str]) -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<ns2:R171 xmlns:ns2="http://www.enedis.fr/stm/R171"><entete><emetteur>Enedis</emetteur>
<flux>R171</flux></entete><serieMesuresDateesListe>
{"".join(series)}</serieMesuresDateesListe></ns2:R171>""".encode()


def c15_event(
    prm: str,
    stamp: str,
    kind: str,
    *,
    affair: str = "A1B2C3",
    collective: str = "0",
    state: str = "RESILIE",
) -> str:
    return f"""<PRM><Id_PRM>{prm}</Id_PRM><Segment_Clientele>C5</Segment_Clientele>
<Autoconsommation_Collective>{collective}</Autoconsommation_Collective>
<Evenement_Declencheur><Type_Evenement>CONTRAT</Type_Evenement>
<Date_Evenement>{stamp}</Date_Evenement><Nature_Evenement>{kind}</Nature_Evenement>
<Id_Affaire>{affair}</Id_Affaire></Evenement_Declencheur>
<Situation_Contractuelle><Etat_Contractuel>{state}</Etat_Contractuel></Situation_Contractuelle></PRM>
"""


def c15(events: Iterable[str], *, created: str = "2026-11-02T08:30:00+01:00") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<C15><En_Tete_Flux><Identifiant_Flux>C15</Identifiant_Flux>
<Date_Creation>{created}</Date_Creation></En_Tete_Flux>
<Contrat><Nature_Contrat>GRD-F</Nature_Contrat></Contrat>
{"".join(events)}</C15>""".encode()


def shuffle(things: Sequence[_T], *, seed: int) -> list[_T]:
    return random.Random(seed).sample(things, len(things))  # noqa: S311 - not a secret


def zipped(members: Mapping[str, bytes]) -> bytes:
    """The same bytes at any time: hypothesis must find again what it made of them."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(zipfile.ZipInfo(name), member, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def starts(readings: pl.DataFrame) -> Sequence[datetime]:
    return readings["start"].to_list()


def follow_each_other(readings: pl.DataFrame) -> bool:
    """Whether the intervals, in order, leave no gap and do not overlap."""
    intervals = list(zip(readings["start"], readings["step_min"], strict=True))
    return all(
        start + timedelta(minutes=step_min) == following
        for (start, step_min), (following, _) in pairwise(intervals)
    )
