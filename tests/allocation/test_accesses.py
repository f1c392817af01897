"""Who looked at what all share: noted as it is answered, and told to the members."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from libs.common.logs.accesses import purge_accesses
from services.allocation.tables import ShareAccessRow
from tests.allocation.world import DAY, MONTH, Allocation, Coop
from tests.support.clock import CLOCK

_ROUTES = ("summary", "shares", "shares.csv", "explanations", "sunny-hours")


async def _looks(client: httpx.AsyncClient, coop: Coop, **query: object) -> list[dict[str, Any]]:
    parameters = {name: str(value) for name, value in query.items()}
    answer = await client.get(f"{coop.url}/accesses", params=parameters)
    assert answer.status_code == 200, answer.text
    body: list[dict[str, Any]] = answer.json()
    return body


async def _look(client: httpx.AsyncClient, coop: Coop) -> None:
    query = {"month": MONTH, "day": str(DAY), "prm": coop.anna_home, "by": "month"}
    for route in _ROUTES:
        answer = await client.get(f"{coop.url}/{route}", params=query)
        assert answer.status_code in {200, 409}, answer.text
        assert answer.is_success or route == "sunny-hours"


async def test_members_hear_of_each_look_by_its_role_and_staff_by_whom(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    assert await _looks(operator, ready) == []
    async with (
        allocation.client("organiser", operations=[ready.operation_id]) as organiser,
        allocation.client("member", member_id=str(ready.anna)) as anna,
    ):
        await _look(organiser, ready)
        await _look(anna, ready)  # sees her own only, which is nobody's to hear of
        looks = await _looks(anna, ready)
        own_looks = await _looks(organiser, ready)
    by_staff = await _looks(operator, ready)

    paths = [look["route"].rsplit("/", 1)[-1] for look in looks]
    assert paths == [route for route in reversed(_ROUTES) if route in paths]
    assert {"summary", "shares", "shares.csv", "explanations"} <= set(paths)
    assert {look["role"] for look in looks} == {"organiser"}
    assert {(look["subject"], look["is_you"]) for look in looks} == {(None, False)}
    assert all(look["is_you"] for look in own_looks)
    assert {look["subject"] for look in by_staff} == {own_looks[0]["subject"]}
    assert all(ready.anna_home not in look["route"] for look in looks)
    by_route = {look["route"].rsplit("/", 1)[-1]: look["prm"] for look in looks}
    assert by_route["explanations"] == by_route["shares"] == ready.anna_home
    assert by_route["summary"] is None


async def test_a_look_at_one_point_is_told_to_its_member_alone(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    """H3 of the security review: each look is noted for its point."""
    await _look(operator, ready)
    async with allocation.client("member", member_id=str(ready.bruno)) as bruno:
        looks = await _looks(bruno, ready)

    routes = {look["route"].rsplit("/", 1)[-1] for look in looks}
    assert "summary" in routes
    assert "explanations" not in routes


@pytest.mark.parametrize("route", ["summary", "shares", "shares.csv", "explanations"])
async def test_a_look_that_cannot_be_noted_is_not_answered(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop, route: str
) -> None:
    """However late that shows: here when the transaction is committed."""
    name = f"refuse_{ready.operation_id}"
    await allocation.change(
        f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN RAISE 'not noted'; END $$
        """
    )
    await allocation.change(
        f"""
        CREATE CONSTRAINT TRIGGER {name} AFTER INSERT ON share_access
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
        WHEN (NEW.operation_id = '{ready.operation_id}') EXECUTE FUNCTION {name}()
        """
    )

    query = {"month": MONTH, "day": str(DAY), "prm": ready.anna_home, "by": "month"}
    answer = await operator.get(f"{ready.url}/{route}", params=query)

    assert answer.status_code == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert ready.anna_home not in answer.text
    assert await _looks(operator, ready) == []


async def test_pages_follow_one_another(operator: httpx.AsyncClient, ready: Coop) -> None:
    await _look(operator, ready)
    whole = await _looks(operator, ready)

    first = await _looks(operator, ready, limit=2)
    rest = await _looks(operator, ready, before=first[-1]["number"])

    assert first + rest == whole


async def test_strangers_hear_nothing(allocation: Allocation, ready: Coop, coop: Coop) -> None:
    other = Coop()
    await allocation.tell(other.perimeter())
    async with allocation.client("member", member_id=str(other.anna)) as stranger:
        answer = await stranger.get(f"{coop.url}/accesses")

    assert answer.status_code == 403
    assert ready.operation_id == coop.operation_id


async def test_looks_are_forgotten_by_whole_months(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    await _look(operator, ready)
    newest, *_ = await _looks(operator, ready)
    await allocation.query(
        "UPDATE share_access SET read_at = :at WHERE number = :number RETURNING number",
        at=CLOCK.now() - timedelta(days=500),
        number=newest["number"],
    )
    before = await _looks(operator, ready)

    async with allocation.platform.database("allocation") as database:
        assert not await purge_accesses(database, kept_months=12, row=ShareAccessRow)

    left = await _looks(operator, ready)
    assert [look["number"] for look in before if look["number"] != newest["number"]] == [
        look["number"] for look in left
    ]
