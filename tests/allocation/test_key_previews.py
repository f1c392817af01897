"""What a draft key would have given: for whom is asked, of their own points."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.events.community import PollOpened
from libs.common.rounds.rest import SHORT_REST
from services.allocation.workers import preview_next_month
from tests.allocation.world import CONSUMPTION, MONTH, OCTOBER, Allocation, Coop, Point
from tests.support.clock import CLOCK
from tests.support.ids import new_prm
from tests.support.waiting import patience, until

_MONTH_MIN = 31 * 1440 + 60
_WAITING = "SELECT key_id FROM key_preview WHERE waiting <> '{}' AND failure IS NULL"
_OWNERS = [uuid4() for _ in range(3)]


def _anna_first(coop: Coop) -> dict[str, object]:
    return {"type": "priority", "ranks": [[coop.anna_home], [coop.bruno_home]]}


def _opened(coop: Coop, key: str, voters: Iterable[UUID], **changes: object) -> PollOpened:
    poll = PollOpened(
        time=CLOCK.now(),
        poll_id=uuid4(),
        operation_id=coop.operation_id,
        key_id=UUID(key.rpartition("/")[2]),
        opened_at=CLOCK.now(),
        voters=list(voters),
    )
    return poll.model_copy(update=changes)


async def _tell(allocation: Allocation, *polls: PollOpened) -> None:
    await allocation.tell(*polls)
    await until("no draft waits", lambda: allocation.query(_WAITING), lambda rows: not rows)


async def _ask(client: httpx.AsyncClient, key: str, prm: str) -> httpx.Response:
    return await client.get(f"{key}/preview", params={"prm": prm})


async def _preview(client: httpx.AsyncClient, key: str, prm: str) -> dict[str, Any]:
    answer = await _ask(client, key, prm)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


@pytest.fixture
async def draft(operator: httpx.AsyncClient, ready: Coop) -> str:
    """Of 900 W, Anna's 400 first, instead of in proportion to 400 and 800."""
    return await ready.draft_key(operator, "2027-01-01", **_anna_first(ready))


async def test_who_is_asked_sees_the_draft_and_what_it_would_have_given(
    allocation: Allocation, ready: Coop, draft: str
) -> None:
    await _tell(allocation, _opened(ready, draft, [ready.anna]))

    async with allocation.client("member", member_id=str(ready.anna)) as anna:
        key = (await anna.get(draft)).json()
        preview = await _preview(anna, draft, ready.anna_home)

    assert (key["state"], key["drafted_by"]) == ("draft", None)
    assert key["definition"] == {"type": "priority", "ranks": [[ready.anna_home], []]}
    sums = {
        "days": 31,
        "consumption_wmin": 400 * _MONTH_MIN,
        "in_force_wmin": 300 * _MONTH_MIN,
        "draft_wmin": 400 * _MONTH_MIN,
    }
    assert (preview["state"], preview["total"]) == ("done", sums)
    assert preview["months"] == [{"month": MONTH, **sums}]
    assert preview["group"] == {
        "withheld": True,
        "needs": 10,
        "months": [],
        "consumption_wmin": None,
        "in_force_wmin": None,
        "draft_wmin": None,
        "gini_in_force": None,
        "gini_draft": None,
    }


async def test_staff_see_the_group(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop, draft: str
) -> None:
    await _tell(allocation, _opened(ready, draft, [ready.anna]))

    group = (await _preview(operator, draft, ready.bruno_home))["group"]

    # Coverages of 1 and of 500 ÷ 800: their half difference over their sum.
    assert group == {
        "withheld": False,
        "needs": 10,
        "months": [MONTH],
        "consumption_wmin": 1200 * _MONTH_MIN,
        "in_force_wmin": 900 * _MONTH_MIN,
        "draft_wmin": 900 * _MONTH_MIN,
        "gini_in_force": 0,
        "gini_draft": pytest.approx(0.375 / 2 / 1.625),
    }


@pytest.mark.parametrize(("power_w", "is_told"), [(100_000, True), (9_000, False)])
async def test_a_member_of_many_sees_the_group_unless_it_tells_of_a_households_plant(
    allocation: Allocation, ready: Coop, draft: str, power_w: int, *, is_told: bool
) -> None:
    roof, *others = ready.points
    homes = [Point(new_prm(), CONSUMPTION, _OWNERS[number % 3]) for number in range(9)]
    powers = {home.prm: 0 for home in homes}
    await allocation.tell(
        ready.perimeter([replace(roof, power_limit_w=power_w), *others, *homes], revision=2),
        *(ready.readings(day, others=powers, revision=2) for day in OCTOBER),
    )
    await _tell(allocation, _opened(ready, draft, [ready.anna]))

    async with allocation.client("member", member_id=str(ready.anna)) as anna:
        group = (await _preview(anna, draft, ready.anna_home))["group"]

    assert (group["withheld"], group["months"]) == (not is_told, [MONTH] if is_told else [])
    assert group["draft_wmin"] == (900 * _MONTH_MIN if is_told else None)


async def test_who_is_not_asked_sees_no_draft(
    allocation: Allocation, ready: Coop, draft: str
) -> None:
    await _tell(allocation, _opened(ready, draft, [ready.anna]))

    async with allocation.client("member", member_id=str(ready.bruno)) as bruno:
        refused = [await bruno.get(draft), await _ask(bruno, draft, ready.bruno_home)]
        listed = await bruno.get(f"{ready.url}/keys")
    async with allocation.client("member", member_id=str(ready.anna)) as anna:
        refused.append(await _ask(anna, draft, ready.bruno_home))
    async with allocation.client("member", member_id=str(uuid4())) as stranger:
        refused += [await stranger.get(draft), await _ask(stranger, draft, ready.anna_home)]
    async with allocation.client("organiser", operations=[ready.operation_id]) as organiser:
        refused.append(await _ask(organiser, draft, ready.anna_home))
        seen = await organiser.get(draft)

    assert {answer.status_code for answer in refused} == {403}
    assert [key["state"] for key in listed.json()] == ["active"]
    assert seen.status_code == 200


async def test_who_is_asked_can_wait_until_allocation_has_heard_of_the_poll(
    allocation: Allocation, ready: Coop, draft: str
) -> None:
    async with allocation.client("member", member_id=str(ready.anna)) as anna:
        early = await _ask(anna, draft, ready.anna_home)
        await _tell(allocation, _opened(ready, draft, [ready.anna]))
        preview = await _preview(anna, draft, ready.anna_home)
    async with allocation.client("member", member_id=str(uuid4())) as stranger:
        refused = await _ask(stranger, draft, ready.anna_home)

    assert (early.status_code, early.json()["type"]) == (404, "/problems/preview-unknown")
    assert preview["state"] == "done"
    assert refused.status_code == 403


async def test_a_key_in_force_is_for_every_member(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    (active,) = (await operator.get(f"{ready.url}/keys")).json()

    async with allocation.client("member", member_id=str(ready.bruno)) as bruno:
        key = await bruno.get(f"{ready.url}/keys/{active['id']}")
        unknown = await bruno.get(f"{ready.url}/keys/{uuid4()}")
        untried = await _ask(bruno, f"{ready.url}/keys/{active['id']}", ready.bruno_home)

    assert (untried.status_code, untried.json()["type"]) == (404, "/problems/preview-unknown")
    assert (key.status_code, key.json()["activated_by"]) == (200, None)
    assert (unknown.status_code, unknown.json()["type"]) == (404, "/problems/key-unknown")


async def test_an_occupant_sees_nothing_of_the_one_before(
    allocation: Allocation, ready: Coop, draft: str
) -> None:
    roof, home, neighbour = ready.points
    moved, carla = date(2026, 10, 25), uuid4()
    points = [
        roof,
        replace(home, valid_to=moved),
        Point(home.prm, CONSUMPTION, carla, valid_from=moved),
        neighbour,
    ]
    await allocation.tell(ready.perimeter(points, revision=2))
    await _tell(allocation, _opened(ready, draft, [carla]))

    async with allocation.client("member", member_id=str(carla)) as client:
        total = (await _preview(client, draft, home.prm))["total"]

    # From the day of 25 hours on.
    assert (total["days"], total["consumption_wmin"]) == (7, 400 * (7 * 1440 + 60))


async def test_a_draft_written_anew_has_no_preview(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop, draft: str
) -> None:
    opened = _opened(ready, draft, [ready.anna])
    await _tell(allocation, opened)
    same = {"valid_from": "2027-01-01", "definition": _anna_first(ready)}
    await operator.put(draft, json={**same, "title": "Anna d’abord"})
    titled = await _ask(operator, draft, ready.anna_home)

    await operator.put(draft, json={**same, "definition": {"type": "default_dynamic"}})
    anew = await _ask(operator, draft, ready.anna_home)
    await _tell(allocation, opened)  # told twice: the draft is not what was asked
    again = await _ask(operator, draft, ready.anna_home)
    await _tell(allocation, _opened(ready, draft, [ready.anna]))
    asked = await _preview(operator, draft, ready.anna_home)

    assert titled.status_code == 200
    assert {anew.status_code, again.status_code} == {404}
    assert anew.json()["type"] == "/problems/preview-unknown"
    assert asked["total"]["draft_wmin"] == 300 * _MONTH_MIN


async def test_a_draft_is_written_anew_at_once_while_a_month_of_it_is_computed(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop, draft: str
) -> None:
    waiting = "SELECT 1 FROM pg_locks WHERE relation = 'point_day'::regclass AND NOT granted"
    anew = {"valid_from": "2027-01-01", "definition": {"type": "default_dynamic"}}

    async with allocation.platform.database("allocation") as database:
        async with database.transaction() as holding:
            await holding.execute(text("LOCK TABLE point_day"))
            await allocation.tell(_opened(ready, draft, [ready.anna]))
            await until("a month is in hand", lambda: allocation.query(waiting))
            async with patience("the draft is written"):
                written = await operator.put(draft, json=anew)
            await allocation.tell(_opened(ready, draft, [ready.anna]))
        await until("no draft waits", lambda: allocation.query(_WAITING), lambda rows: not rows)

    preview = await _preview(operator, draft, ready.anna_home)
    assert written.status_code == 200
    # In proportion: Anna first, of the draft before, would be 400.
    assert preview["total"]["draft_wmin"] == 300 * _MONTH_MIN


async def test_a_month_is_left_to_who_has_it_in_hand_and_taken_at_once_when_that_one_dies(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop, draft: str
) -> None:
    poll = _opened(ready, draft, [ready.anna])
    await _tell(allocation, poll)
    await allocation.change("DELETE FROM key_preview_part")
    lock = text("SELECT pg_try_advisory_xact_lock(hashtext('key preview'), hashtext(:id))")

    async with allocation.platform.database("allocation") as database:
        # As a process leaves it that ends in its middle: with its transaction.
        async with database.transaction() as process:
            assert await process.scalar(lock, {"id": str(poll.poll_id)})
            await allocation.change(
                "UPDATE key_preview SET waiting = ARRAY[:month] WHERE poll_id = :id",
                month=MONTH,
                id=poll.poll_id,
            )
            looked = await preview_next_month(database)
            in_hand = await _preview(operator, draft, ready.anna_home)
        await preview_next_month(database)
    preview = await _preview(operator, draft, ready.anna_home)

    assert (looked, in_hand["state"]) == (SHORT_REST, "computing")
    assert (preview["state"], preview["total"]["days"]) == ("done", 31)


async def test_a_month_is_tried_with_the_readings_and_shares_of_one_instant(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop, draft: str
) -> None:
    poll = _opened(ready, draft, [ready.anna])

    async with (
        allocation.platform.database("allocation") as database,
        database.transaction() as changing,
    ):
        # Shares are read first; the readings, which change meanwhile, come behind this lock.
        await changing.execute(text("LOCK TABLE reading_block"))
        await allocation.tell(poll)
        await _until_a_preview_waits_for(changing)
        less = text("""
            UPDATE reading_block SET power_w = array_replace(power_w, 400, 100) WHERE prm = :prm
        """)
        await changing.execute(less, {"prm": ready.anna_home})
    await until("no draft waits", lambda: allocation.query(_WAITING), lambda rows: not rows)

    preview = await _preview(operator, draft, ready.anna_home)
    assert (preview["state"], preview["total"]["draft_wmin"]) == ("done", 400 * _MONTH_MIN)


async def _until_a_preview_waits_for(session: AsyncSession) -> None:
    """No other round reads shares before it reads something else."""
    waits = text("""
        SELECT EXISTS (
            SELECT FROM pg_locks
            WHERE relation = 'point_day'::regclass AND granted
                AND pg_backend_pid() = ANY (pg_blocking_pids(pid))
        )
    """)
    await until("a preview waits for our lock", lambda: session.scalar(waits))


async def test_each_poll_on_a_draft_has_it_tried_anew(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop, draft: str
) -> None:
    await _tell(allocation, _opened(ready, draft, [ready.anna]))
    await allocation.tell(*(ready.readings(day, anna=500, revision=2) for day in OCTOBER))

    before = await _preview(operator, draft, ready.anna_home)
    await _tell(allocation, _opened(ready, draft, [ready.anna]))
    anew = await _preview(operator, draft, ready.anna_home)

    assert before["total"]["draft_wmin"] == 400 * _MONTH_MIN
    assert (anew["state"], anew["total"]["draft_wmin"]) == ("done", 500 * _MONTH_MIN)


async def test_who_was_asked_about_a_draft_does_not_see_what_is_written_in_its_place(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop, draft: str
) -> None:
    await _tell(allocation, _opened(ready, draft, [ready.anna]))
    same = {"valid_from": "2027-01-01", "definition": _anna_first(ready)}
    anew = {**same, "definition": {"type": "default_dynamic"}}

    async with allocation.client("member", member_id=str(ready.anna)) as anna:
        await operator.put(draft, json={**same, "title": "Anna d’abord"})
        titled = await anna.get(draft)
        await operator.put(draft, json=anew)
        rewritten = await anna.get(draft)
        await operator.delete(draft)
        await operator.put(draft, json=same)
        drafted_again = await anna.get(draft)
        await _tell(allocation, _opened(ready, draft, [ready.anna]))
        asked = await anna.get(draft)

    assert (titled.status_code, asked.status_code) == (200, 200)
    assert {rewritten.status_code, drafted_again.status_code} == {403}


async def test_a_withdrawn_draft_takes_its_preview_along(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop, draft: str
) -> None:
    await _tell(allocation, _opened(ready, draft, [ready.anna]))

    withdrawn = await operator.delete(draft)

    assert withdrawn.status_code == 204
    left = "SELECT prm FROM key_preview_part WHERE operation_id = :id"
    assert await allocation.query(left, id=ready.operation_id) == []
    assert (await _ask(operator, draft, ready.anna_home)).status_code == 404


async def test_a_key_whose_coefficients_come_as_files_says_nothing_of_past_days(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    key = await ready.draft_key(operator, "2027-01-01", type="dynamic")
    await _tell(allocation, _opened(ready, key, [ready.anna]))

    preview = await _preview(operator, key, ready.anna_home)

    assert (preview["state"], preview["months"], preview["total"]["days"]) == ("done", [], 0)


async def test_a_preview_that_meets_a_bug_fails_and_stops_no_other(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop, draft: str
) -> None:
    spoilt = await ready.draft_key(operator, "2027-02-01")
    await allocation.change(
        "UPDATE sharing_key SET definition = '{}' WHERE id = :id", id=spoilt.rpartition("/")[2]
    )

    earlier = CLOCK.now() - timedelta(seconds=1)
    first = _opened(ready, spoilt, [ready.anna], time=earlier)
    await _tell(allocation, first, _opened(ready, draft, [ready.anna]))

    assert (await _preview(operator, spoilt, ready.anna_home))["state"] == "failed"
    assert (await _preview(operator, draft, ready.anna_home))["state"] == "done"


async def test_another_poll_has_a_preview_that_failed_tried_again(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop, draft: str
) -> None:
    await _tell(allocation, _opened(ready, draft, [ready.anna]))
    await allocation.change(
        "UPDATE key_preview SET failure = 'ValueError' WHERE operation_id = :id",
        id=ready.operation_id,
    )
    failed = await _preview(operator, draft, ready.anna_home)

    await _tell(allocation, _opened(ready, draft, [ready.anna]))

    preview = await _preview(operator, draft, ready.anna_home)
    assert (failed["state"], preview["state"]) == ("failed", "done")
    assert preview["total"]["draft_wmin"] == 400 * _MONTH_MIN
