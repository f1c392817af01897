"""Indexes and invoiced quantities go with the curves of their time; so does what was asked for."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from tests.community.coop import new_operation_id, new_prm
from tests.ingest.delivering import pushed
from tests.ingest.formats.files import r151, r151_class, r151_day
from tests.ingest.formats.json_files import r64, r64_counter, r64_value, r67, r67_quantity
from tests.ingest.formats.result_files import wide, wide_day
from tests.ingest.purging import get, months_ago, purge_on, purging
from tests.support.alone import Alone

_OLD, _ALSO_OLD, _KEPT = months_ago(40), months_ago(39), months_ago(1)
_DAY = timedelta(days=1)


@pytest.fixture
async def ingest(database_url: str) -> AsyncIterator[Alone]:
    async with purging(database_url) as service_alone:
        yield service_alone


async def _query(ingest: Alone, sql: str, **values: object) -> Sequence[Any]:
    async with ingest.platform.database("ingest") as database, database.transaction() as session:
        rows = await session.execute(text(sql), values)
        return rows.scalars().all() if rows.returns_rows else []  # type: ignore[attr-defined]


def _told(report: Any) -> tuple[int, str, str]:  # noqa: ANN401 - JSON
    return report["removed"], report["first_day"], report["last_day"]


async def test_indexes_go_after_the_period_of_curves(ingest: Alone) -> None:
    prm, other = new_prm(), new_prm()
    shown = [r64_value(f"{day} 00:00:00", 5_000) for day in (_OLD, _ALSO_OLD, _KEPT)]
    daily = [r151_day(f"{day}", [r151_class(1, "7000")]) for day in (_OLD, _KEPT)]

    async with ingest.client("operator") as operator:
        r64_file = r64([], total=r64_counter("IDX_EAS_T", shown), prm=prm)
        await pushed(operator, r64_file, "r64.json")
        await pushed(operator, r151(daily, prm=other), "r151.xml")
        before = await _query(ingest, "SELECT count(*) FROM meter_index")
        reports = await purge_on(ingest, months_ago(-1, 20))
        # What comes late is purged with the next day.
        late = r64([], total=r64_counter("IDX_EAS_T", shown[:1]), prm=prm)
        await pushed(operator, late, "late.json")
        later = await purge_on(ingest, months_ago(-1, 21))

    assert before == [5]
    assert _told(reports["indexes"])[0] == 3
    assert _told(reports["indexes"])[1] in {f"{_OLD}", f"{_OLD + _DAY}"}
    assert reports["indexes"]["last_day"] == f"{_ALSO_OLD}"
    assert _told(later["indexes"]) == (1, f"{_OLD}", f"{_OLD}")
    left = await _query(ingest, "SELECT read_at FROM meter_index")
    assert len(left) == 2
    assert {at.date() for at in left} <= {_KEPT - _DAY, _KEPT, _KEPT + _DAY}


async def test_invoiced_quantities_go_once_their_last_day_is_too_old(ingest: Alone) -> None:
    prm, first_kept = new_prm(), months_ago(35, 1)
    quantities = [
        r67_quantity(f"{_OLD}", f"{_ALSO_OLD}", 240_000),
        # Its last day is the last that is too old, and the next one's the first that is kept.
        r67_quantity(f"{_ALSO_OLD}", f"{first_kept}", 240_000),
        r67_quantity(f"{_ALSO_OLD}", f"{first_kept + _DAY}", 240_000),
    ]

    async with ingest.client("operator") as operator:
        await pushed(operator, r67(quantities, prm=prm), "r67.json")
        reports = await purge_on(ingest, months_ago(-1, 20))

    assert reports["invoiced"]["kept_from"] == f"{first_kept}"
    assert _told(reports["invoiced"]) == (2, f"{_ALSO_OLD - _DAY}", f"{first_kept - _DAY}")
    assert await _query(ingest, "SELECT to_day FROM invoiced_quantity") == [first_kept + _DAY]


async def test_results_of_the_dso_go_after_the_period_of_curves(ingest: Alone) -> None:
    days = [f"{day}" for day in (_OLD, _ALSO_OLD, _KEPT)]
    rows = [
        row for day in days for row in wide_day(day, home=new_prm(), roof=new_prm(), step_min=60)
    ]

    async with ingest.client("operator") as operator:
        await pushed(operator, wide(rows), f"{new_operation_id()}.csv")
        before = await _query(ingest, "SELECT count(*) FROM result_curve")
        reports = await purge_on(ingest, months_ago(-1, 20))

    # Three quantities of a home, three of a roof.
    assert before == [18]
    assert _told(reports["results"]) == (12, f"{_OLD}", f"{_ALSO_OLD}")
    assert set(await _query(ingest, "SELECT day FROM result_curve")) == {_KEPT}


async def test_pulls_that_ended_go_after_their_own_period_and_those_that_wait_stay(
    ingest: Alone,
) -> None:
    old, young = _noon(months_ago(14)), _noon(months_ago(1))
    await _given_pull(ingest, created_at=old, closed_at=old)
    kept = [
        await _given_pull(ingest, created_at=old, closed_at=young),
        await _given_pull(ingest, created_at=old, closed_at=None),
    ]

    async with ingest.client("operator") as operator:
        would_be = (await operator.post("/ingest/purges", params={"dry_run": "true"})).json()
        reports = await purge_on(ingest, months_ago(-1, 20))
        listed = {pull["prm"] for pull in await get(operator, "/pulls")}

    assert [purge["removed"] for purge in would_be if purge["kind"] == "pulls"] == [1]
    assert _told(reports["pulls"]) == (1, f"{months_ago(14)}", f"{months_ago(14)}")
    assert listed == set(kept)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


async def _given_pull(
    ingest: Alone,
    *,
    created_at: datetime,
    closed_at: datetime | None,
    re_request_id: UUID | None = None,
) -> str:
    """Returns its point."""
    prm = new_prm()
    await _query(
        ingest,
        "INSERT INTO pull_job (id, source, resource, prm, direction, from_day, to_day, asked_by, "
        "state, created_at, attempts, next_attempt_at, closed_at, re_request_id) VALUES (:id, "
        "'data-connect', 'load_curve', :prm, 'consumption', '2026-01-01', '2026-01-02', "
        "'schedule', :state, :created_at, 1, :next_attempt_at, :closed_at, :re_request_id)",
        id=uuid4(),
        prm=prm,
        state="done" if closed_at else "waiting",
        created_at=created_at,
        next_attempt_at=None if closed_at else created_at,
        closed_at=closed_at,
        re_request_id=re_request_id,
    )
    return prm


async def test_re_requests_that_ended_go_after_the_period_of_pulls(ingest: Alone) -> None:
    old, young = _noon(months_ago(14)), _noon(months_ago(1))
    gone = await _given_re_request(ingest, created_at=old, closed_at=old)
    kept = {
        await _given_re_request(ingest, created_at=old, closed_at=young),
        await _given_re_request(ingest, created_at=old, closed_at=None),
        asked := await _given_re_request(ingest, created_at=old, closed_at=old),
    }
    await _given_pull(ingest, created_at=old, closed_at=None, re_request_id=asked)

    async with ingest.client("operator") as operator:
        would_be = (await operator.post("/ingest/purges", params={"dry_run": "true"})).json()
        reports = await purge_on(ingest, months_ago(-1, 20))

    assert [purge["removed"] for purge in would_be if purge["kind"] == "re_requests"] == [1]
    assert _told(reports["re_requests"]) == (1, f"{months_ago(14)}", f"{months_ago(14)}")
    left = set(await _query(ingest, "SELECT id FROM re_request"))
    assert left == kept
    assert gone not in left


async def _given_re_request(
    ingest: Alone, *, created_at: datetime, closed_at: datetime | None
) -> UUID:
    re_request_id = uuid4()
    await _query(
        ingest,
        "INSERT INTO re_request (id, operation_id, prm, direction, from_day, to_day, flow, status, "
        "asked_by, created_at, attempts, next_attempt_at, closed_at) VALUES (:id, 'ACC00000001', "
        ":prm, 'consumption', '2026-01-01', '2026-01-02', 'Data Connect', :status, 'schedule', "
        ":created_at, 1, :next_attempt_at, :closed_at)",
        id=re_request_id,
        prm=new_prm(),
        status="resolved" if closed_at else "waiting",
        created_at=created_at,
        next_attempt_at=None if closed_at else created_at,
        closed_at=closed_at,
    )
    return re_request_id
