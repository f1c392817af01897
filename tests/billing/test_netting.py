"""A customer's credit pays what they owe the same seller: nobody is debited twice."""

from collections.abc import Sequence
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.billing.correcting import choose
from tests.billing.money import collect, collection_day, payments_url, today
from tests.billing.statements import bank_tells, booked
from tests.billing.test_invoice_payments import payment
from tests.billing.treasury import Treasury, treasury
from tests.billing.village_treasury import village_treasury
from tests.billing.world import Billing
from tests.support.nightly import parts


async def test_who_has_paid_a_bill_that_is_replaced_is_debited_the_difference_only(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await treasury(billing, operator)
    await anna.collect(0)
    await anna.receive(0)

    await anna.correct(2)

    # One kWh more: 0.12 € is open of the new invoice, in the transaction that issued it.
    assert await anna.open_items() == [12]
    (new,) = [bill for bill in await anna.invoices() if bill["refers_to"]]
    assert (new["total_incl_vat_cents"], new["prepaid_cents"]) == (384, 372)
    await anna.collect(0)
    assert [debit.cents for debit in anna.debits] == [372, 12]


async def test_who_is_being_debited_for_a_bill_that_is_replaced_is_not_debited_again(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await treasury(billing, operator)
    await anna.collect(0)

    await anna.correct(0)

    answer = await collect(operator, anna.coop.seller)
    assert answer.json()["type"] == "/problems/nothing-to-collect"
    assert "paid-by-another-debit" in {skip["reason"] for skip in answer.json()["skipped"]}
    # The debit is rejected, so the new invoice is collected after all.
    await anna.reject(0)
    await anna.collect(0)
    assert [debit.cents for debit in anna.debits] == [372, 360]


async def test_a_bill_that_replaces_one_being_debited_asks_for_what_is_left(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await treasury(billing, operator)
    await anna.collect(0)
    await anna.correct(2)
    replaced, new = sorted(await anna.invoices(), key=lambda invoice: str(invoice["number"]))

    debit = (await payment(operator, replaced))["collection"]
    asked = await payment(operator, new)

    # 3.72 € are on their way, 0.12 € are left.
    assert (asked["state"], asked["open_cents"], asked["payable_cents"]) == ("overdue", 384, 12)
    await anna.correct(0)
    *_, last = sorted(await anna.invoices(), key=lambda invoice: str(invoice["number"]))
    asked = await payment(operator, last)
    assert (asked["state"], asked["open_cents"], asked["payable_cents"]) == ("announced", 360, 0)
    assert (asked["collection"], asked["account"]) == (debit, None)
    await anna.reject(0)
    asked = await payment(operator, last)
    assert (asked["state"], asked["payable_cents"], asked["collection"]) == ("overdue", 360, None)


async def test_a_debit_that_arrives_after_its_bill_was_replaced_pays_the_new_one(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await treasury(billing, operator)
    await anna.collect(0)
    await anna.correct(0)
    assert await anna.open_items() == [360]

    await anna.receive(0)

    assert await anna.open_items() == [-12]


async def test_a_debit_that_comes_back_after_its_bill_was_replaced_leaves_the_new_one_to_pay(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await treasury(billing, operator)
    await anna.collect(0)
    await anna.receive(0)
    await anna.correct(2)
    await anna.correct(3)
    assert await anna.open_items() == [24]

    await anna.return_(0)

    assert await anna.open_items() == [396]
    bills = sorted(await anna.invoices(), key=lambda invoice: str(invoice["number"]))
    asked = [await payment(operator, bill) for bill in bills]
    assert [(bill["state"], bill["open_cents"]) for bill in asked] == [
        ("credited", 0),
        ("credited", 0),
        ("overdue", 396),
    ]
    await anna.collect(0)
    assert [debit.cents for debit in anna.debits] == [372, 396]


async def test_what_was_paid_too_much_pays_the_next_bill(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await treasury(billing, operator)
    await anna.collect(0)
    (bill,) = await anna.invoices()
    asked = await payment(operator, bill)
    assert (asked["state"], asked["open_cents"], asked["payable_cents"]) == ("announced", 372, 0)
    await anna.reject(0)
    await anna.transfer(500)
    assert await anna.open_items() == [-128]
    asked = await payment(operator, bill)
    assert (asked["state"], asked["open_cents"], asked["payable_cents"]) == ("paid", -128, 0)

    await anna.month(0)

    assert await anna.open_items() == [244]


async def test_a_transfer_for_a_bill_that_is_paid_already_pays_another_at_once(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await treasury(billing, operator)
    await anna.month(0)
    first, _ = sorted(document["number"] for document in await anna.documents())

    assert await bank_tells(operator, anna.account, booked(500, remittance=first)) == (1, 1)

    assert await anna.open_items() == [244]
    preview = await operator.get(
        payments_url(anna.coop.seller, "collection-preview"),
        params={"collection_date": collection_day().isoformat(), "notified_on": str(today())},
    )
    assert [debit["amount_cents"] for debit in preview.json()["debits"]] == [244]
    answer = await operator.post(payments_url(anna.coop.seller, "reminders"), json={"day": None})
    ids = {document["id"] for document in await anna.documents()}
    assert [row["open_cents"] for row in answer.json() if row["invoice_id"] in ids] == [244]


async def test_a_transfer_that_is_taken_back_takes_back_what_it_had_paid_too_much(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await treasury(billing, operator)
    await anna.month(0)
    first, _ = sorted(document["number"] for document in await anna.documents())
    assert await bank_tells(operator, anna.account, booked(500, remittance=first)) == (1, 1)
    assert await anna.open_items() == [244]
    transactions = payments_url(anna.coop.seller, "bank-transactions")
    (transaction,) = (await operator.get(transactions)).json()

    answer = await operator.delete(f"{transactions}/{transaction['id']}/assignment")

    assert answer.status_code == 200, answer.text
    assert await anna.open_items() == [372, 372]


async def test_a_transfer_for_a_bill_that_was_replaced_meanwhile_pays_the_new_one(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    anna = await treasury(billing, operator)
    (replaced,) = await anna.invoices()
    await anna.correct(2)

    assert await bank_tells(operator, anna.account, booked(372, remittance=replaced["number"])) == (
        1,
        1,
    )

    assert await anna.open_items() == [12]


@pytest.mark.parametrize("by", ["rejection", "cancellation"])
async def test_what_is_not_debited_after_all_is_paid_by_a_credit_for_good(
    billing: Billing, operator: httpx.AsyncClient, by: str
) -> None:
    anna = await treasury(billing, operator)
    await anna.collect(0)
    await anna.month(0)
    (debited,) = [invoice for invoice in await anna.invoices() if await is_announced(anna, invoice)]
    other = next(invoice for invoice in await anna.invoices() if invoice != debited)
    # She pays both by the number of the second, while the first is being debited.
    said = booked(744, remittance=other["number"])
    assert await bank_tells(operator, anna.account, said) == (1, 1)
    assert sorted(await anna.open_items()) == [-372, 372]

    if by == "rejection":
        await anna.reject(0)
    else:
        path = ("collections", anna.debits[0].collection_id, "cancellation")
        assert (await operator.post(payments_url(anna.coop.seller, *path))).status_code == 200

    assert await anna.open_items() == []
    answer = await collect(operator, anna.coop.seller)
    assert answer.json()["type"] == "/problems/nothing-to-collect"
    assert await anna.open_items() == []


async def is_announced(anna: Treasury, invoice: dict[str, Any]) -> bool:
    return bool((await payment(anna.client, invoice))["state"] == "announced")


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "month",
                "correct",
                "collect",
                "receive",
                "receive_by_number",
                "take_back",
                "return_",
                "reject",
                "transfer",
                "refund",
                "pay_back",
                "execute",
                "send_back",
                "refuse",
                "write_off",
                "remind",
            ]
        ),
        st.integers(1, 600),
    ),
    min_size=4,
    max_size=12,
)


_VILLAGE_STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "correct",
                "collect",
                "receive",
                "take_back",
                "return_",
                "reject",
                "transfer",
                "pay_notice",
                "refund",
                "pay_back",
                "execute",
                "send_back",
                "refuse",
                "write_off",
                "remind",
            ]
        ),
        st.integers(1, 600),
    ),
    min_size=4,
    max_size=12,
)


# Each example is some thirty requests, so a failing one is shown as it was found.
@pytest.mark.parametrize("_part", parts(4))
@settings(
    max_examples=2,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    policy=st.sampled_from(["replace", "difference"]),
    least=st.tuples(*[st.sampled_from([0, 0, 15, 400])] * 3),
    steps=_STEPS,
)
async def test_whatever_happens_what_was_paid_is_what_is_owed_once_nothing_is_open(
    *,
    _part: int,
    billing: Billing,
    operator: httpx.AsyncClient,
    policy: str,
    least: tuple[int, int, int],
    steps: Sequence[tuple[str, int]],
) -> None:
    anna = await treasury(billing, operator)
    await choose(operator, anna.coop, policy)
    anna.least = least
    await anna.set_thresholds(anna.coop)

    for step, number in steps:
        await getattr(anna, step)(number)
        assert sum(await anna.open_items()) == await anna.left_cents()
        assert await anna.has_nothing_to_set_off()
        balance_cents = max(await anna.balance_cents(), 0)
        asked_cents = await anna.asked_cents()
        assert asked_cents <= balance_cents
        assert anna.pending or anna.refunding or asked_cents == balance_cents
        account = await anna.own_account()
        assert account["closing_cents"] == account["owed"]["open_cents"]
        assert account["closing_cents"] == await anna.left_cents()
        assert account["owed"]["to_pay_cents"] == asked_cents
    await anna.settle()

    items = await anna.open_items()
    # What is not debited is too little, or to her credit.
    assert sum(cents for cents in items if cents > 0) < max(least[0], 1)
    # No more than what she transferred herself is left to her credit.
    assert anna.paid_cents + anna.lost_cents == await anna.owed_cents() - sum(items)


@pytest.mark.parametrize("_part", parts(3))
@settings(
    max_examples=2,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    policy=st.sampled_from(["replace", "difference"]),
    least=st.tuples(*[st.sampled_from([0, 0, 15, 400])] * 3),
    steps=_VILLAGE_STEPS,
)
async def test_whatever_happens_notices_of_two_sellers_ask_for_what_is_owed_and_no_more(
    *,
    _part: int,
    billing: Billing,
    operator: httpx.AsyncClient,
    policy: str,
    least: tuple[int, int, int],
    steps: Sequence[tuple[str, int]],
) -> None:
    anna = await village_treasury(billing, operator)
    await choose(operator, anna.coop, policy)
    anna.least = least
    await anna.set_thresholds(anna.coop)

    for step, number in steps:
        await getattr(anna, step)(number)
        assert sum(await anna.open_items()) == await anna.left_cents()
        assert await anna.has_nothing_to_set_off()
        asked_cents, due_cents = await anna.asked_cents(), await anna.due_cents()
        assert asked_cents <= due_cents
        assert anna.pending or anna.refunding or asked_cents == due_cents
        account = await anna.own_account()
        assert account["closing_cents"] == await anna.left_cents()
        assert account["owed"]["to_pay_cents"] == asked_cents
        await anna.check_notices()
    await anna.settle()

    items = await anna.open_items()
    assert sum(cents for cents in items if cents > 0) < max(least[0], 1)
    assert anna.paid_cents + anna.lost_cents == await anna.owed_cents() - sum(items)
