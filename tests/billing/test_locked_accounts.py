"""L10 of the security review: bank accounts are kept under SECRET_KEYS, and read as before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import func, select

from libs.common.database import Database
from libs.common.encryption.secret_keys import SecretKeys, new_secret_key
from services.billing.main import service
from services.billing.tables import CreditorAccountRow, MandateRow
from tests.billing.mandates import Asker
from tests.billing.money import (
    collect,
    creditor,
    new_iban,
    paying_coop,
    payments_url,
    read_collection,
    read_debits,
    set_creditor,
    texts,
)
from tests.billing.payouts import paid_out, read_transfers, two_payees
from tests.billing.statements import bank_tells, booked, unmatched
from tests.billing.world import Billing, Coop
from tests.support.auditing import audit_lines
from tests.support.platform import SECRET_KEY

_ON_INVOICES = {"invoice.content", "document.content"}
"""Where customers transfer to: it is printed for them, and an issued document never changes."""
_LOCKED = (
    *("creditor.iban", "creditor_account.iban", "creditor_change.iban"),
    *("mandate.iban", "mandate_request.iban"),
    *("bank_transaction.party_iban", "collection.content", "payout.content", "refund.content"),
)


@dataclass(frozen=True)
class _Accounts:
    """A co-op that has told every account that billing keeps."""

    coop: Coop
    own_account: Mapping[str, Any]
    debtors: Sequence[str]
    collection_id: str

    @property
    def ibans(self) -> list[str]:
        return [self.own_account["iban"], *self.debtors]


@pytest.fixture
async def accounts(billing: Billing, operator: httpx.AsyncClient) -> _Accounts:
    coop, _, mandates = await paying_coop(billing, operator)
    collector = await set_creditor(operator, coop.seller)
    made = (await collect(operator, coop.seller)).json()
    stranger = new_iban()
    await bank_tells(operator, collector, booked(101, name="Inconnu", iban=stranger))
    debtors = [mandates[name]["iban"] for name in ("Anna", "Bruno")]
    return _Accounts(coop, collector, [*debtors, stranger], made["id"])


async def _columns_with(billing: Billing, texts_sought: Sequence[str]) -> set[str]:
    columns = await billing.platform.query(
        "billing",
        """
        SELECT table_name, column_name FROM information_schema.columns
        JOIN information_schema.tables USING (table_schema, table_name)
        WHERE table_schema = 'billing' AND table_type = 'BASE TABLE'
    """,
    )
    assert len(columns) > 200
    return {
        f"{column['table_name']}.{column['column_name']}"
        for column in columns
        if await billing.platform.query(
            "billing",
            f'SELECT 1 FROM "{column["table_name"]}"'
            f' WHERE CAST("{column["column_name"]}" AS text) LIKE ANY (:sought) LIMIT 1',
            sought=[f"%{text_sought}%" for text_sought in texts_sought],
        )
    }


async def test_l10_no_column_has_an_account_in_the_clear(
    billing: Billing, operator: httpx.AsyncClient, accounts: _Accounts, asker: Asker
) -> None:
    ours, _, association = await two_payees(billing, operator)
    url, _ = await paid_out(operator, ours)
    asked = asker.body()
    assert (await asker.ask(iban=str(asked["iban"]))).status_code == 200

    of_debtors = await _columns_with(billing, [*accounts.debtors, str(asked["iban"])])
    of_sellers = await _columns_with(billing, [accounts.own_account["iban"], association["iban"]])

    assert of_debtors == set()
    assert of_sellers <= _ON_INVOICES
    (lines,) = await billing.platform.query(
        "billing",
        "SELECT count(*) AS found FROM audit.change"
        " WHERE CAST(before AS text) || CAST(after AS text) || entity_id LIKE ANY (:sought)",
        sought=[f"%{iban}%" for iban in accounts.ibans],
    )
    assert lines["found"] == 0
    read = await read_transfers(operator, ours.bruno, url.rsplit("/", 1)[-1])
    assert association["iban"] in texts(read, "IBAN")


async def test_l10_what_goes_to_the_bank_and_comes_from_it_is_as_before(
    operator: httpx.AsyncClient, accounts: _Accounts
) -> None:
    seller = accounts.coop.seller
    debits = await read_debits(operator, seller, accounts.collection_id)
    shown = (await operator.get(payments_url(seller, "creditor"))).json()
    detail = await read_collection(operator, seller, accounts.collection_id)
    waiting = await unmatched(operator, seller)
    by_account = booked(detail["items"][0]["amount_cents"], iban=accounts.debtors[0])

    assert set(accounts.debtors[:2]) < set(texts(debits, "IBAN"))
    assert shown["iban"] == accounts.own_account["iban"]
    assert [line["party_iban"] for line in waiting] == [accounts.debtors[2]]
    # Its account alone says who paid.
    assert await bank_tells(operator, dict(accounts.own_account), by_account) == (1, 1)


async def test_l10_an_account_that_is_told_again_is_kept_once_and_notes_nothing(
    billing: Billing, operator: httpx.AsyncClient, coop: Coop
) -> None:
    body = creditor()
    url = payments_url(coop.seller, "creditor")
    await operator.put(url, json=body)
    again = await operator.put(url, json=body)
    iban = new_iban()
    other = await operator.put(url, json={**body, "iban": iban})

    kept = "SELECT iban FROM {} WHERE member_id = :member_id"
    for table in ("creditor_account", "creditor_change"):
        statement = kept.format(table)
        (row,) = await billing.platform.query("billing", statement, member_id=coop.seller)
        assert row["iban"] not in (body["iban"], iban)
    request_id = again.headers["x-request-id"]
    assert await audit_lines(operator, "billing", request_id=request_id) == []
    noted = await audit_lines(operator, "billing", request_id=other.headers["x-request-id"])
    assert {line["entity"] for line in noted} == {"creditor_change"}


async def _start(billing: Billing, *keys: str) -> Database:
    """As billing does, with these keys."""
    settings = billing.platform.settings.model_copy(
        update={"secret_keys": SecretStr(",".join(keys))}
    )
    database = Database(
        billing.platform.database_url,
        schema="billing",
        pool_size=2,
        keys=SecretKeys.read(",".join(keys)),
    )
    assert service.on_start is not None
    await service.on_start(database, settings)
    return database


async def _keys_of(billing: Billing) -> dict[str, set[str]]:
    """By column, the names of the keys under which its accounts are kept."""
    keys_by_column = {}
    for column in _LOCKED:
        table, name = column.split(".")
        rows = await billing.platform.query(
            "billing",
            f"SELECT DISTINCT split_part({name}, ':', 1) AS key FROM {table}"
            f" WHERE {name} IS NOT NULL",
        )
        keys_by_column[column] = {row["key"] for row in rows}
    return keys_by_column


async def test_l10_another_key_follows_and_what_was_in_the_clear_is_locked(
    billing: Billing, operator: httpx.AsyncClient, accounts: _Accounts
) -> None:
    """As billing starts; no audit log has a line of it."""
    successor = new_secret_key()
    (old, new) = (SecretKeys.read(key) for key in (SECRET_KEY, successor))
    assert old is not None
    assert new is not None
    seller, iban = accounts.coop.seller, accounts.debtors[0]
    count = "SELECT count(*) AS lines FROM audit.change"
    (rum,) = await billing.platform.query(
        "billing",
        "SELECT rum FROM mandate WHERE creditor_id = :seller ORDER BY holder, rum LIMIT 1",
        seller=seller,
    )
    await billing.platform.change(
        "billing", "UPDATE mandate SET iban = :iban WHERE rum = :rum", iban=iban, rum=rum["rum"]
    )
    before = await billing.platform.query("billing", count)

    database = await _start(billing, successor, SECRET_KEY)
    locked_anew = await _keys_of(billing)
    async with database.transaction() as session:
        read = await session.scalar(select(MandateRow.iban).where(MandateRow.rum == rum["rum"]))
        count_query = select(func.count()).where(CreditorAccountRow.member_id == seller)
        accounts_of_seller = await session.scalar(count_query)
    await database.close()
    back = await _start(billing, SECRET_KEY, successor)
    await back.close()

    assert {key for keys in locked_anew.values() for key in keys} == {new.newest}
    assert {key for keys in (await _keys_of(billing)).values() for key in keys} == {old.newest}
    assert read == iban
    assert accounts_of_seller == 2
    assert await billing.platform.query("billing", count) == before
    assert set(accounts.debtors[:2]) < set(
        texts(await read_debits(operator, seller, accounts.collection_id), "IBAN")
    )


async def test_l10_health_tells_of_accounts_that_no_key_opens(
    billing: Billing, accounts: _Accounts
) -> None:
    assert service.warn is not None
    settings = billing.platform.settings
    warnings = {}
    for name, key in (("ours", SECRET_KEY), ("another", new_secret_key()), ("none", "")):
        settings_with_key = settings.model_copy(update={"secret_keys": SecretStr(key)})
        async with (
            billing.platform.database("billing") as database,
            database.transaction() as session,
        ):
            warnings[name] = (await service.warn(session, settings_with_key))["bank accounts"]

    assert warnings["ours"] is None
    assert "SECRET_KEYS lacks" in str(warnings["another"])
    assert "SECRET_KEYS lacks" in str(warnings["none"])
    assert accounts.ibans
