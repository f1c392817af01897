"""Invoices say how they are paid: under which mandate, or to which account."""

from typing import Any
from uuid import UUID

import httpx
from lxml import etree

from services.billing.domain.creditor_references import creditor_reference
from services.billing.domain.payments.bank_details import mask_iban
from tests.billing.correcting import issue_month, name
from tests.billing.members import member
from tests.billing.money import (
    ICS,
    new_iban,
    payments_url,
    record_mandate,
    set_creditor,
    texts,
)
from tests.billing.runs import carry_out, preflight, start
from tests.billing.world import Billing, Coop, issue

_CODES = {"sepa-direct-debit", "sepa-transfer"}


def ways(document: dict[str, Any]) -> list[tuple[str, dict[str, str]]]:
    return [
        (mention["code"], mention["facts"])
        for mention in document["mentions"]
        if mention["code"] in _CODES
    ]


async def issued(client: httpx.AsyncClient, coop: Coop) -> dict[str, dict[str, Any]]:
    await coop.price(client)
    return {name(invoice): invoice for invoice in await issue_month(client, coop)}


async def xml_of(client: httpx.AsyncClient, invoice: dict[str, Any]) -> etree._Element:
    answer = await client.get(f"/billing/invoices/{invoice['id']}/factur-x.xml")
    assert answer.status_code == 200, answer.text
    return etree.fromstring(answer.content)


async def test_a_debtor_is_told_creditor_mandate_and_day_and_others_the_account(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    creditor = await set_creditor(operator, coop.seller)
    mandate = await record_mandate(operator, coop.seller, coop.anna, signed_on="2026-01-05")

    invoices = await issued(operator, coop)

    anna, bruno = invoices["Anna"], invoices["Bruno"]
    debit = {
        "creditor_name": creditor["name"],
        "ics": ICS,
        "rum": mandate["rum"],
        "account": mask_iban(mandate["iban"]),
        "first_day": "05/12/2026",
    }
    assert ways(anna) == [("sepa-direct-debit", debit)]
    assert mandate["iban"] not in str(anna)
    assert anna["payee"] is None
    reference = creditor_reference(coop.seller, bruno["number"])
    transfer = {
        "creditor_name": creditor["name"],
        "iban": creditor["iban"],
        "reference": reference,
    }
    assert ways(bruno) == [("sepa-transfer", transfer)]
    xml = await xml_of(operator, anna)
    assert texts(xml, "CreditorReferenceID") == [ICS]
    assert texts(xml, "DirectDebitMandateID") == [mandate["rum"]]
    xml = await xml_of(operator, bruno)
    assert texts(xml, "IBANID") == [creditor["iban"]]
    assert texts(xml, "PaymentReference") == [reference]


async def test_a_seller_for_whom_another_collects_is_paid_through_it(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await billing.tell(member(coop.bruno, "Bruno", revision=2, siren="991000001"))
    association = await set_creditor(operator, coop.bruno, name="Les Voisins")
    await set_creditor(operator, coop.seller, collected_by=str(coop.bruno), ics=None)
    mandate = await record_mandate(operator, coop.bruno, coop.anna, signed_on="2026-01-05")

    invoices = await issued(operator, coop)

    ((_, debit),) = ways(invoices["Anna"])
    assert (debit["creditor_name"], debit["rum"]) == ("Les Voisins", mandate["rum"])
    ((_, transfer),) = ways(invoices["Bruno"])
    assert transfer["iban"] == association["iban"]
    payee = {"member_id": str(coop.bruno), "name": "Les Voisins", "siren": "991000001"}
    for invoice in invoices.values():
        assert invoice["payee"] == payee
        (text,) = [each["text_fr"] for each in invoice["mentions"] if each["code"] == "payee"]
        assert text.startswith("Paiement à Les Voisins (SIREN 991000001), que Soleils")
        (party,) = (await xml_of(operator, invoice)).iter("{*}PayeeTradeParty")
        assert party.findtext("{*}Name") == "Les Voisins"
        assert party.findtext("{*}SpecifiedLegalOrganization/{*}ID") == "991000001"


async def test_a_mandate_that_lapses_or_is_signed_too_late_is_not_named(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await set_creditor(operator, coop.seller)
    # Due on 5 December 2026: 36 months after 4 December 2023 it has lapsed, a day later not.
    await record_mandate(operator, coop.seller, coop.anna, signed_on="2023-12-04")
    await record_mandate(operator, coop.seller, coop.bruno, signed_on="2023-12-05")

    invoices = await issued(operator, coop)

    codes = {
        customer: [code for code, _ in ways(invoice)] for customer, invoice in invoices.items()
    }
    assert codes == {"Anna": ["sepa-transfer"], "Bruno": ["sepa-direct-debit"]}


async def test_without_an_account_and_where_nothing_is_owed_nothing_is_told(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    invoices = await issued(operator, coop)
    assert ways(invoices["Anna"]) == []

    await set_creditor(operator, coop.seller)
    url = f"/billing/invoices/{invoices['Anna']['id']}/credit-notes"
    draft = (await operator.post(url, json={"reason": "Test"})).json()
    (note,) = (await issue(operator, [draft])).json()

    assert note["kind"] == "credit_note"
    assert ways(note) == []


async def test_who_has_no_mandate_is_shown_for_review_where_the_seller_collects(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)

    async def missing() -> list[str]:
        anomalies = (await preflight(operator, coop, "2026-10"))["anomalies"]
        run = await start(operator, coop, "2026-10")
        assert run["anomalies"] == anomalies  # the same code
        return [
            anomaly["member_id"] for anomaly in anomalies if anomaly["code"] == "mandate-missing"
        ]

    assert await missing() == []
    await set_creditor(operator, coop.seller, ics=None)
    assert await missing() == []
    await set_creditor(operator, coop.seller, iban=new_iban())
    assert set(await missing()) == {str(coop.anna), str(coop.bruno)}
    mandate = await record_mandate(operator, coop.seller, coop.anna)
    assert await missing() == [str(coop.bruno)]
    await operator.post(payments_url(coop.seller, "mandates", mandate["id"], "revocation"))
    assert set(await missing()) == {str(coop.anna), str(coop.bruno)}


async def test_a_run_names_mandates_as_issuing_by_hand_does(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    await set_creditor(operator, coop.seller)
    await record_mandate(operator, coop.seller, coop.anna, signed_on="2026-01-05")
    run = await start(operator, coop, "2026-10")
    await carry_out(operator, run, "issue", {"issue_date": "2026-11-05"})

    listed = (
        await operator.get("/billing/invoices", params={"operation_id": coop.operation_id})
    ).json()

    codes = {
        UUID(invoice["customer"]["member_id"]): [code for code, _ in ways(invoice)]
        for invoice in listed
    }
    assert codes == {coop.anna: ["sepa-direct-debit"], coop.bruno: ["sepa-transfer"]}
    async with billing.client("member", member_id=str(coop.bruno)) as bruno:
        (own_invoice,) = (await bruno.get("/billing/invoices")).json()
        assert [code for code, _ in ways(own_invoice)] == ["sepa-transfer"]
