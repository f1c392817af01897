"""Files that are read again: what a parser of today finds takes the place of what was found."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import select, text

from services.ingest.commands.deliveries.receiving import ask_for_rereading
from services.ingest.domain.deliveries.deliveries import RecordCounts
from services.ingest.domain.problems import DeliveryUnknown
from services.ingest.tables import DeliveryRow, ReadingBlockRow
from tests.community.coop import new_prm
from tests.ingest.delivering import pushed, quarantine, settled, stored_file
from tests.ingest.formats.files import r63, r63_row
from tests.ingest.validating import curve_of, decide
from tests.support.commands import elocoop
from tests.support.curves import SUMMER_DAY, curve_file
from tests.support.platform import Platform


async def _reread(platform: Platform, operator: httpx.AsyncClient, delivery: Any) -> Any:  # noqa: ANN401 - JSON
    """The delivery, after its file was read again."""
    async with platform.database("ingest") as database, database.transaction() as session:
        assert await ask_for_rereading(session, ids=[UUID(delivery["id"])]) == 1
    return await settled(operator, delivery["id"])


async def _as_if_misread(platform: Platform, delivery: Any, power_w: int) -> None:  # noqa: ANN401 - JSON
    """What a parser of the past would have left: another value in the first step."""
    async with platform.database("ingest") as database, database.transaction() as session:
        await session.execute(
            text("UPDATE reading_block SET power_w[1] = :power_w WHERE delivery_id = :id"),
            {"power_w": power_w, "id": UUID(delivery["id"])},
        )


async def _first_values(platform: Platform, prm: str) -> list[int]:
    """Of all revisions."""
    async with platform.database("ingest") as database, database.transaction() as session:
        values = await session.scalars(
            select(ReadingBlockRow.power_w[1])
            .where(ReadingBlockRow.prm == prm)
            .order_by(ReadingBlockRow.revision)
        )
        return list(values)


async def test_reading_a_file_again_changes_nothing_if_nothing_has_changed(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    rows = [r63_row("2026-07-01 00:30:00", value, prm=prm) for value in ("1", "1", "2", "x")]
    recorded = await pushed(operator, r63(rows))
    before = await quarantine(operator, recorded)

    again = await _reread(platform, operator, recorded)

    times = ("started_at", "recorded_at", "parsing_ms", "recording_ms")
    assert again == recorded | {name: again[name] for name in times}
    records = await quarantine(operator, again)
    assert [record | {"id": 0} for record in records] == [record | {"id": 0} for record in before]
    assert await _first_values(platform, prm) == [1]


@pytest.mark.parametrize("misread_w", [1, 9_000])
async def test_what_was_misread_is_corrected_to_a_smaller_value_too(
    platform: Platform, operator: httpx.AsyncClient, misread_w: int
) -> None:
    prm = new_prm()
    recorded = await pushed(operator, curve_file([prm], [SUMMER_DAY], power_w=478))
    await _as_if_misread(platform, recorded, misread_w)

    again = await _reread(platform, operator, recorded)

    assert await _first_values(platform, prm) == [misread_w, 478]
    assert again["counts"] == recorded["counts"] | {"superseding": 1}


async def test_a_file_that_is_read_again_never_wins_over_a_newer_one(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    old, new = [
        await pushed(operator, curve_file([prm], [SUMMER_DAY], power_w=power_w))
        for power_w in (1, 2)
    ]

    for delivery in (old, new, old):
        await _reread(platform, operator, delivery)

    assert await _first_values(platform, prm) == [1, 2]


async def test_what_was_decided_on_a_record_stands_when_its_file_is_read_again(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    stamps = [f"2026-07-01 0{hour}:00:00" for hour in range(1, 6)]
    rows = [r63_row(stamp, "x", prm=prm) for stamp in stamps[:3]]
    # Released, a contradiction takes the place of what it contradicts.
    rows += [r63_row(stamps[3], value, prm=prm) for value in ("1", "2")]
    recorded = await pushed(operator, r63([*rows, rows[2]]))
    corrected: dict[str, object] = {"prm": prm, "direction": "consumption", "step_min": 30}
    corrected |= {"start": "2026-06-30T22:30:00Z", "power_w": 7, "because": "read anew"}
    await decide(operator, recorded, 1, "correction", corrected)
    await decide(operator, recorded, 2, "discard", {"because": "noise"})
    (contradiction,) = [
        record
        for record in await quarantine(operator, recorded)
        if record["code"] == "contradiction"
    ]
    await decide(operator, recorded, contradiction["number"], "release", {"because": "it is so"})
    before = await quarantine(operator, recorded)

    again = await _reread(platform, operator, recorded)

    records = {
        (record["position"], record["state"]): record
        for record in await quarantine(operator, again)
    }
    assert records.keys() == {(record["position"], record["state"]) for record in before}
    assert sorted(state for _, state in records) == [
        "corrected",
        "discarded",
        "open",
        "open",
        "released",
    ]
    assert (again["counts"]["records"], again["status"]) == (6, "recorded")
    # Of the corrected, the discarded and the released one, all is as it was decided.
    kept = [record for record in before if record["state"] != "open"]
    assert [records[record["position"], record["state"]] for record in kept] == kept
    (curve,) = await curve_of(operator, prm)
    values_w = dict(enumerate(curve["power_w"]))
    assert {place: value_w for place, value_w in values_w.items() if value_w} == {1: 7, 7: 2}


async def test_values_that_the_file_no_longer_has_stay(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    stamps = ["2026-07-01 00:30:00", "2026-07-01 01:00:00"]
    recorded = await pushed(operator, r63([r63_row(stamp, "1", prm=prm) for stamp in stamps]))
    # As if a parser of today understood the second row no more.
    stored_file(platform, recorded).write_bytes(r63([r63_row(stamps[0], "3", prm=prm)]))

    await _reread(platform, operator, recorded)

    (curve,) = await curve_of(operator, prm)
    assert curve["power_w"][:2] == [3, 1]


async def test_a_refused_file_gets_another_chance(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    recorded = await pushed(operator, curve_file([prm], [SUMMER_DAY]))
    async with platform.database("ingest") as database, database.transaction() as session:
        # As if no parser had understood it.
        row = await session.get_one(DeliveryRow, UUID(recorded["id"]))
        row.status, row.problem, row.counts = "refused", "not understood", RecordCounts()
        for table in ("held_block", "reading_block", "reading_flag"):
            await session.execute(text(f"DELETE FROM {table} WHERE prm = :prm"), {"prm": prm})

    again = await _reread(platform, operator, recorded)

    assert (again["status"], again["problem"]) == ("recorded", None)
    assert again["counts"] == recorded["counts"]


async def test_a_file_that_is_no_longer_understood_stays_recorded_and_says_so(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    recorded = await pushed(operator, curve_file([new_prm()], [SUMMER_DAY]))
    stored_file(platform, recorded).write_bytes(b"foo")

    again = await _reread(platform, operator, recorded)

    assert again["status"] == "recorded"
    assert again["problem"].startswith("Not understood when it was read again: ")
    assert again["counts"] == recorded["counts"]


async def test_a_file_that_the_store_has_lost_fails_alone_and_is_mended_by_sending_it_again(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    content = curve_file([new_prm()], [SUMMER_DAY])
    recorded = await pushed(operator, content)
    stored_file(platform, recorded).unlink()

    failed = await _reread(platform, operator, recorded)
    mended = await pushed(operator, content)

    assert failed["status"] == "failed"
    assert failed["problem"] == "Our mistake, which has been logged (FileLost)."
    assert mended["status"] == "recorded"
    assert mended["counts"] == recorded["counts"]


async def test_a_delivery_that_is_unknown_is_told_and_none_is_read_again(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    recorded = await pushed(operator, curve_file([new_prm()], [SUMMER_DAY]))
    async with platform.database("ingest") as database, database.transaction() as session:
        with pytest.raises(DeliveryUnknown):
            await ask_for_rereading(session, ids=[UUID(recorded["id"]), uuid4()])

    assert await settled(operator, recorded["id"]) == recorded


async def test_deliveries_since_a_moment_are_read_again(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    await pushed(operator, curve_file([new_prm()], [SUMMER_DAY]))
    async with platform.database("ingest") as database, database.transaction() as session:
        assert await ask_for_rereading(session, since=datetime(2100, 1, 1, tzinfo=UTC)) == 0


async def test_the_command_asks_the_running_service_and_waits(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    recorded = await pushed(operator, curve_file([prm], [SUMMER_DAY]))
    await _as_if_misread(platform, recorded, 1)

    done = await asyncio.to_thread(
        elocoop, "reparse", recorded["id"], "--wait", DATABASE_URL=platform.database_url
    )
    unknown = await asyncio.to_thread(
        elocoop, "reparse", str(uuid4()), DATABASE_URL=platform.database_url
    )
    unclear = await asyncio.to_thread(elocoop, "reparse", DATABASE_URL=platform.database_url)

    assert (done.returncode, done.stdout) == (0, "1 deliveries have been read again.\n")
    assert await _first_values(platform, prm) == [1, 478]
    assert (unknown.returncode, unclear.returncode) == (2, 2)
    assert "No delivery has the id" in unknown.stderr


def test_counts_of_a_file_that_is_read_again_add_up() -> None:
    first = RecordCounts(records=100, accepted=90, quarantined=10, held=90)
    again = RecordCounts(records=100, accepted=10, duplicate=90, held=10)

    assert again.after(first) == RecordCounts(records=100, accepted=100, held=100)
