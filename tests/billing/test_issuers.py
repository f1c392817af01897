"""The profiles of issuers through the API."""

import asyncio
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.billing.members import profile_body, record_profile, seller
from tests.billing.world import Billing, Coop, issue

MANDATE = {
    "mandatary_name": "Les Volts d’Aurelle",
    "mandatary_siren": "991000019",
    "signed_on": "2025-12-15",
    "document": "M-2025-01",
}


async def test_a_profile_is_kept_in_versions(operator: httpx.AsyncClient) -> None:
    member_id = uuid4()
    first = await record_profile(operator, member_id, valid_from="2025-01-01")
    again = await record_profile(operator, member_id, valid_from="2025-01-01")
    later = await record_profile(
        operator, member_id, valid_from="2026-01-01", vat_regime="franchise"
    )
    corrected = await record_profile(
        operator, member_id, valid_from="2025-01-01", rcs="RCS Aurelle"
    )

    assert again == first
    assert first["in_force"] == 1
    assert later["in_force"] == corrected["in_force"] == 2
    rows = [
        (version["number"], version["valid_from"], version["vat_regime"], version["rcs"])
        for version in corrected["versions"]
    ]
    assert rows == [
        (1, "2025-01-01", "standard", None),
        (2, "2026-01-01", "franchise", None),
        (3, "2025-01-01", "standard", "RCS Aurelle"),
    ]
    answer = await operator.get(f"/billing/issuers/{member_id}/profile")
    assert answer.json() == corrected


async def test_an_issuer_without_a_profile_has_no_version(operator: httpx.AsyncClient) -> None:
    answer = await operator.get(f"/billing/issuers/{uuid4()}/profile")
    assert (answer.status_code, answer.json()["versions"]) == (200, [])
    assert answer.json()["in_force"] is None


async def test_organisers_set_the_profile_of_who_sells_in_their_operations_only(
    billing: Billing, coop: Coop
) -> None:
    async with billing.client("organiser", operations=[coop.operation_id]) as organiser:
        await record_profile(organiser, coop.seller, rcs="RCS Aurelle")
        url = f"/billing/issuers/{coop.anna}/profile"  # she buys
        assert (await organiser.put(url, json=profile_body())).status_code == 403
        assert (await organiser.get(url)).status_code == 403
    async with billing.client("organiser", operations=["ACC00000000"]) as stranger:
        url = f"/billing/issuers/{coop.seller}/profile"
        assert (await stranger.put(url, json=profile_body())).status_code == 403
        assert (await stranger.get(url)).status_code == 403


async def test_the_profile_of_who_sells_in_two_operations_is_set_by_who_runs_both(
    billing: Billing, coop: Coop
) -> None:
    second = Coop(seller=coop.seller)
    await billing.tell(*second.events())
    both = [coop.operation_id, second.operation_id]
    url = f"/billing/issuers/{coop.seller}/profile"
    async with (
        billing.client("organiser", operations=both[:1]) as of_one,
        billing.client("organiser", operations=both) as of_both,
    ):
        body = profile_body(means_of_payment="chèque")
        assert (await of_one.put(url, json=body)).status_code == 403
        assert (await of_one.get(url)).status_code == 200
        assert (await of_both.put(url, json=body)).status_code == 200


async def test_a_member_reads_its_own_profile_and_sets_none(billing: Billing, coop: Coop) -> None:
    url = f"/billing/issuers/{coop.seller}/profile"
    async with billing.client("member", member_id=str(coop.seller)) as member:
        assert len((await member.get(url)).json()["versions"]) == 1
        assert (await member.put(url, json=profile_body())).status_code == 403
    async with billing.client("member", member_id=str(coop.anna)) as other:
        assert (await other.get(url)).status_code == 403


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"siret": "99200002600012"}, "body/siret"),
        ({"siret": "992000026"}, "body/siret"),
        ({"payment_terms_days": 61}, "body/payment_terms_days"),
        ({"vat_regime": "none"}, "body/vat_regime"),
        ({"means_of_payment": "a\x00b"}, "body/means_of_payment"),
        ({"mandate": MANDATE | {"mandatary_siren": "991000018"}}, "body/mandate/mandatary_siren"),
        ({"valid_from": "1999-12-31"}, "body/valid_from"),
        ({"surprise": 1}, "body/surprise"),
    ],
)
async def test_a_malformed_profile_is_told_where(
    operator: httpx.AsyncClient, change: dict[str, object], where: str
) -> None:
    answer = await operator.put(f"/billing/issuers/{uuid4()}/profile", json=profile_body(**change))
    assert answer.status_code == 422
    assert [error["where"] for error in answer.json()["errors"]] == [where]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"vat_regime": "franchise", "vat_on_debits": True}, "vat_on_debits"),
        ({"legal_form": None, "share_capital_cents": 100}, "legal_form"),
        ({"mandate": MANDATE}, "mandate"),
        (
            {"invoiced_by": "mandatary", "mandate": MANDATE | {"signed_on": "2199-01-01"}},
            "mandate",
        ),
        ({"siret": "99100001900018"}, "siret"),
    ],
)
async def test_a_profile_that_contradicts_itself_or_the_member_is_refused(
    operator: httpx.AsyncClient, coop: Coop, change: dict[str, object], field: str
) -> None:
    answer = await operator.put(
        f"/billing/issuers/{coop.seller}/profile", json=profile_body(**change)
    )
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/issuer-profile-invalid"
    assert answer.json()["field"] == field


async def test_the_database_refuses_to_change_a_version(billing: Billing, coop: Coop) -> None:
    for statement in (
        "UPDATE issuer_profile SET profile = '{}' WHERE member_id = :id",
        "DELETE FROM issuer_profile WHERE member_id = :id",
    ):
        async with billing.platform.database("billing") as database:
            with pytest.raises(DBAPIError, match="never changes"):
                async with database.transaction() as session:
                    await session.execute(text(statement), {"id": coop.seller})


async def test_the_parties_of_an_issued_invoice_are_frozen(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.price(operator)
    issued = (await issue(operator, await coop.draft(operator))).json()

    await billing.tell(
        seller(coop.seller, "Autre Nom SAS", revision=2, siren="991000019"),
    )
    await record_profile(
        operator, coop.seller, legal_form="SA", payment_terms_days=10, vat_regime="franchise"
    )
    await coop.decide_accise(operator, regime="standard", legal_basis=None, evidence=None)

    for invoice in issued:
        assert (await operator.get(f"/billing/invoices/{invoice['id']}")).json() == invoice
    assert {invoice["issuer"]["name"] for invoice in issued} == {"Soleils SAS"}
    assert {invoice["issuer_profile"]["legal_form"] for invoice in issued} == {"SAS coopérative"}
    assert {invoice["due_date"] for invoice in issued} == {"2026-12-05"}


async def test_versions_recorded_at_once_take_a_number_each(operator: httpx.AsyncClient) -> None:
    member_id = uuid4()
    days = [f"2026-01-{day:02}" for day in range(1, 9)]
    await asyncio.gather(
        *(record_profile(operator, member_id, valid_from=day, rcs=day) for day in days)
    )
    versions = (await operator.get(f"/billing/issuers/{member_id}/profile")).json()["versions"]
    assert [version["number"] for version in versions] == list(range(1, 9))
    assert sorted(version["valid_from"] for version in versions) == days
