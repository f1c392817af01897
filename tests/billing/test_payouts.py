import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import httpx
import pytest

from services.billing.domain.payments.payouts.payouts import PayeeAccount, PayoutItem, PayoutPlan
from services.billing.store.books.ledger import lock_books
from services.billing.store.payments.creditors import get_creditor
from services.billing.store.payments.payouts import save_payout
from tests.billing.locks import until_somebody_waits
from tests.billing.money import (
    balances,
    collect,
    creditor,
    issued_by_customer,
    payments_url,
    read_collection,
    read_debits,
    record_mandate,
    set_creditor,
    texts,
    today,
)
from tests.billing.payouts import pay_out, read_transfers
from tests.billing.statements import bank_tells, booked
from tests.billing.world import Billing, Coop
from tests.support.clock import CLOCK


async def test_a_member_collects_for_another_and_pays_out(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices = await issued_by_customer(operator, coop, terms_days=0)
    # Bruno's association collects for the seller.
    pmo = await set_creditor(operator, coop.bruno, name="Les Voisins")
    payee = await set_creditor(operator, coop.seller, ics=None, collected_by=str(coop.bruno))
    await record_mandate(operator, coop.bruno, coop.anna)
    made = (await collect(operator, coop.bruno)).json()
    assert [invoice["reason"] for invoice in made["skipped"]] == ["mandate-missing"]
    document = await read_debits(operator, coop.bruno, made["id"])
    assert "Soleils SAS" in texts(document, "Nm")
    (item,) = (await read_collection(operator, coop.bruno, made["id"]))["items"]
    assert item["documents"][0]["invoice_id"] == invoices["Anna"]["id"]
    assert (await pay_out(operator, coop.bruno)).json()["type"] == "/problems/nothing-to-pay-out"

    await bank_tells(operator, pmo, booked(372, end_to_end_id=UUID(item["id"]).hex))

    assert await balances(operator, coop.bruno) == {"512000": 372, "467000": -372}
    owed = {"411000": 372, "445712000": -124, "467000": 372, "701000": -620}
    assert await balances(operator, coop.seller) == owed
    payout = (await pay_out(operator, coop.bruno)).json()
    assert payout["total_cents"] == 372
    # It is on its way: nothing is paid twice.
    assert (await pay_out(operator, coop.bruno)).status_code == 409
    transfers = await read_transfers(operator, coop.bruno, payout["id"])
    assert texts(transfers, "InstdAmt") == ["3.72"]
    assert texts(transfers, "IBAN") == [pmo["iban"], payee["iban"]]
    looks = (await operator.get(f"/billing/members/{coop.seller}/accesses")).json()
    assert looks[0]["route"] == "/billing/issuers/{issuer_id}/payouts/{payout_id}/pain.001.xml"

    (end_to_end_id,) = texts(transfers, "EndToEndId")
    assert await bank_tells(operator, pmo, booked(-372, end_to_end_id=end_to_end_id)) == (1, 1)

    assert await balances(operator, coop.bruno) == {}
    del owed["467000"]
    assert await balances(operator, coop.seller) == owed | {"512000": 372}
    url = payments_url(coop.bruno, "payouts", payout["id"])
    assert (await operator.get(url)).json()["items"][0]["executed_on"] is not None
    cancelled = await operator.post(f"{url}/cancellation")
    assert cancelled.json()["type"] == "/problems/payout-executed"
    # The payee's bank sends it back: it is owed again.
    back = booked(372, end_to_end_id=end_to_end_id, reason="AM05")
    assert await bank_tells(operator, pmo, back) == (1, 1)
    assert (await pay_out(operator, coop.bruno)).json()["total_cents"] == 372


async def test_a_payout_made_while_a_statement_waits_is_executed_by_it(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    pmo = await set_creditor(operator, coop.bruno)
    await set_creditor(operator, coop.seller)
    payout_id, transfer_id = uuid4(), uuid4()
    booking = booked(-372, end_to_end_id=transfer_id.hex)
    async with billing.platform.database("billing") as database:
        async with database.transaction() as paying:
            await lock_books(paying, [coop.bruno])
            telling = asyncio.create_task(bank_tells(operator, pmo, booking))
            await until_somebody_waits(paying)
            seller = await get_creditor(paying, coop.seller)
            owed = PayeeAccount(
                coop.seller, seller.name, seller, today(), today(), before_cents=0, owed_cents=372
            )
            transfer = PayoutItem(transfer_id, seller, owed)
            await save_payout(
                paying,
                payout_id,
                coop.bruno,
                PayoutPlan([transfer]),
                day=today(),
                created_at=CLOCK.now(),
                content=b"<Document/>",
            )
        assert await telling == (1, 1)

    assert await balances(operator, coop.seller) == {"512000": 372, "467000": -372}


@pytest.mark.parametrize("edition", [2009, 2019])
async def test_a_payout_obeys_the_schema_of_its_edition_and_can_be_cancelled(
    operator: httpx.AsyncClient, coop: Coop, edition: int
) -> None:
    invoices = await issued_by_customer(operator, coop, terms_days=0)
    pmo = await set_creditor(operator, coop.bruno, edition=edition, bic="PSSTFRPPXXX")
    await set_creditor(
        operator, coop.seller, ics=None, bic="PSSTFRPPXXX", collected_by=str(coop.bruno)
    )
    await bank_tells(operator, pmo, booked(200, remittance=invoices["Anna"]["number"]))
    payout = (await pay_out(operator, coop.bruno)).json()

    transfers = await read_transfers(operator, coop.bruno, payout["id"])

    assert texts(transfers, "CtrlSum") == ["2.00", "2.00"]
    url = payments_url(coop.bruno, "payouts", payout["id"], "cancellation")
    assert (await operator.post(url)).json()["cancelled_on"] is not None
    assert (await pay_out(operator, coop.bruno)).json()["total_cents"] == 200


async def test_nothing_is_paid_out_in_the_past(operator: httpx.AsyncClient, coop: Coop) -> None:
    await set_creditor(operator, coop.seller)
    yesterday = (today() - timedelta(days=1)).isoformat()

    url = payments_url(coop.seller, "payouts", uuid4())
    answer = await operator.put(url, json={"day": yesterday})

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/payout-too-soon")
    assert answer.json()["first_day"] == today().isoformat()


async def test_one_member_collects_for_the_other_and_not_round(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await set_creditor(operator, coop.bruno)
    await set_creditor(operator, coop.seller, collected_by=str(coop.bruno))
    body = creditor(collected_by=str(coop.seller))
    answer = await operator.put(payments_url(coop.bruno, "creditor"), json=body)
    assert answer.json()["type"] == "/problems/collects-for-itself"
    assert (await collect(operator, coop.seller)).json()["type"] == "/problems/creditor-missing"


async def test_nobody_collects_in_the_place_of_itself(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    body = creditor(collected_by=str(coop.seller))
    url = payments_url(coop.seller, "creditor")
    first = await operator.put(url, json=body)
    assert first.json()["type"] == "/problems/collects-for-itself"
    await set_creditor(operator, coop.seller)
    assert (await operator.put(url, json=body)).json()["type"] == "/problems/collects-for-itself"


async def test_of_two_who_want_to_collect_for_each_other_at_once_one_does(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    members = (coop.seller, coop.bruno)
    for _ in range(4):
        for member in members:
            await set_creditor(operator, member)
        asked = [
            await operator.put(
                payments_url(member_id, "creditor"), json=creditor(collected_by=str(other))
            )
            for member_id, other in (members, members[::-1])
        ]
        async with (
            billing.client("member", member_id=str(coop.seller)) as seller,
            billing.client("member", member_id=str(coop.bruno)) as bruno,
        ):
            answers = await asyncio.gather(
                *(
                    client.post(
                        payments_url(
                            member_id,
                            "creditor-change",
                            answer.json()["change"]["id"],
                            "confirmation",
                        )
                    )
                    for client, member_id, answer in zip(
                        (seller, bruno), members, asked, strict=True
                    )
                )
            )
        assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_what_was_collected_before_a_seller_collects_for_itself_is_still_owed_to_it(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await issued_by_customer(operator, coop, terms_days=0)
    pmo = await set_creditor(operator, coop.bruno)
    await set_creditor(operator, coop.seller, collected_by=str(coop.bruno))
    await record_mandate(operator, coop.bruno, coop.anna)
    made = (await collect(operator, coop.bruno)).json()
    (item,) = (await read_collection(operator, coop.bruno, made["id"]))["items"]
    await set_creditor(operator, coop.seller)

    assert await bank_tells(operator, pmo, booked(372, end_to_end_id=UUID(item["id"]).hex)) == (
        1,
        1,
    )

    assert await balances(operator, coop.bruno) == {"512000": 372, "467000": -372}
    assert (await pay_out(operator, coop.bruno)).json()["total_cents"] == 372
