import json
import shutil
from datetime import date
from pathlib import Path
from uuid import UUID

from sqlalchemy import text

from libs.common.database import Database
from libs.common.migrations import migrate
from libs.common.scratch import scratch_database
from tests.support.clock import CLOCK
from tests.support.places import ROOT

_MIGRATIONS = ROOT / "services" / "billing" / "migrations"

_ADD_INVOICE = text("""
    INSERT INTO invoice (id, operation_id, month, issuer_id, customer_id, state, year, sequence,
        number, issue_date, content, content_hash)
    VALUES (gen_random_uuid(), 'ACC00000001', '2026-10', :issuer, :issuer, 'issued', 2026, 1,
        'F2026-00001', '2026-11-05', :content,
        encode(sha256(convert_to(:content, 'UTF8')), 'hex'))
""")

_ADD_REQUEST = text("""
    INSERT INTO mandate_request (id, creditor_id, debtor_id, holder, iban, account_end, language,
        agreed_text, asked_at, answered_at, declined_because)
    VALUES (:id, :id, :id, 'Anna', :iban, '2606', 'fr', 'Mandat', now(), :at, :why)
""")


async def test_invoices_issued_before_credit_notes_have_a_balance_and_their_days(
    database_url: str, tmp_path: Path
) -> None:
    line = {"producer": "99000000000011", "consumer": "99000000000021", "energy_wmin": 60_000}
    days = {"valid_from": "2026-10-01", "valid_to": "2026-11-01"}
    fee = line | days | {"kind": "fee", "energy_wmin": 0, "amount_cents": 0}
    content = {
        "customer": {"name": "Anna"},
        "period_from": "2026-10-01",
        "period_to": "2026-11-01",
        "lines": [line | days | {"amount_cents": 10}, fee],
        "vat": [{"rate": "0.2", "base_cents": 10, "vat_cents": 2}],
        "total_excl_vat_cents": 10,
        "total_vat_cents": 2,
        "total_incl_vat_cents": 12,
    }
    shutil.copy(_MIGRATIONS / "0001_billing.py", tmp_path)
    async with scratch_database(database_url) as url:
        database = Database(url, schema="billing", pool_size=2)
        try:
            await migrate(database, [tmp_path])
            async with database.transaction() as session:
                # Two invoices for the same days, as of a point that changed its member.
                for issuer in (1, 2):
                    values = {"issuer": UUID(int=issuer), "content": json.dumps(content)}
                    await session.execute(_ADD_INVOICE, values)

            await migrate(database, [_MIGRATIONS])

            async with database.transaction() as session:
                kinds = await session.execute(text("SELECT kind, period_to FROM invoice"))
                balances = await session.execute(
                    text("SELECT energy_wmin, amount_cents, credited_cents FROM line_balance")
                )
                totals = await session.scalars(text("SELECT total_cents FROM invoice_balance"))
                billed = await session.scalars(text("SELECT days::text FROM billed"))
            assert [tuple(row) for row in kinds] == [("invoice", date(2026, 11, 1))] * 2
            assert [tuple(row) for row in balances] == [(60_000, 10, 0), (0, 0, 0)] * 2
            assert totals.all() == [12, 12]
            assert billed.all() == ["{[2026-10-01,2026-11-01)}"]
        finally:
            await database.close()


async def test_requests_confirmed_before_name_the_mandate_that_had_their_id(
    database_url: str, tmp_path: Path
) -> None:
    for path in _MIGRATIONS.glob("00*.py"):
        if path.name < "0020":
            shutil.copy(path, tmp_path)
    async with scratch_database(database_url) as url:
        database = Database(url, schema="billing", pool_size=2)
        try:
            await migrate(database, [tmp_path])
            async with database.transaction() as session:
                for number, (iban, answered_at, reason) in enumerate(
                    [("FR1", None, None), (None, CLOCK.now(), "Non"), (None, CLOCK.now(), None)]
                ):
                    values = {
                        "id": UUID(int=number),
                        "iban": iban,
                        "at": answered_at,
                        "why": reason,
                    }
                    await session.execute(_ADD_REQUEST, values)

            await migrate(database, [_MIGRATIONS])

            async with database.transaction() as session:
                query = text("SELECT mandate_id FROM mandate_request ORDER BY id")
                assert (await session.scalars(query)).all() == [None, None, UUID(int=2)]
        finally:
            await database.close()
