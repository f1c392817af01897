"""From the DSO's files to the reconciliation that its organiser reads, over the whole platform.

A roof makes 900 W; Anna takes 400 W, Bruno 800 W: by the default rule Anna gets 300 W of it, Bruno
600 W, on the day of 25 hours.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from libs.common.ids import OperationId
from tests.allocation.world import Coop
from tests.community.coop import enrol, given_member, given_operation, new_prm, participation, put
from tests.ingest.delivering import pushed, until_covered
from tests.ingest.formats.files import day_starts
from tests.ingest.formats.result_files import (
    curves_of,
    energies_of,
    enveloped,
    wide,
)
from tests.support.curves import OCTOBER_DAY, curve_file
from tests.support.platform import Platform
from tests.support.waiting import until

_CURVES = "definitive_load_curves"


@dataclass(frozen=True)
class _Deux:
    """The operation and its three points, with a day of readings."""

    operation_id: str
    roof: str
    anna: str
    bruno: str


@pytest.fixture
async def deux(platform: Platform, operator: httpx.AsyncClient) -> _Deux:
    """An operation with a key and a day that has its readings."""
    deux = _Deux(await given_operation(operator), new_prm(), new_prm(), new_prm())
    member_id = await given_member(operator)
    for prm in (deux.roof, deux.anna, deux.bruno):
        await put(operator, f"/points/{prm}", {"label": "Toit"})
    produces = participation(deux.roof, member_id, OCTOBER_DAY) | {"direction": "production"}
    consume = [participation(prm, member_id, OCTOBER_DAY) for prm in (deux.anna, deux.bruno)]
    await enrol(operator, deux.operation_id, produces, *consume)
    await until_covered(platform, deux.roof)
    await _until_known_to_allocation(operator, deux)
    await Coop(OperationId(deux.operation_id)).set_key(operator)
    powers = ((deux.roof, 900, "PROD"), (deux.anna, 400, "CONS"), (deux.bruno, 800, "CONS"))
    for prm, power, direction in powers:
        await pushed(operator, curve_file([prm], [OCTOBER_DAY], direction=direction, power_w=power))
    return deux


async def _until_known_to_allocation(operator: httpx.AsyncClient, deux: _Deux) -> None:
    url = f"/allocation/operations/{deux.operation_id}/days"
    await until(
        "allocation knows the operation",
        lambda: operator.get(url, params={"month": "2026-10"}),
        lambda answer: answer.status_code == 200,
    )


async def _reconciliation(
    operator: httpx.AsyncClient, deux: _Deux, is_there: Callable[[Any], bool]
) -> Any:  # noqa: ANN401 - JSON
    """Once it has what is waited for: events and allocations take their time."""
    url = f"/allocation/operations/{deux.operation_id}/reconciliation"

    async def found() -> Any:  # noqa: ANN401 - JSON
        answer = await operator.get(url, params={"month": "2026-10"})
        assert answer.status_code in {200, 404, 409}, answer.text
        return answer.json() if answer.status_code == 200 else None

    return await until("the reconciliation has it", found, is_there)


def _classes(comparison: Any) -> dict[str, int]:  # noqa: ANN401 - JSON
    return {
        difference["class"]: difference["count"]
        for difference in comparison["classes"]
        if difference["count"]
    }


def _is_compared(answer: Any) -> bool:  # noqa: ANN401 - JSON
    """With our own readings and shares of the day, not before they have come."""
    is_there: bool = answer["days_compared"] == [OCTOBER_DAY] and "missing_reading" not in _classes(
        answer
    )
    return is_there


def _csv(deux: _Deux) -> bytes:
    rows = [
        row
        for start in day_starts(OCTOBER_DAY)
        for row in (
            f"{deux.anna};{start:%d/%m/%Y %H:%M};200;;150;;50",
            f"{deux.bruno};{start:%d/%m/%Y %H:%M};400;;300;;100",
            f"{deux.roof};{start:%d/%m/%Y %H:%M};;450;450;0;",
        )
    ]
    return wide(rows)


def _answers(deux: _Deux, *, anna_w: int = 400) -> Iterable[object]:
    """anna_w: what the DSO says that she took; her share stays as it is."""
    anna = {"cons": anna_w, "autocons": 300, "complement": anna_w - 300}
    bruno = {"cons": 800, "autocons": 600, "complement": 200}
    roof = {"prod": 900, "autocons": 900, "surplus": 0}
    yield curves_of(OCTOBER_DAY, anna, prm=deux.anna)
    yield curves_of(OCTOBER_DAY, bruno, prm=deux.bruno)
    yield curves_of(OCTOBER_DAY, roof, prm=deux.roof, side="prod_id")


async def test_the_monthly_csv_is_compared_step_by_step(
    operator: httpx.AsyncClient, deux: _Deux
) -> None:
    await pushed(operator, _csv(deux), f"{deux.operation_id}_202610.csv")

    comparison = await _reconciliation(operator, deux, _is_compared)

    assert (_classes(comparison), comparison["definitive"]) == ({}, True)
    totals = {
        (total["direction"], total["quantity"]): total["dso_wmin"] for total in comparison["totals"]
    }
    assert totals["consumption", "self_consumed"] == 450 * 60 * 50
    assert totals["production", "production"] == 450 * 60 * 50


async def test_answers_of_the_api_are_compared_as_they_come_point_by_point(
    operator: httpx.AsyncClient, deux: _Deux
) -> None:
    for body in _answers(deux):
        await pushed(operator, enveloped(_CURVES, body, operation=deux.operation_id))

    comparison = await _reconciliation(
        operator, deux, lambda answer: _is_compared(answer) and len(answer["points"]) == 9
    )

    assert _classes(comparison) == {}
    assert {point["difference_wmin"] for point in comparison["points"]} == {0}


async def test_a_definitive_answer_corrects_a_provisional_one(
    operator: httpx.AsyncClient, deux: _Deux
) -> None:
    provisional = enveloped(
        "provisional_load_curves", list(_answers(deux)), operation=deux.operation_id
    )
    definitive = enveloped(_CURVES, list(_answers(deux, anna_w=500)), operation=deux.operation_id)
    await pushed(operator, provisional)
    await _reconciliation(
        operator, deux, lambda answer: _is_compared(answer) and not answer["definitive"]
    )

    await pushed(operator, definitive)

    comparison = await _reconciliation(operator, deux, lambda answer: answer["definitive"])
    # Her consumption and her complement, in each of the fifty half-hours.
    points = {
        (point["prm"], point["quantity"]): point["difference_wmin"]
        for point in comparison["points"]
    }
    assert points[deux.anna, "consumption"] == points[deux.anna, "complement"] == 3_000 * 50
    (evidence,) = {
        finding["evidence"]
        for finding in comparison["findings"]
        if (finding["prm"], finding["quantity"]) == (deux.anna, "consumption")
    }
    assert evidence == "the DSO used other readings, ours are as first received"


async def test_energies_of_a_month_are_compared_as_a_whole(
    operator: httpx.AsyncClient, deux: _Deux
) -> None:
    body = energies_of({"autocons": {"HPB": 5, "HCB": 2.5}}, prm=deux.anna)
    resource = "definitive_active_energy"
    await pushed(operator, enveloped(resource, body, operation=deux.operation_id))

    def shared(answer: Any) -> dict[str, object]:  # noqa: ANN401 - JSON
        (point,) = (
            row
            for row in answer["points"]
            if (row["prm"], row["quantity"]) == (deux.anna, "self_consumed")
        )
        return dict(point)

    comparison = await _reconciliation(
        operator, deux, lambda answer: shared(answer)["own_wmin"] == 9_000 * 50
    )
    assert (shared(comparison)["basis"], shared(comparison)["dso_wmin"]) == ("month", 450_000)
