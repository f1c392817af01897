"""Keys that members adopted in a poll are approved, once, whatever comes first."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import httpx

from libs.common.events.community import PollClosed
from tests.allocation.world import Allocation, Coop
from tests.support.clock import CLOCK

_DEFAULT = {"type": "default_dynamic"}


async def _draft(
    operator: httpx.AsyncClient, coop: Coop, definition: object = _DEFAULT, **changes: object
) -> UUID:
    key_id = changes.pop("key_id", None) or uuid4()
    body = {"valid_from": "2026-10-01", "definition": definition} | changes
    answer = await operator.put(f"{coop.url}/keys/{key_id}", json=body)
    assert answer.status_code == 200, answer.text
    return UUID(answer.json()["id"])


def _closed(
    coop: Coop, key_id: UUID, *, adopted: bool = True, opened_at: datetime | None = None
) -> PollClosed:
    now = CLOCK.now()
    return PollClosed(
        time=now,
        poll_id=uuid4(),
        operation_id=coop.operation_id,
        adopted=adopted,
        key_id=key_id,
        opened_at=opened_at or now,
        closed_at=now,
        seal_hash="5e" * 32,
    )


async def _get(operator: httpx.AsyncClient, coop: Coop, path: str) -> Any:  # noqa: ANN401 - JSON
    answer = await operator.get(f"{coop.url}{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_an_adopted_draft_is_approved_with_a_link_to_its_poll(
    allocation: Allocation, operator: httpx.AsyncClient
) -> None:
    coop = Coop()
    key_id = await _draft(operator, coop)
    poll = _closed(coop, key_id)

    await allocation.tell(poll, poll)

    key = await _get(operator, coop, f"/keys/{key_id}")
    assert (key["state"], key["poll_id"], key["approved_by"]) == (
        "approved",
        str(poll.poll_id),
        "poll",
    )
    (adoption,) = await _get(operator, coop, "/adoptions")
    assert (adoption["state"], adoption["seal_hash"]) == ("approved", poll.seal_hash)


async def test_a_draft_that_was_not_adopted_stays_one(
    allocation: Allocation, operator: httpx.AsyncClient
) -> None:
    coop = Coop()
    key_id = await _draft(operator, coop)

    await allocation.tell(_closed(coop, key_id, adopted=False))

    assert (await _get(operator, coop, f"/keys/{key_id}"))["state"] == "draft"
    assert await _get(operator, coop, "/adoptions") == []


async def test_a_key_that_was_changed_during_the_vote_stays_a_draft(
    allocation: Allocation, operator: httpx.AsyncClient
) -> None:
    coop = Coop()
    key_id = await _draft(operator, coop)
    opened_at = CLOCK.now()
    await _draft(operator, coop, key_id=key_id, valid_from="2026-11-01")

    await allocation.tell(_closed(coop, key_id, opened_at=opened_at))

    assert (await _get(operator, coop, f"/keys/{key_id}"))["state"] == "draft"
    assert [adoption["state"] for adoption in await _get(operator, coop, "/adoptions")] == [
        "key_changed"
    ]


async def test_noting_the_poll_on_a_draft_does_not_change_what_is_voted_on(
    allocation: Allocation, operator: httpx.AsyncClient
) -> None:
    coop = Coop()
    key_id = await _draft(operator, coop)
    poll = _closed(coop, key_id)
    await _draft(operator, coop, key_id=key_id, poll_id=str(poll.poll_id))

    await allocation.tell(poll)

    assert (await _get(operator, coop, f"/keys/{key_id}"))["state"] == "approved"


async def test_a_key_rewritten_during_the_vote_and_approved_by_hand_is_not_adopted(
    allocation: Allocation, operator: httpx.AsyncClient
) -> None:
    coop, key_id = Coop(), uuid4()
    poll = _closed(coop, key_id)
    await _draft(operator, coop, key_id=key_id, poll_id=str(poll.poll_id))
    await _draft(operator, coop, key_id=key_id, poll_id=str(poll.poll_id), valid_from="2026-11-01")
    by_hand = await operator.post(f"{coop.url}/keys/{key_id}/approval", json={})

    await allocation.tell(poll)

    assert by_hand.json()["poll_id"] == str(poll.poll_id)
    assert [adoption["state"] for adoption in await _get(operator, coop, "/adoptions")] == [
        "key_not_a_draft"
    ]


async def test_a_key_that_is_gone_or_no_draft_is_noted_and_parks_nothing(
    allocation: Allocation, operator: httpx.AsyncClient
) -> None:
    coop = Coop()
    approved = await _draft(operator, coop)
    await operator.post(f"{coop.url}/keys/{approved}/approval", json={})
    gone, no_draft = _closed(coop, uuid4()), _closed(coop, approved)

    await allocation.tell(gone, no_draft)

    states = {
        adoption["poll_id"]: adoption["state"]
        for adoption in await _get(operator, coop, "/adoptions")
    }
    assert states == {
        str(gone.poll_id): "key_gone",
        str(no_draft.poll_id): "key_not_a_draft",
    }
    parked = await allocation.query("SELECT 1 FROM parked WHERE key = :key", key=coop.operation_id)
    assert parked == []


async def test_a_key_of_points_waits_for_the_perimeter_that_comes_later(
    allocation: Allocation, operator: httpx.AsyncClient
) -> None:
    coop = Coop()
    shares = {coop.anna_home: "0.5", coop.bruno_home: "0.5"}
    static = {"type": "static", "shares": shares, "redistribute": False}
    key_id = await _draft(operator, coop, static)

    await allocation.tell(_closed(coop, key_id))
    before = await _get(operator, coop, "/adoptions")
    await allocation.tell(coop.perimeter())
    after = await _get(operator, coop, "/adoptions")

    assert [adoption["state"] for adoption in before] == ["waiting"]
    assert [adoption["state"] for adoption in after] == ["approved"]
    assert (await _get(operator, coop, f"/keys/{key_id}"))["state"] == "approved"


async def test_an_organiser_sees_the_adoptions_of_own_operations_only(
    allocation: Allocation,
) -> None:
    coop = Coop()
    async with allocation.client("organiser", operations=[coop.operation_id]) as organiser:
        assert (await organiser.get(f"{coop.url}/adoptions")).json() == []
        assert (await organiser.get(f"{Coop().url}/adoptions")).status_code == 403
    async with allocation.client("member", member_id=str(coop.anna)) as member:
        assert (await member.get(f"{coop.url}/adoptions")).status_code == 403
