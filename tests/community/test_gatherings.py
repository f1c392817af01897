"""Gatherings from a draft to their end, and who sees them."""

from datetime import datetime, timedelta
from uuid import uuid4

import httpx
import pytest
from icalendar import Calendar, Event
from sqlalchemy.exc import IntegrityError

from tests.community.assembly import member_client
from tests.community.coop import (
    enrol,
    given_member,
    given_point,
    logged_in,
    participation,
    put,
)
from tests.community.gathered import group
from tests.support.clock import CLOCK
from tests.support.platform import Platform
from tests.support.refusals import problem


async def test_a_draft_is_seen_by_who_runs_it_only(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with (
        group(platform, operator, members=1) as coop,
        logged_in(
            platform, operator, "organiser", operations=[coop.assembly.operation_id]
        ) as organiser,
    ):
        gathering_id = await coop.given_draft()

        (member,) = coop.members
        path = f"/community/gatherings/{gathering_id}"
        assert problem(await coop.assembly.clients[member].get(path)) == (
            404,
            "gathering-unknown",
        )
        assert await coop.listed(caller=member) == []
        assert (await organiser.get(path)).json()["state"] == "draft"


async def test_what_is_announced_is_seen_by_its_audience(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with (
        group(platform, operator, members=2) as coop,
        group(platform, operator, members=1) as others,
    ):
        gathering_id = await coop.given_gathering()

        seen = await coop.get(gathering_id, caller=coop.members[0])
        path = f"/community/gatherings/{gathering_id}"
        elsewhere = await others.assembly.clients[others.members[0]].get(path)

        assert (seen["state"], seen["title"]) == ("announced", "Assembly of the winter")
        assert elsewhere.status_code == 404
        assert [gathering["id"] for gathering in await coop.listed(caller=coop.members[1])] == [
            gathering_id
        ]


async def test_a_gathering_of_producers_is_for_producers_of_that_day(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=1) as coop:
        gathering_id = await coop.given_gathering(audience="producers")
        day = datetime.fromisoformat((await coop.get(gathering_id))["starts_at"]).date()
        seen = {}
        for valid_to in (None, str(day - timedelta(days=1))):
            member_id, prm = await given_member(operator), await given_point(operator)
            plant = participation(prm, member_id, valid_to=valid_to)
            await enrol(operator, coop.assembly.operation_id, plant | {"direction": "production"})
            async with member_client(platform, member_id) as client:
                answer = await client.get(f"/community/gatherings/{gathering_id}")
                seen[valid_to] = answer.status_code

        path = f"/community/gatherings/{gathering_id}"
        consumer = await coop.assembly.clients[coop.members[0]].get(path)

        assert list(seen.values()) == [200, 404]
        assert consumer.status_code == 404


async def test_one_of_the_whole_co_op_is_for_all_and_run_by_staff(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with (
        group(platform, operator, members=1) as coop,
        logged_in(
            platform, operator, "organiser", operations=[coop.assembly.operation_id]
        ) as organiser,
    ):
        gathering_id = await coop.given_gathering(operation_id=None, title="Assembly of all")
        # Else all whom other tests have made members would be told, before anybody else is.
        await coop.assembly.change(
            "DELETE FROM gathering_notice WHERE gathering_id = :id", id=gathering_id
        )
        path = f"/community/gatherings/{gathering_id}"
        async with member_client(platform, await given_member(operator)) as of_no_operation:
            assert (await of_no_operation.get(path)).status_code == 200

        assert (await organiser.get(path)).status_code == 200
        changed = await organiser.put(path, json=coop.body(operation_id=None))
        assert problem(changed) == (403, "forbidden")
        assert problem(await organiser.post(f"{path}/announcement")) == (403, "forbidden")


async def test_an_organiser_runs_gatherings_of_their_operations_only(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with (
        group(platform, operator, members=0) as coop,
        group(platform, operator, members=0) as others,
        logged_in(
            platform, operator, "organiser", operations=[coop.assembly.operation_id]
        ) as organiser,
    ):
        theirs = await others.given_gathering()
        path = f"/community/gatherings/{theirs}"

        assert (await organiser.get(path)).status_code == 404
        assert (await organiser.post(f"{path}/announcement")).status_code == 404
        assert (await organiser.put(path, json=others.body())).status_code == 403
        assert problem(await organiser.put(path, json=coop.body())) == (
            409,
            "gathering-elsewhere",
        )
        own_path = f"/community/gatherings/{uuid4()}"
        assert (await organiser.put(own_path, json=coop.body())).status_code == 200
        assert (await organiser.delete(own_path)).status_code == 204


async def test_an_organiser_names_members_of_the_operation_to_lead_and_learns_of_no_others(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with (
        group(platform, operator, members=2) as coop,
        logged_in(
            platform, operator, "organiser", operations=[coop.assembly.operation_id]
        ) as organiser,
    ):
        member, other = coop.members
        stranger = await given_member(operator)
        path = f"/community/gatherings/{uuid4()}"

        by_strangers = await organiser.put(path, json=coop.body(facilitator_ids=[stranger]))
        absent = str(uuid4())
        nobody = await organiser.put(path, json=coop.body(facilitator_ids=[absent]))
        series = await organiser.put(
            f"/community/gathering-series/{uuid4()}",
            json={
                "first": coop.body(facilitator_ids=[stranger]),
                "rule": {"frequency": "weekly", "count": 2},
            },
        )
        theirs = await organiser.put(path, json=coop.body(facilitator_ids=[member, other]))
        by_staff = await operator.put(path, json=coop.body(facilitator_ids=[member, stranger]))
        kept = await organiser.put(
            path, json=coop.body(facilitator_ids=[member, stranger], title="Another title")
        )

        assert {problem(answer) for answer in (by_strangers, nobody, series)} == {
            (404, "member-unknown")
        }
        words = by_strangers.json()["detail"]
        assert words.replace(stranger, absent) == nobody.json()["detail"]
        assert "Lucie" not in by_strangers.text + series.text
        assert [answer.status_code for answer in (theirs, by_staff, kept)] == [200, 200, 200]


@pytest.mark.parametrize(
    "changes",
    [
        {"ends_at": "2199-12-31T23:30:00-05:00"},
        {"starts_at": "2000-01-01T00:30:00+01:00"},
        {"starts_at": "0001-01-01T00:00:00+05:00"},
        {"ends_at": "9999-12-31T23:59:59-05:00"},
    ],
)
async def test_instants_are_in_the_years_of_utc(
    platform: Platform, operator: httpx.AsyncClient, changes: dict[str, object]
) -> None:
    async with group(platform, operator, members=0) as coop:
        path = f"/community/gatherings/{uuid4()}"

        answer = await operator.put(path, json=coop.body(**changes))

        assert problem(answer) == (422, "malformed")


@pytest.mark.parametrize(
    "changes",
    [
        {"ends_at": "2027-01-01T00:00:00Z", "starts_at": "2027-01-01T00:00:00Z"},
        {"kind": "video_call"},
        {"place": ""},
        {"capacity": 2, "max_guests": 2},
        {"reply_by": "2190-01-01T00:00:00Z"},
    ],
)
async def test_one_that_contradicts_itself_is_refused(
    platform: Platform, operator: httpx.AsyncClient, changes: dict[str, object]
) -> None:
    async with group(platform, operator, members=0) as coop:
        path = f"/community/gatherings/{uuid4()}"

        answer = await operator.put(path, json=coop.body(**changes))

        assert problem(answer) == (409, "gathering-unfit")


async def test_a_change_is_a_revision_and_the_same_again_is_none(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=0) as coop:
        gathering_id = await coop.given_gathering()

        revisions = [
            (await coop.change(gathering_id, place=place)).json()["revision"]
            for place in ("Salle des fêtes", "Moulin", "Moulin")
        ]

        assert revisions == [0, 1, 1]
        audience = await coop.change(gathering_id, audience="producers")
        assert problem(audience) == (409, "gathering-unfit")


async def test_what_is_called_off_stays_so(platform: Platform, operator: httpx.AsyncClient) -> None:
    async with group(platform, operator, members=1) as coop:
        gathering_id = await coop.given_gathering()
        path = f"/community/gatherings/{gathering_id}"

        first, second = [(await coop.call_off(gathering_id)).json() for _ in range(2)]

        assert first == second
        assert (first["state"], first["revision"]) == ("cancelled", 1)
        assert problem(await coop.change(gathering_id, place="Moulin")) == (
            409,
            "gathering-over",
        )
        assert problem(await operator.post(f"{path}/announcement")) == (
            409,
            "gathering-over",
        )
        assert problem(await operator.delete(path)) == (409, "gathering-not-a-draft")
        seen = await coop.get(gathering_id, caller=coop.members[0])
        assert seen["cancelled_reason"] == "The hall is flooded."
        with pytest.raises(IntegrityError):
            await coop.assembly.change(
                "UPDATE gathering SET state = 'announced', cancelled_at = NULL,"
                " cancelled_reason = NULL WHERE id = :id",
                id=gathering_id,
            )


async def test_what_is_over_was_held_and_does_not_change(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=0) as coop:
        gathering_id = await coop.given_gathering()

        await coop.begin(gathering_id, lasts=timedelta(seconds=1))

        assert (await coop.get(gathering_id))["state"] == "held"
        assert problem(await coop.change(gathering_id, place="Moulin")) == (
            409,
            "gathering-over",
        )
        assert problem(await coop.call_off(gathering_id)) == (409, "gathering-over")


async def test_a_draft_of_the_past_is_not_announced(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=0) as coop:
        starts_at = CLOCK.now() - timedelta(hours=1)
        ends_at = starts_at + timedelta(hours=3)
        gathering_id = await coop.given_draft(
            starts_at=starts_at.isoformat(), ends_at=ends_at.isoformat()
        )

        answer = await operator.post(f"/community/gatherings/{gathering_id}/announcement")

        assert problem(answer) == (409, "gathering-unfit")


async def test_lists_are_paged_and_cut_by_day(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=1) as coop:
        ids = []
        for day in (11, 12, 13, 13):
            hours = {"starts_at": f"2190-01-{day}T23:30:00Z", "ends_at": f"2190-01-{day}T23:59:00Z"}
            ids.append(await coop.given_gathering(**hours))
        caller = coop.members[0]

        first = [gathering["id"] for gathering in await coop.listed("limit=3", caller=caller)]
        rest = [
            gathering["id"]
            for gathering in await coop.listed(f"limit=3&after={first[-1]}", caller=caller)
        ]
        query = "from_day=2190-01-13&to_day=2190-01-14"  # the local day after the one in UTC
        cut = [gathering["id"] for gathering in await coop.listed(query, caller=caller)]

        assert first + rest == [*sorted(ids[2:], reverse=True), ids[1], ids[0]]
        assert cut == [ids[1]]


async def test_who_leads_it_is_named_and_sees_the_draft(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=2) as coop:
        leader, other = coop.members
        gathering_id = await coop.given_draft(facilitator_ids=[leader])

        seen = await coop.get(gathering_id, caller=leader)

        assert [facilitator["member_id"] for facilitator in seen["facilitators"]] == [leader]
        path = f"/community/gatherings/{gathering_id}"
        assert (await coop.assembly.clients[other].get(path)).status_code == 404
        stranger = await operator.put(path, json=coop.body(facilitator_ids=[str(uuid4())]))
        assert problem(stranger) == (404, "member-unknown")


async def test_a_feed_has_gatherings_with_their_changes(
    platform: Platform, operator: httpx.AsyncClient, anonymous: httpx.AsyncClient
) -> None:
    async with (
        group(platform, operator, members=1) as coop,
        logged_in(platform, operator, "member", member_id=coop.members[0]) as member,
    ):
        await coop.given_draft()
        agenda = [{"title": "A second roof", "minutes": 40, "speaker": "Lucie Brindille"}]
        gathering_id = await coop.given_gathering(agenda=agenda)
        feed = await member.post("/community/me/calendar-feeds", json={"label": "Telephone"})
        path = httpx.URL(feed.json()["url"]).path

        async def read() -> Event:
            events = Calendar.from_ical((await anonymous.get(path)).content).events
            # Other tests may have announced something to the whole co-op.
            (calendar_entry,) = [event for event in events if gathering_id in str(event["uid"])]
            return calendar_entry

        before = await read()
        await coop.change(gathering_id, place="Moulin\n99110 Aurelle")
        after = await read()
        await coop.call_off(gathering_id)
        at_last = await read()

        assert {calendar["uid"] for calendar in (before, after, at_last)} == {
            f"gathering-{gathering_id}@elocoop"
        }
        assert [calendar["sequence"] for calendar in (before, after, at_last)] == [0, 1, 2]
        assert before["description"] == "– A second roof (40 min, Lucie Brindille)"
        assert after["location"] == "Moulin, 99110 Aurelle"
        assert at_last["status"] == "CANCELLED"
        assert str(at_last["description"]).startswith("Annulé\u00a0: The hall is flooded.")
        assert (before.end - before.start) == timedelta(hours=2)


async def test_names_of_facilitators_follow_the_members(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=1) as coop:
        (leader,) = coop.members
        gathering_id = await coop.given_gathering(facilitator_ids=[leader])
        body = {"kind": "household", "address": "1 rue\n99110 Aurelle"}

        await put(operator, f"/members/{leader}", body | {"name": "Zoé Brindille"})

        facilitators = (await coop.get(gathering_id))["facilitators"]
        assert facilitators == [{"member_id": leader, "name": "Zoé Brindille"}]
