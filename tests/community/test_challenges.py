"""Challenges: who takes part, what they are told, how it ends, and what is left."""

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from libs.common.events.community import ConsentsChanged
from libs.common.events.ingest import PointLeft
from libs.common.ids import OperationId
from services.community.commands.challenges.challenges import cancel_challenge
from services.community.commands.privacy.purging import purge_challenges
from tests.community.challenging import Group, began, challenge_body, group
from tests.community.coop import enrol, given_point, participation, today
from tests.support.locks import until_somebody_waits_for


async def _rows(group: Group, table: str) -> int:
    async with (
        group.alone.platform.database("community") as database,
        database.transaction() as session,
    ):
        count: int = await session.scalar(text(f"SELECT count(*) FROM {table}"))
        return count


async def test_a_small_home_wins_over_a_large_one_and_the_result_stays(database_url: str) -> None:
    async with group(database_url, homes=4) as coop:
        small, large, middle, unseen = coop.homes
        challenge_id = await coop.given_challenge()
        entries = {
            home: await coop.enter(home, challenge_id, name)
            for home, name in ((small, "Small"), (large, "Large"), (middle, "Middle"))
        }
        entries[unseen] = await coop.enter(unseen, challenge_id)
        for home, before, during in (
            (small, 100, 150),
            (large, 9000, 9900),
            (middle, 1000, 900),
            (unseen, 10, 20),
        ):
            await coop.measure(challenge_id, entries[home], before=before, during=during)

        provisional = await coop.standing(challenge_id, unseen)
        await coop.measure(challenge_id, entries[large], before=9000, during=18_000, revision=2)
        await coop.measure(challenge_id, entries[large], before=9000, during=0, revision=1)  # late
        await coop.pass_days(challenge_id, 3)
        not_yet = await coop.standing(challenge_id, unseen)
        await coop.pass_days(challenge_id, 4)
        final = await coop.standing(challenge_id, unseen)
        await coop.measure(challenge_id, entries[small], before=100, during=9000, revision=2)
        later = await coop.standing(challenge_id, unseen)
        event = await coop.told(challenge_id)
        notified = [await coop.notified(home) for home in (small, unseen)]
        measured = await _rows(coop, "challenge_measure")

    names = [(place["rank"], place["shown_as"]) for place in provisional["ranking"]]
    assert names == [(1, "Small"), (2, "Large"), (3, "Middle")]
    assert [place["effort_permille"] for place in provisional["ranking"]] == [500, 100, -100]
    (result,) = provisional["own"]
    assert (result["effort_permille"], result["is_target_reached"], result["days"]) == (
        1000,
        True,
        7,
    )
    assert (result["actual_wmin"], result["expected_wmin"]) == (7 * 20, 7 * 10)
    assert [standing["is_final"] for standing in (provisional, not_yet, final)] == [
        False,
        False,
        True,
    ]
    assert [place["shown_as"] for place in final["ranking"]] == ["Large", "Small", "Middle"]
    assert final["ranking"][0]["effort_permille"] == 1000
    assert final["group_effort_percent"] == 89  # 19,070 of 10,110
    assert later == final
    assert (event.entries, measured) == ([], 0)
    assert notified == [["challenge_announced", "challenge_result"]] * 2


async def test_nothing_is_asked_of_who_does_not_take_part_and_leaving_erases(
    database_url: str,
) -> None:
    async with group(database_url, homes=2) as coop:
        leaver, stays = coop.homes
        challenge_id = await coop.given_challenge()
        before = await coop.alone.published(ConsentsChanged, leaver.member_id)
        entry_id = await coop.enter(leaver, challenge_id, "Leaver")
        both = await coop.enter(stays, challenge_id)
        await coop.measure(challenge_id, entry_id, before=1, during=2)
        asked = await coop.told(challenge_id)

        path = f"{coop.path}/{challenge_id}/entries/{leaver.prm}"
        answers = [await coop.clients[leaver].delete(path) for _ in range(2)]
        event = await coop.told(challenge_id)
        await coop.measure(challenge_id, entry_id, before=1, during=2, revision=2)
        (consents,) = (await coop.alone.published(ConsentsChanged, leaver.member_id))[-1:]
        measured = await _rows(coop, "challenge_measure")

    assert before == []
    assert [entry.prm for entry in asked.entries if entry.entry_id == entry_id] == [leaver.prm]
    assert {entry.first_day for entry in asked.entries} == {today() - timedelta(days=6 + 14)}
    assert {entry.end_day for entry in asked.entries} == {today() + timedelta(days=1)}
    assert asked.half_hours == list(range(22, 30))
    assert [answer.status_code for answer in answers] == [204, 404]
    assert [entry.entry_id for entry in event.entries] == [both]
    assert measured == 0
    (consent,) = consents.consents
    assert (consent.purpose, consent.granularity) == ("challenge", "load_curve")
    assert consent.withdrawn_on == today()


async def test_to_withdraw_the_consent_is_to_leave(database_url: str) -> None:
    async with group(database_url, homes=1) as coop:
        (home,) = coop.homes
        challenge_id = await coop.given_challenge()
        await coop.enter(home, challenge_id)
        consents = f"/community/members/{home.member_id}/consents"
        (consent,) = (await coop.operator.get(consents)).json()

        answer = await coop.operator.post(f"{consents}/{consent['id']}/withdrawal")
        standing = await coop.standing(challenge_id, home)
        event = await coop.told(challenge_id)

    assert answer.status_code == 200
    assert (consent["purpose"], consent["valid_to"]) == (
        "challenge",
        str(today() + timedelta(days=11)),
    )
    assert (standing["entries"], event.entries) == (0, [])


async def test_a_point_that_the_dso_takes_out_is_measured_no_more(database_url: str) -> None:
    async with group(database_url, homes=1) as coop:
        (home,) = coop.homes
        challenge_id = await coop.given_challenge(last_day=str(today() + timedelta(days=5)))
        await coop.enter(home, challenge_id)
        departure = {"operation_id": coop.operation_id, "prm": home.prm, "reason": "terminated"}
        left_on = today() + timedelta(days=1)
        now = (await coop.told(challenge_id)).time

        await coop.alone.tell(
            PointLeft.model_validate({**departure, "left_on": left_on, "time": now})
        )
        event = await coop.revision(challenge_id, above=1)

    assert event.entries == []


async def test_the_days_that_are_measured_follow_the_perimeter(database_url: str) -> None:
    async with group(database_url, homes=1) as coop:
        (home,) = coop.homes
        challenge_id = await coop.given_challenge()
        entry_id = await coop.enter(home, challenge_id)
        last = str(today() - timedelta(days=2))
        ends = participation(home.prm, home.member_id, began(), last)

        await enrol(coop.operator, coop.operation_id, ends)
        event = await coop.revision(challenge_id, above=1)

    (entry,) = event.entries
    assert (entry.entry_id, entry.end_day) == (entry_id, today() - timedelta(days=2))


async def test_few_see_their_own_progress_and_no_neighbour(database_url: str) -> None:
    async with group(database_url, homes=3) as coop:
        challenge_id = await coop.given_challenge()
        for home in coop.homes:
            entry_id = await coop.enter(home, challenge_id, f"N{home.prm}")
            await coop.measure(challenge_id, entry_id, before=100, during=120)

        viewer = coop.homes[0]
        member = await coop.standing(challenge_id, viewer)
        staff = await coop.standing(challenge_id)

    assert [place["shown_as"] for place in member["ranking"]] == [f"N{viewer.prm}"]
    assert [result["effort_permille"] for result in member["own"]] == [200]
    assert (member["is_ranking_withheld"], member["is_group_withheld"]) == (True, True)
    assert member["group_effort_percent"] is None
    # Three points of three members: enough for who has none of their own.
    assert (len(staff["ranking"]), staff["group_effort_percent"], staff["own"]) == (3, 20, [])


async def test_without_a_baseline_it_is_told_in_words(database_url: str) -> None:
    async with group(database_url, homes=1) as coop:
        (home,) = coop.homes
        challenge_id = await coop.given_challenge()
        entry_id = await coop.enter(home, challenge_id, "Seule")
        nothing = await coop.standing(challenge_id, home)
        await coop.tell(challenge_id, entry_id, [(today(), 500)])

        standing = await coop.standing(challenge_id, home)

    assert [result["outcome"] for result in nothing["own"]] == ["not_yet"]
    (own_result,) = standing["own"]
    assert (own_result["outcome"], own_result["effort_permille"]) == ("no_baseline", None)
    assert own_result["in_words"].startswith("Pas de référence")
    assert standing["ranking"] == []


async def test_what_is_missing_at_the_end_is_waited_for_and_not_for_ever(database_url: str) -> None:
    async with group(database_url, homes=1) as coop:
        (home,) = coop.homes
        challenge_id = await coop.given_challenge(freeze_after_days=10)
        entry_id = await coop.enter(home, challenge_id)
        days = [(today() - timedelta(weeks=week), 100) for week in (1, 2)]
        await coop.tell(challenge_id, entry_id, [*days, (today(), 150)])

        finals = []
        for later in (4, 10, 11):
            await coop.pass_days(challenge_id, later)
            finals.append((await coop.standing(challenge_id, home))["is_final"])
        standing = await coop.standing(challenge_id, home)

    assert finals == [False, False, True]
    assert [result["effort_permille"] for result in standing["own"]] == [500]


async def test_those_who_take_part_are_told_halfway_once(database_url: str) -> None:
    async with group(database_url, homes=2) as coop:
        entrant, other = coop.homes
        ahead = {"first_day": str(today()), "last_day": str(today() + timedelta(days=6))}
        challenge_id = await coop.given_challenge(**ahead)
        await coop.enter(entrant, challenge_id)

        await coop.pass_days(challenge_id, 2)
        early = await coop.notified(entrant)
        for _ in range(2):
            await coop.pass_days(challenge_id, 3)
        notifications = [await coop.notified(home) for home in (entrant, other)]

    assert early == ["challenge_announced"]
    assert notifications == [["challenge_announced", "challenge_midway"], ["challenge_announced"]]


async def test_what_is_called_off_measures_nobody_and_is_told(database_url: str) -> None:
    async with group(database_url, homes=1) as coop:
        (home,) = coop.homes
        challenge_id = await coop.given_challenge()
        entry_id = await coop.enter(home, challenge_id)
        await coop.measure(challenge_id, entry_id, before=1, during=2)

        cancelling = f"{coop.path}/{challenge_id}/cancellation"
        answers = [
            await coop.operator.post(cancelling, json={"reason": "Travaux"}) for _ in range(2)
        ]
        await coop.measure(challenge_id, entry_id, before=1, during=2, revision=2)
        event = await coop.told(challenge_id)
        measured = await _rows(coop, "challenge_measure")
        notified = await coop.notified(home)
        again = await coop.clients[home].put(
            f"{coop.path}/{challenge_id}/entries/{home.prm}", json={}
        )

    assert [answer.status_code for answer in answers] == [200, 409]
    assert (event.entries, measured, again.status_code) == ([], 0, 409)
    assert notified == ["challenge_announced", "challenge_cancelled"]


async def test_who_may_what(database_url: str) -> None:
    async with group(database_url, homes=2) as coop:
        home, neighbour = coop.homes
        challenge_id = await coop.given_challenge()
        draft_id = str(uuid4())
        drafted = await coop.operator.put(f"{coop.path}/{draft_id}", json=challenge_body())
        assert drafted.status_code == 200
        member = coop.clients[home]
        statuses = {}
        async with (
            coop.alone.client("organiser", operations=[coop.operation_id]) as organiser,
            coop.alone.client("organiser", operations=["ACC99999999"]) as stranger,
            coop.alone.client("member", member_id=str(uuid4())) as outsider,
        ):
            entry = f"{coop.path}/{challenge_id}/entries/{home.prm}"
            theirs = f"{coop.path}/{challenge_id}/entries/{neighbour.prm}"
            for name, client in (
                ("organiser", organiser),
                ("member", member),
                ("stranger", stranger),
                ("outsider", outsider),
            ):
                announced = await client.post(f"{coop.path}/{challenge_id}/announcement")
                draft = await client.get(f"{coop.path}/{draft_id}")
                seen = await client.get(f"{coop.path}/{challenge_id}/standing")
                entered = await client.put(entry, json={})
                statuses[name] = [
                    answer.status_code for answer in (announced, draft, seen, entered)
                ]
            of_neighbour = await member.put(theirs, json={})
            listed = await member.get(coop.path)

    assert statuses == {
        "organiser": [200, 200, 200, 403],
        "member": [403, 404, 200, 201],
        "stranger": [403, 403, 403, 403],
        "outsider": [403, 403, 403, 403],
    }
    assert (of_neighbour.status_code, of_neighbour.json()["type"]) == (
        409,
        "/problems/point-not-theirs",
    )
    assert [challenge["id"] for challenge in listed.json()] == [challenge_id]


async def test_the_name_changes_until_the_end_and_what_was_announced_does_not(
    database_url: str,
) -> None:
    async with group(database_url, homes=1) as coop:
        (home,) = coop.homes
        challenge_id = await coop.given_challenge()
        await coop.enter(home, challenge_id, "A")
        entry = f"{coop.path}/{challenge_id}/entries/{home.prm}"
        renamed = await coop.clients[home].put(entry, json={"shown_as": "B"})
        changed = await coop.operator.put(f"{coop.path}/{challenge_id}", json=challenge_body())
        event = await coop.told(challenge_id)
        await coop.pass_days(challenge_id, 11)
        late = await coop.clients[home].put(entry, json={"shown_as": "C"})

    assert (renamed.status_code, renamed.json()["shown_as"], event.revision) == (200, "B", 1)
    assert (changed.status_code, late.status_code) == (409, 409)


async def test_of_many_requests_at_once_one_enters(database_url: str) -> None:
    async with group(database_url, homes=1) as coop:
        (home,) = coop.homes
        challenge_id = await coop.given_challenge()
        entry = f"{coop.path}/{challenge_id}/entries/{home.prm}"

        answers = await asyncio.gather(*(coop.clients[home].put(entry, json={}) for _ in range(8)))
        event = await coop.told(challenge_id)
        consents = await coop.operator.get(f"/community/members/{home.member_id}/consents")

    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert (len(event.entries), event.revision, len(consents.json())) == (1, 1, 1)


async def test_an_entry_waits_for_an_end_that_is_not_committed(database_url: str) -> None:
    async with group(database_url, homes=1) as coop:
        (home,) = coop.homes
        challenge_id = await coop.given_challenge()
        entry = f"{coop.path}/{challenge_id}/entries/{home.prm}"
        async with coop.alone.platform.database("community") as database:
            async with database.transaction() as session:
                place = OperationId(coop.operation_id), UUID(challenge_id)
                await cancel_challenge(session, *place, reason="Nobody came.")
                entering = asyncio.create_task(coop.clients[home].put(entry, json={}))
                await until_somebody_waits_for(session)
            answer = await entering
        entries = await _rows(coop, "challenge_entry")

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/challenge-not-open")
    assert entries == 0


@pytest.mark.parametrize("over", ["erased", "old"])
async def test_results_go_with_the_member_and_with_time(database_url: str, over: str) -> None:
    async with group(database_url, homes=1) as coop:
        (home,) = coop.homes
        challenge_id = await coop.given_challenge()
        await coop.enter(home, challenge_id, "A")
        await coop.pass_days(challenge_id, 11)
        assert await _rows(coop, "challenge_entry") == 1

        if over == "erased":
            ended = participation(home.prm, home.member_id, began(), str(today()))
            await enrol(coop.operator, coop.operation_id, ended)
            path = f"/community/members/{home.member_id}/erasure"
            assert (await coop.operator.put(path)).status_code == 200
            done = await coop.operator.post(f"{path}/execution", json={"nothing_is_owed": True})
            assert done.status_code == 200, done.text
        else:
            await _forget(coop, months=-2)

        assert await _rows(coop, "challenge_entry") == 0
        assert (await coop.standing(challenge_id))["entries"] == 0
        lines = await coop.operator.get("/community/audit?entity=challenge_entry")
    # What is purged does not live on in lines about it.
    actions = ["delete", "insert"] if over == "erased" else ["insert"]
    assert [line["action"] for line in lines.json()] == actions


async def _forget(coop: Group, *, months: int) -> None:
    async with coop.alone.platform.database("community") as database:
        await purge_challenges(database, kept_months=months)


async def test_a_producing_point_takes_no_part(database_url: str) -> None:
    async with group(database_url, homes=1) as coop:
        (home,) = coop.homes
        roof = await given_point(coop.operator)
        produces = participation(roof, home.member_id) | {"direction": "production"}
        await enrol(coop.operator, coop.operation_id, produces)
        challenge_id = await coop.given_challenge()

        answer = await coop.clients[home].put(f"{coop.path}/{challenge_id}/entries/{roof}", json={})

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/point-not-theirs")
