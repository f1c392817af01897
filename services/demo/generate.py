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
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
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
DAYS = 31
FIRST = datetime(2026, 10, 1, tzinfo=PARIS).astimezone(UTC)
LAST = datetime(2026, 11, 1, tzinfo=PARIS).astimezone(UTC)
STARTS = [FIRST + STEP * i for i in range((LAST - FIRST) // STEP)]
ENDS = [start + STEP for start in STARTS]
PUBLISHED = datetime(2026, 11, 3, 6, 5, 12, tzinfo=PARIS)

# A Thursday like 2026-10-01; thirty days on it is still summer time in the 2016 profiles, so the
# source has no clock change and ours is made here.
SOURCE_FIRST = date(2016, 9, 29)
QUARTERS = DAYS * 96
# SimBench's photovoltaic profiles run an hour ahead of the sun, and come from about 9.5° east;
# our villages lie near 44° north and 4° east, where the sun is some twenty minutes later.
PV_LATE_QUARTERS = 4 + 1
# October near 44° north yields about 1.65 times what these German roofs do.
PV_YIELD = 1.65
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
    f"<Date_Creation>{PUBLISHED.isoformat()}</Date_Creation>"
    "<Identifiant_Contrat>9900001</Identifiant_Contrat>"
    "<Numero_Abonnement>9900042</Numero_Abonnement>"
    "<Pas_Publication>30</Pas_Publication></En_Tete_Flux>"
)
HDM_HEADER = (
    "Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;"
    "Grandeur metier;Etape metier;Unite;Pas en minutes"
)


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
        make = _production if recipe.direction == "production" else _consumption
        made.setdefault(recipe.file, {})[recipe] = make(recipe, source)
    for name, curves in made.items():
        content = _write(name, curves)
        print(f"{name}: {len(curves)} points, {len(content)} bytes")  # noqa: T201 — a script


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


def _read_simbench(names: set[str]) -> dict[str, Curve]:
    """The wanted profiles by quarter-hour: a month before SOURCE_FIRST, the month, a day after."""
    package = find_spec("simbench")
    assert package is not None
    assert package.submodule_search_locations is not None
    folder = Path(package.submodule_search_locations[0], "networks/1-complete_data-mixed-all-0-sw")
    profiles: dict[str, Curve] = {}
    for file, suffix in (("LoadProfile.csv", "_pload"), ("RESProfile.csv", "")):
        with (folder / file).open(encoding="utf-8", newline="") as lines:
            rows = csv.reader(lines, delimiter=";")
            header = next(rows)
            wanted = [
                (name, header.index(name + suffix)) for name in names if name + suffix in header
            ]
            table = {row[0]: [float(row[column]) for _, column in wanted] for row in rows}
        times = [
            datetime.combine(SOURCE_FIRST, time()) + timedelta(minutes=15 * i)
            for i in range(-30 * 96, QUARTERS + 96)
        ]
        # Past 30 October 2016 the labels of one hour repeat; only jitter reaches that far.
        values = np.array([table[f"{label:%d.%m.%Y %H:%M}"] for label in times])
        profiles |= {name: values[:, i] for i, (name, _) in enumerate(wanted)}
    return profiles


def _month(profile: Curve, *, late_quarters: int) -> Curve:
    """The source month as half-hour means, delayed; one row per day, 48 columns."""
    begin = 30 * 96 - late_quarters
    halves = profile[begin : begin + QUARTERS].reshape(DAYS, 48, 2)
    month: Curve = halves.mean(axis=2)
    return month


def _random(recipe: Recipe) -> np.random.Generator:
    return np.random.default_rng(int.from_bytes(hashlib.sha256(recipe.prm.encode()).digest()[:8]))


def _consumption(recipe: Recipe, source: dict[str, Curve]) -> Watts:
    """A point that lives by the clock: its own weeks, habits, irregularities and base load."""
    random = _random(recipe)
    household = recipe.profiles[0].startswith("H0")
    by_clock = np.zeros((DAYS, 48))
    for weight, name in zip((0.65, 0.35), recipe.profiles, strict=False):
        weeks, habit = int(random.integers(0, 4)), int(random.integers(-3, 4) if household else 0)
        month = _month(source[name], late_quarters=weeks * 7 * 96 + habit)
        by_clock += weight * month / month.mean()
    local = [start.astimezone(PARIS) for start in STARTS]
    slots = [(clock.day - 1, clock.hour * 2 + clock.minute // 30) for clock in local]
    shape = np.array([by_clock[slot] for slot in slots])
    if household:
        # A mixture of two homes is flatter than one home: the power gives the peaks back.
        shape **= 1.4
    shape *= random.lognormal(sigma=0.2 if household else 0.07, size=len(STARTS))
    mean_w = recipe.month_kwh * 1000 / (len(STARTS) / 2)
    heater = _water_heater(recipe, slots, random)
    base_w = random.uniform(0.08, 0.16) * mean_w
    watts = base_w + heater + shape * (mean_w - base_w - heater.mean()) / shape.mean()
    return [round(float(value)) for value in watts]


def _water_heater(
    recipe: Recipe, slots: list[tuple[int, int]], random: np.random.Generator
) -> Curve:
    """On from the same half-hour each night, for as long as the day's hot water asks."""
    begin = int(random.integers(1, 6))
    lengths = random.uniform(2.2, 4.6, size=DAYS)
    on = [
        min(max(lengths[day] - (slot - begin), 0.0), 1.0) if slot >= begin else 0.0
        for day, slot in slots
    ]
    return np.array(on) * recipe.heater_w


def _production(recipe: Recipe, source: dict[str, Curve]) -> Watts:
    """A plant that lives by the sun: the clock change does not touch it."""
    random = _random(recipe)
    sun = _month(source[recipe.profiles[0]], late_quarters=PV_LATE_QUARTERS)
    watts = []
    for start, noise in zip(STARTS, random.normal(1, 0.03, size=len(STARTS)), strict=True):
        # In days of 24 hours, for the sun has no clock change; the hour left at the end is night.
        day, slot = divmod((start - FIRST) // STEP, 48)
        height = max(_sun_height(start), _sun_height(start + STEP), 0.0)
        yielded = PV_YIELD * sun[day, slot] if day < DAYS else 0.0
        lit = max(yielded, OVERCAST_YIELD * height) if height > 0 else 0.0
        watts.append(round(float(lit * noise * recipe.installed_kw * 1000)))
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


def _write(name: str, curves: dict[Recipe, Watts]) -> bytes:
    """Write one file in the format its name announces; same curves, same bytes."""
    if name.startswith("ENEDIS_R63"):
        content = _zip(name.replace(".zip", ".csv"), _r63(curves))
    elif name.startswith("ERDF_R50"):
        content = _zip(name.replace(".zip", ".xml"), _r50(curves))
    else:
        ((recipe, watts),) = curves.items()
        content = gzip.compress(_hdm(recipe, watts).encode("utf-8-sig"), mtime=0)
    (FILES / name).write_bytes(content)
    return content


def _r63(curves: dict[Recipe, Watts]) -> str:
    lines = [R63_HEADER]
    for recipe, watts in curves.items():
        way = "PROD" if recipe.direction == "production" else "CONS"
        head = f"{recipe.prm};2026-10-01 00:00:00;2026-11-01 00:00:00;PA;{way};BRUT;W"
        lines += [
            f"{head};{end.astimezone(PARIS):%Y-%m-%d %H:%M:%S};{power_w};B;PT30M;0;0"
            for end, power_w in zip(ENDS, watts, strict=True)
        ]
    return "\n".join(lines) + "\n"


def _r50(curves: dict[Recipe, Watts]) -> str:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        R50_HEADER,
    ]
    for number, (recipe, watts) in enumerate(curves.items(), start=1):
        day = None
        lines.append(f"<PRM><Id_PRM>{recipe.prm}</Id_PRM>")
        for start, end, power_w in zip(STARTS, ENDS, watts, strict=True):
            if (start_day := start.astimezone(PARIS).date()) != day:
                lines += ["</Donnees_Releve>"] * (day is not None)
                lines.append(f"<Donnees_Releve><Date_Releve>{start_day}</Date_Releve>")
                lines.append(f"<Id_Affaire>DEMO{number:04}</Id_Affaire>")
                day = start_day
            stamp = end.astimezone(PARIS).isoformat()
            lines.append(f"<PDC><H>{stamp}</H><V>{power_w}</V><IV>0</IV></PDC>")
        lines.append("</Donnees_Releve></PRM>")
    return "\n".join([*lines, "</R50>"]) + "\n"


def _hdm(recipe: Recipe, watts: Watts) -> str:
    head = "Courbe de charge;01/10/2026;01/11/2026;Energie active;Consommation;Comptage Brut;W"
    lines = [HDM_HEADER, f"{recipe.prm};{head};30", "Horodate;Valeur"]
    for end, power_w in zip(ENDS, watts, strict=True):
        lines.append(f"{end.astimezone(PARIS).isoformat()};{power_w}")
    return "\n".join(lines) + "\n"


def _zip(name: str, text: str) -> bytes:
    member = zipfile.ZipInfo(name, date_time=PUBLISHED.timetuple()[:6])
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
