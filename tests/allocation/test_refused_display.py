"""What an organiser gets of a point whose member does not show them its load curve."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from libs.common.events.community import ConsentPart, ConsentsChanged
from tests.allocation.world import DAY, MONTH, TIME, Allocation, Coop, Point
from tests.support.clock import CLOCK


def _refusal(member_id: UUID, prm: str, *, answer: str = "refused") -> ConsentsChanged:
    today = CLOCK.now().date()
    consent = {"consent_id": uuid4(), "prm": prm, "purpose": "display", "granularity": "load_curve"}
    days = {"valid_from": today - timedelta(days=9), "valid_to": today + timedelta(days=99)}
    return ConsentsChanged(
        time=TIME,
        member_id=member_id,
        revision=1,
        consents=[ConsentPart.model_validate({**consent, "answer": answer, **days})],
    )


@pytest.fixture
async def organiser(allocation: Allocation, ready: Coop) -> AsyncIterator[httpx.AsyncClient]:
    async with allocation.client("organiser", operations=[ready.operation_id]) as client:
        yield client


async def _explained(client: httpx.AsyncClient, coop: Coop, prm: str) -> httpx.Response:
    return await client.get(f"{coop.url}/explanations", params={"day": str(DAY), "prm": prm})


async def _steps(client: httpx.AsyncClient, coop: Coop, **query: str) -> httpx.Response:
    parameters = {"month": MONTH, "by": "step", "day": str(DAY)} | query
    return await client.get(f"{coop.url}/shares", params=parameters)


def _is_refused(answer: httpx.Response) -> bool:
    return (answer.status_code, answer.json()["type"]) == (403, "/problems/consent-missing")


async def test_a_refusal_holds_for_explanations_and_for_shares_by_step(
    allocation: Allocation, operator: httpx.AsyncClient, organiser: httpx.AsyncClient, ready: Coop
) -> None:
    """H3 of the security review."""
    await allocation.tell(_refusal(ready.anna, ready.anna_home))

    refused = [
        await _explained(organiser, ready, ready.anna_home),
        await _steps(organiser, ready, prm=ready.anna_home),
    ]
    all_steps = await _steps(organiser, ready)
    as_csv = await organiser.get(f"{ready.url}/shares.csv", params={"month": MONTH, "by": "step"})
    by_day = await _steps(organiser, ready, by="day")

    assert all(map(_is_refused, refused))
    assert {row["consumer"] for row in all_steps.json()} == {ready.bruno_home}
    assert ready.bruno_home in as_csv.text
    assert ready.anna_home not in as_csv.text
    assert ready.anna_home in by_day.text
    assert (await _explained(organiser, ready, ready.bruno_home)).status_code == 200
    assert (await _explained(operator, ready, ready.anna_home)).status_code == 200
    async with allocation.client("member", member_id=str(ready.anna)) as anna:
        assert (await _explained(anna, ready, ready.anna_home)).status_code == 200


async def test_sums_of_which_one_could_take_off_what_is_shown_are_withheld(
    allocation: Allocation, operator: httpx.AsyncClient, organiser: httpx.AsyncClient, ready: Coop
) -> None:
    """H3 of the security review: what all consumed, less Bruno's, is Anna's."""
    await allocation.tell(_refusal(ready.anna, ready.anna_home))

    explanation = (await _explained(organiser, ready, ready.bruno_home)).json()["consumer"]
    sold = (await _explained(organiser, ready, ready.roof)).json()["producer"]
    to_staff = (await _explained(operator, ready, ready.bruno_home)).json()["consumer"]

    assert (explanation["withheld"], sold["withheld"], to_staff["withheld"]) == (True, True, False)
    assert {step["coefficient"] for step in explanation["steps"]} == {None}
    assert explanation["steps"][0]["consumption_wmin"] == to_staff["steps"][0]["consumption_wmin"]


async def test_a_producers_refusal_holds_for_what_was_sold_step_by_step(
    allocation: Allocation, organiser: httpx.AsyncClient, ready: Coop
) -> None:
    """H3 of the security review."""
    await allocation.tell(_refusal(ready.seller, ready.roof))

    assert _is_refused(await _explained(organiser, ready, ready.roof))
    assert (await _steps(organiser, ready)).json() == []


async def test_an_input_with_a_point_that_is_not_shown_is_for_staff(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    """H3 of the security review: and each look at one is noted."""
    await coop.set_key(operator)
    await allocation.tell(*coop.month_of_readings())
    closed = (await coop.close(operator)).json()
    base = f"/allocation/settlements/{coop.operation_id}/{MONTH}/1/inputs"
    day, key = closed["inputs"]["days"][str(DAY)], closed["inputs"]["keys"][0]
    async with allocation.client("organiser", operations=[coop.operation_id]) as client:
        before = await client.get(f"{base}/{day}")
        await allocation.tell(_refusal(coop.anna, coop.anna_home))
        after = [await client.get(f"{base}/{name}") for name in (day, key)]
    by_staff = await operator.get(f"{base}/{day}")
    looks = (await operator.get(f"{coop.url}/accesses")).json()

    assert before.status_code == 200
    assert _is_refused(after[0])
    assert (after[1].status_code, by_staff.status_code) == (200, 200)
    noted = [look["role"] for look in looks if look["route"].endswith("/{input_hash}")]
    assert noted == ["operator", "organiser", "organiser"]


async def test_a_refusal_stays_with_a_point_that_is_re_recorded_for_another_member(
    allocation: Allocation, organiser: httpx.AsyncClient, ready: Coop
) -> None:
    """H3 of the security review: consents follow the point and the person."""
    await allocation.tell(_refusal(ready.anna, ready.anna_home))
    points = [point for point in ready.points if point.prm != ready.anna_home]
    straw_man = Point(ready.anna_home, ready.points[1].direction, uuid4())
    await allocation.tell(ready.perimeter([*points, straw_man], revision=2))

    assert _is_refused(await _explained(organiser, ready, ready.anna_home))


async def test_a_new_occupant_is_not_bound_by_what_the_one_before_said(
    allocation: Allocation, organiser: httpx.AsyncClient, ready: Coop
) -> None:
    await allocation.tell(_refusal(ready.anna, ready.anna_home))
    points = [point for point in ready.points if point.prm != ready.anna_home]
    moved = date(2026, 10, 8)
    direction = ready.points[1].direction
    both = [
        Point(ready.anna_home, direction, ready.anna, valid_to=moved),
        Point(ready.anna_home, direction, uuid4(), valid_from=moved),
    ]
    await allocation.tell(ready.perimeter([*points, *both], revision=2))

    after = await _explained(organiser, ready, ready.anna_home)
    query = {"day": "2026-10-07", "prm": ready.anna_home}
    before: Any = await organiser.get(f"{ready.url}/explanations", params=query)

    assert after.status_code in {200, 409}
    assert _is_refused(before)


async def test_who_grants_it_again_is_shown(
    allocation: Allocation, organiser: httpx.AsyncClient, ready: Coop
) -> None:
    await allocation.tell(_refusal(ready.anna, ready.anna_home))
    granted = _refusal(ready.anna, ready.anna_home, answer="granted")
    await allocation.tell(granted.model_copy(update={"revision": 2}))

    assert (await _explained(organiser, ready, ready.anna_home)).status_code == 200
