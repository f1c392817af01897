"""The files of the demonstration's curves, as generate.py writes them."""

import gzip
import io
import zipfile
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

Watts = list[int]

FILES = Path(__file__).parent / "files"
PARIS = ZoneInfo("Europe/Paris")
STEP = timedelta(minutes=30)

_R63_HEADER = (
    "Identifiant PRM;Date de début;Date de fin;Grandeur physique;Grandeur métier;Etape métier;"
    "Unité;Horodate;Valeur;Nature;Pas;Indice de vraisemblance;Etat complémentaire"
)
_R50_HEADER = (
    "<R50><En_Tete_Flux><Identifiant_Flux>R50</Identifiant_Flux>"
    "<Libelle_Flux>Courbes de charge des PRM du segment C5 sur abonnement</Libelle_Flux>"
    "<Version_XSD>1.1.0</Version_XSD><Identifiant_Emetteur>ERDF</Identifiant_Emetteur>"
    "<Identifiant_Destinataire>17X9900000DEMO9Z</Identifiant_Destinataire>"
    "<Date_Creation>{published}</Date_Creation>"
    "<Identifiant_Contrat>9900001</Identifiant_Contrat>"
    "<Numero_Abonnement>9900042</Numero_Abonnement>"
    "<Pas_Publication>30</Pas_Publication></En_Tete_Flux>"
)
_HDM_HEADER = (
    "Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;"
    "Grandeur metier;Etape metier;Unite;Pas en minutes"
)


@dataclass(frozen=True)
class DemoMonth:
    """A local month, half-hour by half-hour."""

    first: datetime  # UTC, as all instants here
    starts: list[datetime]
    days: int
    source_first: date
    """The day of 2016 nearest in the calendar with the weekday of the month's first day."""
    published: datetime

    @property
    def ends(self) -> list[datetime]:
        return [start + STEP for start in self.starts]

    @property
    def months_before(self) -> int:
        """The number of months before October 2026."""
        local = self.first.astimezone(PARIS)
        return (2026 - local.year) * 12 + 10 - local.month


def _period_of(year: int, month: int) -> DemoMonth:
    begin = datetime(year, month, 1, tzinfo=PARIS)
    end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=PARIS)
    first, last = begin.astimezone(UTC), end.astimezone(UTC)
    twin = date(2016, month, 1)
    away = (begin.weekday() - twin.weekday() + 3) % 7 - 3
    return DemoMonth(
        first=first,
        starts=[first + STEP * i for i in range((last - first) // STEP)],
        days=(end.date() - begin.date()).days,
        source_first=twin + timedelta(days=away),
        published=end.replace(day=3, hour=6, minute=5, second=12),
    )


OCTOBER = _period_of(2026, 10)
"""The demonstration's month; the eleven before it are its history."""
HISTORY = [_period_of(2025, 11), _period_of(2025, 12), *(_period_of(2026, i) for i in range(1, 10))]
NOVEMBER = replace(
    _period_of(2026, 11),
    starts=_period_of(2026, 11).starts[: 15 * 48],
    days=15,
    published=datetime(2026, 11, 17, 6, 5, 12, tzinfo=PARIS),
)
"""The current month, as far as it has come."""
_NOT_SENT = {"99110000000107": (datetime(2026, 11, 10, tzinfo=PARIS), timedelta(days=3))}
"""What the DSO has still to send of the current month: from when on, and for how long."""
_GARBLED = {"99220000000105": datetime(2026, 11, 5, 12, 30, tzinfo=PARIS)}
"""The end of one half-hour of that month whose value has a minus sign."""


@dataclass(frozen=True)
class Recipe:
    """The recipe of one point's curve, a line of recipe.csv."""

    prm: str
    file: str
    direction: str
    profiles: tuple[str, ...]
    month_kwh: float  # of consumers: the sum of the month
    installed_kw: float  # of producers: peak power of the panels
    heater_w: float  # a storage water heater, on in the off-peak hours of the night


def write(name: str, curves: dict[Recipe, Watts], period: DemoMonth) -> bytes:
    """Write one file in the format that its name announces; the same curves make the same bytes."""
    if name.startswith("ENEDIS_R63"):
        content = _zip(name.replace(".zip", ".csv"), _r63(curves, period), period)
    elif name.startswith("ERDF_R50"):
        content = _zip(name.replace(".zip", ".xml"), _r50(curves, period), period)
    else:
        ((recipe, watts),) = curves.items()
        content = gzip.compress(_hdm(recipe, watts, period).encode("utf-8-sig"), mtime=0)
    folder = FILES / "history" if period in HISTORY else FILES
    (folder / name).write_bytes(content)
    return content


def _r63(curves: dict[Recipe, Watts], period: DemoMonth) -> str:
    lines = [_R63_HEADER]
    begin, end_of_all = (at.astimezone(PARIS) for at in (period.first, period.ends[-1]))
    bounds = f"{begin:%Y-%m-%d %H:%M:%S};{end_of_all:%Y-%m-%d %H:%M:%S}"
    stamps = [f"{end.astimezone(PARIS):%Y-%m-%d %H:%M:%S}" for end in period.ends]
    for recipe, watts in curves.items():
        way = "PROD" if recipe.direction == "production" else "CONS"
        head = f"{recipe.prm};{bounds};PA;{way};BRUT;W"
        lines += [
            f"{head};{stamp};{_value(recipe, end, power_w)};B;PT30M;0;0"
            for end, stamp, power_w in zip(period.ends, stamps, watts, strict=True)
            if not _is_missing(recipe, end)
        ]
    return "\n".join(lines) + "\n"


def _is_missing(recipe: Recipe, end: datetime) -> bool:
    if recipe.prm not in _NOT_SENT:
        return False
    begin, length = _NOT_SENT[recipe.prm]
    return begin < end <= begin + length


def _value(recipe: Recipe, end: datetime, power_w: int) -> int:
    return -power_w if _GARBLED.get(recipe.prm) == end else power_w


def _r50(curves: dict[Recipe, Watts], period: DemoMonth) -> str:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        _R50_HEADER.format(published=period.published.isoformat()),
    ]
    for number, (recipe, watts) in enumerate(curves.items(), start=1):
        day = None
        lines.append(f"<PRM><Id_PRM>{recipe.prm}</Id_PRM>")
        for start, end, power_w in zip(period.starts, period.ends, watts, strict=True):
            if (start_day := start.astimezone(PARIS).date()) != day:
                lines += ["</Donnees_Releve>"] * (day is not None)
                lines.append(f"<Donnees_Releve><Date_Releve>{start_day}</Date_Releve>")
                lines.append(f"<Id_Affaire>DEMO{number:04}</Id_Affaire>")
                day = start_day
            stamp = end.astimezone(PARIS).isoformat()
            lines.append(f"<PDC><H>{stamp}</H><V>{power_w}</V><IV>0</IV></PDC>")
        lines.append("</Donnees_Releve></PRM>")
    return "\n".join([*lines, "</R50>"]) + "\n"


def _hdm(recipe: Recipe, watts: Watts, period: DemoMonth) -> str:
    head = "Courbe de charge;01/10/2026;01/11/2026;Energie active;Consommation;Comptage Brut;W"
    lines = [_HDM_HEADER, f"{recipe.prm};{head};30", "Horodate;Valeur"]
    for end, power_w in zip(period.ends, watts, strict=True):
        lines.append(f"{end.astimezone(PARIS).isoformat()};{power_w}")
    return "\n".join(lines) + "\n"


def _zip(name: str, text: str, period: DemoMonth) -> bytes:
    member = zipfile.ZipInfo(name, date_time=period.published.timetuple()[:6])
    member.compress_type = zipfile.ZIP_DEFLATED
    # Recorded as made on Unix wherever it runs, for the same bytes.
    member.create_system = 3
    member.external_attr = 0o644 << 16
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compresslevel=9) as archive:
        archive.writestr(member, text, compresslevel=9)
    return content.getvalue()
