"""Bank accounts, mandates and collections of the tests; every account is invented."""

import random
from collections.abc import Iterable
from datetime import date, timedelta
from importlib.resources import files
from typing import Any
from uuid import UUID, uuid4

import httpx
from lxml import etree
from schwifty import IBAN

from libs.common.calendar import local_day
from services.billing.commands.payments.creditors import confirm_change
from services.billing.domain.payments.banking_days import next_banking_day
from tests.billing.world import Billing, Coop, issue, price
from tests.support.clock import CLOCK
from tests.support.platform import platform_of

ICS = "FR72ZZZ123456"


def today() -> date:
    return local_day(CLOCK.now())


def collection_day() -> date:
    """The first day on which those told today are collected from."""
    return next_banking_day(today() + timedelta(days=14))


def new_iban() -> str:
    account = f"{random.SystemRandom().randrange(10**11):011}"
    return IBAN.generate("FR", bank_code="20041", branch_code="01005", account_code=account).compact


def creditor(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON values
    return {"name": "Soleils SAS", "iban": new_iban(), "ics": ICS, **fields}


def payments_url(member_id: UUID, *path: object) -> str:
    return "/".join(["/billing/issuers", str(member_id), *map(str, path)])


async def set_creditor(
    client: httpx.AsyncClient,
    member_id: UUID,
    **fields: Any,  # noqa: ANN401 - JSON values
) -> dict[str, Any]:
    """What takes the place of another account is confirmed by the seller at once."""
    answer = await client.put(payments_url(member_id, "creditor"), json=creditor(**fields))
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    if body["change"]:
        async with (
            platform_of(client).database("billing") as database,
            database.transaction() as session,
        ):
            change_id = UUID(body["change"]["id"])
            await confirm_change(
                session, member_id, change_id, by="the seller", is_staff=False, is_seller=True
            )
    return body


def mandate(debtor: UUID, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON values
    return {
        "debtor_id": str(debtor),
        "rum": f"ELO-{uuid4().hex[:12]}",
        "signed_on": today().isoformat(),
        "holder": "Zoë d'Été",
        "iban": new_iban(),
        **fields,
    }


async def record_mandate(
    client: httpx.AsyncClient,
    creditor_id: UUID,
    debtor: UUID,
    **fields: Any,  # noqa: ANN401
) -> dict[str, Any]:
    url = payments_url(creditor_id, "mandates", uuid4())
    answer = await client.put(url, json=mandate(debtor, **fields))
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def collect(
    client: httpx.AsyncClient,
    creditor_id: UUID,
    *,
    collection_id: UUID | None = None,
    **fields: Any,  # noqa: ANN401 - JSON values
) -> httpx.Response:
    body = {
        "collection_date": collection_day().isoformat(),
        "notified_on": today().isoformat(),
        **fields,
    }
    url = payments_url(creditor_id, "collections", collection_id or uuid4())
    return await client.put(url, json=body)


async def read_collection(
    client: httpx.AsyncClient, creditor_id: UUID, collection_id: str
) -> dict[str, Any]:
    answer = await client.get(payments_url(creditor_id, "collections", collection_id))
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def read_debits(
    client: httpx.AsyncClient, creditor_id: UUID, collection_id: str
) -> etree._Element:
    """The file for the bank, which obeys its ISO schema."""
    url = payments_url(creditor_id, "collections", collection_id, "pain.008.xml")
    answer = await client.get(url)
    assert answer.status_code == 200, answer.text
    return validated(answer.content)


def validated(content: bytes) -> etree._Element:
    """The document; an assertion fails unless it obeys the schema that it names."""
    document = etree.fromstring(content)
    message = str(etree.QName(document).namespace).rsplit(":", 1)[-1]
    schema = etree.XMLSchema(
        etree.fromstring(files("sepaxml").joinpath(f"schemas/{message}.xsd").read_bytes())
    )
    schema.assertValid(document)
    return document


def texts(document: etree._Element, name: str) -> list[str]:
    return [element.text or "" for element in document.iter(f"{{*}}{name}")]


async def issued_by_customer(
    client: httpx.AsyncClient, coop: Coop, *, terms_days: int = 30
) -> dict[str, dict[str, Any]]:
    """The invoices of the co-op, by the customer's name; each sells 31 kWh at 0.10 €."""
    await coop.decide_taxes(client, payment_terms_days=terms_days)
    await coop.price(client, price("0.1000"))
    answer = await issue(client, await coop.draft(client))
    assert answer.status_code == 200, answer.text
    return {invoice["customer"]["name"]: invoice for invoice in answer.json()}


async def balances(client: httpx.AsyncClient, owner: UUID) -> dict[str, int]:
    """By account, over all fiscal years in which something can have happened."""
    sums: dict[str, int] = {}
    for year in range(2026, today().year + 2):
        answer = await client.get(payments_url(owner, "balances"), params={"year": year})
        assert answer.status_code == 200, answer.text
        for balance in answer.json():
            sums[balance["account"]] = sums.get(balance["account"], 0) + balance["balance_cents"]
    return {account: cents for account, cents in sums.items() if cents}


async def paying_coop(
    billing: Billing, operator: httpx.AsyncClient, customers: Iterable[str] = ("Anna", "Bruno")
) -> tuple[Coop, dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    """A co-op whose October is issued, and the invoices and mandates of these customers."""
    coop = Coop()
    await billing.tell(*coop.events())
    invoices = await issued_by_customer(operator, coop, terms_days=0)
    await set_creditor(operator, coop.seller)
    members = {"Anna": coop.anna, "Bruno": coop.bruno}
    mandates = {
        name: await record_mandate(operator, coop.seller, members[name]) for name in customers
    }
    return coop, invoices, mandates
