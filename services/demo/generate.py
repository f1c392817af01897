# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy==2.2.6", "simbench==1.6.3", "tzdata==2025.2"]
# ///
"""Make the demonstration co-op's DSO files from SimBench: `uv run --script` this file.

What to make is in `files/recipe.csv` (one line per point) and `files/cooperative.json`; the licence
of the result is in `files/NOTICE.md`. The output is the same to the byte on each run. SimBench is
not a dependency of the project: only this script reads it, and the platform never runs this script.
"""

import csv
import gzip
import hashlib
import io
import json
import zipfile
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

Curve = npt.NDArray[np.float64]
Watts = list[int]

FILES = Path(__file__).parent / "files"
PARIS = ZoneInfo("Europe/Paris")
STEP = timedelta(minutes=30)
DAY_QUARTERS = 96
# Whole weeks, so that what is before January or after December falls on the same weekday.
YEAR_QUARTERS = 52 * 7 * DAY_QUARTERS
# SimBench's photovoltaic profiles run an hour ahead of the sun, and come from about 9.5° east;
# our villages lie near 44° north and 4° east, where the sun is some twenty minutes later.
PV_LATE_QUARTERS = 4 + 1
# By how much a month near 44° north yields more than these German roofs do in the same month.
PV_YIELD = {
    1: 2.1, 2: 1.9, 3: 1.6, 4: 1.45, 5: 1.25, 6: 1.5,
    7: 1.45, 8: 1.35, 9: 1.55, 10: 1.65, 11: 1.9, 12: 2.4,
}  # fmt: skip
# Of the peak power: what inverters let through at most.
PV_CLIPPED_AT = 0.93
# SimBench lets the darkest days fall to nothing; under a heavy sky a plant still gives this share
# of its peak power, times the sine of the sun's elevation.
OVERCAST_YIELD = 0.06
LATITUDE_DEG, LONGITUDE_DEG = 44.0, 4.0

R63_HEADER = (
    "Identifiant PRM;Date de début;Date de fin;Grandeur physique;Grandeur métier;Etape métier;"
    "Unité;Horodate;Valeur;Nature;Pas;Indice de vraisemblance;Etat complémentaire"
)
R50_HEADER = (
    "<R50><En_Tete_Flux><Identifiant_Flux>R50</Identifiant_Flux>"
    "<Libelle_Flux>Courbes de charge des PRM du segment C5 sur abonnement</Libelle_Flux>"
    "<Version_XSD>1.1.0</Version_XSD><Identifiant_Emetteur>ERDF</Identifiant_Emetteur>"
    "<Identifiant_Destinataire>17X9900000DEMO9Z</Identifiant_Destinataire>"
    "<Date_Creation>{published}</Date_Creation>"
    "<Identifiant_Contrat>9900001</Identifiant_Contrat>"
    "<Numero_Abonnement>9900042</Numero_Abonnement>"
    "<Pas_Publication>30</Pas_Publication></En_Tete_Flux>"
)
HDM_HEADER = (
    "Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;"
    "Grandeur metier;Etape metier;Unite;Pas en minutes"
)


@dataclass(frozen=True)
class Period:
    """A local month, half-hour by half-hour."""

    first: datetime  # UTC, as all of them
    starts: list[datetime]
    days: int
    source_first: date
    """Of 2016: the day nearest in the calendar with the weekday of the month's first day."""
    published: datetime

    @property
    def ends(self) -> list[datetime]:
        return [start + STEP for start in self.starts]

    @property
    def months_before(self) -> int:
        """October 2026 is 0, the month before it 1."""
        local = self.first.astimezone(PARIS)
        return (2026 - local.year) * 12 + 10 - local.month


def period_of(year: int, month: int) -> Period:
    begin = datetime(year, month, 1, tzinfo=PARIS)
    end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=PARIS)
    first, last = begin.astimezone(UTC), end.astimezone(UTC)
    twin = date(2016, month, 1)
    away = (begin.weekday() - twin.weekday() + 3) % 7 - 3
    return Period(
        first=first,
        starts=[first + STEP * i for i in range((last - first) // STEP)],
        days=(end.date() - begin.date()).days,
        source_first=twin + timedelta(days=away),
        published=end.replace(day=3, hour=6, minute=5, second=12),
    )


OCTOBER = period_of(2026, 10)
"""The demonstration's month; the eleven before it are its history."""
HISTORY = [period_of(2025, 11), period_of(2025, 12), *(period_of(2026, i) for i in range(1, 10))]
NOVEMBER = replace(
    period_of(2026, 11),
    starts=period_of(2026, 11).starts[: 15 * 48],
    days=15,
    published=datetime(2026, 11, 17, 6, 5, 12, tzinfo=PARIS),
)
"""The month that runs, as far as it has come."""
OPERATIONS = {"A": "9911", "B": "9922"}
"""How the PRMs of each begin, by the letter in the names of its files."""
NOT_SENT = {"99110000000107": (datetime(2026, 11, 10, tzinfo=PARIS), timedelta(days=3))}
"""Of the month that runs, what the DSO has still to send: from when on, and for how long."""
GARBLED = {"99220000000105": datetime(2026, 11, 5, 12, 30, tzinfo=PARIS)}
"""The end of one half-hour of the same month whose value comes with a minus."""


@dataclass(frozen=True)
class Recipe:
    """How one point's curve is made, a line of recipe.csv."""

    prm: str
    file: str
    direction: str
    profiles: tuple[str, ...]
    month_kwh: float  # consumers: what the month adds up to
    installed_kw: float  # producers: peak power of the panels
    heater_w: float  # a storage water heater, on in the off-peak hours of the night


def main() -> None:
    recipes = _read_recipes()
    source = _read_simbench({name for recipe in recipes for name in recipe.profiles})
    made: dict[str, dict[Recipe, Watts]] = {}
    for recipe in recipes:
        made.setdefault(recipe.file, {})[recipe] = _curve(recipe, OCTOBER, source)
    for name, curves in made.items():
        _tell(name, _write(name, curves, OCTOBER))
    for period in (*HISTORY, NOVEMBER):
        for letter, operation in OPERATIONS.items():
            number = 1 if period is NOVEMBER else 12 - period.months_before
            series = "N" if period is NOVEMBER else "H"
            stamp = f"{period.published:%Y%m%d%H%M%S}"
            name = f"ENEDIS_R63_P_CdC_M0DEMO{letter}{series}_{number:05}_{stamp}.zip"
            mine = [recipe for recipe in recipes if recipe.prm.startswith(operation)]
            curves = {recipe: _curve(recipe, period, source) for recipe in mine}
            _tell(name, _write(name, curves, period))


def _tell(name: str, content: bytes) -> None:
    print(f"{name}: {len(content)} bytes")  # noqa: T201 — a script


def _curve(recipe: Recipe, period: Period, source: "Source") -> Watts:
    make = _production if recipe.direction == "production" else _consumption
    return make(recipe, period, source)


def _read_recipes() -> list[Recipe]:
    cooperative = json.loads((FILES / "cooperative.json").read_text(encoding="utf-8"))
    directions = {
        point["prm"]: point["direction"]
        for operation in cooperative["operations"]
        for point in operation["participations"]
    }
    with (FILES / "recipe.csv").open(encoding="utf-8", newline="") as lines:
        return [
            Recipe(
                prm=line["prm"],
                file=line["file"],
                direction=directions[line["prm"]],
                profiles=tuple(line["profiles"].split("+")),
                month_kwh=float(line["month_kwh"] or 0),
                installed_kw=float(line["installed_kw"] or 0),
                heater_w=float(line["heater_w"] or 0),
            )
            for line in csv.DictReader(lines, delimiter=";")
        ]


@dataclass(frozen=True)
class Source:
    """SimBench's profiles of 2016 by quarter-hour, from 1 January at midnight."""

    by_clock: dict[str, Curve]
    """By local clock time. March's lost hour is as the one before; of October's two, the second."""
    by_sun: dict[str, Curve]
    """In winter time all year."""


def _read_simbench(names: set[str]) -> Source:
    package = find_spec("simbench")
    assert package is not None
    assert package.submodule_search_locations is not None
    folder = Path(package.submodule_search_locations[0], "networks/1-complete_data-mixed-all-0-sw")
    source = Source({}, {})
    for file, suffix in (("LoadProfile.csv", "_pload"), ("RESProfile.csv", "")):
        with (folder / file).open(encoding="utf-8", newline="") as lines:
            rows = csv.reader(lines, delimiter=";")
            header = next(rows)
            wanted = [
                (name, header.index(name + suffix)) for name in names if name + suffix in header
            ]
            table = [(row[0], [float(row[column]) for _, column in wanted]) for row in rows]
        by_label = dict(table)
        clock: list[list[float]] = []
        for i in range(366 * DAY_QUARTERS):
            label = datetime(2016, 1, 1) + timedelta(minutes=15 * i)  # noqa: DTZ001 — by the clock
            clock.append(by_label.get(f"{label:%d.%m.%Y %H:%M}") or clock[-4])
        by_clock, by_sun = np.array(clock), np.array([values for _, values in table])
        for i, (name, _) in enumerate(wanted):
            source.by_clock[name], source.by_sun[name] = by_clock[:, i], by_sun[:, i]
    return source


def _month(profile: Curve, period: Period, *, late_quarters: int) -> Curve:
    """The source month as half-hour means, delayed; one row per day, 48 columns."""
    begin = (period.source_first - date(2016, 1, 1)).days * DAY_QUARTERS - late_quarters
    quarters = np.arange(begin, begin + period.days * DAY_QUARTERS) % YEAR_QUARTERS
    month: Curve = profile[quarters].reshape(period.days, 48, 2).mean(axis=2)
    return month


def _random(recipe: Recipe) -> np.random.Generator:
    return np.random.default_rng(int.from_bytes(hashlib.sha256(recipe.prm.encode()).digest()[:8]))


def _consumption(recipe: Recipe, period: Period, source: Source) -> Watts:
    """A point that lives by the clock: its own weeks, habits, irregularities and base load."""
    random = _random(recipe)
    household = recipe.profiles[0].startswith("H0")
    by_clock, season = np.zeros((period.days, 48)), 0.0
    weights = (0.65, 0.35)[: len(recipe.profiles)]
    for weight, name in zip(weights, recipe.profiles, strict=True):
        weeks, habit = int(random.integers(0, 4)), int(random.integers(-3, 4) if household else 0)
        late_quarters = weeks * 7 * DAY_QUARTERS + habit
        month = _month(source.by_clock[name], period, late_quarters=late_quarters)
        october = _month(source.by_clock[name], OCTOBER, late_quarters=late_quarters)
        by_clock += weight * month / month.mean()
        season += weight / sum(weights) * month.mean() / october.mean()
    local = [start.astimezone(PARIS) for start in period.starts]
    slots = [(clock.day - 1, clock.hour * 2 + clock.minute // 30) for clock in local]
    shape = np.array([by_clock[slot] for slot in slots])
    if household:
        # A mixture of two homes is flatter than one home: the power gives the peaks back.
        shape **= 1.4
    # As many draws as October takes, the longest month, so that habits stay from month to month.
    noise = random.lognormal(sigma=0.2 if household else 0.07, size=len(OCTOBER.starts))
    shape *= np.roll(noise, 97 * period.months_before)[: len(slots)]
    mean_w = recipe.month_kwh * 1000 / (len(OCTOBER.starts) / 2)
    if period is not OCTOBER:
        mean_w *= season
    heater = _water_heater(recipe, period, slots, random)
    base_w = random.uniform(0.08, 0.16) * mean_w
    watts = base_w + heater + shape * (mean_w - base_w - heater.mean()) / shape.mean()
    return [round(float(value)) for value in watts]


def _water_heater(
    recipe: Recipe, period: Period, slots: list[tuple[int, int]], random: np.random.Generator
) -> Curve:
    """On from the same half-hour each night, for as long as the day's hot water asks."""
    begin = int(random.integers(1, 6))
    lengths = np.roll(random.uniform(2.2, 4.6, size=OCTOBER.days), period.months_before)
    on = [
        min(max(lengths[day] - (slot - begin), 0.0), 1.0) if slot >= begin else 0.0
        for day, slot in slots
    ]
    return np.array(on) * recipe.heater_w


def _production(recipe: Recipe, period: Period, source: Source) -> Watts:
    """A plant that lives by the sun: the clock change does not touch it."""
    random = _random(recipe)
    noises = random.normal(1, 0.03, size=len(OCTOBER.starts))
    noises = np.roll(noises, 97 * period.months_before)
    # The month's first instant in winter time, which the source has all year.
    winter = period.first.astimezone(PARIS).dst() or timedelta()
    begin = (period.source_first - date(2016, 1, 1)).days * DAY_QUARTERS
    begin -= PV_LATE_QUARTERS + winter // timedelta(minutes=15)
    profile = source.by_sun[recipe.profiles[0]]
    pv_yield = PV_YIELD[period.first.astimezone(PARIS).month]
    watts = []
    for i, start in enumerate(period.starts):
        halves = [profile[(begin + 2 * i + quarter) % YEAR_QUARTERS] for quarter in (0, 1)]
        height = max(_sun_height(start), _sun_height(start + STEP), 0.0)
        yielded = min(pv_yield * sum(halves) / 2, PV_CLIPPED_AT)
        lit = max(yielded, OVERCAST_YIELD * height) if height > 0 else 0.0
        watts.append(round(float(lit * noises[i] * recipe.installed_kw * 1000)))
    return watts


def _sun_height(instant: datetime) -> float:
    """The sine of the sun's elevation, within a degree (Cooper's declination)."""
    day = instant.timetuple().tm_yday
    angle = 2 * np.pi * (day - 81) / 364
    equation_min = 9.87 * np.sin(2 * angle) - 7.53 * np.cos(angle) - 1.5 * np.sin(angle)
    solar_min = instant.hour * 60 + instant.minute + 4 * LONGITUDE_DEG + equation_min
    hour_angle = np.radians(solar_min / 4 - 180)
    declination = np.radians(23.45) * np.sin(2 * np.pi * (284 + day) / 365)
    latitude = np.radians(LATITUDE_DEG)
    return float(
        np.sin(latitude) * np.sin(declination)
        + np.cos(latitude) * np.cos(declination) * np.cos(hour_angle)
    )


def _write(name: str, curves: dict[Recipe, Watts], period: Period) -> bytes:
    """Write one file in the format its name announces; same curves, same bytes."""
    if name.startswith("ENEDIS_R63"):
        content = _zip(name.replace(".zip", ".csv"), _r63(curves, period), period)
    elif name.startswith("ERDF_R50"):
        content = _zip(name.replace(".zip", ".xml"), _r50(curves, period), period)
    else:
        ((recipe, watts),) = curves.items()
        content = gzip.compress(_hdm(recipe, watts, period).encode("utf-8-sig"), mtime=0)
    (FILES / name).write_bytes(content)
    return content


def _r63(curves: dict[Recipe, Watts], period: Period) -> str:
    lines = [R63_HEADER]
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
    if recipe.prm not in NOT_SENT:
        return False
    begin, length = NOT_SENT[recipe.prm]
    return begin < end <= begin + length


def _value(recipe: Recipe, end: datetime, power_w: int) -> int:
    return -power_w if GARBLED.get(recipe.prm) == end else power_w


def _r50(curves: dict[Recipe, Watts], period: Period) -> str:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        R50_HEADER.format(published=period.published.isoformat()),
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


def _hdm(recipe: Recipe, watts: Watts, period: Period) -> str:
    head = "Courbe de charge;01/10/2026;01/11/2026;Energie active;Consommation;Comptage Brut;W"
    lines = [HDM_HEADER, f"{recipe.prm};{head};30", "Horodate;Valeur"]
    for end, power_w in zip(period.ends, watts, strict=True):
        lines.append(f"{end.astimezone(PARIS).isoformat()};{power_w}")
    return "\n".join(lines) + "\n"


def _zip(name: str, text: str, period: Period) -> bytes:
    member = zipfile.ZipInfo(name, date_time=period.published.timetuple()[:6])
    member.compress_type = zipfile.ZIP_DEFLATED
    # Recorded as made on Unix wherever it runs, for the same bytes.
    member.create_system = 3
    member.external_attr = 0o644 << 16
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compresslevel=9) as archive:
        archive.writestr(member, text, compresslevel=9)
    return content.getvalue()


if __name__ == "__main__":
    main()
