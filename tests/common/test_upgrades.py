"""Migrations that move data: what was there before is there after, in its new form."""

import json
import shutil
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from libs.common import messaging
from libs.common.database import Database
from libs.common.events.community import MemberRecorded
from libs.common.migrations import migrate
from libs.common.scratch import scratch_database
from tests.support.places import ROOT


@pytest.fixture
async def empty_url(database_url: str) -> AsyncIterator[str]:
    async with scratch_database(database_url) as url:
        yield url


async def _upgrade(
    database: Database, folder: Path, *, up_to: str, beside: Sequence[Path] = ()
) -> None:
    """Apply the service's migrations whose number is at most this one, and the others beside."""
    folder.mkdir(exist_ok=True)
    for migration in (ROOT / "services" / database.schema / "migrations").glob("*.py"):
        if migration.name[:4] <= up_to:
            shutil.copy(migration, folder)
    await migrate(database, [*beside, folder])


async def test_a_key_that_was_in_force_still_is(empty_url: str, tmp_path: Path) -> None:
    database = Database(empty_url, schema="allocation", pool_size=2)
    try:
        await _upgrade(database, tmp_path / "migrations", up_to="0003")
        async with database.transaction() as session:
            await session.execute(
                text("""
                    INSERT INTO sharing_key VALUES
                        ('ACC00000001', '2026-01-01', '2026-06-01', true, '{"type": "a"}'),
                        ('ACC00000001', '2026-06-01', NULL, true, '{"type": "b"}'),
                        ('ACC00000002', '2026-02-01', '2026-03-01', false, '{"type": "c"}')
                """)
            )

        await _upgrade(database, tmp_path / "migrations", up_to="9999")

        async with database.transaction() as session:
            rows = await session.execute(
                text("""
                    SELECT number, state, definition ->> 'type', valid_from::text, valid_to::text,
                        in_force_to::text
                    FROM sharing_key ORDER BY operation_id, number
                """)
            )
        assert [tuple(row) for row in rows] == [
            (1, "active", "a", "2026-01-01", None, "2026-06-01"),
            (2, "active", "b", "2026-06-01", None, None),
            (1, "active", "c", "2026-02-01", "2026-03-01", "2026-03-01"),
        ]
    finally:
        await database.close()


async def test_days_that_waited_for_ten_minute_meters_are_allocated_again(
    empty_url: str, tmp_path: Path
) -> None:
    database = Database(empty_url, schema="allocation", pool_size=2)
    try:
        await _upgrade(database, tmp_path / "migrations", up_to="0008")
        async with database.transaction() as session:
            for day, step_min, status in (
                ("2026-10-01", 10, "incomplete"),
                ("2026-10-02", 15, "incomplete"),
                ("2026-10-03", 10, "no_key"),
            ):
                values = {"day": date.fromisoformat(day), "step_min": step_min, "status": status}
                await session.execute(
                    text("""
                        INSERT INTO day_status (operation_id, day, status, revision, missing)
                        VALUES ('ACC00000001', :day, :status, 0, '[]')
                    """),
                    values,
                )
                await session.execute(
                    text("""
                        INSERT INTO reading_block
                            (operation_id, day, prm, direction, step_min, revision, power_w)
                        VALUES ('ACC00000001', :day, '99000000000001', 'consumption', :step_min,
                            1, '{}')
                    """),
                    values,
                )

        await _upgrade(database, tmp_path / "migrations", up_to="9999")

        async with database.transaction() as session:
            days = await session.scalars(text("SELECT day::text FROM stale_day"))
        assert days.all() == ["2026-10-01"]
    finally:
        await database.close()


async def test_settled_months_whose_days_were_allocated_again_are_looked_at_again(
    empty_url: str, tmp_path: Path
) -> None:
    database = Database(empty_url, schema="allocation", pool_size=2)
    try:
        await _upgrade(database, tmp_path / "migrations", up_to="0008")
        async with database.transaction() as session:
            # Day 1 was allocated twice; settlement 2 of September knows, that of October does not.
            settled = (("2026-09", 1, 1), ("2026-09", 2, 2), ("2026-10", 1, 1))
            for month, number, revision in settled:
                revisions = json.dumps({f"{month}-01": revision})
                await session.execute(
                    text("""
                        INSERT INTO settlement VALUES ('ACC00000001', :month, :number,
                            'provisional', now(), CAST(:revisions AS jsonb), '{}',
                            encode(sha256('{}'), 'hex'), NULL)
                    """),
                    {"month": month, "number": number, "revisions": revisions},
                )
            await session.execute(
                text("""
                    INSERT INTO day_status (operation_id, day, status, revision, inputs_hash,
                        production_wmin, consumption_wmin, allocated_wmin, missing)
                    SELECT 'ACC00000001', day, 'allocated', 2, 'x', 0, 0, 0, '[]'
                    FROM unnest(CAST('{2026-09-01,2026-10-01}' AS date[])) AS day
                """)
            )

        await _upgrade(database, tmp_path / "migrations", up_to="9999")

        async with database.transaction() as session:
            months = await session.scalars(text("SELECT month FROM stale_settlement"))
        assert months.all() == ["2026-10"]
    finally:
        await database.close()


async def test_deliveries_keep_the_order_of_their_arrival(empty_url: str, tmp_path: Path) -> None:
    database = Database(empty_url, schema="ingest", pool_size=2)
    add = text("""
        INSERT INTO delivery
            (id, sha256, file_name, byte_count, senders, received_at, status, formats, attempts,
            records, accepted, duplicate, quarantined, held)
        VALUES (gen_random_uuid(), repeat(:digit, 64), :digit, 1, '{feed}',
            date '2026-11-01' + CAST(:hour AS time), 'received', '{}', 0, 0, 0, 0, 0, 0)
    """)
    try:
        await _upgrade(database, tmp_path / "migrations", up_to="0001")
        async with database.transaction() as session:
            for digit, hour in (("2", time(12)), ("1", time(11))):
                await session.execute(add, {"digit": digit, "hour": hour})

        await _upgrade(database, tmp_path / "migrations", up_to="9999")

        async with database.transaction() as session:
            await session.execute(add, {"digit": "3", "hour": time(10)})
            names = await session.scalars(text("SELECT file_name FROM delivery ORDER BY number"))
        assert names.all() == ["1", "2", "3"]
    finally:
        await database.close()


async def test_a_quarantined_record_gets_the_code_of_its_reason(
    empty_url: str, tmp_path: Path
) -> None:
    database = Database(empty_url, schema="ingest", pool_size=2)
    reasons = {
        "contradicts line 3, which was taken": "contradiction",
        "the value is not in whole watts: send it as the meter recorded it": "value-not-whole",
        "the interval does not start on a whole step of its local day": "stamp-off-step",
        "The XML is damaged or cut at line 3.": "unreadable",
    }
    try:
        await _upgrade(database, tmp_path / "migrations", up_to="0001")
        async with database.transaction() as session:
            await session.execute(
                text("""
                    INSERT INTO delivery
                        (id, sha256, file_name, byte_count, senders, received_at, status, formats,
                        attempts, records, accepted, duplicate, quarantined, held)
                    VALUES (gen_random_uuid(), repeat('1', 64), '', 1, '{feed}', now(), 'recorded',
                        '{}', 1, 4, 0, 0, 4, 0)
                """)
            )
            await session.execute(
                text("""
                    INSERT INTO quarantined_record (delivery_id, number, position, reason, record)
                    SELECT delivery.id, number, '', reason, '' FROM delivery,
                        unnest(CAST(:reasons AS text[])) WITH ORDINALITY AS given (reason, number)
                """),
                {"reasons": list(reasons)},
            )

        await _upgrade(database, tmp_path / "migrations", up_to="9999")

        async with database.transaction() as session:
            found = await session.execute(
                text("SELECT reason, code, state FROM quarantined_record ORDER BY number")
            )
        expected = [(reason, code, "open") for reason, code in reasons.items()]
        assert [tuple(row) for row in found] == expected
    finally:
        await database.close()


async def test_a_delivery_that_was_read_keeps_the_moment_at_which_its_values_were_published(
    empty_url: str, tmp_path: Path
) -> None:
    database = Database(empty_url, schema="ingest", pool_size=2)
    deliver = text("""
        INSERT INTO delivery
            (id, sha256, file_name, byte_count, senders, received_at, recorded_at, status, formats,
            attempts, records, accepted, duplicate, quarantined, held)
        VALUES (gen_random_uuid(), repeat(:digit, 64), :digit, 1, '{feed}', '2026-11-01T10:00Z',
            :recorded_at, 'recorded', '{}', 1, 1, 1, 0, 0, 0)
    """)
    block = text("""
        INSERT INTO reading_block
            (prm, direction, day, step_min, revision, power_w, natures, doubtful, delivery_id)
        SELECT '99000000000017', 'consumption', '2026-07-01', 60, :revision, '{1}', 'm', '{f}', id
        FROM delivery WHERE file_name = :digit
    """)
    published = text("""
        INSERT INTO reading_block
            (prm, direction, day, step_min, revision, power_w, natures, doubtful, delivery_id,
            published_us)
        SELECT '99000000000017', 'consumption', '2026-07-01', 60, :revision, '{1}', 'm', '{f}', id,
            ARRAY[(extract(epoch FROM CAST(:at AS timestamptz)) * 1000000)::bigint]
        FROM delivery WHERE file_name = :digit
    """)
    recorded_at = datetime(2026, 11, 1, 10, 5, tzinfo=UTC)
    try:
        await _upgrade(database, tmp_path / "migrations", up_to="0002")
        async with database.transaction() as session:
            await session.execute(deliver, {"digit": "1", "recorded_at": recorded_at})
            await session.execute(block, {"digit": "1", "revision": 1})
            await session.execute(text("INSERT INTO delivery_file SELECT id, 'kept' FROM delivery"))
        await _upgrade(database, tmp_path / "migrations", up_to="0003")
        async with database.transaction() as session:
            await session.execute(deliver, {"digit": "2", "recorded_at": recorded_at})
            await session.execute(published, {"digit": "2", "revision": 2, "at": recorded_at})
            await session.execute(deliver, {"digit": "3", "recorded_at": None})
        await _upgrade(database, tmp_path / "migrations", up_to="0008")
        async with database.transaction() as session:
            await session.execute(deliver, {"digit": "4", "recorded_at": recorded_at})
            await session.execute(
                text("UPDATE delivery SET started_at = received_at WHERE file_name = '4'")
            )
            read_at = recorded_at - timedelta(milliseconds=1.5)
            await session.execute(published, {"digit": "4", "revision": 3, "at": read_at})

        await _upgrade(database, tmp_path / "migrations", up_to="9999")

        async with database.transaction() as session:
            found = await session.scalars(
                text("SELECT first_read_at FROM delivery ORDER BY file_name")
            )
            came_at = recorded_at - timedelta(minutes=5)
            assert found.all() == [came_at, recorded_at, None, read_at]
            kept = await session.scalars(text("SELECT content FROM delivery_file"))
            assert kept.all() == [b"kept"]
    finally:
        await database.close()


async def test_members_are_told_again_so_that_billing_learns_their_kind(
    empty_url: str, tmp_path: Path
) -> None:
    database = Database(empty_url, schema="community", pool_size=2)
    folder = tmp_path / "migrations"
    try:
        await _upgrade(database, folder, up_to="0005", beside=[messaging.MIGRATIONS])
        async with database.transaction() as session:
            await session.execute(
                text("""
                    INSERT INTO member VALUES (gen_random_uuid(), 'public_body', 'Mairie',
                        '1 place', NULL, '993000033', NULL, 4)
                """)
            )

        await _upgrade(database, folder, up_to="9999", beside=[messaging.MIGRATIONS])

        async with database.transaction() as session:
            member = (await session.execute(text("SELECT id, revision FROM member"))).one()
            told = (await session.execute(text("SELECT * FROM outbox"))).one()
        event = MemberRecorded.model_validate_json(told.value)
        assert (told.type, told.topic, told.key) == (event.type, event.topic, event.key)
        assert event.member_id == member.id
        assert (event.revision, member.revision) == (5, 5)
        assert (event.kind, event.name, event.siren) == ("public_body", "Mairie", "993000033")
        assert event.vat_number is None
    finally:
        await database.close()


async def test_invoices_of_before_are_entered_in_the_books(empty_url: str, tmp_path: Path) -> None:
    database = Database(empty_url, schema="billing", pool_size=2)
    try:
        await _upgrade(database, tmp_path / "migrations", up_to="0004")
        async with database.transaction() as session:
            for number, cents in ((1, 310), (2, -50), (3, 0)):
                await session.execute(
                    text("""
                        WITH content AS (SELECT CAST(:content AS text) AS text)
                        INSERT INTO invoice (
                            id, operation_id, month, issuer_id, customer_id, state, year, sequence,
                            number, issue_date, content, content_hash
                        )
                        SELECT gen_random_uuid(), 'ACC00000101', '2026-10', CAST(:seller AS uuid),
                            CAST(:buyer AS uuid), 'issued', 2026, CAST(:number AS integer),
                            'F2026-0000' || CAST(:number AS integer), '2026-11-05', text,
                            encode(sha256(convert_to(text, 'UTF8')), 'hex')
                        FROM content
                    """),
                    {
                        "number": number,
                        "seller": "5b6df807-d41e-5251-a808-b67bac9773b2",
                        "buyer": f"10f8515c-228d-565a-a280-05deda4d430{number}",
                        "content": json.dumps(_invoice_of(cents)),
                    },
                )

        await _upgrade(database, tmp_path / "migrations", up_to="9999")

        async with database.transaction() as session:
            rows = await session.execute(
                text("""
                    SELECT entry.number, piece_ref, account, account_label, party_name,
                        debit_cents - credit_cents
                    FROM journal_entry AS entry JOIN journal_line ON entry_id = entry.id
                    ORDER BY entry.number, position
                """)
            )
            last = await session.scalar(text("SELECT last_number FROM entry_series"))
        assert [tuple(row) for row in rows] == [
            (1, "F2026-00001", "411000", "Clients", "Anna", 372),
            (1, "F2026-00001", "701000", "Ventes d'electricite", None, -260),
            (1, "F2026-00001", "447000", "Accise sur l'electricite", None, -50),
            (1, "F2026-00001", "445712000", "TVA collectee 20 %", None, -62),
            (2, "F2026-00002", "411000", "Clients", "Anna", -60),
            (2, "F2026-00002", "701000", "Ventes d'electricite", None, 50),
            (2, "F2026-00002", "445712000", "TVA collectee 20 %", None, 10),
        ]
        assert last == 2
    finally:
        await database.close()


def _invoice_of(cents: int) -> dict[str, object]:
    vat_cents = cents // 5
    return {
        "customer": {"name": "Anna"},
        "period_from": "2026-10-01",
        "period_to": "2026-11-01",
        "lines": [],
        **({"taxes": [{"amount_cents": 20}, {"amount_cents": 30}]} if cents > 0 else {}),
        "vat": [{"rate": "0.2", "base_cents": cents, "vat_cents": vat_cents}],
        "total_excl_vat_cents": cents,
        "total_vat_cents": vat_cents,
        "total_incl_vat_cents": cents + vat_cents,
    }


async def test_what_groups_did_in_challenges_becomes_whole_percent(
    empty_url: str, tmp_path: Path
) -> None:
    database = Database(empty_url, schema="community", pool_size=2)
    folders = [messaging.MIGRATIONS]
    try:
        await _upgrade(database, tmp_path / "migrations", up_to="0037", beside=folders)
        async with database.transaction() as session:
            owner = "INSERT INTO organiser VALUES (gen_random_uuid(), 'A', 'B')"
            await session.execute(text(owner))
            await session.execute(
                text("""
                    INSERT INTO operation
                        (id, name, organiser_id, step_min, valid_from, revision, step_changes)
                    SELECT 'ACC00000001', 'A', id, 30, '2026-01-01', 1, '[]' FROM organiser
                """)
            )
            await session.execute(
                text("""
                    INSERT INTO challenge (id, operation_id, title, text, kind, first_day, last_day,
                        windows, weekdays, target_percent, baseline_weeks, freeze_after_days, state,
                        drafted_at, drafted_by, announced_at, frozen_at, group_effort_permille)
                    VALUES (gen_random_uuid(), 'ACC00000001', 'A', '', 'use_more', '2026-10-01',
                        '2026-10-07', '[[24, 28]]', '{}', 10, 4, 7, 'frozen', now(), 'a', now(),
                        now(), 445)
                """)
            )

        await _upgrade(database, tmp_path / "migrations", up_to="9999", beside=folders)

        async with database.transaction() as session:
            efforts = await session.scalars(text("SELECT group_effort_percent FROM challenge"))
            assert efforts.all() == [45]
        with pytest.raises(DBAPIError, match="stays as it is"):
            async with database.transaction() as session:
                await session.execute(text("UPDATE challenge SET group_effort_percent = 44"))
    finally:
        await database.close()
