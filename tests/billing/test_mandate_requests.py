"""A member asks to pay by direct debit; nothing is debited before who collects has confirmed it."""

import asyncio
from collections import Counter
from dataclasses import replace
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from libs.common.calendar import local_day
from libs.common.events.billing import MandateAsked
from tests.billing.mandates import COLLECTORS, REQUESTS, Asker, asking
from tests.billing.members import erased
from tests.billing.money import (
    ICS,
    collect,
    issued_by_customer,
    mandate,
    new_iban,
    payments_url,
    record_mandate,
    set_creditor,
    today,
)
from tests.billing.world import Billing, Coop
from tests.support.auditing import audit_lines
from tests.support.refusals import problem


async def test_a_member_asks_who_collects_confirms_and_the_member_is_debited(
    asker: Asker,
) -> None:
    iban = new_iban()
    invoices = await issued_by_customer(asker.operator, asker.coop, terms_days=0)

    request = await asker.asked(iban=iban)
    early = await collect(asker.operator, asker.coop.seller)
    (waiting,) = await asker.waiting()
    confirmed = await asker.confirm(request)
    later = await collect(asker.operator, asker.coop.seller)

    assert (request["state"], request["account_end"]) == ("requested", iban[-4:])
    assert early.json()["type"] == "/problems/nothing-to-collect"
    assert {invoice["reason"] for invoice in early.json()["skipped"]} == {"mandate-missing"}
    assert waiting == request
    assert iban not in str(waiting)
    assert confirmed.status_code == 200, confirmed.text
    made = confirmed.json()
    assert (made["rum"], made["iban"]) == ("ELO-1", iban)
    assert made["signed_on"] == str(today())
    assert later.status_code == 200, later.text
    assert later.json()["total_cents"] == invoices["Anna"]["total_incl_vat_cents"]
    assert (await asker.own(), await asker.waiting()) == ([], [])
    (mandate,) = (await asker.anna.get("/billing/mandates")).json()
    assert iban not in str(mandate)
    assert mandate["id"] == made["id"]


async def test_no_invoice_names_a_request(asker: Asker) -> None:
    await asker.asked()

    invoices = await issued_by_customer(asker.operator, asker.coop)

    codes = {mention["code"] for mention in invoices["Anna"]["mentions"]}
    assert "sepa-transfer" in codes
    assert "sepa-direct-debit" not in codes


async def test_those_who_run_the_operation_are_told_once(billing: Billing, asker: Asker) -> None:
    request_id, body = uuid4(), asker.body()
    answers = await asyncio.gather(
        *(asker.anna.put(f"{REQUESTS}/{request_id}", json=body) for _ in range(3))
    )

    events = await billing.published(MandateAsked, asker.coop.operation_id)

    assert Counter(answer.status_code for answer in answers) == {200: 3}
    assert len({answer.text for answer in answers}) == 1
    (event,) = events
    assert (event.request_id, event.creditor_id) == (request_id, asker.coop.seller)
    assert (event.debtor_id, local_day(event.time)) == (asker.coop.anna, today())


async def test_the_text_names_who_collects_in_both_languages(asker: Asker) -> None:
    texts = [
        (await asker.anna.get(COLLECTORS, params={"language": language})).json()[0]
        for language in ("fr", "en")
    ]

    for mandate_text in texts:
        assert (mandate_text["creditor_id"], mandate_text["ics"]) == (str(asker.coop.seller), ICS)
        assert mandate_text["name"] in mandate_text["text"]
        assert ICS in mandate_text["text"]
        assert "14 " in mandate_text["text"]
        assert "8 " in mandate_text["text"]
    assert "j’autorise" in texts[0]["text"]
    assert "I authorise" in texts[1]["text"]
    other = await asker.ask(agreed_text="I agree to nothing.")
    mixed = await asker.ask(language="en")
    assert [problem(answer) for answer in (other, mixed)] == [(409, "mandate-text-changed")] * 2
    assert (await asker.asked(language="en", agreed_text=texts[1]["text"]))["agreed_text"]


async def test_one_request_waits_for_each_creditor_however_many_come_at_once(
    asker: Asker,
) -> None:
    answers = await asyncio.gather(*(asker.ask() for _ in range(4)))

    counts = Counter(
        problem(answer) if answer.is_error else answer.status_code for answer in answers
    )
    assert counts == {200: 1, (409, "mandate-request-waiting"): 3}


async def test_a_request_never_changes_and_is_withdrawn_with_its_account(
    billing: Billing, asker: Asker
) -> None:
    iban = new_iban()
    request = await asker.asked(iban=iban)

    other = await asker.ask(UUID(request["id"]))
    gone = [await asker.anna.delete(f"{REQUESTS}/{request['id']}") for _ in range(2)]
    too_late = await asker.confirm(request)

    assert problem(other) == (409, "mandate-request-fixed")
    assert gone[0].status_code == 204
    assert [problem(answer) for answer in (gone[1], too_late)] == [
        (404, "mandate-request-unknown")
    ] * 2
    async with billing.platform.database("billing") as database, database.transaction() as session:
        query = text("SELECT count(*) FROM mandate_request WHERE debtor_id = :id")
        assert await session.scalar(query, {"id": asker.coop.anna}) == 0
    lines = await audit_lines(asker.operator, "billing", entity="mandate_request")
    assert request["id"] in {line["entity_id"] for line in lines}
    assert not [line for line in lines if iban in str(line) or "Anna d'Été" in str(line)]


async def test_who_is_declined_reads_why_and_may_ask_again(asker: Asker) -> None:
    request = await asker.asked()
    answers = [await asker.decline(request, reason) for reason in ("Ancien compte.", "Autre.")]
    (declined,) = await asker.own()
    confirmed = await asker.confirm(request)
    again = await asker.asked()

    assert [answer.status_code for answer in answers] == [200, 200]
    assert (declined["state"], declined["declined_because"]) == ("declined", "Ancien compte.")
    assert problem(confirmed) == (409, "mandate-request-answered")
    assert await asker.own() == [again]


async def test_the_mandate_in_force_is_replaced_and_the_same_confirmation_changes_nothing(
    asker: Asker,
) -> None:
    old = await record_mandate(asker.operator, asker.coop.seller, asker.coop.anna, rum="ELO-0")
    request = await asker.asked()

    taken = await asker.confirm(request, "ELO-0")
    confirmed = [await asker.confirm(request) for _ in range(2)]
    otherwise = await asker.confirm(request, "ELO-2")
    declined = await asker.decline(request)
    withdrawn = await asker.anna.delete(f"{REQUESTS}/{request['id']}")

    assert problem(taken) == (409, "mandate-taken")
    assert confirmed[0].json() == confirmed[1].json()
    answered = (409, "mandate-request-answered")
    assert [problem(answer) for answer in (otherwise, declined, withdrawn)] == [answered] * 3
    mandates = {
        mandate["id"]: mandate["revoked_on"]
        for mandate in (await asker.anna.get("/billing/mandates")).json()
    }
    assert mandates == {old["id"]: str(today()), confirmed[0].json()["id"]: None}


async def test_only_who_collects_from_one_is_asked(
    billing: Billing, operator: httpx.AsyncClient, asker: Asker
) -> None:
    other, without_ics, left = Coop(), Coop(), Coop()
    gone = [
        replace(point, valid_to=today()) if point.member_id == left.anna else point
        for point in left.points
    ]
    await billing.tell(*other.events(), *without_ics.events(), *left.events())
    await billing.tell(left.perimeter(gone, revision=2))
    await set_creditor(operator, other.seller)
    await set_creditor(operator, without_ics.seller, ics=None)
    await set_creditor(operator, left.seller)

    elsewhere = await asker.ask(creditor_id=str(other.seller))

    assert problem(elsewhere) == (404, "collector-unknown")
    for member in (without_ics.anna, left.anna, other.seller, uuid4()):
        async with billing.client("member", member_id=str(member)) as client:
            assert (await client.get(COLLECTORS)).json() == []


async def test_who_collects_in_a_sellers_place_is_asked(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    second = Coop()
    await billing.tell(*second.events())
    await set_creditor(operator, coop.seller, name="Les Volts")
    await set_creditor(operator, second.seller, collected_by=str(coop.seller))
    async with billing.client("member", member_id=str(second.anna)) as anna:
        (collector,) = (await anna.get(COLLECTORS)).json()

    assert (collector["creditor_id"], collector["name"]) == (str(coop.seller), "Les Volts")
    async with billing.client("member", member_id=str(second.seller)) as only_seller:
        assert (await only_seller.get(COLLECTORS)).json() == []


async def test_who_asked_before_the_seller_left_its_collector_stays_unknown_to_others(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    second = Coop()
    await billing.tell(*second.events())
    await set_creditor(operator, coop.seller)
    await set_creditor(operator, second.seller, collected_by=str(coop.seller))
    async with billing.client("member", member_id=str(second.anna)) as anna:
        (collector,) = (await anna.get(COLLECTORS)).json()
        asker = Asker(second, operator, anna, collector["text"])
        await asker.asked(creditor_id=str(coop.seller))
    await set_creditor(operator, second.seller)
    url = payments_url(coop.seller, "mandate-requests")

    async with (
        billing.client("organiser", operations=[coop.operation_id]) as organiser,
        billing.client(
            "organiser", operations=[coop.operation_id, second.operation_id]
        ) as organiser_of_both,
    ):
        statuses = [
            (await client.get(url)).status_code for client in (organiser, organiser_of_both)
        ]

    assert statuses == [403, 200]


async def test_a_request_is_the_members_own_and_answered_by_who_may_record_its_mandate(
    billing: Billing, asker: Asker
) -> None:
    other = Coop()
    await billing.tell(*other.events())
    request, coop = await asker.asked(), asker.coop
    url = payments_url(coop.seller, "mandate-requests")
    async with (
        billing.client("member", member_id=str(coop.bruno)) as bruno,
        billing.client("member", member_id=str(coop.seller)) as seller,
        billing.client("member") as nobody,
        billing.client("organiser", operations=[other.operation_id]) as elsewhere,
        billing.client("organiser", operations=[coop.operation_id]) as organiser,
    ):
        path = f"{REQUESTS}/{request['id']}"
        assert (await bruno.get(REQUESTS)).json() == []
        assert problem(await bruno.delete(path)) == (404, "mandate-request-unknown")
        taken = await bruno.put(path, json=asker.body())
        assert problem(taken) == (404, "mandate-request-unknown")
        for client in (nobody, organiser, asker.operator):
            for answer in (await client.get(REQUESTS), await client.get(COLLECTORS)):
                assert answer.status_code == 403
            assert (await client.put(path, json=asker.body())).status_code == 403
            assert (await client.delete(path)).status_code == 403
        assert [refusal["id"] for refusal in (await seller.get(url)).json()] == [request["id"]]
        for client in (bruno, asker.anna, elsewhere):
            assert (await client.get(url)).status_code == 403
        for client in (bruno, asker.anna, seller, elsewhere):
            assert (await asker.confirm(request, by=client)).status_code == 403
        before = (await asker.operator.get(f"/billing/members/{coop.anna}/accesses")).json()
        assert (await organiser.get(url)).status_code == 200
        after = (await asker.operator.get(f"/billing/members/{coop.anna}/accesses")).json()
        assert len(after) == len(before) + 1
        assert (await asker.confirm(request, by=organiser)).status_code == 200


async def test_requests_that_wait_are_pages(billing: Billing, asker: Asker) -> None:
    coop = asker.coop
    first = await asker.asked()
    async with billing.client("member", member_id=str(coop.bruno)) as bruno:
        path = f"{REQUESTS}/{uuid4()}"
        second = (await bruno.put(path, json=asker.body(holder="Bruno"))).json()
    url = payments_url(coop.seller, "mandate-requests")

    pages = [
        (await asker.operator.get(url, params={"limit": 1} | after)).json()
        for after in ({}, {"after": first["id"]}, {"after": second["id"]})
    ]
    unknown = await asker.operator.get(url, params={"after": str(uuid4())})

    assert pages == [[first], [second], []]
    assert problem(unknown) == (404, "mandate-request-unknown")


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"iban": "FR7620041010050500013M02606"}, 409),
        ({"iban": ""}, 409),
        ({"holder": "a\nb"}, 422),
        ({"agreed_text": ""}, 422),
        ({"language": "de"}, 422),
        ({"rum": "ELO-1"}, 422),
    ],
)
async def test_what_is_no_account_or_no_request(
    asker: Asker, fields: dict[str, str], status: int
) -> None:
    assert (await asker.ask(**fields)).status_code == status


async def test_what_an_erased_member_asked_for_goes_and_what_was_confirmed_stays(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    counts = []
    for is_confirmed in (False, True):
        coop = Coop()
        await billing.tell(*coop.events())
        async with asking(billing, operator, coop) as asker:
            request = await asker.asked()
            if is_confirmed:
                assert (await asker.confirm(request)).is_success
        await billing.tell(erased(coop.anna))
        async with (
            billing.platform.database("billing") as database,
            database.transaction() as session,
        ):
            query = text("SELECT count(*) FROM mandate_request WHERE debtor_id = :id")
            counts.append(await session.scalar(query, {"id": coop.anna}))

    assert counts == [0, 1]


async def test_a_request_is_confirmed_or_withdrawn_never_both(asker: Asker) -> None:
    for number in range(4):
        request = await asker.asked()

        confirmed, withdrawn = await asyncio.gather(
            asker.confirm(request, f"ELO-{number}"),
            asker.anna.delete(f"{REQUESTS}/{request['id']}"),
        )

        statuses = (confirmed.status_code, withdrawn.status_code)
        made = {mandate["rum"] for mandate in (await asker.anna.get("/billing/mandates")).json()}
        assert (statuses, f"ELO-{number}" in made) in [((200, 409), True), ((404, 204), False)]


async def test_a_mandate_that_is_recorded_meanwhile_is_replaced_too(asker: Asker) -> None:
    """By who has it on paper: one of the two is in force, whichever comes first."""
    request = await asker.asked()
    url = payments_url(asker.coop.seller, "mandates", uuid4())

    answers = await asyncio.gather(
        asker.confirm(request), asker.operator.put(url, json=mandate(asker.coop.anna))
    )

    assert {answer.status_code for answer in answers} <= {200, 409}
    mandates = (await asker.anna.get("/billing/mandates")).json()
    assert len([mandate for mandate in mandates if mandate["revoked_on"] is None]) == 1
