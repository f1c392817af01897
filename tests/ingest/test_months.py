"""How far the readings of operations' months have come, many at once."""

from collections.abc import Mapping
from datetime import date, timedelta

import httpx
import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from services.ingest.domain.completeness.completeness import COMPLETENESS
from services.ingest.domain.completeness.months import mark_days
from services.ingest.store.completeness.point_months import save_marks
from tests.community.coop import given_member, logged_in, new_operation_id, new_prm, today
from tests.ingest.delivering import given_participation, pushed, until_covered
from tests.ingest.lacking import curve, day_of, given_point_with_curve, last_month
from tests.support.platform import Platform
from tests.support.statements import counted_statements
from tests.support.waiting import until

_PATH = "/ingest/months"
_COUNTS = ["points", "days", "received", "estimated", "missing", "late"]


async def _data(client: httpx.AsyncClient, operation_id: str) -> dict[str, object]:
    """Of last month."""
    asked = {"operation_id": operation_id, "last_month": str(last_month()), "count": "1"}
    answer = await client.get(_PATH, params=asked)
    assert answer.status_code == 200, answer.text
    ((month,),) = [operation["months"] for operation in answer.json()]
    assert month["month"] == str(last_month())
    data: dict[str, object] = month["data"]
    return data


async def _estimations(operator: httpx.AsyncClient, operation_id: str) -> httpx.Response:
    path = f"/ingest/operations/{operation_id}/estimations"
    return await operator.post(path, json={"month": str(last_month())})


async def test_days_are_counted_as_they_come_and_go(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await given_point_with_curve(
        platform,
        operator,
        [day_of(1), day_of(2)],
        without=[5],
        valid_to=f"{day_of(4)}",
    )
    holes = await _data(operator, operation_id)
    estimation = (await _estimations(operator, operation_id)).json()
    estimated = await _data(operator, operation_id)
    await operator.delete(f"/ingest/operations/{operation_id}/estimations/{estimation['id']}")
    withdrawn = await _data(operator, operation_id)
    await pushed(operator, curve(prm, [day_of(1), day_of(2), day_of(3)]))
    whole = await _data(operator, operation_id)

    assert [holes[name] for name in _COUNTS] == [1, 3, 0, 0, 3, 3]
    assert [estimated[name] for name in _COUNTS] == [1, 3, 0, 2, 1, 1]
    assert withdrawn == holes
    assert [whole[name] for name in _COUNTS] == [1, 3, 3, 0, 0, 0]
    assert [month["state"] for month in (holes, estimated, whole)] == [
        "blocked",
        "blocked",
        "complete",
    ]


_UNLIKE = """
    WITH counted AS (
        SELECT operation_id, month, valid_from, coalesce(valid_to, 'infinity'), some_days,
            whole_days, received_days, count(*)
        FROM participation JOIN point_month USING (prm, direction)
        WHERE valid_from < month + interval '1 month' AND (valid_to IS NULL OR valid_to > month)
        GROUP BY 1, 2, 3, 4, 5, 6, 7
    )
    (TABLE operation_month EXCEPT TABLE counted) UNION ALL
    (TABLE counted EXCEPT TABLE operation_month)
"""


async def test_a_point_that_moves_to_another_operation_takes_its_days_along(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    here, prm = await given_point_with_curve(
        platform, operator, [day_of(1), day_of(2), day_of(3)], valid_to=f"{day_of(3)}"
    )
    there, _ = await given_participation(
        operator, prm, valid_from=f"{day_of(3)}", valid_to=f"{day_of(5)}"
    )
    await until(
        "the point takes part there",
        lambda: _data(operator, there),
        lambda data: data["points"] == 1,
    )

    counts = [await _data(operator, operation_id) for operation_id in (here, there)]

    assert [[data["days"], data["received"]] for data in counts] == [[2, 2], [2, 1]]
    assert await platform.query("ingest", _UNLIKE) == []


async def test_a_month_of_which_some_has_come_is_not_empty(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    """Yesterday has come but for one step, and is not late yet."""
    yesterday = today() - timedelta(days=1)
    prm = new_prm()
    operation_id, _ = await given_participation(operator, prm, valid_from=f"{yesterday}")
    await until_covered(platform, prm)
    asked = {"operation_id": operation_id, "last_month": f"{yesterday:%Y-%m}", "count": "1"}

    before = (await operator.get(_PATH, params=asked)).json()
    await pushed(operator, curve(prm, [yesterday], without=[5]))
    after = (await operator.get(_PATH, params=asked)).json()

    states = [answer[0]["months"][0]["data"]["state"] for answer in (before, after)]
    assert states == ["empty", "partial"]


async def test_a_month_of_which_a_file_says_only_that_it_is_missing_is_empty(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    yesterday = today() - timedelta(days=1)
    prm = new_prm()
    operation_id, _ = await given_participation(operator, prm, valid_from=f"{yesterday}")
    await until_covered(platform, prm)

    delivery = await pushed(operator, curve(prm, [yesterday], power_w=None))

    asked = {"operation_id": operation_id, "last_month": f"{yesterday:%Y-%m}", "count": "1"}
    (operation,) = (await operator.get(_PATH, params=asked)).json()
    assert delivery["counts"]["accepted"] > 0
    assert operation["months"][0]["data"]["state"] == "empty"


async def test_a_day_of_which_nothing_is_left_has_not_come(platform: Platform) -> None:
    """Its estimates were withdrawn; the day before it stays as it was."""
    prm, first, second = new_prm(), date(2026, 10, 1), date(2026, 10, 2)
    async with platform.database("ingest") as database, database.transaction() as session:
        await save_marks(session, _marks(prm, {first: (48, 0), second: (0, 48)}))
        await save_marks(session, _marks(prm, {second: (0, 0)}))
        query = text(
            "SELECT some_days, whole_days, received_days FROM point_month WHERE prm = :prm"
        )
        rows = (await session.execute(query, {"prm": prm})).all()

    assert [tuple(row) for row in rows] == [(0b1, 0b1, 0b1)]


async def test_a_day_that_two_steps_make_whole_together_is_received(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await given_point_with_curve(
        platform, operator, [day_of(1)], without=range(24), valid_to=f"{day_of(2)}"
    )
    half = await _data(operator, operation_id)
    await pushed(operator, curve(prm, [day_of(1)], only=range(12), step_min=60))

    assert (half["missing"], half["late"]) == (1, 1)
    assert (await _data(operator, operation_id))["received"] == 1


async def test_a_month_in_which_nobody_takes_part_is_empty(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, _ = await given_point_with_curve(platform, operator, [], valid_to="2026-01-02")

    data = await _data(operator, operation_id)

    assert data == dict.fromkeys(_COUNTS, 0) | {"state": "empty"}


async def test_twelve_months_are_told_up_to_the_present_one(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, _ = await given_point_with_curve(platform, operator, [])

    (operation,) = (await operator.get(_PATH, params={"operation_id": operation_id})).json()

    present = last_month().earlier(-1)
    expected = [str(present.earlier(ago)) for ago in reversed(range(12))]
    assert [month["month"] for month in operation["months"]] == expected


async def test_an_organiser_sees_their_operations_and_staff_all_page_by_page(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    first, second = sorted(
        [(await given_point_with_curve(platform, operator, []))[0] for _ in range(2)]
    )

    async with logged_in(platform, operator, "organiser", operations=[second]) as organiser:
        operations = (await organiser.get(_PATH)).json()
        neighbours = await organiser.get(_PATH, params={"operation_id": first})
        unknown = await organiser.get(_PATH, params={"operation_id": new_operation_id()})
    page = (await operator.get(_PATH, params={"after": first, "limit": 1, "count": 1})).json()
    member_id = await given_member(operator)
    async with logged_in(platform, operator, "member", member_id=member_id) as member:
        members = await member.get(_PATH)

    assert [operation["operation_id"] for operation in operations] == [second]
    assert [answer.status_code for answer in (neighbours, unknown, members)] == [403, 403, 403]
    assert len(page) == 1
    assert page[0]["operation_id"] > first


async def test_as_many_statements_for_many_operations_as_for_one(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    for _ in range(2):
        prm = (await given_point_with_curve(platform, operator, [day_of(1)]))[1]
        await given_participation(operator, prm, valid_from="2025-01-01", valid_to="2025-06-01")
        await until_covered(platform, prm)
    with counted_statements("late_days") as of_one:
        await operator.get(_PATH, params={"limit": 1, "count": 1})
    with counted_statements("late_days") as of_many:
        answer = await operator.get(_PATH, params={"limit": 100, "count": 24})

    assert len(answer.json()) > 1
    assert (len(of_one), len(of_many)) == (1, 1)


async def test_what_is_no_month_is_refused(operator: httpx.AsyncClient) -> None:
    answer = await operator.get(_PATH, params={"last_month": "2026-13"})

    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/month-malformed")


@given(
    st.dictionaries(
        st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        st.tuples(st.integers(0, 48), st.integers(0, 2)),
        max_size=20,
    )
)
def test_bits_are_the_days_that_are_counted(days: dict[date, tuple[int, int]]) -> None:
    missing = {
        day: 48 - received - min(48 - received, other) for day, (received, other) in days.items()
    }

    marks = _marks("99000000000001", days)

    def marked(name: str) -> set[date]:
        return {
            month + timedelta(days=position)
            for month, bits in marks.select("month", name).iter_rows()
            for position in range(31)
            if bits >> position & 1
        }

    assert marked("counted_days") == days.keys()
    assert marked("some_days") == {day for day in days if missing[day] < 48}
    assert marked("whole_days") == {day for day in days if missing[day] == 0}
    assert marked("received_days") == {day for day in days if days[day][0] == 48}


def _marks(prm: str, days: Mapping[date, tuple[int, int]]) -> pl.DataFrame:
    """Marks of days, each with how many of its 48 steps are received and at most estimated."""
    rows = []
    for day, (received, other) in days.items():
        estimated = min(48 - received, other)
        missing = 48 - received - estimated
        rows.append((prm, "consumption", day, 30, 48, received, estimated, 0, missing, 0))
    return mark_days(pl.DataFrame(rows, schema=COMPLETENESS, orient="row"))
