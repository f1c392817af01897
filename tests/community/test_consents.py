"""What members say about their curves: who records and withdraws it, and who is told."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

import httpx

from libs.common.calendar import local_day
from libs.common.events.community import ConsentsChanged
from libs.common.events.ingest import PointLeft
from services.community.main import service
from tests.community.coop import (
    consent_body,
    enrol,
    given_member,
    given_operation,
    given_point,
    logged_in,
    participation,
    read_topic,
    today,
)
from tests.support.alone import alone
from tests.support.clock import CLOCK
from tests.support.platform import Platform
from tests.support.waiting import until


async def _given_member_with_point(operator: httpx.AsyncClient) -> tuple[str, str, str]:
    """Returns operation, member and point."""
    operation_id = await given_operation(operator)
    member_id, prm = await given_member(operator), await given_point(operator)
    await enrol(operator, operation_id, participation(prm, member_id))
    return operation_id, member_id, prm


def _path(member_id: str, consent_id: str, ending: str = "") -> str:
    return f"/community/members/{member_id}/consents/{consent_id}{ending}"


async def _recorded(client: httpx.AsyncClient, member_id: str, body: object) -> Any:  # noqa: ANN401 - JSON
    answer = await client.put(_path(member_id, str(uuid4())), json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def _listed(client: httpx.AsyncClient, member_id: str) -> Any:  # noqa: ANN401 - JSON
    answer = await client.get(f"/community/members/{member_id}/consents")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_member_records_lists_and_withdraws_without_a_document(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    _, member_id, prm = await _given_member_with_point(operator)

    async with logged_in(platform, operator, "member", member_id=member_id) as member:
        consent = await _recorded(member, member_id, consent_body(prm, proof=None))
        withdrawing = _path(member_id, consent["id"], "/withdrawal")
        first, again = await member.post(withdrawing), await member.post(withdrawing)
        (listed,) = await _listed(member, member_id)

    assert (consent["withdrawn_on"], consent["proof_reference"]) == (None, None)
    assert first.json() == again.json() == listed
    withdrawn_at = datetime.fromisoformat(listed["withdrawn_at"])
    assert listed["withdrawn_on"] == local_day(withdrawn_at).isoformat()
    assert listed["withdrawn_by"] == listed["recorded_by"]


async def test_staff_and_the_organiser_record_with_the_proof(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, member_id, prm = await _given_member_with_point(operator)
    bare = consent_body(prm, proof=None)

    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        for client in (operator, organiser):
            refused = await client.put(_path(member_id, str(uuid4())), json=bare)
            assert (refused.status_code, refused.json()["type"]) == (409, "/problems/proof-missing")
            consent = await _recorded(client, member_id, consent_body(prm))
            assert consent["proof_sha256"] == "5f" * 32
            withdrawn = await client.post(_path(member_id, consent["id"], "/withdrawal"))
            assert withdrawn.status_code == 200


async def test_others_neither_see_nor_change_consents(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    _, member_id, prm = await _given_member_with_point(operator)
    elsewhere, stranger, _ = await _given_member_with_point(operator)
    consent = await _recorded(operator, member_id, consent_body(prm))

    async with (
        logged_in(platform, operator, "member", member_id=stranger) as other,
        logged_in(platform, operator, "organiser", operations=[elsewhere]) as organiser,
        logged_in(platform, operator, "feed") as feed,
    ):
        for client in (other, organiser, feed):
            answers = [
                await client.get(f"/community/members/{member_id}/consents"),
                await client.put(_path(member_id, consent["id"]), json=consent_body(prm)),
                await client.post(_path(member_id, consent["id"], "/withdrawal")),
            ]
            assert {answer.status_code for answer in answers} == {403}


async def test_a_member_consents_for_their_own_points_only(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, member_id, _ = await _given_member_with_point(operator)
    _, stranger, their_prm = await _given_member_with_point(operator)
    theirs = await _recorded(operator, stranger, consent_body(their_prm))

    async with (
        logged_in(platform, operator, "member", member_id=member_id) as member,
        logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser,
    ):
        for client in (member, organiser):
            refused = await client.put(_path(member_id, str(uuid4())), json=consent_body(their_prm))
            assert refused.json()["type"] == "/problems/point-not-theirs"
            # Nor is another's consent reached through the own list.
            unknown = await client.post(_path(member_id, theirs["id"], "/withdrawal"))
            assert unknown.json()["type"] == "/problems/consent-unknown"


async def test_what_was_recorded_stays(operator: httpx.AsyncClient) -> None:
    _, member_id, prm = await _given_member_with_point(operator)
    consent = await _recorded(operator, member_id, consent_body(prm))
    path = _path(member_id, consent["id"])

    same = await operator.put(path, json=consent_body(prm))
    other = await operator.put(path, json=consent_body(prm, answer="refused"))

    assert (same.status_code, same.json()) == (200, consent)
    assert (other.status_code, other.json()["type"]) == (409, "/problems/consent-changed")


async def test_a_consent_that_says_too_much_is_refused(operator: httpx.AsyncClient) -> None:
    _, member_id, prm = await _given_member_with_point(operator)
    path = _path(member_id, str(uuid4()))
    slugs = {
        "consent-too-long": consent_body(prm, valid_to="2039-01-01"),
        "consent-empty": consent_body(prm, valid_to="2026-01-01"),
        "point-unknown": consent_body("99999999999999"),
        "malformed": consent_body(prm, granularity="both"),
    }

    for slug, body in slugs.items():
        answer = await operator.put(path, json=body)
        assert answer.json()["type"] == f"/problems/{slug}", answer.text
    assert await _listed(operator, member_id) == []


async def test_the_others_are_told_all_that_a_member_said(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    _, member_id, prm = await _given_member_with_point(operator)
    days = await _recorded(operator, member_id, consent_body(prm, granularity="daily"))
    curve = await _recorded(operator, member_id, consent_body(prm, granularity="load_curve"))
    await operator.post(_path(member_id, curve["id"], "/withdrawal"))

    records = await read_topic(platform, ConsentsChanged.topic, member_id, up_to_revision=3)

    events = [ConsentsChanged.model_validate_json(record.value) for record in records]
    assert [event.revision for event in events] == [1, 2, 3]
    assert [len(event.consents) for event in events] == [1, 2, 2]
    standing = {str(consent.consent_id): consent.withdrawn_on for consent in events[-1].consents}
    assert standing.keys() == {days["id"], curve["id"]}
    assert standing[days["id"]] is None
    assert standing[curve["id"]] is not None


async def test_consents_end_when_the_point_changes_hands(database_url: str) -> None:
    async with alone(service, database_url) as community, community.client("operator") as operator:
        operation_id, member_id, prm = await _given_member_with_point(operator)
        before = await _recorded(operator, member_id, consent_body(prm))
        after = await _recorded(operator, member_id, consent_body(prm, valid_from=f"{today()}"))

        await community.tell(_departure(operation_id, prm, today()))
        await community.tell(_departure(operation_id, prm, today()))
        await until(
            "a consent is withdrawn",
            lambda: _listed(operator, member_id),
            lambda consents: any(consent["withdrawn_on"] for consent in consents),
        )
        events = await community.published(ConsentsChanged, member_id)
        listed = {consent["id"]: consent for consent in await _listed(operator, member_id)}

    ended = listed[before["id"]]
    assert (ended["withdrawn_on"], ended["withdrawn_by"]) == (f"{today()}", "dso")
    assert listed[after["id"]]["withdrawn_on"] is None
    assert [event.revision for event in events] == [1, 2, 3]


async def test_what_an_erased_member_refused_ends_when_the_point_changes_hands(
    database_url: str,
) -> None:
    async with alone(service, database_url) as community, community.client("operator") as operator:
        operation_id, (member_id, other_id) = (
            await given_operation(operator),
            [await given_member(operator) for _ in range(2)],
        )
        prm = await given_point(operator)
        await enrol(operator, operation_id, participation(prm, member_id))
        for purpose in ("display", "collection"):
            body = consent_body(prm, purpose=purpose, answer="refused")
            await _recorded(operator, member_id, body)
        await enrol(operator, operation_id, participation(prm, other_id))
        await _erase(operator, member_id)
        await community.tell(_departure(operation_id, prm, today()))

        erased, left = (await community.published(ConsentsChanged, member_id))[2:]

    assert {consent.purpose: consent.withdrawn_on for consent in erased.consents} == {
        "display": None,
        "collection": today(),
    }
    assert {consent.withdrawn_on for consent in left.consents} == {today()}


async def _erase(operator: httpx.AsyncClient, member_id: str) -> None:
    path = f"/community/members/{member_id}/erasure"
    asked = await operator.put(path)
    done = await operator.post(f"{path}/execution", json={"nothing_is_owed": True})
    assert (asked.is_success, done.status_code) == (True, 200)


def _departure(operation_id: str, prm: str, left_on: date) -> PointLeft:
    return PointLeft.model_validate(
        {
            "time": CLOCK.now(),
            "operation_id": operation_id,
            "prm": prm,
            "left_on": left_on,
            "reason": "new_occupant",
        }
    )
