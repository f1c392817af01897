"""Plants and consumers that are not there yet: what their curves are like."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from libs.common.calendar import day_start
from services.allocation.domain.curves import starts_of_day
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.simulations import Plant, Profile, plant_energy, profile_energy
from services.allocation.domain.simulations.typical_hours import HOURS, energy_of_hours

TOULOUSE = Plant(Decimal(9), 30, 180, 43.6, 1.44)
WMIN_PER_KWH = 60_000


def year(number: int, step_min: int) -> IntArray:
    first, end = (int(day_start(date(number + more, 1, 1)).timestamp()) // 60 for more in (0, 1))
    return np.arange(first, end, step_min, dtype=np.int64)


def test_a_plant_makes_a_plausible_year() -> None:
    made = plant_energy(TOULOUSE, year(2026, 30), 30)

    # PVGIS says some 1,250 kWh/kWp for Toulouse and 1,050 for Lille; ours is a mean of France.
    assert 1050 < made.sum() / WMIN_PER_KWH / 9 < 1350
    assert made.max() <= 9000 * 30
    assert (made % 30 == 0).all()


def test_a_known_yield_counts() -> None:
    plant = Plant(Decimal(9), 30, 180, 43.6, 1.44, annual_yield_kwh_per_kwp=Decimal(1250))

    made = plant_energy(plant, year(2026, 60), 60)

    assert made.sum() / WMIN_PER_KWH / 9 == pytest.approx(1250, rel=1e-4)


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 6, 21), 24), (date(2026, 10, 25), 25)]
)
def test_a_plant_sleeps_at_night_on_days_of_any_length(day: date, hours: int) -> None:
    power = plant_energy(TOULOUSE, starts_of_day(day, 60), 60) // 60

    assert len(power) == hours
    assert (power[:5] == 0).all()
    assert (power[-2:] == 0).all()
    # The sun is highest near 14 h by the clock in summer time; on the 25th an hour earlier by it.
    assert abs(int(power.argmax()) - (14 if hours != 23 else 13)) <= 1
    assert power.max() > 2000


def test_east_is_early_and_a_wall_in_the_north_is_poor() -> None:
    noon = starts_of_day(date(2026, 6, 21), 60)
    made = {
        azimuth: plant_energy(Plant(Decimal(9), 60, azimuth, 43.6, 1.44), noon, 60)
        for azimuth in (0, 90, 180, 270)
    }

    assert made[90].argmax() < made[180].argmax() < made[270].argmax()
    assert made[0].sum() < made[180].sum()


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("number", [2026, 2028])
def test_a_profile_uses_its_annual_energy_to_the_watt_minute(profile: Profile, number: int) -> None:
    annual_wmin = 4_321_001 * WMIN_PER_KWH // 1000

    energy = profile_energy(profile, annual_wmin, year(number, 15), 15)

    assert energy.sum() == annual_wmin
    assert energy.min() >= 0


def test_parts_of_a_year_are_parts_of_its_curve() -> None:
    whole = year(2026, 30)
    energy = profile_energy(Profile.SHOP, 10**9, whole, 30)

    slice_w = profile_energy(Profile.SHOP, 10**9, whole[5000:5100], 30)

    assert np.array_equal(slice_w, energy[5000:5100])


def test_profiles_live_by_the_clock() -> None:
    monday = starts_of_day(date(2026, 6, 15), 60)
    sunday = starts_of_day(date(2026, 6, 14), 60)
    school, home = Profile.SCHOOL, Profile.HOUSEHOLD

    assert (
        profile_energy(school, 10**10, monday, 60)[10]
        > 5 * (profile_energy(school, 10**10, sunday, 60)[10])
    )
    assert profile_energy(home, 10**10, monday, 60).argmax() == 19


def test_nobody_goes_to_school_on_a_public_holiday() -> None:
    def used(day: date) -> list[int]:
        starts = starts_of_day(day, 60)
        return sorted(
            int(energy) for energy in profile_energy(Profile.SCHOOL, 10**10, starts, 60) // 10
        )

    ascension, sunday, monday = date(2026, 5, 14), date(2026, 5, 17), date(2026, 5, 18)
    assert used(ascension) == used(sunday) != used(monday)


def test_hours_of_another_model_are_laid_on_the_same_hours_of_any_year() -> None:
    hours = np.zeros(HOURS)
    hours[(31 + 28) * 24 + 12] = 500.0  # 29 February 2020, noon UTC
    hours[(31 + 29) * 24 + 12] = 400.0  # 1 March

    def made(day: date) -> IntArray:
        starts = starts_of_day(day, 30)
        return energy_of_hours(hours, power_kwp=Decimal(3), starts_epoch_min=starts, step_min=30)

    # 13 h in Paris, two halves of the hour.
    assert made(date(2027, 3, 1)).nonzero()[0].tolist() == [26, 27]
    assert made(date(2027, 3, 1)).max() == 1200 * 30
    assert made(date(2028, 2, 29)).max() == 1500 * 30
