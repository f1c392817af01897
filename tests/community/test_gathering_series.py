"""Series of gatherings: made once, each occurrence on its own afterwards."""

import asyncio
from uuid import uuid4

import httpx
from icalendar import Calendar

from tests.billing.issued import until
from tests.community.coop import logged_in
from tests.community.gathered import Group, group
from tests.support.platform import Platform
from tests.support.refusals import problem

_WEEKLY = {"frequency": "weekly", "count": 3}


async def _put(
    coop: Group, series_id: str, *, rule: dict[str, object] | None = None, **changes: object
) -> httpx.Response:
    first = {"starts_at": "2190-01-14T18:00:00Z", "ends_at": "2190-01-14T20:00:00Z"} | changes
    path = f"/community/gathering-series/{series_id}"
    body = {"first": coop.body(**first), "rule": rule or _WEEKLY}
    return await coop.assembly.operator.put(path, json=body)


async def test_a_series_is_made_once_however_often_it_is_asked_for(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=0) as coop:
        series_id = str(uuid4())

        answers = await asyncio.gather(*(_put(coop, series_id) for _ in range(4)))

        assert {answer.status_code for answer in answers} == {200}
        assert all(answer.json() == answers[0].json() for answer in answers)
        made = answers[0].json()
        days = [gathering["starts_at"] for gathering in made]
        assert days == [f"2190-01-{day}T18:00:00Z" for day in (14, 21, 28)]
        assert {(gathering["state"], gathering["series_id"]) for gathering in made} == {
            ("draft", series_id)
        }
        listed = await coop.get(f"?series_id={series_id}")
        assert [gathering["id"] for gathering in listed[::-1]] == [
            gathering["id"] for gathering in made
        ]
        other = await _put(coop, series_id, rule={"frequency": "weekly", "count": 4})
        assert problem(other) == (409, "series-made")


async def test_an_occurrence_changes_and_is_called_off_alone(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=1) as coop:
        series_id = str(uuid4())
        ids = [gathering["id"] for gathering in (await _put(coop, series_id)).json()]
        await operator.delete(f"/community/gatherings/{ids[0]}")
        await operator.post(f"/community/gathering-series/{series_id}/announcement")

        await coop.change(ids[1], place="Moulin")
        await coop.call_off(ids[2])

        seen = await coop.get(f"?series_id={series_id}", caller=coop.members[0])
        assert [
            (gathering["id"], gathering["state"], gathering["place"]) for gathering in seen
        ] == [
            (ids[2], "cancelled", "Salle des fêtes"),
            (ids[1], "announced", "Moulin"),
        ]


async def test_a_series_is_announced_in_one_message(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=1) as coop:
        (member,) = coop.members
        series_id = str(uuid4())
        rule: dict[str, object] = {"frequency": "weekly", "count": 104}
        await _put(coop, series_id, rule=rule, description="Bring soup. " * 400)
        path = f"/community/gathering-series/{series_id}/announcement"

        first, second = [(await operator.post(path)).json() for _ in range(2)]

        assert first == second
        assert {gathering["state"] for gathering in first} == {"announced"}

        async def told() -> list[dict[str, str]] | None:
            answer = await operator.get(f"/community/messages?member_id={member}")
            return answer.json() or None

        (message,) = await until(told)
        assert message["kind"] == "gathering_series"
        assert "Nombre de rencontres\u00a0: 104\n" in message["body"]
        (row,) = await coop.assembly.query(
            "SELECT content FROM message_attachment WHERE message_id = :id", id=message["id"]
        )
        assert len(row["content"]) <= 64 * 1024
        events = Calendar.from_ical(row["content"]).events
        assert [event["uid"] for event in events] == [
            f"gathering-{gathering['id']}@elocoop" for gathering in first[: len(events)]
        ]


async def test_a_series_is_for_who_runs_the_operation(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with (
        group(platform, operator, members=0) as coop,
        group(platform, operator, members=0) as others,
        logged_in(
            platform, operator, "organiser", operations=[coop.assembly.operation_id]
        ) as organiser,
    ):
        series_id = str(uuid4())
        await _put(others, series_id)
        path = f"/community/gathering-series/{series_id}"

        announced = await organiser.post(f"{path}/announcement")
        made = await organiser.put(path, json={"first": coop.body(), "rule": _WEEKLY})
        unknown = await organiser.post(f"/community/gathering-series/{uuid4()}/announcement")

        assert problem(announced) == (403, "forbidden")
        assert problem(made) == (403, "forbidden")
        assert problem(unknown) == (404, "series-unknown")


async def test_a_series_that_reaches_too_far_is_refused(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=0) as coop:
        yearly: dict[str, object] = {"frequency": "monthly", "interval": 12}

        reached = await _put(coop, str(uuid4()), rule=yearly | {"count": 10})
        beyond = await _put(coop, str(uuid4()), rule=yearly | {"count": 11})

        assert reached.json()[-1]["starts_at"] == "2199-01-14T18:00:00Z"
        assert problem(beyond) == (409, "series-unfit")


async def test_a_series_without_a_day_is_refused(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=0) as coop:
        rule: dict[str, object] = {"frequency": "weekly", "until": "2189-01-01"}

        answer = await _put(coop, str(uuid4()), rule=rule)

        assert problem(answer) == (409, "series-unfit")
