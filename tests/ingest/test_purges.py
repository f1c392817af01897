"""What is too old is taken away once a day, with a report; sums by month stay."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from libs.common.events.community import ParticipationPart, PerimeterChanged
from libs.common.file_store import FileLost, file_store
from libs.common.ids import Direction, OperationId, Prm
from libs.common.rounds.rest import UNTIL_RUNG
from services.ingest.commands.deliveries.receiving import ask_for_rereading
from services.ingest.commands.privacy.purging import purge_next_batch
from services.ingest.domain.privacy.retention import Kept
from services.ingest.store.deliveries import deliveries as delivery_store
from tests.community.coop import new_operation_id, new_prm
from tests.ingest.delivering import held_points, pushed, quarantine
from tests.ingest.formats.files import r63, r63_row
from tests.ingest.purging import RETENTION, get, months_ago, noon_of, purge, purge_on, purging
from tests.support.alone import Alone
from tests.support.clock import CLOCK
from tests.support.curves import curve_file
from tests.support.waiting import until

_REVISIONS = "SELECT revision FROM reading_block WHERE prm = :prm ORDER BY revision"


@pytest.fixture
async def ingest(database_url: str) -> AsyncIterator[Alone]:
    async with purging(database_url) as service_alone:
        yield service_alone


async def _take_part(ingest: Alone, prm: str, valid_to: date | None = None) -> UUID:
    """Returns the member."""
    member_id = uuid4()
    participation = ParticipationPart(
        prm=Prm(prm),
        direction=Direction.CONSUMPTION,
        member_id=member_id,
        valid_from=date(2000, 1, 1),
        valid_to=valid_to,
    )
    perimeter = PerimeterChanged(
        time=CLOCK.now(),
        operation_id=OperationId(new_operation_id()),
        revision=1,
        name="Pousse-Soleil",
        organiser_id=uuid4(),
        step_min=30,
        participations=[participation],
    )
    await ingest.tell(perimeter)
    return member_id


async def _days(client: httpx.AsyncClient, prm: str, *around: date) -> list[str]:
    """Which of these days have a curve."""
    blocks = []
    for day in around:
        period = {"from_day": day, "to_day": day + timedelta(days=1)}
        blocks += (await get(client, f"/points/{prm}/load-curve", **period))["blocks"]
    return [block["day"] for block in blocks]


async def _purged_again(client: httpx.AsyncClient, kind: Kept, *, removed: int) -> Any:  # noqa: ANN401 - JSON
    """Today's report of a kind, once the service has purged so much in all."""
    answer = await client.post("/ingest/purges")
    assert answer.status_code == 202, answer.text

    async def report() -> Any:  # noqa: ANN401 - JSON
        return {purge["kind"]: purge for purge in await get(client, "/purges")}.get(kind)

    return await until(
        f"{removed} of {kind} are purged",
        report,
        lambda row: row["removed"] >= removed and row["finished_at"],
    )


async def test_old_curves_leave_a_sum_by_month(ingest: Alone) -> None:
    old, next_day, kept = months_ago(40), months_ago(40, 6), months_ago(1)
    prm = new_prm()
    member_id = await _take_part(ingest, prm)

    async with (
        ingest.client("operator") as operator,
        ingest.client("member", member_id=str(member_id)) as member,
    ):
        await pushed(operator, curve_file([prm], [f"{old}", f"{kept}"], power_w=100))
        report = await _purged_again(operator, Kept.CURVES, removed=1)

        assert await _days(member, prm, old, kept) == [f"{kept}"]
        (energy,) = await get(member, f"/points/{prm}/monthly-energies")
        assert energy["month"] == f"{old:%Y-%m}"
        assert (energy["days"], energy["missing_min"]) == ([old.day], 0)
        assert (report["removed"], report["first_day"], report["last_day"]) == (
            1,
            f"{old}",
            f"{old}",
        )
        assert report["kept_from"] == f"{months_ago(36, 1)}"

        # What comes late is added to the sum, once, and is not kept either.
        late = curve_file([prm], [f"{old}", f"{next_day}"], power_w=100)
        delivery = await pushed(operator, late)
        assert (delivery["status"], delivery["counts"]["held"]) == ("recorded", 0)
        await _purged_again(operator, Kept.CURVES, removed=3)
        (energy,) = await get(member, f"/points/{prm}/monthly-energies")

    assert energy["days"] == [old.day, next_day.day]
    assert energy["energy_wmin"] % 100 == 0
    assert energy["energy_wmin"] == 2 * 100 * 1440


async def test_a_dry_run_tells_and_changes_nothing(ingest: Alone) -> None:
    old, prm = months_ago(40), new_prm()

    async with ingest.client("operator") as operator:
        await pushed(operator, curve_file([prm], [f"{old}"]))
        answer = await operator.post("/ingest/purges", params={"dry_run": "true"})
        would_be = {purge["kind"]: purge for purge in answer.json()}
        assert await _days(operator, prm, old) == [f"{old}"]

    assert answer.status_code == 200
    assert list(would_be) == list(Kept)
    assert {kind: row["removed"] for kind, row in would_be.items()} == {
        "curves": 1,
        "held": 1,
        "results": 0,
        "indexes": 0,
        "invoiced": 0,
        "files": 0,
        "quarantine": 0,
        "accesses": 0,
        "pulls": 0,
        "re_requests": 0,
    }
    assert would_be["curves"]["first_day"] == f"{old}"
    assert would_be["curves"]["finished_at"] is None


async def test_what_waited_for_an_operation_in_vain_goes_too(ingest: Alone) -> None:
    old, kept, prm = months_ago(40), months_ago(1), new_prm()

    async with ingest.client("operator") as operator:
        await pushed(operator, curve_file([prm], [f"{old}", f"{kept}"]))
        report = await _purged_again(operator, Kept.HELD, removed=1)
        (held,) = await held_points(operator, prm)

    assert (report["removed"], report["last_day"]) == (1, f"{old}")
    assert (held["first_day"], held["last_day"]) == (f"{kept}", f"{kept}")


async def test_a_member_sees_the_sums_of_their_own_months_only(ingest: Alone) -> None:
    old, prm = months_ago(40), new_prm()
    member_id = await _take_part(ingest, prm, valid_to=months_ago(40, 6))
    days = [f"{months_ago(41)}", f"{old}", f"{months_ago(40, 7)}"]

    async with (
        ingest.client("operator") as operator,
        ingest.client("member", member_id=str(member_id)) as member,
        ingest.client("member", member_id=str(uuid4())) as stranger,
    ):
        await pushed(operator, curve_file([prm], days))
        await _purged_again(operator, Kept.CURVES, removed=3)
        path = f"/points/{prm}/monthly-energies"
        everything, own_months = await get(operator, path), await get(member, path)
        refused = await stranger.get(f"/ingest{path}")

    # The later month has a day of somebody else in its sum.
    assert [month["month"] for month in everything] == [f"{months_ago(41):%Y-%m}", f"{old:%Y-%m}"]
    assert [month["month"] for month in own_months] == [f"{months_ago(41):%Y-%m}"]
    assert refused.status_code == 403


async def test_files_records_and_accesses_go_when_their_time_has_come(ingest: Alone) -> None:
    day, prm = months_ago(1), new_prm()
    content = r63([r63_row(f"{day} 00:30:00", "one", prm=prm)])

    async with ingest.client("operator") as operator:
        delivery = await pushed(operator, content)
        assert len(await quarantine(operator, delivery)) == 1
        await _take_part(ingest, prm)
        await _days(operator, prm, day)

        kept = await purge_on(ingest, months_ago(-12, 20))
        gone = await purge_on(ingest, months_ago(-40, 20))

        assert [kept[kind]["removed"] for kind in ("files", "quarantine", "accesses")] == [0, 0, 0]
        assert [gone[kind]["removed"] for kind in ("files", "quarantine", "accesses")] == [1, 1, 1]
        assert await quarantine(operator, delivery) == []
        with pytest.raises(FileLost):
            async with file_store(ingest.platform.settings).reading(delivery["sha256"]):
                pass
        async with (
            ingest.platform.database("ingest") as database,
            database.transaction() as session,
        ):
            assert await ask_for_rereading(session) == 0
        assert await get(operator, f"/points/{prm}/accesses") == []
        assert (await get(operator, f"/deliveries/{delivery['id']}"))["status"] == "recorded"
        # The same bytes are still known; a delivery that failed is tried again with them.
        await _execute(ingest, "UPDATE delivery SET status = 'failed'")
        again = await pushed(operator, content)

        gone_again = await purge_on(ingest, months_ago(-41, 20))

    assert (again["id"], again["status"]) == (delivery["id"], "recorded")
    assert gone_again["files"]["removed"] == 1


async def _execute(ingest: Alone, sql: str) -> None:
    async with ingest.platform.database("ingest") as database, database.transaction() as session:
        await session.execute(text(sql))


async def test_a_purge_runs_once_a_day(ingest: Alone) -> None:
    first = months_ago(-40, 20)
    prms = [new_prm(), new_prm()]

    async with ingest.client("operator") as operator:
        await pushed(operator, curve_file(prms[:1], [f"{months_ago(1)}"]))
        reports = [await purge_on(ingest, first)]
        await pushed(operator, curve_file(prms[1:], [f"{months_ago(1)}"]))
        reports.append(await purge_on(ingest, first))
        reports.append(await purge_on(ingest, first + timedelta(days=1)))

    assert [report["curves"]["removed"] for report in reports] == [1, 1, 1]
    assert reports[0] == reports[1]


async def test_many_points_are_purged_in_batches_and_reported_as_one(ingest: Alone) -> None:
    day = months_ago(-40, 20)
    prms = [new_prm() for _ in range(101)]

    async with ingest.client("operator") as operator:
        await pushed(operator, curve_file(prms, [f"{months_ago(1)}"], step_min=60))
        async with ingest.platform.database("ingest", noon_of(day)) as database:

            async def purged() -> dict[str, Any]:
                await purge(ingest, database)
                return {row["kind"]: row for row in await get(operator, "/purges", limit=1)}

            report = await until(
                f"curves are purged on {day}",
                purged,
                lambda seen: seen.get("curves", {}).get("day") == f"{day}",
            )
        done = await purge_on(ingest, day)

    assert (report["curves"]["removed"], report["curves"]["finished_at"]) == (100, None)
    assert done["curves"]["removed"] == done["held"]["removed"] == 101


async def test_a_purge_that_ends_half_way_is_done_and_reported_once_more(ingest: Alone) -> None:
    old, day, prm = months_ago(1), months_ago(-40, 20), new_prm()
    files = file_store(ingest.platform.settings)

    async with ingest.client("operator") as operator:
        delivery = await pushed(operator, curve_file([prm], [f"{old}"]))
        async with (
            ingest.platform.database("ingest", noon_of(day)) as database,
            database.transaction() as session,
        ):
            await until(
                "nothing is left to purge",
                lambda: purge_next_batch(session, files, RETENTION, today=day),
                lambda rest: rest == UNTIL_RUNG,
            )
            await session.rollback()  # as it is left by a process that is killed here
        assert await _days(operator, prm, old) == [f"{old}"]
        assert f"{day}" not in {report["day"] for report in await get(operator, "/purges")}
        with pytest.raises(FileLost):
            async with files.reading(delivery["sha256"]):
                pass

        done = await purge_on(ingest, day)
        left = await ingest.platform.query("ingest", _REVISIONS, prm=prm)

    assert [done[kind]["removed"] for kind in ("curves", "files")] == [1, 1]
    assert left == []


async def test_after_a_purge_late_readings_begin_anew_at_revision_1(ingest: Alone) -> None:
    old, prm = months_ago(40), new_prm()

    async with ingest.client("operator") as operator:
        for power_w in (100, 200):
            await pushed(operator, curve_file([prm], [f"{old}"], power_w=power_w))
        before = await ingest.platform.query("ingest", _REVISIONS, prm=prm)
        await _purged_again(operator, Kept.CURVES, removed=2)
        purged = await ingest.platform.query("ingest", _REVISIONS, prm=prm)
        await pushed(operator, curve_file([prm], [f"{old}"], power_w=300))
        late = await ingest.platform.query("ingest", _REVISIONS, prm=prm)

    assert [row["revision"] for row in before] == [1, 2]
    assert purged == []
    assert [row["revision"] for row in late] == [1]


async def test_one_process_at_a_time_purges(ingest: Alone) -> None:
    day = months_ago(-40, 20)

    async with (
        ingest.platform.database("ingest", noon_of(day)) as database,
        database.transaction() as other,
    ):
        await until("nobody purges", lambda: delivery_store.try_lock_purging(other))
        more = await purge(ingest, database)
    async with ingest.client("operator") as operator:
        days = {row["day"] for row in await get(operator, "/purges")}

    assert not more
    assert f"{day}" not in days


@pytest.mark.parametrize("role", ["organiser", "member", "feed"])
async def test_purges_are_for_staff(ingest: Alone, role: str) -> None:
    claims = {"operations": ["ACC00000001"], "member_id": str(uuid4())}

    async with ingest.client(role, **claims) as client:
        answers = [await client.get("/ingest/purges"), await client.post("/ingest/purges")]

    assert {answer.status_code for answer in answers} == {403}
