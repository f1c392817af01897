"""Who sees a curve goes by participations and by what its member said, from the same day on."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

import httpx
import pytest

from libs.common.calendar import local_day
from libs.common.curve_consents import Granularity
from libs.common.events.community import ConsentsChanged, PerimeterChanged
from libs.common.events.ingest import ReadingsRecorded
from libs.common.ids import OperationId, Prm
from services.ingest.domain.privacy.consents import Purpose
from services.ingest.main import service
from services.ingest.store.perimeters import list_participations_in
from services.ingest.store.privacy.consents import list_consents, may
from tests.community.coop import (
    enrol,
    given_member,
    logged_in,
    new_operation_id,
    new_prm,
    participation,
)
from tests.ingest.consenting import given_consent, withdraw
from tests.ingest.delivering import (
    given_participation,
    held_points,
    pushed,
    told,
    until_covered,
)
from tests.support.alone import alone
from tests.support.clock import CLOCK
from tests.support.curves import SUMMER_DAY, curve_file
from tests.support.platform import Platform
from tests.support.waiting import until

_JULY = {"from_day": "2026-07-01", "to_day": "2026-08-01"}
_STEPS = ("load-curve", "load-curve.csv", "revisions")


async def _given_curve(platform: Platform, operator: httpx.AsyncClient) -> tuple[str, str, str]:
    """A point that takes part, with the readings of one day; its operation and its member."""
    prm = new_prm()
    operation_id, member_id = await given_participation(operator, prm)
    await until_covered(platform, prm)
    await pushed(operator, curve_file([prm], [SUMMER_DAY], power_w=478))
    return operation_id, member_id, prm


async def _read(client: httpx.AsyncClient, prm: str, what: str) -> httpx.Response:
    return await client.get(f"/ingest/points/{prm}/{what}", params=_JULY)


async def _check(client: httpx.AsyncClient, prm: str, *, steps: int, days: int) -> None:
    """The statuses that a reader gets for curves and for daily energies."""
    for what in _STEPS:
        assert (await _read(client, prm, what)).status_code == steps, what
    assert (await _read(client, prm, "daily-energies")).status_code == days


async def test_an_organiser_sees_curves_until_the_member_says_otherwise(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, member_id, prm = await _given_curve(platform, operator)

    async with (
        logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser,
        logged_in(platform, operator, "member", member_id=member_id) as member,
    ):
        await _check(organiser, prm, steps=200, days=200)
        consent_id = await given_consent(platform, operator, member_id, prm)
        await _check(organiser, prm, steps=200, days=200)
        await withdraw(platform, member, member_id, prm, consent_id)

        await _check(organiser, prm, steps=403, days=403)
        # Neither the member's own view nor the staff's changes.
        await _check(member, prm, steps=200, days=200)
        await _check(operator, prm, steps=200, days=200)
        refusal = (await _read(organiser, prm, "load-curve")).json()

    assert refusal["type"] == "/problems/consent-missing"
    assert (refusal["purpose"], refusal["granularity"]) == ("display", "load_curve")


async def test_who_shares_days_does_not_share_steps(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, member_id, prm = await _given_curve(platform, operator)
    await given_consent(platform, operator, member_id, prm, granularity="daily")

    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        await _check(organiser, prm, steps=403, days=200)
        energies = (await _read(organiser, prm, "daily-energies")).json()

    assert energies == [
        {
            "direction": "consumption",
            "day": SUMMER_DAY,
            "energy_wmin": 478 * 1440,
            "missing_min": 0,
            "estimated_min": 0,
        }
    ]


async def test_a_refusal_closes_what_the_participation_opened(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, member_id, prm = await _given_curve(platform, operator)
    await given_consent(platform, operator, member_id, prm, answer="refused")

    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        await _check(organiser, prm, steps=403, days=403)


async def test_readings_are_settled_by_whatever_is_shown(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, member_id, prm = await _given_curve(platform, operator)
    await given_consent(platform, operator, member_id, prm, answer="refused")

    delivery = await pushed(operator, curve_file([prm], ["2026-07-02"]))

    assert delivery["counts"]["held"] == 0
    events = await told(platform, operation_id, count=2)
    assert [f"{event.day}" for event in events] == [SUMMER_DAY, "2026-07-02"]


async def test_what_one_member_said_does_not_bind_the_next(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    operation_id, member_id = await given_participation(operator, prm, "2026-01-01", "2026-07-02")
    next_member = await given_member(operator)
    await enrol(operator, operation_id, participation(prm, next_member, "2026-07-02"))
    await given_consent(platform, operator, member_id, prm, answer="refused")
    async with logged_in(platform, operator, "member", member_id=next_member) as member:
        await _until_status(member, prm, 200)
    await pushed(operator, curve_file([prm], ["2026-07-01", "2026-07-02"]))

    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        curve = (await _read(organiser, prm, "load-curve")).json()

    assert [block["day"] for block in curve["blocks"]] == ["2026-07-02"]


async def test_a_participation_that_ends_stops_the_flow_with_its_last_day(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    today = local_day(CLOCK.now())
    yesterday = today - timedelta(days=1)
    prm = new_prm()
    operation_id, member_id = await given_participation(operator, prm, valid_to=f"{today}")
    await until_covered(platform, prm)

    delivery = await pushed(operator, curve_file([prm], [f"{yesterday}", f"{today}"]))

    (event,) = await told(platform, operation_id, count=1)
    assert event.day == yesterday
    assert [point["first_day"] for point in await held_points(operator, prm)] == [f"{today}"]
    assert delivery["status"] == "recorded"
    # Who left keeps seeing the days that were theirs, and no more.
    async with logged_in(platform, operator, "member", member_id=member_id) as member:
        period = {"from_day": f"{yesterday}", "to_day": f"{today + timedelta(days=1)}"}
        curve = await member.get(f"/ingest/points/{prm}/load-curve", params=period)
    assert [block["day"] for block in curve.json()["blocks"]] == [f"{yesterday}"]


async def test_a_participation_that_is_cancelled_stops_the_flow_at_once(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, member_id, prm = await _given_curve(platform, operator)
    path = f"/community/operations/{operation_id}/participations/{prm}/2026-01-01"
    assert (await operator.delete(path)).status_code == 200

    async with (
        logged_in(platform, operator, "member", member_id=member_id) as member,
        logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser,
    ):
        await _until_status(member, prm, 403)
        await pushed(operator, curve_file([prm], ["2026-07-02"]))

        await _check(organiser, prm, steps=403, days=403)
    events: list[ReadingsRecorded] = await told(platform, operation_id, count=1)
    assert [f"{event.day}" for event in events] == [SUMMER_DAY]


async def test_fetching_from_the_dso_needs_the_consent_of_the_household(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    _, member_id, prm = await _given_curve(platform, operator)
    answers = [await _may_collect(platform, prm)]

    consent_id = await given_consent(platform, operator, member_id, prm, purpose="collection")
    answers.append(await _may_collect(platform, prm))
    await withdraw(platform, operator, member_id, prm, consent_id)
    answers.append(await _may_collect(platform, prm))

    assert answers == [False, True, False]


@pytest.mark.parametrize("granularity", ["load_curve", "daily"])
async def test_a_display_says_nothing_of_fetching(
    platform: Platform, operator: httpx.AsyncClient, granularity: str
) -> None:
    _, member_id, prm = await _given_curve(platform, operator)

    await given_consent(platform, operator, member_id, prm, granularity=granularity)

    assert not await _may_collect(platform, prm)


async def _may_collect(platform: Platform, prm: str) -> bool:
    async with platform.database("ingest") as database, database.transaction() as session:
        return await may(
            session,
            Prm(prm),
            purpose=Purpose.COLLECTION,
            granularity=Granularity.LOAD_CURVE,
            day=local_day(CLOCK.now()),
        )


async def _until_status(client: httpx.AsyncClient, prm: str, status: int) -> None:
    await until(
        f"the load curve is answered with {status}",
        lambda: _read(client, prm, "load-curve"),
        lambda answer: answer.status_code == status,
    )


async def test_an_older_list_of_consents_changes_nothing(database_url: str) -> None:
    member_id, prm = uuid4(), new_prm()
    async with alone(service, database_url) as ingest:
        for revision, answers in ((2, ["granted", "refused"]), (1, ["granted"]), (2, [])):
            await ingest.tell(_told(member_id, prm, revision, answers))
        async with (
            ingest.platform.database("ingest") as database,
            database.transaction() as session,
        ):
            consents = await list_consents(session, Prm(prm))

        await ingest.tell(_told(member_id, prm, 3, []))
        async with (
            ingest.platform.database("ingest") as database,
            database.transaction() as session,
        ):
            assert await list_consents(session, Prm(prm)) == []

    assert sorted(consent.is_granted for consent in consents) == [False, True]


async def test_an_older_perimeter_changes_nothing(database_url: str) -> None:
    operation_id, (first, second) = OperationId(new_operation_id()), (new_prm(), new_prm())
    async with (
        alone(service, database_url) as ingest,
        ingest.platform.database("ingest") as database,
    ):
        for revision, prm in ((2, second), (1, first), (2, first)):
            await ingest.tell(_perimeter(operation_id, revision, prm))
        async with database.transaction() as session:
            newest = await list_participations_in(session, operation_id)
        await ingest.tell(_perimeter(operation_id, 3, first))
        async with database.transaction() as session:
            next_one = await list_participations_in(session, operation_id)

    assert [participation.prm for participation in newest] == [second]
    assert [participation.prm for participation in next_one] == [first]


def _perimeter(operation_id: OperationId, revision: int, prm: str) -> PerimeterChanged:
    participation = {
        "prm": prm,
        "direction": "consumption",
        "member_id": uuid4(),
        "valid_from": "2026-01-01",
        "valid_to": None,
    }
    return PerimeterChanged.model_validate(
        {
            "time": CLOCK.now(),
            "operation_id": operation_id,
            "revision": revision,
            "name": "Pousse-Soleil",
            "organiser_id": uuid4(),
            "step_min": 30,
            "participations": [participation],
        }
    )


def _told(member_id: UUID, prm: str, revision: int, answers: Sequence[str]) -> ConsentsChanged:
    parts = [
        {
            "consent_id": uuid4(),
            "prm": prm,
            "purpose": "display",
            "granularity": "daily",
            "answer": answer,
            "valid_from": "2026-01-01",
            "valid_to": "2027-01-01",
        }
        for answer in answers
    ]
    now = CLOCK.now()
    event = {"time": now, "member_id": member_id, "revision": revision, "consents": parts}
    return ConsentsChanged.model_validate(event)
