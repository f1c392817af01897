from collections.abc import Mapping
from io import BytesIO, StringIO
from typing import Any

import httpx
import polars as pl

from libs.common.calendar import steps_in_day
from tests.allocation.dso import (
    COMPLEMENT,
    CONSUMED,
    SHARED,
    SURPLUS,
    curve,
    energy,
    results_of_day,
    results_of_month,
    same,
)
from tests.allocation.world import DAY, MONTH, OCTOBER, Allocation, Coop

CLOCK_CHANGE = OCTOBER[24]


async def reconciliation(client: httpx.AsyncClient, coop: Coop) -> dict[str, Any]:
    answer = await client.get(f"{coop.url}/reconciliation", params={"month": MONTH})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def by_class(comparison: Mapping[str, Any]) -> dict[str, int]:
    return {
        difference["class"]: difference["count"]
        for difference in comparison["classes"]
        if difference["count"]
    }


async def test_a_month_on_which_both_agree(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    await allocation.tell(*(same(ready, day) for day in OCTOBER))

    comparison = await reconciliation(operator, ready)

    assert by_class(comparison) == {}
    assert comparison["findings"] == []
    assert comparison["definitive"] is True
    assert comparison["days_compared"] == [day.isoformat() for day in OCTOBER]
    assert comparison["days_without_curves"] == []
    steps = sum(steps_in_day(day, 30) for day in OCTOBER)
    totals = {(total["direction"], total["quantity"]): total for total in comparison["totals"]}
    assert totals["production", "self_consumed"] == {
        "direction": "production",
        "quantity": "self_consumed",
        "own_wmin": 27_000 * steps,
        "dso_wmin": 27_000 * steps,
        "difference_wmin": 0,
    }
    assert [difference["class"] for difference in comparison["classes"]] == [
        "perimeter_mismatch",
        "missing_reading",
        "late_correction",
        "coefficients_rounded",
        "key_not_applied",
        "rounding",
        "unexplained",
    ]


async def test_a_correction_that_only_the_dso_has_is_told_per_point_and_by_step(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    # 500 W instead of 400 in the second 02:30 of the night: 27,000 for 15,000 and 24,000.
    powers = [12_000] * 5 + [15_000] + [12_000] * 44
    anna = [9_000] * 5 + [10_384] + [9_000] * 44
    bruno = [18_000] * 5 + [16_615] + [18_000] * 44
    await allocation.tell(
        same(
            ready,
            CLOCK_CHANGE,
            anna_consumption=curve(ready.anna_home, CONSUMED, powers, day=CLOCK_CHANGE),
            anna_self_consumed=curve(ready.anna_home, SHARED, anna, day=CLOCK_CHANGE),
            anna_complement=curve(
                ready.anna_home, COMPLEMENT, [3_000] * 5 + [4_616] + [3_000] * 44, day=CLOCK_CHANGE
            ),
            bruno_self_consumed=curve(ready.bruno_home, SHARED, bruno, day=CLOCK_CHANGE),
        )
    )

    comparison = await reconciliation(operator, ready)

    assert by_class(comparison) == {"late_correction": 4}
    (finding,) = [
        finding
        for finding in comparison["findings"]
        if (finding["prm"], finding["quantity"]) == (ready.anna_home, "consumption")
    ]
    assert finding == {
        "prm": ready.anna_home,
        "direction": "consumption",
        "quantity": "consumption",
        "basis": "step",
        "class": "late_correction",
        "evidence": "the DSO used other readings, ours are as first received",
        "days": 1,
        "first_day": "2026-10-25",
        "last_day": "2026-10-25",
        "count": 1,
        "difference_wmin": 3_000,
    }
    assert len(comparison["days_without_curves"]) == 30
    points = {(row["prm"], row["quantity"]): row for row in comparison["points"]}
    point = points[ready.anna_home, "self_consumed"]
    assert (point["own_wmin"], point["dso_wmin"]) == (9_000 * 50, 9_000 * 49 + 10_384)
    assert point["counts"] == {"late_correction": 1}


async def test_the_csv_has_a_row_per_point_and_quantity(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    nudged = curve(ready.anna_home, SHARED, 9_060)
    await allocation.tell(same(ready, anna_self_consumed=nudged))

    answer = await operator.get(f"{ready.url}/reconciliation.csv", params={"month": MONTH})

    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/csv")
    rows = pl.read_csv(StringIO(answer.text), schema_overrides={"prm": pl.String})
    assert rows.columns[:7] == [
        "prm",
        "direction",
        "quantity",
        "basis",
        "own_wmin",
        "dso_wmin",
        "difference_wmin",
    ]
    assert rows.height == 8
    (row,) = rows.filter(pl.col("rounding_count") > 0).to_dicts()
    assert (row["prm"], row["quantity"]) == (ready.anna_home, "self_consumed")
    assert (row["difference_wmin"], row["rounding_wmin"]) == (60 * 48, 60 * 48)


async def test_the_parquet_has_the_steps_that_differ(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    await allocation.tell(
        same(
            ready,
            anna_self_consumed=curve(ready.anna_home, SHARED, [9_060] * 46 + [5_000] * 2),
            roof_surplus=curve(ready.roof, SURPLUS, [None] + [0] * 47),
        )
    )

    answer = await operator.get(f"{ready.url}/reconciliation.parquet", params={"month": MONTH})

    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].endswith('2026-10.parquet"')
    steps = pl.read_parquet(BytesIO(answer.content))
    assert steps.schema["start"] == pl.Datetime("us", "UTC")
    assert [(row["start"].isoformat(), row["class"]) for row in steps.to_dicts()] == [
        ("2026-10-11T22:00:00+00:00", "missing_reading"),
        ("2026-10-12T21:00:00+00:00", "unexplained"),
        ("2026-10-12T21:30:00+00:00", "unexplained"),
    ]
    columns = ["prm", "direction", "quantity", "step_min", "own_wmin", "dso_wmin"]
    assert steps.select(*columns, "difference_wmin").rows() == [
        (ready.roof, "production", "surplus", 30, 0, None, None),
        (ready.anna_home, "consumption", "self_consumed", 30, 9_000, 5_000, -4_000),
        (ready.anna_home, "consumption", "self_consumed", 30, 9_000, 5_000, -4_000),
    ]


async def test_a_parquet_of_nothing_has_its_columns(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    await allocation.tell(same(ready))
    answer = await operator.get(f"{ready.url}/reconciliation.parquet", params={"month": MONTH})
    steps = pl.read_parquet(BytesIO(answer.content))
    assert (steps.height, steps.width) == (0, 10)


async def test_what_the_dso_says_changes_none_of_our_shares(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    before = await ready.shares(operator), await ready.days(operator)
    await allocation.tell(same(ready, anna_self_consumed=curve(ready.anna_home, SHARED, 60)))
    energies = [energy(ready.anna_home, SHARED, 60_000)]
    await allocation.tell(results_of_month(ready, energies, definitive=True))

    assert "unexplained" in by_class(await reconciliation(operator, ready))
    assert (await ready.shares(operator), await ready.days(operator)) == before


async def test_the_previous_key_is_recognised(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    shares = {ready.anna_home: "0.1", ready.bruno_home: "0.2"}
    await ready.set_key(operator, "2026-06-01", type="static", shares=shares)
    await ready.set_key(operator, "2026-10-01", type="priority", ranks=[[ready.anna_home]])
    await allocation.settle()
    await allocation.tell(
        results_of_day(
            ready,
            [curve(ready.anna_home, SHARED, 2_700), curve(ready.bruno_home, SHARED, 5_400)],
        )
    )

    comparison = await reconciliation(operator, ready)

    assert by_class(comparison) == {"key_not_applied": 96}
    assert {finding["evidence"] for finding in comparison["findings"]} == {
        "the DSO's split is that of the previous key of the operation"
    }


async def test_our_own_correction_is_told_from_a_first_reading(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    await allocation.tell(ready.readings(anna=500, revision=2), same(ready))
    comparison = await reconciliation(operator, ready)
    evidence = {
        finding["evidence"]
        for finding in comparison["findings"]
        if finding["quantity"] == "consumption"
    }
    assert evidence == {"the DSO used other readings, ours are corrected (revision 2)"}


async def test_energies_of_a_month_are_compared_as_a_whole(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    steps = sum(steps_in_day(day, 30) for day in OCTOBER)
    shared = 9_000 * steps // 60_000 * 60_000
    energies = [
        energy(ready.anna_home, SHARED, shared - 60_000, tariff_class="HPB"),
        energy(ready.anna_home, SHARED, 60_000, tariff_class="HCB"),
        energy(ready.bruno_home, SHARED, 2 * shared - 600_000),
    ]
    await allocation.tell(results_of_month(ready, energies, definitive=False))

    comparison = await reconciliation(operator, ready)

    assert comparison["definitive"] is False
    assert by_class(comparison) == {"rounding": 1, "unexplained": 1}
    assert {point["basis"] for point in comparison["points"]} == {"month"}
    assert comparison["days_compared"] == []


async def test_a_day_without_readings_of_ours_is_a_missing_reading(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await allocation.tell(same(coop))
    comparison = await reconciliation(operator, coop)
    assert by_class(comparison) == {"missing_reading": 8 * 48}


async def test_the_tolerance_is_that_of_the_policy(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    nudged = curve(ready.anna_home, SHARED, 9_120)
    await allocation.tell(same(ready, anna_self_consumed=nudged))
    assert by_class(await reconciliation(operator, ready)) == {"unexplained": 48}
    await operator.put(f"{ready.url}/policy", json={"tolerance_units": 2})
    comparison = await reconciliation(operator, ready)
    assert (comparison["tolerance_units"], by_class(comparison)) == (2, {"rounding": 48})


async def test_results_that_say_nothing_are_compared_with_nothing(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    await allocation.tell(results_of_day(ready, []), results_of_month(ready, []))
    comparison = await reconciliation(operator, ready)
    assert (comparison["days_compared"], comparison["points"]) == ([DAY.isoformat()], [])
    assert by_class(comparison) == {}
