"""A member ends the own mandate, at any time; the bank keeps what was sent to it before."""

from collections import Counter
from dataclasses import replace
from uuid import UUID, uuid4

import httpx

from libs.common.events.billing import MandateAnswered, MandateEnded, MandateRevoked
from tests.billing.mandates import REQUESTS, Asker
from tests.billing.money import (
    collect,
    paying_coop,
    payments_url,
    read_debits,
    record_mandate,
    set_creditor,
    today,
)
from tests.billing.world import Billing, Coop
from tests.support.auditing import audit_lines
from tests.support.refusals import problem


def _revocation(mandate_id: object) -> str:
    return f"/billing/mandates/{mandate_id}/revocation"


async def test_a_member_revokes_the_own_mandate_and_is_debited_no_more(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, _, mandates = await paying_coop(billing, operator)
    async with billing.client("member", member_id=str(coop.anna)) as anna:
        answers = [await anna.post(_revocation(mandates["Anna"]["id"])) for _ in range(2)]
        (mandate,) = (await anna.get("/billing/mandates")).json()

    made = (await collect(operator, coop.seller)).json()

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json() == mandate
    assert mandate["revoked_on"] == str(today())
    assert mandates["Anna"]["iban"] not in answers[0].text
    assert made["transaction_count"] == 1
    assert [invoice["reason"] for invoice in made["skipped"]] == ["mandate-revoked"]
    lines = await audit_lines(
        operator, "billing", entity="mandate", entity_id=mandates["Anna"]["id"]
    )
    assert [line["after"].get("revoked_on") for line in lines] == [str(today()), None]


async def test_what_is_in_a_file_for_the_bank_stays_there(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, _, mandates = await paying_coop(billing, operator, customers=["Anna"])
    made = (await collect(operator, coop.seller)).json()
    before = await read_debits(operator, coop.seller, made["id"])
    async with billing.client("member", member_id=str(coop.anna)) as anna:
        assert (await anna.post(_revocation(mandates["Anna"]["id"]))).is_success

    after = await read_debits(operator, coop.seller, made["id"])

    assert [*after.itertext()] == [*before.itertext()]
    again = await collect(operator, coop.seller)
    assert "in-collection" in {invoice["reason"] for invoice in again.json()["skipped"]}


async def test_nobody_elses_mandate_is_revoked_nor_told_of(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, _, mandates = await paying_coop(billing, operator)
    url = _revocation(mandates["Anna"]["id"])
    async with (
        billing.client("member", member_id=str(coop.bruno)) as bruno,
        billing.client("member", member_id=str(coop.seller)) as seller,
        billing.client("member") as nobody,
        billing.client("organiser", operations=[coop.operation_id]) as organiser,
    ):
        others = [await client.post(url) for client in (bruno, seller)]
        unknown = await bruno.post(_revocation(uuid4()))
        refused = [await client.post(url) for client in (nobody, organiser, operator)]

    assert {answer.status_code for answer in refused} == {403}
    assert {problem(answer) for answer in (*others, unknown)} == {(404, "mandate-unknown")}
    assert {answer.json()["detail"] for answer in (*others, unknown)} == {unknown.json()["detail"]}
    mandates_now = (await operator.get(payments_url(coop.seller, "mandates"))).json()
    assert Counter(mandate["revoked_on"] for mandate in mandates_now) == {None: 2}


async def test_those_who_run_the_operation_are_told_once_that_a_mandate_is_revoked(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, _, mandates = await paying_coop(billing, operator)
    async with billing.client("member", member_id=str(coop.anna)) as anna:
        for _ in range(2):
            await anna.post(_revocation(mandates["Anna"]["id"]))
    by_organiser = payments_url(coop.seller, "mandates", mandates["Bruno"]["id"], "revocation")
    for _ in range(2):
        assert (await operator.post(by_organiser)).is_success

    events = await billing.published(MandateRevoked, coop.operation_id)
    ended = [
        await billing.published(MandateEnded, str(member_id))
        for member_id in (coop.anna, coop.bruno)
    ]

    (event,) = events
    assert (event.mandate_id, event.creditor_id, event.debtor_id) == (
        UUID(mandates["Anna"]["id"]),
        coop.seller,
        coop.anna,
    )
    assert [[str(event.mandate_id) for event in events] for events in ended] == [
        [],
        [mandates["Bruno"]["id"]],
    ]


async def test_who_collects_in_a_sellers_place_is_told_too_after_the_debtor_has_left(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop, association = Coop(), Coop()
    await billing.tell(*coop.events(), *association.events())
    await set_creditor(operator, association.seller)
    await set_creditor(operator, coop.seller, collected_by=str(association.seller))
    recorded = await record_mandate(operator, association.seller, coop.anna)
    gone = [
        replace(point, valid_to=today()) if point.member_id == coop.anna else point
        for point in coop.points
    ]
    await billing.tell(coop.perimeter(gone, revision=2))

    async with billing.client("member", member_id=str(coop.anna)) as anna:
        assert (await anna.post(_revocation(recorded["id"]))).is_success

    event_lists = [
        await billing.published(MandateRevoked, co_op.operation_id) for co_op in (coop, association)
    ]
    assert [len(events) for events in event_lists] == [1, 0]


async def test_the_member_is_told_what_became_of_a_request(billing: Billing, asker: Asker) -> None:
    declined = await asker.asked()
    for _ in range(2):
        assert (await asker.decline(declined)).is_success
    confirmed = await asker.asked()
    for _ in range(2):
        assert (await asker.confirm(confirmed, "ELO-7")).is_success

    events = await billing.published(MandateAnswered, str(asker.coop.anna))

    rows = [
        (str(event.request_id), event.creditor_id, event.debtor_id, event.rum) for event in events
    ]
    parties = (asker.coop.seller, asker.coop.anna)
    assert rows == [(declined["id"], *parties, None), (confirmed["id"], *parties, "ELO-7")]
    assert "Pas à votre nom" not in str(events)


async def test_a_request_may_have_the_id_of_whatever_mandate_there_is(
    operator: httpx.AsyncClient, asker: Asker
) -> None:
    """A member who chose another's would tell that there is one; the mandate has an id of ours."""
    neighbours = await record_mandate(operator, asker.coop.seller, asker.coop.bruno)

    path, body = f"{REQUESTS}/{neighbours['id']}", asker.body()
    request = (await asker.anna.put(path, json=body)).json()
    confirmed = await asker.confirm(request)
    again = await asker.confirm(request)

    assert request["mandate_id"] is None
    assert confirmed.status_code == 200, confirmed.text
    assert confirmed.json() == again.json()
    made = confirmed.json()
    assert made["id"] not in {request["id"], neighbours["id"]}
    assert (await asker.anna.put(path, json=body)).json()["mandate_id"] == made["id"]
    (mandate,) = (await asker.anna.get("/billing/mandates")).json()
    assert mandate["id"] == made["id"]
