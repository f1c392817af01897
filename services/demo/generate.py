# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy==2.2.6", "simbench==1.6.3", "tzdata==2025.2"]
# ///
"""Make the demonstration co-op's DSO files from SimBench: `PYTHONPATH=. uv run --script` this file.

What to make is in `files/recipe.csv` (one line per point) and `files/cooperative.json`; the licence
of the result is in `files/NOTICE.md`. The output is the same to the byte on each run. SimBench is
not a dependency of the project: only this script reads it, and the platform never runs this script.
"""

import csv
import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from services.demo.curve_files import (
    FILES,
    HISTORY,
    NOVEMBER,
    OCTOBER,
    PARIS,
    STEP,
    DemoMonth,
    Recipe,
    Watts,
    write,
)

ProfileValues = npt.NDArray[np.float64]

OPERATIONS = {"A": "9911", "B": "9922"}
"""The prefix of each operation's PRMs, by the letter in the names of its files."""
DAY_QUARTERS = 96
# Whole weeks, so that anything before January or after December falls on the same weekday.
YEAR_QUARTERS = 52 * 7 * DAY_QUARTERS
# SimBench's photovoltaic profiles run an hour ahead of the sun, and come from about 9.5° east;
# our villages lie near 44° north and 4° east, where the sun is some twenty minutes later.
PV_LATE_QUARTERS = 4 + 1
# By how much a month near 44° north yields more than these German roofs do in the same month.
PV_YIELD = {
    1: 2.1, 2: 1.9, 3: 1.6, 4: 1.45, 5: 1.25, 6: 1.5,
    7: 1.45, 8: 1.35, 9: 1.55, 10: 1.65, 11: 1.9, 12: 2.4,
}  # fmt: skip
# The share of the peak power that inverters let through at most.
PV_CLIPPED_AT = 0.93
# SimBench lets the darkest days fall to nothing; under a heavy sky a plant still gives this share
# of its peak power, times the sine of the sun's elevation.
OVERCAST_YIELD = 0.06
LATITUDE_DEG, LONGITUDE_DEG = 44.0, 4.0


def main() -> None:
    recipes = _read_recipes()
    source = _read_simbench({name for recipe in recipes for name in recipe.profiles})
    curves_by_file: dict[str, dict[Recipe, Watts]] = {}
    for recipe in recipes:
        curves_by_file.setdefault(recipe.file, {})[recipe] = _curve(recipe, OCTOBER, source)
    for name, curves in curves_by_file.items():
        _report(name, write(name, curves, OCTOBER))
    for period in (*HISTORY, NOVEMBER):
        for letter, operation in OPERATIONS.items():
            number = 1 if period is NOVEMBER else 12 - period.months_before
            series = "N" if period is NOVEMBER else "H"
            stamp = f"{period.published:%Y%m%d%H%M%S}"
            name = f"ENEDIS_R63_P_CdC_M0DEMO{letter}{series}_{number:05}_{stamp}.zip"
            curves = {
                recipe: _curve(recipe, period, source)
                for recipe in recipes
                if recipe.prm.startswith(operation)
            }
            _report(name, write(name, curves, period))


def _report(name: str, content: bytes) -> None:
    print(f"{name}: {len(content)} bytes")  # noqa: T201 — a script


def _curve(recipe: Recipe, period: DemoMonth, source: "SourceProfiles") -> Watts:
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
class SourceProfiles:
    """SimBench's profiles of 2016 by quarter-hour, from 1 January at midnight."""

    by_clock: dict[str, ProfileValues]
    """By local clock time.

    March's lost hour repeats the one before; of October's two, the second.
    """
    by_sun: dict[str, ProfileValues]
    """In winter time all year."""


def _read_simbench(names: set[str]) -> SourceProfiles:
    package = find_spec("simbench")
    assert package is not None
    assert package.submodule_search_locations is not None
    folder = Path(package.submodule_search_locations[0], "networks/1-complete_data-mixed-all-0-sw")
    source = SourceProfiles({}, {})
    for file, suffix in (("LoadProfile.csv", "_pload"), ("RESProfile.csv", "")):
        with (folder / file).open(encoding="utf-8", newline="") as lines:
            rows = csv.reader(lines, delimiter=";")
            header = next(rows)
            columns = [
                (name, header.index(name + suffix)) for name in names if name + suffix in header
            ]
            table = [(row[0], [float(row[column]) for _, column in columns]) for row in rows]
        values_by_label = dict(table)
        clock: list[list[float]] = []
        for i in range(366 * DAY_QUARTERS):
            label = datetime(2016, 1, 1) + timedelta(minutes=15 * i)  # noqa: DTZ001 — by the clock
            clock.append(values_by_label.get(f"{label:%d.%m.%Y %H:%M}") or clock[-4])
        by_clock, by_sun = np.array(clock), np.array([values for _, values in table])
        for i, (name, _) in enumerate(columns):
            source.by_clock[name], source.by_sun[name] = by_clock[:, i], by_sun[:, i]
    return source


def _month(profile: ProfileValues, period: DemoMonth, *, late_quarters: int) -> ProfileValues:
    """Return the source month as half-hour means, delayed; one row per day, 48 columns."""
    begin = (period.source_first - date(2016, 1, 1)).days * DAY_QUARTERS - late_quarters
    quarters = np.arange(begin, begin + period.days * DAY_QUARTERS) % YEAR_QUARTERS
    month: ProfileValues = profile[quarters].reshape(period.days, 48, 2).mean(axis=2)
    return month


def _random(recipe: Recipe) -> np.random.Generator:
    return np.random.default_rng(int.from_bytes(hashlib.sha256(recipe.prm.encode()).digest()[:8]))


def _consumption(recipe: Recipe, period: DemoMonth, source: SourceProfiles) -> Watts:
    """Return a point that lives by the clock: own weeks, habits, irregularities and base load."""
    random = _random(recipe)
    household = recipe.profiles[0].startswith("H0")
    daily_shape, season = np.zeros((period.days, 48)), 0.0
    weights = (0.65, 0.35)[: len(recipe.profiles)]
    for weight, name in zip(weights, recipe.profiles, strict=True):
        weeks, habit = int(random.integers(0, 4)), int(random.integers(-3, 4) if household else 0)
        late_quarters = weeks * 7 * DAY_QUARTERS + habit
        month = _month(source.by_clock[name], period, late_quarters=late_quarters)
        october = _month(source.by_clock[name], OCTOBER, late_quarters=late_quarters)
        daily_shape += weight * month / month.mean()
        season += weight / sum(weights) * month.mean() / october.mean()
    local = [start.astimezone(PARIS) for start in period.starts]
    slots = [(clock.day - 1, clock.hour * 2 + clock.minute // 30) for clock in local]
    shape = np.array([daily_shape[slot] for slot in slots])
    if household:
        # A mixture of two homes is flatter than one home: the power restores the peaks.
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
    recipe: Recipe, period: DemoMonth, slots: list[tuple[int, int]], random: np.random.Generator
) -> ProfileValues:
    """Return a heater that is on from the same half-hour each night, for as long as needed."""
    begin = int(random.integers(1, 6))
    lengths = np.roll(random.uniform(2.2, 4.6, size=OCTOBER.days), period.months_before)
    on = [
        min(max(lengths[day] - (slot - begin), 0.0), 1.0) if slot >= begin else 0.0
        for day, slot in slots
    ]
    return np.array(on) * recipe.heater_w


def _production(recipe: Recipe, period: DemoMonth, source: SourceProfiles) -> Watts:
    """Return a plant that lives by the sun: the clock change does not affect it."""
    random = _random(recipe)
    noises = random.normal(1, 0.03, size=len(OCTOBER.starts))
    noises = np.roll(noises, 97 * period.months_before)
    # The offset of the month's first instant from winter time, which the source has all year.
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
    """Return the sine of the sun's elevation, within a degree (Cooper's declination)."""
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


if __name__ == "__main__":
    main()
