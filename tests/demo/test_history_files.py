"""The months around the one that is closed must be as complete, and go with the seasons."""

from datetime import date

import pytest

from libs.common.calendar import Month, local_day, step_starts
from services.demo.cooperative import HISTORY
from tests.demo.dso_curves import cooperative, read


@pytest.mark.parametrize("number", [1, 4, 8], ids=["December", "March", "July"])
def test_each_point_has_every_half_hour_of_an_older_month(number: int) -> None:
    month = Month.parse(HISTORY[number])
    starts = [start for day in month.days for start in step_starts(day, 30)]
    for operation in cooperative()["operations"]:
        points = {(point["prm"], point["direction"]) for point in operation["participations"]}
        read_curves = read(operation["history_files"][number])
        assert set(read_curves) == points
        assert all(list(curve.watts) == starts for curve in read_curves.values())


def test_the_panels_give_more_in_summer_than_in_winter_and_stay_below_their_power() -> None:
    prm, files = "99110000000010", cooperative()["operations"][0]["history_files"]
    december, july = (read(files[i])[prm, "production"].watts.values() for i in (1, 8))
    assert max(*december, *july) < 250_000
    assert 2 < sum(july) / sum(december) < 6


def test_homes_with_a_heater_use_more_in_winter_than_in_summer() -> None:
    prm, files = "99110000000108", cooperative()["operations"][0]["history_files"]
    december, july = (sum(read(files[i])[prm, "consumption"].watts.values()) for i in (1, 8))
    assert 2 < december / july < 5


def test_the_month_that_runs_lacks_three_days_of_one_point() -> None:
    starts = [start for day in Month(2026, 11).days[:15] for start in step_starts(day, 30)]
    lacking = set()
    for operation in cooperative()["operations"]:
        (name,) = operation["running_files"]
        for (prm, _), curve in read(name).items():
            if set(curve.watts) != set(starts):
                lacking.add(prm)
                days = {local_day(start) for start in set(starts) - set(curve.watts)}
                assert days == {date(2026, 11, 10), date(2026, 11, 11), date(2026, 11, 12)}
    assert lacking == {"99110000000107"}
