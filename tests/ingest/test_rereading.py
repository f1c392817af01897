"""Files that are read again: what a parser of today finds takes the place of what was found."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import select, text

from services.ingest.commands.deliveries import ask_for_rereading
from services.ingest.domain.deliveries import Counts
from services.ingest.domain.problems import DeliveryUnknown
from services.ingest.tables import DeliveryRow, ReadingBlockRow
from tests.cli.test_commands import elocoop
from tests.community.coop import new_prm
from tests.ingest.delivering import pushed, quarantine, settled
from tests.ingest.formats.files import r63, r63_row
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

    assert again == recorded | {"recorded_at": again["recorded_at"]}
    assert await quarantine(operator, again) == before
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


async def test_a_refused_file_gets_another_chance(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    recorded = await pushed(operator, curve_file([prm], [SUMMER_DAY]))
    async with platform.database("ingest") as database, database.transaction() as session:
        # As if no parser had understood it.
        row = await session.get_one(DeliveryRow, UUID(recorded["id"]))
        row.status, row.problem, row.counts = "refused", "not understood", Counts()
        await session.execute(text("DELETE FROM held_block WHERE prm = :prm"), {"prm": prm})
        await session.execute(text("DELETE FROM reading_block WHERE prm = :prm"), {"prm": prm})

    again = await _reread(platform, operator, recorded)

    assert (again["status"], again["problem"]) == ("recorded", None)
    assert again["counts"] == recorded["counts"]


async def test_a_file_that_is_no_longer_understood_stays_recorded_and_says_so(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    recorded = await pushed(operator, curve_file([new_prm()], [SUMMER_DAY]))
    async with platform.database("ingest") as database, database.transaction() as session:
        await session.execute(
            text("INSERT INTO delivery_file VALUES (:id, :content)"),
            {"id": UUID(recorded["id"]), "content": b"x\x9cK\xcb\xcf\x07\x00\x02\x82\x01E"},
        )

    again = await _reread(platform, operator, recorded)

    assert again["status"] == "recorded"
    assert again["problem"].startswith("Not understood when it was read again: ")
    assert again["counts"] == recorded["counts"]


async def test_a_file_that_the_store_has_lost_fails_alone_and_is_mended_by_sending_it_again(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    content = curve_file([new_prm()], [SUMMER_DAY])
    recorded = await pushed(operator, content)
    folder = Path(platform.settings.file_store_url.removeprefix("folder:"))
    (folder / recorded["sha256"][:2] / recorded["sha256"]).unlink()

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
    first = Counts(records=100, accepted=90, quarantined=10, held=90)
    again = Counts(records=100, accepted=10, duplicate=90, held=10)

    assert again.after(first) == Counts(records=100, accepted=100, held=100)
