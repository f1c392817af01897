"""Large files: sent without a form, found by content, recorded in parts as if they were small."""

import hashlib
import io
import subprocess
import sys
import zipfile

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.file_store import file_store
from services.ingest.commands.deliveries import spool
from services.ingest.commands.deliveries.receiving import receive_delivery
from services.ingest.formats.files import text_parts
from services.ingest.tables import DeliveryRow, QuarantinedRecordRow, ReadingBlockRow
from tests.community.coop import (
    enrol,
    given_member,
    given_operation,
    given_point,
    logged_in,
    new_prm,
    participation,
)
from tests.ingest.delivering import push, settled, told, until_covered
from tests.ingest.formats.files import pdc, r50, r63, r63_row
from tests.ingest.recording import record_delivery
from tests.support.curves import OCTOBER_DAY, SUMMER_DAY, curve_file
from tests.support.platform import Platform

_BODY = {"Content-Type": "application/octet-stream", "X-File-Name": "july.csv"}


async def test_a_file_may_be_sent_as_the_body_of_the_request(operator: httpx.AsyncClient) -> None:
    content = curve_file([new_prm()], [SUMMER_DAY])

    answer = await operator.post("/ingest/deliveries", content=content, headers=_BODY)

    assert answer.status_code == 202, answer.text
    assert answer.json()["file_name"] == "july.csv"
    assert answer.json()["sha256"] == hashlib.sha256(content).hexdigest()
    assert (await settled(operator, answer.json()["id"]))["counts"]["accepted"] == 48
    again = await push(operator, content)
    assert (again.status_code, again.json()["id"]) == (200, answer.json()["id"])


async def test_a_sender_asks_whether_a_file_was_received_before_sending_it_again(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    content = curve_file([new_prm()], [SUMMER_DAY])
    path = f"/ingest/deliveries/by-content/{hashlib.sha256(content).hexdigest()}"
    assert (await operator.get(path)).status_code == 404

    async with (
        logged_in(platform, operator, "feed") as feed,
        logged_in(platform, operator, "feed") as other,
    ):
        delivery = (await push(feed, content)).json()

        assert (await feed.get(path)).json()["id"] == delivery["id"]
        assert (await operator.get(path)).json()["id"] == delivery["id"]
        theirs = await other.get(path)
    assert (theirs.status_code, theirs.json()["type"]) == (404, "/problems/delivery-unknown")
    malformed = await operator.get("/ingest/deliveries/by-content/abc")
    assert malformed.status_code == 422


@pytest.mark.parametrize("kind", ["csv", "zip", "cut"])
async def test_a_file_in_many_groups_is_recorded_as_if_it_were_in_one(
    platform: Platform, operator: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    del operator  # the platform is up
    content = _contradicting([new_prm(), new_prm()])
    if kind != "csv":
        xml = r50([pdc("2026-07-01T00:30:00+02:00")], prm=new_prm())
        content = _zip({"a.csv": content, "b.xml": xml[:-9] if kind == "cut" else xml})

    at_once = await _recorded(platform, content)
    monkeypatch.setattr(text_parts, "PART_BYTES", 700)
    monkeypatch.setattr(spool, "GROUP_ROWS", 10)
    monkeypatch.setattr(spool, "IN_MEMORY_ROWS", 10)
    monkeypatch.setattr(spool, "_STREAM_ROWS", 1 if kind == "csv" else 500)
    in_groups = await _recorded(platform, content)

    assert in_groups == at_once
    assert at_once[0]["quarantined"] == 4 + (kind == "cut")


def _contradicting(prms: list[str]) -> bytes:
    """October's night, gaps, bad records, and records at the end that contradict the first."""
    first, second = prms
    rows = curve_file(prms, [OCTOBER_DAY, SUMMER_DAY], step_min=60).decode().splitlines()[1:]
    rows += [
        r63_row("2026-07-01 05:00:00", "99", prm=first, step="PT60M"),
        r63_row("2026-07-01 05:00:00", "", prm=second, step="PT60M"),
        r63_row("2026-07-01 06:00:00", "478", prm=first, step="PT60M"),
        r63_row("2026-07-01 06:00:00", "1", prm=second, step="PT60M"),
        r63_row("2026-07-02 06:00:00", "x", prm=second, step="PT60M"),
        r63_row("yesterday", "1", prm=second, step="PT60M"),
    ]
    return r63(rows)


async def _recorded(platform: Platform, content: bytes) -> tuple[dict[str, int], object, object]:
    """Counts, quarantine and blocks, in a transaction of our own that is then undone."""
    files = file_store(platform.settings)
    async with platform.database("ingest") as database, database.transaction() as session:
        with files.draft() as draft:
            draft.write(content)
            delivery, _ = await receive_delivery(
                session, files, draft, file_name="a.csv", sender="test"
            )
        await record_delivery(session, files, delivery.id)
        counts = await _found(session, delivery)
        await session.rollback()
    return counts


async def _found(
    session: AsyncSession, delivery: DeliveryRow
) -> tuple[dict[str, int], object, object]:
    quarantine = await session.execute(
        select(
            QuarantinedRecordRow.position, QuarantinedRecordRow.reason, QuarantinedRecordRow.record
        ).where(QuarantinedRecordRow.delivery_id == delivery.id)
    )
    blocks = await session.execute(
        select(
            ReadingBlockRow.prm,
            ReadingBlockRow.day,
            ReadingBlockRow.revision,
            ReadingBlockRow.power_w,
            ReadingBlockRow.natures,
        )
        .where(ReadingBlockRow.delivery_id == delivery.id)
        .order_by(ReadingBlockRow.prm, ReadingBlockRow.day)
    )
    counts = {name: getattr(delivery, name) for name in ("records", "accepted", "quarantined")}
    return counts, sorted(map(tuple, quarantine)), list(map(tuple, blocks))


def _zip(members: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


async def test_a_day_of_more_points_than_a_group_holds_is_recorded_in_shares(
    platform: Platform, operator: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    del operator
    content = curve_file([new_prm() for _ in range(5)], [SUMMER_DAY])
    at_once = await _recorded(platform, content)
    monkeypatch.setattr(spool, "GROUP_ROWS", 60)
    monkeypatch.setattr(spool, "IN_MEMORY_ROWS", 60)

    assert await _recorded(platform, content) == at_once


async def test_each_share_of_a_day_has_its_own_event(
    platform: Platform, operator: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool, "GROUP_ROWS", 60)
    monkeypatch.setattr(spool, "IN_MEMORY_ROWS", 60)
    operation_id, member_id = await given_operation(operator), await given_member(operator)
    prms = [await given_point(operator) for _ in range(8)]
    for prm in prms:
        await enrol(operator, operation_id, participation(prm, member_id))
        await until_covered(platform, prm)
    content = curve_file(prms, [SUMMER_DAY])
    files = file_store(platform.settings)

    async with platform.database("ingest") as database, database.transaction() as session:
        with files.draft() as draft:
            draft.write(content)
            delivery, _ = await receive_delivery(
                session, files, draft, file_name="a.csv", sender="test"
            )
        await record_delivery(session, files, delivery.id)

    # Which points share one depends on their numbers.
    events = await told(platform, operation_id, count=2)
    assert [event.revision for event in events] == [*range(1, len(events) + 1)]
    assert sorted(block.prm for event in events for block in event.blocks) == sorted(prms)


def test_a_file_of_100_mb_is_read_in_much_less_memory() -> None:
    measured = subprocess.run(
        [sys.executable, "-c", _MEASURE], check=True, capture_output=True, timeout=300
    )

    readings, peak_mb = map(int, measured.stdout.split())
    assert readings == 60 * 365 * 48
    assert peak_mb < 600


_MEASURE = """
import re
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from services.demo.dso_files import WRITERS, Shape
from services.ingest.commands.deliveries.spool import Spool
from services.ingest.formats import parse_parts
with TemporaryFile() as file, TemporaryDirectory() as folder:
    file.writelines(WRITERS["R63 CSV"](Shape(points=60, days=365)))
    file.seek(0)
    spool = Spool(Path(folder))
    for part in parse_parts(file):
        spool.add(part)
    print(sum(one.readings.height for group in spool.groups() for one in group))
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""
