"""Whatever is sold at whatever price: lines, document, books, direct debits and FEC are one sum."""

import json
from typing import Any
from uuid import UUID

import httpx
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from tests.billing.fec_rules import checked_fec
from tests.billing.money import (
    balances,
    collect,
    payments_url,
    read_collection,
    read_debits,
    record_mandate,
    set_creditor,
    texts,
)
from tests.billing.statements import bank_tells, booked
from tests.billing.world import Billing, Coop, issue, price

_PRICES = st.integers(0, 999_999).map(lambda micro: f"0.{micro:06}")
_VAT = st.sampled_from([("standard", "0.2"), ("franchise", "0")])
_ACCISE = st.sampled_from(
    [{}, {"regime": "standard", "legal_basis": None, "evidence": None}],
)
_DAYS = st.lists(st.integers(-60_000, 900_000), min_size=31, max_size=31)


async def fec_of(client: httpx.AsyncClient, owner: UUID, year: int) -> dict[str, int]:
    """Debits less credits by account, of a file that obeys its rules."""
    answer = await client.get(payments_url(owner, "fec"), params={"year": year})
    assert answer.status_code == 200, answer.text
    name = answer.headers["content-disposition"].split('"')[1]
    fec = checked_fec(answer.content, name)
    accounts = {row["CompteNum"] for row in fec.rows}
    return {one: fec.cents("Debit", one) - fec.cents("Credit", one) for one in accounts}


def check_document(invoice: dict[str, Any]) -> None:
    """Lines and taxes are the bases of VAT, and the totals are the sums of all."""
    lines = [*invoice["lines"], *invoice["taxes"]]
    for vat in invoice["vat"]:
        of_rate = [one["amount_cents"] for one in lines if one["vat_rate"] == vat["rate"]]
        assert sum(of_rate) == vat["base_cents"]
    excl_cents = sum(one["amount_cents"] for one in lines)
    vat_cents = sum(one["vat_cents"] for one in invoice["vat"])
    assert invoice["total_excl_vat_cents"] == excl_cents
    assert invoice["total_incl_vat_cents"] == excl_cents + vat_cents


# Each example is some twenty requests, so a failing one is shown as it was found.
@settings(
    max_examples=5,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    prices=st.tuples(_PRICES, _PRICES),
    vat=_VAT,
    accise=_ACCISE,
    energies=st.tuples(_DAYS, _DAYS, _DAYS),
)
async def test_lines_document_books_debits_and_fec_are_one_sum(
    *,
    billing: Billing,
    operator: httpx.AsyncClient,
    prices: tuple[str, str],
    vat: tuple[str, str],
    accise: dict[str, str | None],
    energies: tuple[list[int], list[int], list[int]],
) -> None:
    assume(any(energies[1]) or any(energies[2]))
    coop = Coop()
    homes = (coop.seller_home, coop.anna_home, coop.bruno_home)
    sold = {(coop.roof, home): days for home, days in zip(homes, energies, strict=True)}
    await billing.tell(*coop.members(), coop.perimeter(), coop.settlement(sold))
    regime, rate = vat
    await coop.decide_taxes(operator, vat_regime=regime)
    await coop.decide_accise(operator, **accise)
    of_rate = {"vat_rate": rate, "vat_mention": None if float(rate) else "art. 293 B du CGI"}
    await coop.price(
        operator,
        price(prices[0], valid_to="2026-10-14", **of_rate),
        price(prices[1], valid_from="2026-10-14", **of_rate),
    )
    answer = await issue(operator, await coop.draft(operator))
    assert answer.status_code == 200, answer.text
    invoices = answer.json()
    own = await set_creditor(operator, coop.seller)
    for customer in (coop.anna, coop.bruno):
        await record_mandate(operator, coop.seller, customer)

    for invoice in invoices:
        check_document(invoice)
    totals = [one["total_incl_vat_cents"] for one in invoices]
    books = await balances(operator, coop.seller)
    assert books.get("411000", 0) == sum(totals)
    excl_cents = sum(one["total_excl_vat_cents"] for one in invoices)
    assert -sum(books.get(account, 0) for account in ("701000", "706000", "447000")) == excl_cents
    fec = await fec_of(operator, coop.seller, 2026)
    assert {account: cents for account, cents in fec.items() if cents} == books
    made = await collect(operator, coop.seller)
    owed = [cents for cents in totals if cents > 0]
    if not owed:
        assert made.json()["type"] == "/problems/nothing-to-collect", json.dumps(totals)
        return
    document = await read_debits(operator, coop.seller, made.json()["id"])
    amounts = [int(one.replace(".", "")) for one in texts(document, "InstdAmt")]
    assert sorted(amounts) == sorted(owed)
    assert {one.replace(".", "") for one in texts(document, "CtrlSum")} == {f"{sum(owed):03}"}

    # What the bank says is received leaves only the credits of customers.
    items = (await read_collection(operator, coop.seller, made.json()["id"]))["items"]
    entries = [booked(one["amount_cents"], end_to_end_id=UUID(one["id"]).hex) for one in items]
    assert await bank_tells(operator, own, *entries) == (len(owed), len(owed))
    after = await balances(operator, coop.seller)
    assert after.get("411000", 0) == sum(cents for cents in totals if cents < 0)
    assert after["512000"] == sum(owed)
