"""Another account for what customers pay: who hears of it, and from when it serves (M1)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx

from libs.common.database import Database
from libs.common.events.billing import CreditorChanged
from services.billing.commands.payments.creditors import use_due_changes
from services.billing.domain.payments.creditor_changes import WAITS
from tests.billing.money import (
    collect,
    creditor,
    issued_by_customer,
    new_iban,
    payments_url,
    read_debits,
    record_mandate,
    set_creditor,
    texts,
)
from tests.billing.payouts import pay_out, read_transfers
from tests.billing.statements import bank_tells, booked
from tests.billing.world import Billing, Coop
from tests.support.clock import SetClock


async def _ask(client: httpx.AsyncClient, coop: Coop, **fields: object) -> dict[str, Any]:
    answer = await client.put(payments_url(coop.seller, "creditor"), json=creditor(**fields))
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def _iban(client: httpx.AsyncClient, coop: Coop) -> str:
    answer = await client.get(payments_url(coop.seller, "creditor"))
    iban: str = answer.json()["iban"]
    return iban


async def _confirm(
    client: httpx.AsyncClient, coop: Coop, asked: dict[str, Any]
) -> tuple[int, str | None]:
    path = ("creditor-change", asked["change"]["id"], "confirmation")
    answer = await client.post(payments_url(coop.seller, *path))
    return answer.status_code, answer.json().get("type")


async def test_another_account_serves_once_another_person_has_confirmed_it(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    former = await set_creditor(operator, coop.seller)
    operations = [coop.operation_id]
    async with (
        billing.client("organiser", operations=operations) as organiser,
        billing.client("organiser", operations=operations, sub="a second one") as accomplice,
        billing.client("member", member_id=str(coop.seller)) as seller,
        billing.client("member", member_id=str(coop.anna), sub="Anna") as anna,
    ):
        asked = await _ask(organiser, coop)
        again = await _ask(organiser, coop, iban=asked["iban"])
        refused = [await _confirm(client, coop, asked) for client in (organiser, accomplice, anna)]
        before = await _iban(organiser, coop)
        waiting = await seller.get(payments_url(coop.seller, "creditor-change"))
        confirmed = await _confirm(seller, coop, asked)
        twice = await _confirm(seller, coop, asked)
        after = await _iban(organiser, coop)

    assert again["change"] == asked["change"]
    assert refused == [(409, "/problems/another-person-needed")] * 2 + [
        (403, "/problems/forbidden")
    ]
    assert before == former["iban"]
    assert waiting.json()["change"] == asked["change"]
    assert asked["iban"] not in waiting.text
    assert (confirmed, after) == ((200, None), asked["iban"])
    assert twice == (404, "/problems/creditor-change-unknown")


async def test_what_staff_ask_for_an_organiser_confirms_and_who_asks_never(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await set_creditor(operator, coop.seller)
    asked = await _ask(operator, coop)

    answer = await _confirm(operator, coop, asked)
    async with billing.client("organiser", operations=[coop.operation_id]) as organiser:
        theirs = await _confirm(organiser, coop, asked)

    assert answer == (409, "/problems/another-person-needed")
    assert (theirs, await _iban(operator, coop)) == ((200, None), asked["iban"])


async def test_the_seller_or_whoever_asked_refuses_what_waits_and_strangers_do_not(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    former = await set_creditor(operator, coop.seller)
    async with (
        billing.client("organiser", operations=[coop.operation_id]) as organiser,
        billing.client("member", member_id=str(coop.seller)) as seller,
        billing.client("member", member_id=str(coop.anna), sub="Anna") as anna,
    ):
        asked = await _ask(organiser, coop)
        url = payments_url(coop.seller, "creditor-change", asked["change"]["id"])
        answers = [(await client.delete(url)).status_code for client in (anna, seller, seller)]
        again = await _ask(organiser, coop)
        await organiser.delete(url.replace(asked["change"]["id"], again["change"]["id"]))
        late = await _confirm(seller, coop, again)
    events = await billing.published(CreditorChanged, str(coop.seller))

    assert [event.state for event in events] == ["asked", "refused"] * 2
    assert (events[0].url or "").endswith(f"/billing/issuers/{coop.seller}/creditor-change")
    assert answers == [403, 204, 404]
    assert late == (404, "/problems/creditor-change-unknown")
    assert await _iban(operator, coop) == former["iban"]


async def test_an_account_that_nobody_confirms_serves_after_72_hours(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    former = await set_creditor(operator, coop.seller)
    asked = await _ask(operator, coop)
    clock = SetClock()
    async with billing.platform.database("billing", clock) as database:
        clock.set(clock.now() + WAITS - timedelta(minutes=5))
        await _use_all_due(database)
        before = await _iban(operator, coop)
        clock.set(clock.now() + timedelta(minutes=10))
        await _use_all_due(database)

    assert (before, await _iban(operator, coop)) == (former["iban"], asked["iban"])


async def _use_all_due(database: Database) -> None:
    while not (await use_due_changes(database)).at_most_s:
        pass


async def test_who_collects_instead_waits_too_and_what_moves_no_money_does_not(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    own_creditor = await set_creditor(operator, coop.seller)
    await set_creditor(operator, coop.bruno)

    collector = await _ask(operator, coop, iban=own_creditor["iban"], collected_by=str(coop.bruno))
    notice = await _ask(operator, coop, iban=own_creditor["iban"], notice_days=3)
    gone = await operator.get(payments_url(coop.seller, "creditor-change"))

    assert collector["change"] is not None
    assert (notice["change"], gone.status_code) == (None, 404)
    published = await billing.published(CreditorChanged, str(coop.seller))
    assert [change.state for change in published] == ["asked", "refused"]


async def test_a_first_account_is_for_staff_to_record_and_waits_if_an_organiser_does(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    url = payments_url(coop.seller, "creditor")
    async with billing.client("organiser", operations=[coop.operation_id]) as organiser:
        asked = await _ask(organiser, coop)
        missing = await organiser.get(url)
        confirmed = await _confirm(operator, coop, asked)

    assert missing.json()["type"] == "/problems/creditor-missing"
    assert (confirmed, await _iban(operator, coop)) == ((200, None), asked["iban"])


async def test_direct_debits_and_payouts_meanwhile_go_by_the_former_account(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices = await issued_by_customer(operator, coop, terms_days=0)
    association = await set_creditor(operator, coop.bruno, name="Les Voisins")
    payee = await set_creditor(operator, coop.seller, ics=None, collected_by=str(coop.bruno))
    await record_mandate(operator, coop.bruno, coop.anna)
    await bank_tells(operator, association, booked(200, remittance=invoices["Bruno"]["number"]))

    await _ask(operator, coop, ics=None, collected_by=str(coop.bruno))
    other = creditor(name="Les Voisins")
    await operator.put(payments_url(coop.bruno, "creditor"), json=other)

    made = (await collect(operator, coop.bruno)).json()
    debits = await read_debits(operator, coop.bruno, made["id"])
    payout = (await pay_out(operator, coop.bruno)).json()
    transfers = await read_transfers(operator, coop.bruno, payout["id"])
    assert association["iban"] in texts(debits, "IBAN")
    assert other["iban"] not in texts(debits, "IBAN")
    assert texts(transfers, "IBAN") == [association["iban"], payee["iban"]]


async def test_community_is_told_when_it_is_asked_and_when_it_serves_without_an_iban(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    ibans = [new_iban(), new_iban()]
    for iban in ibans:
        await set_creditor(operator, coop.seller, iban=iban)

    events = await billing.published(CreditorChanged, str(coop.seller))

    assert [event.state for event in events] == ["asked", "in_use"]
    for event in events:
        assert (event.former_account_end, event.account_end) == tuple(iban[-4:] for iban in ibans)
        assert event.operations == [coop.operation_id]
        assert event.good_from - event.time <= WAITS
        assert not any(iban in event.model_dump_json() for iban in ibans)


async def test_of_a_change_that_was_never_asked_for_nobody_says_anything(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await set_creditor(operator, coop.seller)
    asked = {"change": {"id": str(uuid4())}}

    assert await _confirm(operator, coop, asked) == (404, "/problems/creditor-change-unknown")
