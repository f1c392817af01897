"""Challenges through the service: who is measured, when it is told, and who is forgotten."""

from datetime import timedelta
from uuid import UUID, uuid4

import httpx

from libs.common.events.allocation import ChallengeMeasured, SharesAllocated
from libs.common.events.community import ChallengeChanged, ChallengeEntryPart
from tests.allocation.world import DAY, TIME, Allocation, Coop

_NOON = range(24, 28)
_TOMORROW = DAY + timedelta(days=1)


def _entry(coop: Coop, entry_id: UUID, **changes: object) -> ChallengeEntryPart:
    entry_days = {
        "entry_id": entry_id,
        "prm": coop.anna_home,
        "first_day": DAY,
        "end_day": _TOMORROW,
    }
    return ChallengeEntryPart.model_validate(entry_days | changes)


def _challenge(
    coop: Coop,
    challenge_id: UUID,
    *entries: ChallengeEntryPart,
    revision: int = 1,
    with_shares: bool = False,
) -> ChallengeChanged:
    return ChallengeChanged(
        time=TIME,
        challenge_id=challenge_id,
        operation_id=coop.operation_id,
        revision=revision,
        half_hours=list(_NOON),
        weekdays=[1, 2, 3, 4, 5, 6, 7],
        with_shares=with_shares,
        entries=list(entries),
    )


async def _told(allocation: Allocation, coop: Coop, entry_id: UUID) -> list[list[tuple[int, ...]]]:
    """Of each event: day of the month, consumption, shared."""
    events = await allocation.published(ChallengeMeasured, coop.operation_id)
    mine = {event.revision: event for event in events if event.entry_id == entry_id}
    assert list(mine) == list(range(1, len(mine) + 1))
    return [
        [(day.day.day, day.consumption_wmin, day.shared_wmin or 0) for day in event.days]
        for event in mine.values()
    ]


async def test_a_point_is_measured_on_days_before_and_after_its_member_agreed(
    allocation: Allocation, read_coop: Coop
) -> None:
    entry_id = uuid4()
    entry = _entry(read_coop, entry_id, end_day=_TOMORROW + timedelta(days=1))

    await allocation.tell(_challenge(read_coop, uuid4(), entry))
    await allocation.tell(read_coop.readings(_TOMORROW, anna=1000))

    before, after = await _told(allocation, read_coop, entry_id)
    assert before == [(12, 4 * 400 * 30, 0)]
    assert after == [*before, (13, 4 * 1000 * 30, 0)]


async def test_a_correction_is_told_and_what_stays_the_same_is_not(
    allocation: Allocation, read_coop: Coop
) -> None:
    entry_id = uuid4()
    await allocation.tell(_challenge(read_coop, uuid4(), _entry(read_coop, entry_id)))

    await allocation.tell(read_coop.readings(bruno=900, revision=2))
    await allocation.tell(read_coop.readings(anna=500, revision=3))
    gap = [400] * 25 + [None] + [400] * 22
    await allocation.tell(read_coop.readings(anna=gap, revision=4))

    entry_days = await _told(allocation, read_coop, entry_id)
    assert entry_days == [[(12, 4 * 400 * 30, 0)], [(12, 4 * 500 * 30, 0)], []]


async def test_shares_are_told_once_the_day_is_allocated(
    allocation: Allocation, operator: httpx.AsyncClient, read_coop: Coop
) -> None:
    entry_id = uuid4()
    challenge = _challenge(read_coop, uuid4(), _entry(read_coop, entry_id), with_shares=True)
    await allocation.tell(challenge)

    await read_coop.set_key(operator)
    await allocation.settle()

    # 900 W for 400 W and 800 W: a third of it.
    assert await _told(allocation, read_coop, entry_id) == [[(12, 4 * 400 * 30, 4 * 300 * 30)]]


async def test_a_day_is_measured_in_the_transaction_that_allocates_it(
    allocation: Allocation, operator: httpx.AsyncClient, read_coop: Coop
) -> None:
    await read_coop.set_key(operator)
    await allocation.tell(_challenge(read_coop, uuid4(), _entry(read_coop, uuid4())))

    await allocation.tell(read_coop.readings(anna=500, revision=2))

    allocated = await allocation.published(SharesAllocated, read_coop.operation_id)
    measured = await allocation.published(ChallengeMeasured, read_coop.operation_id)
    # A transaction has one instant.
    assert measured[-1].time == allocated[-1].time
    assert (len(measured), allocated[-1].revision) == (2, 2)


async def test_a_bug_in_measuring_holds_up_no_day(
    allocation: Allocation, operator: httpx.AsyncClient, read_coop: Coop
) -> None:
    entry_id = uuid4()
    await read_coop.set_key(operator)
    await allocation.tell(_challenge(read_coop, uuid4(), _entry(read_coop, entry_id)))
    spoil = "UPDATE challenge_entry SET days = '[[\"no day\", 1, 1]]' WHERE id = :id"
    await allocation.change(spoil, id=entry_id)

    await allocation.tell(read_coop.readings(anna=500, revision=2))

    day = await read_coop.day(operator)
    assert (day["status"], day["revision"]) == ("allocated", 2)
    assert len(await allocation.published(SharesAllocated, read_coop.operation_id)) == 2
    assert len(await allocation.published(ChallengeMeasured, read_coop.operation_id)) == 1


async def test_who_is_not_named_any_more_is_forgotten_and_not_measured(
    allocation: Allocation, read_coop: Coop
) -> None:
    left, stays, challenge_id = uuid4(), uuid4(), uuid4()
    entries = _entry(read_coop, left), _entry(read_coop, stays, prm=read_coop.bruno_home)
    await allocation.tell(_challenge(read_coop, challenge_id, *entries))

    await allocation.tell(_challenge(read_coop, challenge_id, entries[1], revision=2))
    await allocation.tell(_challenge(read_coop, challenge_id, *entries))  # late, and older
    await allocation.tell(read_coop.readings(anna=500, bruno=900, revision=2))

    kept = await allocation.query(
        "SELECT id FROM challenge_entry WHERE challenge_id = :id", id=challenge_id
    )
    assert [row["id"] for row in kept] == [stays]
    assert len(await _told(allocation, read_coop, left)) == 1
    assert len(await _told(allocation, read_coop, stays)) == 2


async def test_days_that_an_entry_no_longer_covers_are_taken_back(
    allocation: Allocation, ready: Coop
) -> None:
    entry_id, challenge_id = uuid4(), uuid4()
    await allocation.tell(_challenge(ready, challenge_id, _entry(ready, entry_id)))

    shorter = _entry(ready, entry_id, end_day=DAY)
    await allocation.tell(_challenge(ready, challenge_id, shorter, revision=2))

    assert await _told(allocation, ready, entry_id) == [[(12, 4 * 400 * 30, 0)], []]
