"""The coefficient files of a month, and what is remembered of sending them."""

import asyncio
import hashlib
from datetime import date

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from libs.common.events.allocation import CoefficientsSent
from services.allocation.commands import copies
from services.allocation.store import stale
from tests.allocation.world import DAY, MONTH, OCTOBER, Allocation, Coop
from tests.support.waiting import until

ROWS = (30 * 24 + 25) * 2  # October has an hour more


@pytest.fixture
async def ready(allocation: Allocation, operator: httpx.AsyncClient, coop: Coop) -> Coop:
    """A co-op with every day of October allocated: Bruno first, then Anna."""
    await coop.set_key(operator, type="priority", ranks=[[coop.bruno_home], [coop.anna_home]])
    await allocation.tell(*(coop.readings(day, roof=900, bruno=300) for day in OCTOBER))
    return coop


async def export(client: httpx.AsyncClient, coop: Coop, path: str = "") -> httpx.Response:
    return await client.get(f"{coop.url}/coefficients{path}", params={"month": MONTH})


async def submit(client: httpx.AsyncClient, coop: Coop, **fields: str) -> httpx.Response:
    body = {"month": MONTH, **fields}
    return await client.post(f"{coop.url}/coefficients/submissions", json=body)


def percent_of(coop: Coop, line: str) -> dict[str, str]:
    """Of Anna and Bruno, in a row of the file; columns are in prm order."""
    _, first, second = line.split(";")
    low, high = sorted([coop.anna_home, coop.bruno_home])
    return {low: first, high: second}


async def test_the_file_of_a_month_has_a_row_per_step(
    operator: httpx.AsyncClient, ready: Coop
) -> None:
    answer = await export(operator, ready)

    assert answer.status_code == 200, answer.text
    name = f"{ready.operation_id}_30_01102026_31102026.txt"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["content-type"].startswith("text/plain")
    header, *rows, last = answer.text.split("\r\n")
    assert header == ";".join(["Horodate", *sorted([ready.anna_home, ready.bruno_home])])
    assert (len(rows), last) == (ROWS, "")
    # Bruno takes 300 of 900 W, Anna 400.
    assert {tuple(percent_of(ready, row).values()) for row in rows} == {
        tuple(percent_of(ready, "x;44,44;33,33").values())
        if ready.anna_home < ready.bruno_home
        else tuple(percent_of(ready, "x;33,33;44,44").values())
    }
    assert [row.split(";")[0] for row in rows].count("25/10/2026 02:30") == 2


async def test_the_report_says_what_rounding_loses(
    operator: httpx.AsyncClient, ready: Coop
) -> None:
    report = (await export(operator, ready, "/report")).json()
    content = (await export(operator, ready)).content

    assert (report["layout"], report["key_types"]) == ("pool", ["priority"])
    assert (report["decimals"], report["step_min"]) == (2, 30)
    assert report["sha256"] == hashlib.sha256(content).hexdigest()
    assert [file["rows"] for file in report["files"]] == [ROWS]
    # A step makes 27,000 wmin: of 9,000 and 12,000, 33.33 % and 44.44 % lose 0.9 and 1.2, and
    # cutting to whole watt-minutes makes that 1 and 2.
    lost = {consumer["prm"]: consumer["lost_wmin"] for consumer in report["consumers"]}
    assert lost == {ready.bruno_home: ROWS, ready.anna_home: 2 * ROWS}
    assert report["lost_wmin"] == 3 * ROWS
    assert report["allocated_wmin"] == 21_000 * ROWS
    assert (report["submissions"], report["outdated"]) == ([], False)


async def test_decimals_and_step_are_the_policy_s(operator: httpx.AsyncClient, ready: Coop) -> None:
    policy = {"coefficient_decimals": 1, "coefficient_step_min": 15}
    await operator.put(f"{ready.url}/policy", json=policy)

    answer = await export(operator, ready)

    assert f"{ready.operation_id}_15_01102026" in answer.headers["content-disposition"]
    rows = answer.text.split("\r\n")[1:-1]
    assert len(rows) == 2 * ROWS
    assert percent_of(ready, rows[0]) == {ready.anna_home: "44,4", ready.bruno_home: "33,3"}


async def test_a_month_with_two_steps_is_written_in_the_finer_one(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    await allocation.tell(ready.perimeter(revision=2, step_changes={date(2026, 10, 16): 15}))

    answer = await export(operator, ready)

    assert f"{ready.operation_id}_15_01102026" in answer.headers["content-disposition"]
    rows = answer.text.split("\r\n")[1:-1]
    assert len(rows) == 2 * ROWS
    assert {tuple(row.split(";")[1:]) for row in rows} == {tuple(rows[0].split(";")[1:])}


async def test_who_takes_part_for_some_days_is_at_zero_on_the_others(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    points = ready.points
    late = type(points[1])(**vars(points[1]) | {"valid_from": date(2026, 10, 2)})
    await allocation.tell(ready.perimeter([points[0], late, points[2]], revision=2))

    rows = (await export(operator, ready)).text.split("\r\n")[1:-1]

    assert percent_of(ready, rows[47]) == {ready.anna_home: "0,00", ready.bruno_home: "33,33"}
    assert percent_of(ready, rows[48]) == {ready.anna_home: "44,44", ready.bruno_home: "33,33"}


@pytest.mark.parametrize(
    ("key_type", "instead"), [("default_dynamic", "sent nothing"), ("static", "by notice")]
)
async def test_other_keys_need_no_file(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop, key_type: str, instead: str
) -> None:
    shares = {"shares": {coop.anna_home: "0.5"}} if key_type == "static" else {}
    definition: dict[str, object] = {"type": key_type, **shares}
    await coop.set_key(operator, "2026-01-01", **definition)
    await allocation.tell(*coop.month_of_readings())

    answer = await export(operator, coop)

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/coefficients-not-needed")
    assert instead in answer.json()["detail"]


async def test_a_month_with_gaps_has_no_file(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator, type="priority", ranks=[[coop.anna_home]])
    await allocation.tell(*coop.month_of_readings()[1:])

    answer = await export(operator, coop)

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/days-incomplete")
    assert [day["day"] for day in answer.json()["days"]] == ["2026-10-01"]
    sent = await export(operator, coop, "/submissions")
    assert (sent.status_code, sent.json()) == (200, [])


async def test_a_submission_keeps_what_was_sent(operator: httpx.AsyncClient, ready: Coop) -> None:
    content = (await export(operator, ready)).content
    sha256 = hashlib.sha256(content).hexdigest()

    answer = await submit(
        operator, ready, sha256=sha256, sent_at="2026-11-04T10:30:00+01:00", note="Portal, no. 4711"
    )

    assert answer.status_code == 201, answer.text
    sent = answer.json()
    assert (sent["number"], sent["sha256"], sent["outdated"]) == (1, sha256, False)
    assert (sent["recorded_by"], sent["note"]) == ("operator", "Portal, no. 4711")
    assert sent["sent_at"] == "2026-11-04T09:30:00Z"
    kept = await operator.get(f"{ready.url}/coefficients/submissions/{MONTH}/1")
    assert kept.content == content
    assert (
        kept.headers["content-disposition"]
        == (await export(operator, ready)).headers["content-disposition"]
    )


async def test_the_same_again_is_the_same_submission_and_is_told_once(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    first = await submit(operator, ready)
    again = await submit(operator, ready, note="twice")

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    (event,) = await allocation.published(CoefficientsSent, ready.operation_id)
    assert (event.month, event.number) == (str(MONTH), 1)
    assert event.sha256 == first.json()["sha256"]


async def test_a_correction_makes_a_submission_outdated(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    first = (await submit(operator, ready)).json()
    await allocation.tell(ready.readings(roof=900, bruno=200, revision=2))

    report = (await export(operator, ready, "/report")).json()
    assert report["outdated"] is True
    assert [submission["outdated"] for submission in report["submissions"]] == [True]
    late = await submit(operator, ready, sha256=first["sha256"])
    assert (late.status_code, late.json()["type"]) == (409, "/problems/coefficients-changed")

    second = await submit(operator, ready, sha256=report["sha256"])

    assert (second.status_code, second.json()["number"]) == (201, 2)
    listed = (await export(operator, ready, "/submissions")).json()
    assert [(submission["number"], submission["outdated"]) for submission in listed] == [
        (1, True),
        (2, False),
    ]
    assert (await export(operator, ready, "/report")).json()["outdated"] is False


async def test_while_days_lack_readings_nobody_can_say_if_a_submission_is_outdated(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    await submit(operator, ready)
    hole = [None] * 3 + [400] * 45
    await allocation.tell(ready.readings(DAY, roof=900, anna=hole, bruno=300, revision=2))

    listed = (await export(operator, ready, "/submissions")).json()

    assert [submission["outdated"] for submission in listed] == [None]


async def test_a_submission_never_changes(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    await submit(operator, ready)
    for change in (
        "UPDATE coefficient_submission SET number = 9",
        "DELETE FROM coefficient_submission",
    ):
        with pytest.raises(DBAPIError, match="never change"):
            await allocation.query(f"{change} WHERE operation_id = :id", id=ready.operation_id)


@pytest.mark.parametrize(
    "fields",
    [
        {"sent_at": "9999-12-31T23:59:59-12:00"},
        {"sent_at": "2026-11-04T10:30:00"},
        {"note": "a\x00b"},
        {"sha256": "A" * 64},
        {"month": "2026-13"},
        {"colour": "blue"},
    ],
)
async def test_a_malformed_submission_is_refused(
    operator: httpx.AsyncClient, coop: Coop, fields: dict[str, str]
) -> None:
    assert (await submit(operator, coop, **fields)).status_code == 422


@pytest.mark.parametrize(
    ("number", "status", "slug"), [(2, 404, "submission-not-found"), (0, 422, "malformed")]
)
async def test_a_submission_that_does_not_exist_is_not_found(
    operator: httpx.AsyncClient, coop: Coop, number: int, status: int, slug: str
) -> None:
    answer = await operator.get(f"{coop.url}/coefficients/submissions/{MONTH}/{number}")
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{slug}")


async def test_only_runners_see_and_send_coefficients(allocation: Allocation, ready: Coop) -> None:
    kept = f"/submissions/{MONTH}/1"
    async with allocation.client("organiser", operations=[ready.operation_id]) as organiser:
        assert (await submit(organiser, ready)).status_code == 201
        for path in ("", "/report", "/submissions", kept):
            assert (await export(organiser, ready, path)).status_code == 200
    others: list[tuple[str, dict[str, object]]] = [
        ("organiser", {"operations": ["ACC00000000"]}),
        ("member", {"member_id": str(ready.anna)}),
        ("feed", {}),
    ]
    for role, claims in others:
        async with allocation.client(role, **claims) as other:
            assert (await submit(other, ready)).status_code == 403
            for path in ("", "/report", "/submissions", kept):
                assert (await export(other, ready, path)).status_code == 403


async def test_readings_that_come_while_a_file_is_written_are_waited_for(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    waiting = "SELECT 1 FROM pg_locks WHERE relation = 'reading_block'::regclass AND NOT granted"
    async with (
        allocation.platform.database("allocation") as database,
        asyncio.TaskGroup() as tasks,
        database.transaction() as session,
    ):
        # As a consumer that commits new readings, after the export has seen that no day waits.
        await stale.lock_operations(session, [ready.operation_id])  # no worker takes the day
        await session.execute(text("LOCK TABLE reading_block IN ACCESS EXCLUSIVE MODE"))
        exported = tasks.create_task(export(operator, ready))
        await until("the export waits for the table", lambda: allocation.query(waiting))
        await copies.record_readings(session, [ready.readings(anna=0, bruno=0, revision=2)])

    assert exported.result().status_code == 409, exported.result().text
    assert exported.result().json()["type"] == "/problems/days-waiting"
