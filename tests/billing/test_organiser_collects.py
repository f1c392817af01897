"""An organiser collects for the sellers of its operations, though it has no point in them."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import httpx
import pytest

from tests.billing.members import member, seller
from tests.billing.money import (
    collect,
    creditor,
    issued_by_customer,
    mandate,
    payments_url,
    read_collection,
    record_mandate,
    set_creditor,
    today,
)
from tests.billing.payouts import pay_out
from tests.billing.runs import preflight
from tests.billing.statements import bank_tells, booked
from tests.billing.test_mailings import have_sent
from tests.billing.test_reminding import levels, make
from tests.billing.test_withheld_payouts import collector_of
from tests.billing.world import Billing, Coop


@dataclass(frozen=True)
class Organised:
    """A co-op, and its organiser as a member without a point."""

    coop: Coop
    organiser_id: UUID

    @property
    def operations(self) -> list[str]:
        return [self.coop.operation_id]


@pytest.fixture
async def organised(billing: Billing) -> Organised:
    return await _organised(billing, uuid4())


async def _organised(billing: Billing, organiser_id: UUID) -> Organised:
    coop = Coop()
    perimeter = coop.perimeter().model_copy(update={"organiser_id": organiser_id})
    await billing.tell(
        *coop.members(),
        member(organiser_id, "Soleils ensemble", kind="company"),
        perimeter,
        coop.settlement(),
    )
    return Organised(coop, organiser_id)


async def test_an_organiser_collects_and_pays_out_by_itself(
    billing: Billing, operator: httpx.AsyncClient, organised: Organised
) -> None:
    coop, organiser_id = organised.coop, organised.organiser_id
    await issued_by_customer(operator, coop, terms_days=0)
    async with billing.client("organiser", operations=organised.operations) as organiser:
        account = await set_creditor(organiser, organiser_id)
        await set_creditor(organiser, coop.seller, collected_by=str(organiser_id), ics=None)
        await record_mandate(organiser, organiser_id, coop.anna)
        made = await collect(organiser, organiser_id)
        assert made.status_code == 200, made.text
        collection = await read_collection(organiser, organiser_id, made.json()["id"])
        (item,) = collection["items"]
        end_to_end_id = UUID(item["id"]).hex
        assert await bank_tells(organiser, account, booked(372, end_to_end_id=end_to_end_id)) == (
            1,
            1,
        )
        paid_out = await pay_out(organiser, organiser_id)
        assert paid_out.status_code == 200, paid_out.text
        for path in ("creditor", "mandates", "collections", "payouts"):
            assert (await organiser.get(payments_url(organiser_id, path))).status_code == 200
        books = await organiser.get(
            payments_url(organiser_id, "balances"), params={"year": today().year}
        )
        assert books.status_code == 200, books.text


async def test_an_organiser_of_others_does_none_of_it(
    billing: Billing, organised: Organised
) -> None:
    other = await _organised(billing, uuid4())
    async with billing.client("organiser", operations=other.operations) as stranger:
        for path, body in (
            ("creditor", creditor()),
            (f"mandates/{uuid4()}", mandate(other.coop.anna)),
        ):
            answer = await stranger.put(payments_url(organised.organiser_id, path), json=body)
            assert answer.status_code == 403, answer.text
        for path in ("creditor", "mandates", "collections", "balances", "payouts"):
            answer = await stranger.get(
                payments_url(organised.organiser_id, path), params={"year": today().year}
            )
            assert answer.status_code == 403, answer.text


async def test_who_runs_one_of_two_operations_does_not_collect_for_the_organiser_of_both(
    billing: Billing, organised: Organised
) -> None:
    second = await _organised(billing, organised.organiser_id)
    url = payments_url(organised.organiser_id, "creditor")
    both = [*organised.operations, *second.operations]
    async with (
        billing.client("organiser", operations=organised.operations) as of_one,
        billing.client("organiser", operations=both) as of_both,
    ):
        refusal = await of_one.put(url, json=creditor())
        assert refusal.status_code == 403
        assert refusal.json()["detail"] == (
            "Only those who run all operations in which this member sells, organises or collects"
            " for others may do that."
        )
        assert (await of_both.put(url, json=creditor())).status_code == 200


async def test_whoever_runs_the_operations_of_all_its_payees_acts_for_a_collector_without_a_point(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    association = uuid4()
    await billing.tell(member(association, "Les amis du soleil", kind="company"))
    await set_creditor(operator, association)
    async with billing.client("organiser", operations=[coop.operation_id]) as organiser:
        before = await organiser.put(
            payments_url(coop.seller, "creditor"), json=creditor(collected_by=str(association))
        )
        assert before.status_code == 403
        assert before.json()["detail"] == (
            "The member that is to collect neither takes part in your operations nor organises"
            " them."
        )
        await set_creditor(operator, coop.seller, collected_by=str(association))
        for path in ("creditor", "mandates", "collections"):
            answer = await organiser.get(payments_url(association, path))
            assert answer.status_code == 200, answer.text


async def test_a_public_body_names_its_convention_before_another_collects_for_it(
    billing: Billing, operator: httpx.AsyncClient, organised: Organised
) -> None:
    coop, url = organised.coop, payments_url(organised.coop.seller, "creditor")
    commune = member(coop.seller, "Commune de Pousselac", revision=2, kind="public_body")
    await billing.tell(commune)
    await set_creditor(operator, organised.organiser_id)
    collected = creditor(collected_by=str(organised.organiser_id), ics=None)

    refusal = await operator.put(url, json=collected)

    assert (refusal.status_code, refusal.json()["type"].rpartition("/")[2]) == (
        409,
        "convention-missing",
    )
    assert (await operator.get(url)).status_code == 409  # nobody is paid for it yet
    convention = {
        "signed_on": "2026-06-30",
        "document": "Convention d’encaissement 2026-04, avis du comptable du 12 juin",
    }
    answer = await operator.put(url, json=collected | {"convention": convention})
    assert answer.status_code == 200, answer.text
    assert (await operator.get(url)).json()["convention"] == convention
    assert (await operator.put(url, json=creditor())).status_code == 200  # to its own account


async def test_a_seller_that_becomes_a_public_body_is_asked_for_its_convention_before_a_debit(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await collector_of(operator, coop)
    await record_mandate(operator, coop.bruno, coop.anna)
    await billing.tell(member(coop.seller, "Commune de Pousselac", revision=2, kind="public_body"))

    refused = await collect(operator, coop.bruno)

    assert refused.json()["type"] == "/problems/nothing-to-collect"
    assert {skip["reason"] for skip in refused.json()["skipped"]} == {"convention-missing"}
    url = payments_url(coop.seller, "creditor")
    convention = {"signed_on": "2026-06-30", "document": "Convention 2026-04"}
    recorded = (await operator.get(url)).json()
    del recorded["member_id"], recorded["change"]
    answer = await operator.put(url, json=recorded | {"convention": convention})
    assert (answer.status_code, answer.json()["change"]) == (200, None), answer.text
    assert (await collect(operator, coop.bruno)).json()["transaction_count"] == 1


async def test_what_a_convention_keeps_from_a_debit_is_asked_for_by_transfer(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await set_creditor(operator, coop.bruno)
    await set_creditor(operator, coop.seller, ics=None, collected_by=str(coop.bruno))
    await record_mandate(operator, coop.bruno, coop.anna)
    await billing.tell(seller(coop.seller, "Commune", revision=2, kind="public_body"))
    await coop.price(operator)
    anomalies = (await preflight(operator, coop, "2026-10"))["anomalies"]
    assert [anomaly["member_id"] for anomaly in anomalies if "convention" in anomaly["code"]] == [
        str(coop.seller)
    ]
    assert "mandate-missing" not in {anomaly["code"] for anomaly in anomalies}

    invoices = await issued_by_customer(operator, coop, terms_days=0)

    codes = [mention["code"] for mention in invoices["Anna"]["mentions"]]
    assert ("sepa-transfer" in codes, "sepa-direct-debit" in codes) == (True, False)
    # Nobody will debit her, so the reminders that nobody has to ask for are of her, too.
    schedule = {"valid_from": "2026-01-01", "after_days": [1]}
    await operator.put(payments_url(coop.seller, "reminder-schedule"), json=schedule)
    await have_sent(operator, coop.seller, reminders_when_due=True)
    await make(billing)
    assert await levels(operator, coop) == [1, 1]
