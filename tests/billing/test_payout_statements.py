"""What a producer is told of a payout: collected, returned, kept and paid, by invoice."""

from io import BytesIO
from typing import Any
from uuid import UUID

import httpx
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from tests.billing.money import balances, payments_url, record_mandate, texts
from tests.billing.payouts import pay_out, previewed, read_transfers
from tests.billing.statements import bank_tells, booked, refund
from tests.billing.test_withheld_payouts import collector_of, debit, keep
from tests.billing.world import Billing, Coop


async def statement_of(
    client: httpx.AsyncClient, coop: Coop, payout: dict[str, Any]
) -> tuple[str, dict[str, Any]]:
    """Where the only statement of a payout is, and what it says; its sums are whole."""
    url = payments_url(coop.bruno, "payouts", payout["id"])
    (item,) = (await client.get(url)).json()["items"]
    answer = await client.get(f"{url}/items/{item['id']}/statement")
    assert answer.status_code == 200, answer.text
    said = answer.json()
    moved_cents = sum(movement["amount_cents"] for movement in said["movements"])
    sums_cents = said["collected_cents"] - said["returned_cents"] - said["refunded_cents"]
    assert moved_cents == sums_cents
    owed_cents = said["before_cents"] + said["earlier_transfers_cents"] + moved_cents
    assert said["owed_cents"] == owed_cents
    kept_cents = said["credits_cents"] + said["reserve_cents"]
    assert said["amount_cents"] == owed_cents - kept_cents > 0
    return f"{url}/items/{item['id']}/statement", said


async def test_a_statement_says_what_a_payout_is_made_of_by_invoice(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices, association = await collector_of(operator, coop)
    await record_mandate(operator, coop.bruno, coop.anna)
    end_to_end_id = await debit(operator, coop)
    numbers = {name: invoice["number"] for name, invoice in invoices.items()}
    await bank_tells(operator, association, booked(500, remittance=numbers["Bruno"]))
    await bank_tells(
        operator, association, booked(-372, end_to_end_id=end_to_end_id, reason="AM04")
    )
    payout = (await pay_out(operator, coop.bruno)).json()

    url, said = await statement_of(operator, coop, payout)

    sums = ("collected_cents", "returned_cents", "owed_cents", "amount_cents")
    owed_cents = 500 - int(invoices["Bruno"]["total_incl_vat_cents"])
    assert [said[name] for name in sums] == [872, 372, 500, 500 - max(owed_cents, 0)]
    movements = {
        (movement["customer_name"], movement["kind"], movement["number"], movement["amount_cents"])
        for movement in said["movements"]
    }
    assert movements == {
        ("Anna", "collected", numbers["Anna"], 372),
        ("Anna", "returned", numbers["Anna"], -372),
        ("Bruno", "collected", numbers["Bruno"], 500),
    }
    transfers = await read_transfers(operator, coop.bruno, payout["id"])
    (remittance,) = texts(transfers, "Ustrd")
    assert said["number"] in remittance
    assert remittance.startswith("Reversement ")
    async with billing.client("member", member_id=str(coop.seller)) as seller:
        (listed,) = (await seller.get(f"/billing/payees/{coop.seller}/payouts")).json()
        assert {name: said[name] for name in listed} == listed
        assert (await seller.get(url)).json() == said
        pages = [await seller.get(f"{url}.pdf", params={"language": lang}) for lang in ("fr", "en")]
    french, english = (
        " ".join(
            " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages).split()
        )
        for pdf in pages
    )
    for text, words in (
        (french, "Prélèvements revenus"),
        (english, "Returned direct debits"),
    ):
        assert words in text
        assert all(fact in text for fact in (said["number"], numbers["Anna"], "Les Voisins"))
    async with billing.client("member", member_id=str(coop.anna)) as anna:
        answers = [await anna.get(url), await anna.get(f"/billing/payees/{coop.seller}/payouts")]
    assert [answer.status_code for answer in answers] == [403, 403]


async def test_what_is_paid_back_by_hand_is_on_the_next_statement(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices, association = await collector_of(operator, coop)
    await bank_tells(operator, association, booked(500, remittance=invoices["Anna"]["number"]))
    await pay_out(operator, coop.bruno)
    await refund(operator, association, 128, invoices["Anna"]["id"])
    await bank_tells(operator, association, booked(200, remittance=invoices["Bruno"]["number"]))

    _, said = await statement_of(operator, coop, (await pay_out(operator, coop.bruno)).json())

    sums = ("before_cents", "collected_cents", "refunded_cents", "amount_cents")
    assert [said[name] for name in sums] == [128, 200, 128, 200]


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["transfer", "debit", "return_", "pay_out", "answer", "reserve"]),
        st.integers(1, 600),
    ),
    min_size=4,
    max_size=10,
)


@settings(
    max_examples=5,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=_STEPS)
async def test_whatever_happens_statements_and_both_books_are_one_sum(
    *, billing: Billing, operator: httpx.AsyncClient, steps: list[tuple[str, int]]
) -> None:
    coop = Coop()
    await billing.tell(*coop.events())
    invoices, association = await collector_of(operator, coop)
    await record_mandate(operator, coop.bruno, coop.anna)
    debits, transfers = list[str](), list[dict[str, Any]]()
    was_debited = False

    for step, number in steps:
        if step == "transfer":
            said = booked(number, remittance=invoices["Bruno"]["number"])
            await bank_tells(operator, association, said)
        elif step == "debit" and not was_debited:
            was_debited = True
            debits.append(await debit(operator, coop))
        elif step == "return_" and debits:
            said = booked(-372, end_to_end_id=debits.pop(), reason="AM04")
            await bank_tells(operator, association, said)
        elif step == "reserve":
            await keep(operator, coop, number % 101, number % 57)
        elif step == "pay_out":
            answer = await pay_out(operator, coop.bruno)
            if answer.status_code == 200:
                _, statement = await statement_of(operator, coop, answer.json())
                transfers.append(statement)
        elif step == "answer" and transfers:
            done = transfers.pop()
            out = booked(-done["amount_cents"], end_to_end_id=UUID(done["id"]).hex)
            await bank_tells(operator, association, out)

        ours = (await balances(operator, coop.bruno)).get("467000", 0)
        theirs = (await balances(operator, coop.seller)).get("467000", 0)
        assert ours == -theirs
        payees = await previewed(operator, coop.bruno)
        pending_cents = sum(waiting["amount_cents"] for waiting in transfers)
        owed_cents = sum(payee["owed_cents"] for payee in payees.values())
        assert owed_cents == theirs - pending_cents
