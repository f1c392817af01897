"""What keeps drafts from being issued: told by the drafts, and by the same codes at issue."""

from typing import Any
from uuid import UUID

import httpx
import pytest
from lxml import etree

from libs.common.events.base import Event
from services.billing.domain.invoices.invoices import MemberKind
from tests.billing.members import member, record_profile, seller
from tests.billing.world import Billing, Coop, issue, price

MANDATARY = {"invoiced_by": "mandatary"}
MANDATE = {
    "mandatary_name": "Les Volts d’Aurelle",
    "mandatary_siren": "991000019",
    "signed_on": "2026-11-04",
    "document": "M-2025-01",
}


async def refused(client: httpx.AsyncClient, coop: Coop, day: str = "2026-11-05") -> list[Any]:
    """Drafts are made, and not issued; the blockers of both, which agree."""
    drafted = (await client.post(f"{coop.month_url}/drafts")).json()
    assert len(drafted["invoices"]) == 2
    answer = await issue(client, drafted["invoices"], day)
    assert answer.status_code == 409, answer.text
    assert answer.json()["type"] == "/problems/issue-blocked"
    blockers: list[Any] = answer.json()["blockers"]
    assert all(blocker["detail"] in answer.json()["detail"] for blocker in blockers)
    return blockers


async def told(client: httpx.AsyncClient, coop: Coop) -> list[Any]:
    answer = await client.post(f"{coop.month_url}/drafts")
    assert answer.status_code == 200, answer.text
    blockers: list[Any] = answer.json()["blockers_to_issue"]
    return blockers


async def test_nothing_blocks_drafts_that_say_all_that_the_law_wants(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    assert await told(operator, coop) == []


async def test_an_undecided_operation_drafts_and_does_not_issue(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop = Coop()
    await billing.tell(*coop.events())
    await coop.price(operator)
    await record_profile(operator, coop.seller)

    blockers = await refused(operator, coop)

    assert [(blocker["code"], blocker["operation_id"]) for blocker in blockers] == [
        ("accise-undecided", coop.operation_id)
    ]
    assert blockers[0]["days"] == [f"2026-10-{day:02}" for day in range(1, 32)]
    assert await told(operator, coop) == blockers

    await coop.decide_accise(operator, valid_from="2026-10-03")
    (left,) = await refused(operator, coop)
    assert left["days"] == ["2026-10-01", "2026-10-02"]

    await coop.decide_accise(operator)
    assert (await issue(operator, await coop.draft(operator))).status_code == 200


async def test_an_operation_may_go_back_to_undecided(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    undecided = {"regime": "undecided", "legal_basis": None, "evidence": None}
    await coop.decide_accise(operator, **undecided)
    assert [blocker["code"] for blocker in await refused(operator, coop)] == ["accise-undecided"]


async def test_a_seller_without_a_profile_does_not_issue(
    billing: Billing, operator: httpx.AsyncClient
) -> None:
    coop = Coop()
    await billing.tell(*coop.events())
    await coop.price(operator)
    await coop.decide_accise(operator)
    await record_profile(operator, coop.seller, valid_from="2026-11-01")  # a day too late

    blockers = await refused(operator, coop)

    assert [
        (blocker["code"], blocker["member_id"], blocker["missing"]) for blocker in blockers
    ] == [("identity-missing", str(coop.seller), "profile")]
    assert await told(operator, coop) == blockers


async def test_of_two_profiles_within_a_month_that_of_its_last_day_is_on_the_invoice(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    for day, rcs in (("2026-10-31", "of its last day"), ("2026-10-30", "of the day before")):
        await record_profile(operator, coop.seller, valid_from=day, rcs=rcs)

    issued = (await issue(operator, await coop.draft(operator))).json()

    assert [invoice["issuer_profile"]["rcs"] for invoice in issued] == ["of its last day"] * 2


@pytest.mark.parametrize(
    ("missing", "numbers", "profile"),
    [
        ("vat_number", {"vat_number": None}, {}),
        ("legal_form", {}, {"legal_form": None}),
        ("siret", {"siren": "991000019"}, {"siret": "99200002600011"}),
    ],
)
async def test_an_identity_that_the_law_wants_whole_blocks(
    billing: Billing, coop: Coop, missing: str, numbers: dict[str, Any], profile: dict[str, Any]
) -> None:
    async with billing.client("operator") as operator:
        await coop.price(operator)
        await record_profile(operator, coop.seller, **profile)
        await billing.tell(seller(coop.seller, revision=2, **numbers))
        blockers = await refused(operator, coop)
    assert [(blocker["code"], blocker["missing"]) for blocker in blockers] == [
        ("identity-missing", missing)
    ]


@pytest.mark.parametrize(("kind", "siren"), [("company", None), ("public_body", "993000034")])
async def test_a_professional_customer_needs_a_siren_that_is_one(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop, kind: MemberKind, siren: str | None
) -> None:
    await coop.price(operator)
    await billing.tell(_customer(coop.anna, kind=kind, siren=siren))

    blockers = await refused(operator, coop)

    assert [(blocker["code"], blocker["member_id"]) for blocker in blockers] == [
        ("siren-missing", str(coop.anna))
    ]
    assert await told(operator, coop) == blockers
    # Others are not held up by it.
    bruno = [draft for draft in await coop.draft(operator) if draft["customer"]["name"] == "Bruno"]
    assert (await issue(operator, bruno)).status_code == 200


async def test_a_mandatary_needs_a_mandate_signed_before(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    await record_profile(operator, coop.seller, **MANDATARY)
    blockers = await refused(operator, coop)
    assert [blocker["code"] for blocker in blockers] == ["mandate-missing"]
    assert [blocker["code"] for blocker in await told(operator, coop)] == ["mandate-missing"]

    await record_profile(operator, coop.seller, **MANDATARY, mandate=MANDATE)
    assert [blocker["code"] for blocker in await refused(operator, coop, "2026-11-03")] == [
        "mandate-missing"
    ]

    issued = (await issue(operator, await coop.draft(operator))).json()
    sentence = (
        "Facture établie par Les Volts d’Aurelle (SIREN 991000019)"
        " au nom et pour le compte de Soleils SAS"
    )
    assert all(sentence in [mention["text_fr"] for mention in doc["mentions"]] for doc in issued)


async def test_a_customer_who_makes_the_invoice_bills_itself_and_it_says_so(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    await billing.tell(_customer(coop.anna, kind="company", siren=MANDATE["mandatary_siren"]))
    await record_profile(operator, coop.seller, **MANDATARY, mandate=MANDATE)

    answer = await issue(operator, await coop.draft(operator))

    assert answer.status_code == 200, answer.text
    invoices = {invoice["customer"]["member_id"]: invoice for invoice in answer.json()}
    self_billed = {
        customer
        for customer, invoice in invoices.items()
        if "Autofacturation" in [mention["text_fr"] for mention in invoice["mentions"]]
    }
    assert self_billed == {str(coop.anna)}
    types = {
        customer: await _type_code(operator, invoice) for customer, invoice in invoices.items()
    }
    assert types == {str(coop.anna): "389", str(coop.bruno): "380"}
    url = f"/billing/invoices/{invoices[str(coop.anna)]['id']}/credit-notes"
    draft = (await operator.post(url, json={"reason": "Test"})).json()
    (note,) = (await issue(operator, [draft])).json()
    assert await _type_code(operator, note) == "261"


async def test_a_price_that_contradicts_the_vat_regime_blocks(
    operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator, price(vat_rate="0.055"))
    blockers = await refused(operator, coop)
    assert [(blocker["code"], blocker["producer"]) for blocker in blockers] == [
        ("vat-regime-conflict", coop.roof)
    ]
    assert await told(operator, coop) == blockers

    await coop.price(operator, price(vat_rate="0.20"))
    await record_profile(operator, coop.seller, vat_regime="franchise")
    assert [blocker["code"] for blocker in await refused(operator, coop)] == ["vat-regime-conflict"]


async def test_a_taxed_professional_needs_a_power_or_a_category(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    standard = {"regime": "standard", "legal_basis": None, "evidence": None}
    await coop.decide_accise(operator, **standard)
    await billing.tell(_customer(coop.anna, kind="company", siren="994100063"))

    blockers = await refused(operator, coop)

    assert [(blocker["code"], blocker["prm"]) for blocker in blockers] == [
        ("accise-category-missing", coop.anna_home)
    ]
    await coop.decide_accise(operator, **standard, categories={coop.anna_home: "sme"})
    issued = (await issue(operator, await coop.draft(operator))).json()
    rates = {
        invoice["customer"]["name"]: invoice["taxes"][0]["rate_eur_per_mwh"] for invoice in issued
    }
    assert rates == {"Boulangerie": "26.35", "Bruno": "30.62"}


async def test_all_blockers_are_told_at_once(billing: Billing, operator: httpx.AsyncClient) -> None:
    coop = Coop()
    await billing.tell(*coop.events(), _customer(coop.anna, kind="company", siren=None))
    await coop.price(operator)
    codes = {blocker["code"] for blocker in await refused(operator, coop)}
    assert codes == {"identity-missing", "siren-missing", "accise-undecided"}


async def test_mentions_of_professionals_are_not_on_a_households_invoice(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    await billing.tell(_customer(coop.anna, kind="company", siren="994100063"))

    issued = (await issue(operator, await coop.draft(operator))).json()

    codes = {
        invoice["customer"]["name"]: [m["code"] for m in invoice["mentions"]] for invoice in issued
    }
    assert codes["Bruno"] == ["supply-of-goods", "payment-terms", "accise-exempt", "complaints"]
    assert codes["Boulangerie"] == [
        "supply-of-goods",
        "payment-terms",
        "no-early-payment-discount",
        "late-payment-penalty",
        "recovery-indemnity",
        "accise-exempt",
        "complaints",
    ]
    assert {invoice["supply_category"] for invoice in issued} == {"goods"}


async def _type_code(client: httpx.AsyncClient, document: dict[str, Any]) -> str | None:
    xml = (await client.get(f"/billing/invoices/{document['id']}/factur-x.xml")).content
    return etree.fromstring(xml).findtext("{*}ExchangedDocument/{*}TypeCode")


def _customer(member_id: UUID, *, kind: MemberKind, siren: str | None) -> Event:
    numbers = {"siren": siren} if siren else {}
    return member(member_id, "Boulangerie", revision=2, kind=kind, **numbers)
