"""Whatever is sold at whatever price: lines, document, books, direct debits and FEC are one sum."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias
from uuid import UUID

import httpx
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from libs.common.ids import Prm
from tests.billing.correcting import choose, issue_month
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
from tests.billing.runs import carry_out, start
from tests.billing.statements import bank_tells, booked
from tests.billing.world import Billing, Coop, documents, issue, price

_PRICES = st.integers(0, 999_999).map(lambda micro: f"0.{micro:06}")
_VAT = st.sampled_from([("standard", "0.2"), ("franchise", "0")])
_ACCISE = st.sampled_from(
    [{}, {"regime": "standard", "legal_basis": None, "evidence": None}],
)
_FEES = st.lists(st.integers(1, 99_999_999), max_size=2)
_DISCOUNTS = st.none() | st.integers(1, 999_999).map(lambda parts: {"percent": f"{parts / 10_000}"})
_DAYS = st.lists(st.integers(-60_000, 900_000), min_size=31, max_size=31)
_ENERGIES = st.tuples(_DAYS, _DAYS, _DAYS)

Energies: TypeAlias = tuple[list[int], list[int], list[int]]
"""Of the seller's home, of Anna's and of Bruno's, by day."""


def at_least_nothing(energies: Energies) -> Energies:
    first, second, third = ([max(day, 0) for day in days] for days in energies)
    return first, second, third


def sold(coop: Coop, energies: Energies) -> dict[tuple[Prm, Prm], list[int]]:
    homes = (coop.seller_home, coop.anna_home, coop.bruno_home)
    return {(coop.roof, home): days for home, days in zip(homes, energies, strict=True)}


def fee(coop: Coop, number: int, micro_eur: int, **fields: str | None) -> dict[str, Any]:
    return {
        "name": f"Abonnement {number}",
        "producer": coop.roof,
        "eur_per_month": f"{micro_eur // 10**6}.{micro_eur % 10**6:06}",
        "valid_from": "2026-10-05",
        **fields,
    }


async def fec_of(client: httpx.AsyncClient, owner: UUID, year: int) -> dict[str, int]:
    """Debits less credits by account, of a file that obeys its rules."""
    answer = await client.get(payments_url(owner, "fec"), params={"year": year})
    assert answer.status_code == 200, answer.text
    name = answer.headers["content-disposition"].split('"')[1]
    fec = checked_fec(answer.content, name)
    accounts = {row["CompteNum"] for row in fec.rows}
    return {
        account: fec.cents("Debit", account) - fec.cents("Credit", account) for account in accounts
    }


def check_document(invoice: dict[str, Any]) -> None:
    """Lines and taxes are the bases of VAT, and the totals are the sums of all."""
    lines = [*invoice["lines"], *invoice["taxes"]]
    for vat in invoice["vat"]:
        of_rate = [line["amount_cents"] for line in lines if line["vat_rate"] == vat["rate"]]
        assert sum(of_rate) == vat["base_cents"]
    excl_cents = sum(line["amount_cents"] for line in lines)
    vat_cents = sum(vat_line["vat_cents"] for vat_line in invoice["vat"])
    assert invoice["total_excl_vat_cents"] == excl_cents
    assert invoice["total_incl_vat_cents"] == excl_cents + vat_cents


def open_cents(documents: Sequence[dict[str, Any]]) -> list[int]:
    """What is left of each invoice, after the credit notes that take something back of it."""
    left = {
        document["id"]: document["total_incl_vat_cents"]
        for document in documents
        if document["kind"] == "invoice"
    }
    for note in documents:
        if note["kind"] == "credit_note":
            left[note["refers_to"][0]["id"]] -= note["total_incl_vat_cents"]
    return list(left.values())


def signed_sum(documents: Iterable[dict[str, Any]], name: str) -> int:
    return sum(
        {"invoice": 1, "credit_note": -1}[document["kind"]] * document[name]
        for document in documents
    )


def signed_taxes(documents: Iterable[dict[str, Any]]) -> int:
    return sum(
        {"invoice": 1, "credit_note": -1}[document["kind"]] * tax["amount_cents"]
        for document in documents
        for tax in document["taxes"]
    )


async def declared_cents(client: httpx.AsyncClient, owner: UUID) -> list[int]:
    """Bases, VAT and accise of the quarter in which all is supplied, issued and corrected."""
    answer = await client.get(payments_url(owner, "tax-return"), params={"period": "2026-Q4"})
    assert answer.status_code == 200, answer.text
    figures = answer.json()
    return [
        sum(rate["base_cents"] for rate in figures["vat"]),
        sum(rate["vat_cents"] for rate in figures["vat"]),
        sum(rate["amount_cents"] for rate in figures["accise"]),
    ]


# Each example is some thirty requests, so a failing one is shown as it was found.
@settings(
    max_examples=5,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    prices=st.tuples(_PRICES, _PRICES),
    vat=_VAT,
    accise=_ACCISE,
    energies=_ENERGIES,
    fees=_FEES,
    discount=_DISCOUNTS,
    by_run=st.booleans(),
    revision=st.none() | st.tuples(st.sampled_from(["replace", "difference"]), _ENERGIES),
)
async def test_lines_documents_books_debits_and_fec_are_one_sum(
    *,
    billing: Billing,
    operator: httpx.AsyncClient,
    prices: tuple[str, str],
    vat: tuple[str, str],
    accise: dict[str, str | None],
    energies: Energies,
    fees: list[int],
    discount: dict[str, str] | None,
    by_run: bool,
    revision: tuple[str, Energies] | None,
) -> None:
    if revision is not None and revision[0] == "difference":
        # Less than nothing cannot be credited in part: such an operation replaces (`blocked`).
        energies, revision = (
            at_least_nothing(energies),
            (revision[0], at_least_nothing(revision[1])),
        )
    assume(any(energies[1]) or any(energies[2]))
    coop = Coop()
    await billing.tell(*coop.members(), coop.perimeter(), coop.settlement(sold(coop, energies)))
    regime, rate = vat
    await coop.decide_taxes(operator, vat_regime=regime)
    await coop.decide_accise(operator, **accise)
    of_rate = {"vat_rate": rate, "vat_mention": None if float(rate) else "art. 293 B du CGI"}
    await coop.price(
        operator,
        price(prices[0], valid_to="2026-10-14", **of_rate),
        price(prices[1], valid_from="2026-10-14", **of_rate),
        fees=[fee(coop, number, micro, **of_rate) for number, micro in enumerate(fees)],
        discounts=[{"name": "Solidaire", "valid_from": "2026-10-10", **discount}]
        if discount
        else [],
    )
    if by_run:
        run = await start(operator, coop, str(coop.month))
        run = await carry_out(operator, run, "issue", {"issue_date": "2026-11-05"})
        assert run["state"] == "issued"
    else:
        await issue_month(operator, coop)
    if revision is not None:
        policy, corrected = revision
        await choose(operator, coop, policy)
        await coop.revise(billing, sold(coop, corrected), number=2)
        if drafts := await coop.corrections(operator):
            answer = await issue(operator, drafts)
            assert answer.status_code == 200, answer.text

    invoices = await documents(operator, coop)

    for document in invoices:
        check_document(document)
    books = await balances(operator, coop.seller)
    left = open_cents(invoices)
    assert books.get("411000", 0) == signed_sum(invoices, "total_incl_vat_cents") == sum(left)
    excl_cents = signed_sum(invoices, "total_excl_vat_cents")
    assert -sum(books.get(account, 0) for account in ("701000", "447000")) == excl_cents
    fec = await fec_of(operator, coop.seller, 2026)
    assert {account: cents for account, cents in fec.items() if cents} == books
    assert await declared_cents(operator, coop.seller) == [
        signed_sum(invoices, "total_excl_vat_cents"),
        signed_sum(invoices, "total_vat_cents"),
        signed_taxes(invoices),
    ]
    await check_debits(operator, coop, [cents for cents in left if cents > 0])
    after = await balances(operator, coop.seller)
    assert after.get("411000", 0) == sum(cents for cents in left if cents < 0)


async def check_debits(client: httpx.AsyncClient, coop: Coop, owed: Sequence[int]) -> None:
    """What is owed, and no more, is what the bank is told to collect; let it be received."""
    creditor = await set_creditor(client, coop.seller)
    for customer in (coop.anna, coop.bruno):
        await record_mandate(client, coop.seller, customer)
    made = await collect(client, coop.seller)
    if not owed:
        assert made.json()["type"] == "/problems/nothing-to-collect", made.text
        return
    document = await read_debits(client, coop.seller, made.json()["id"])
    amounts, (of_file, *of_parts) = (
        [int(text.replace(".", "")) for text in texts(document, name)]
        for name in ("InstdAmt", "CtrlSum")
    )
    assert len(amounts) == len(set(texts(document, "MndtId")))  # one debit of each mandate
    assert of_file == sum(of_parts) == sum(amounts) == sum(owed)
    items = (await read_collection(client, coop.seller, made.json()["id"]))["items"]
    entries = [booked(item["amount_cents"], end_to_end_id=UUID(item["id"]).hex) for item in items]
    assert await bank_tells(client, creditor, *entries) == (len(entries), len(entries))
    assert (await balances(client, coop.seller))["512000"] == sum(owed)
