"""Who may declare facts about a point or a member: docs/run/security.md."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from libs.common.events.ingest import PointLeft
from services.community.main import service
from tests.community.coop import (
    enrol,
    given_member,
    given_operation,
    given_point,
    logged_in,
    member_body,
    new_prm,
    participation,
    put,
    today,
)
from tests.support.alone import alone
from tests.support.platform import Platform


@dataclass
class Neighbours:
    """A point of one operation, and the organiser of another one, who has a member of their own."""

    operator: httpx.AsyncClient
    organiser: httpx.AsyncClient
    here: str
    elsewhere: str
    prm: str
    lucie: str
    own_id: str

    def participations(self, *rows: object) -> Any:  # noqa: ANN401 - a request
        path = f"/community/operations/{self.here}/participations"
        return self.organiser.put(path, json=rows)

    def prospect(self, prm: str, **changes: object) -> Any:  # noqa: ANN401 - a request
        body = {"prm": prm, "direction": "consumption", "member_id": self.own_id}
        path = f"/community/operations/{self.here}/enrolments/{uuid4()}"
        return self.organiser.put(path, json=body | {"valid_from": str(today())} | changes)


@pytest.fixture
async def neighbours(platform: Platform, operator: httpx.AsyncClient) -> AsyncIterator[Neighbours]:
    here, elsewhere = await given_operation(operator), await given_operation(operator)
    lucie, prm = await given_member(operator), await given_point(operator)
    await enrol(operator, elsewhere, participation(prm, lucie, "2026-03-01", "2026-09-01"))
    async with logged_in(platform, operator, "organiser", operations=[here]) as organiser:
        own_id = str(uuid4())
        await put(organiser, f"/members/{own_id}", member_body(name="Prête-Nom"))
        yield Neighbours(operator, organiser, here, elsewhere, prm, lucie, own_id)


@pytest.mark.parametrize(
    ("valid_from", "valid_to"),
    [
        ("2026-01-05", "2026-03-01"),  # before it took part
        ("2026-04-01", "2026-05-01"),  # while
        ("2026-09-01", None),  # after
        ("2026-12-01", None),
    ],
)
async def test_a_point_that_was_anothers_is_unknown_whatever_the_days(
    neighbours: Neighbours, valid_from: str, valid_to: str | None
) -> None:
    """H1 and L14 of the security review."""
    unknown = new_prm()

    refused = await neighbours.participations(
        participation(neighbours.prm, neighbours.own_id, valid_from, valid_to)
    )
    of_nobody = await neighbours.participations(
        participation(unknown, neighbours.own_id, valid_from, valid_to)
    )

    assert refused.status_code == 404
    assert _anonymous(refused, neighbours.prm) == _anonymous(of_nobody, unknown)
    assert neighbours.elsewhere not in refused.text


async def test_a_prospect_of_anothers_point_is_refused_as_an_unknown_one(
    neighbours: Neighbours,
) -> None:
    """H1 and L14 of the security review: enrolments look at the point too."""
    unknown = new_prm()

    refused = await neighbours.prospect(neighbours.prm)
    of_nobody = await neighbours.prospect(unknown)

    assert refused.status_code == 404
    assert _anonymous(refused, neighbours.prm) == _anonymous(of_nobody, unknown)


async def test_a_file_that_names_anothers_point_is_refused_as_for_an_unknown_one(
    neighbours: Neighbours,
) -> None:
    """H1 and L14 of the security review."""
    prms = [neighbours.prm, new_prm()]
    lines = ["prm;direction;member_id;valid_from;valid_to"] + [
        f"{prm};consumption;{neighbours.own_id};{today()};" for prm in prms
    ]
    path = f"/community/operations/{neighbours.here}/participations/preview"

    answer = await neighbours.organiser.post(
        path, content="\r\n".join(lines), headers={"content-type": "text/csv"}
    )

    assert answer.status_code == 200, answer.text
    details = [row["detail"] for row in answer.json()["refused"]]
    texts = [detail.replace(prm, "PRM") for prm, detail in zip(prms, details, strict=True)]
    assert len(set(texts)) == 1


async def test_neither_the_point_nor_its_place_is_the_other_organisers_to_change_or_see(
    neighbours: Neighbours,
) -> None:
    """H1 of the security review."""
    path, unknown = f"/community/points/{neighbours.prm}", new_prm()
    place = {"latitude": 47.1, "longitude": 2.4, "source": "map"}

    changed = await neighbours.organiser.put(path, json={"label": "changed by org2"})
    seen = [
        await neighbours.organiser.get(f"/community/points/{prm}")
        for prm in (neighbours.prm, unknown)
    ]
    placed = [
        await neighbours.organiser.put(f"/community/points/{prm}/location", json=place)
        for prm in (neighbours.prm, unknown)
    ]

    assert changed.status_code == 403
    assert {answer.status_code for answer in seen} == {403}
    assert len({answer.status_code for answer in placed}) == 1
    assert placed[0].status_code in {404, 422}


async def test_what_staff_planned_the_organiser_leads_on(neighbours: Neighbours) -> None:
    """H1 of the security review: staff let a point through by the same route."""
    path = f"/operations/{neighbours.here}/enrolments/{uuid4()}"
    body = {"prm": neighbours.prm, "direction": "consumption", "member_id": neighbours.own_id}
    await put(neighbours.operator, path, body | {"valid_from": "2026-12-20"})

    again = await neighbours.organiser.put(
        f"/community{path}", json=body | {"valid_from": "2026-12-21"}
    )
    step = {"step": "withdraw", "day": str(today()), "after_step": 1, "reason": "They stay."}
    led_on = await neighbours.organiser.post(f"/community{path}/steps", json=step)

    assert again.status_code == 404
    assert led_on.status_code == 200, led_on.text


async def test_who_runs_the_operation_of_today_changes_the_point(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    """H1 of the security review: the current participation decides, not any ever."""
    former, present = await given_operation(operator), await given_operation(operator)
    member_id, prm = await given_member(operator), await given_point(operator)
    await enrol(operator, former, participation(prm, member_id, "2026-01-01", "2026-06-01"))
    await enrol(operator, present, participation(prm, member_id, "2026-06-01"))

    answers = []
    for operation_id in (former, present):
        async with logged_in(
            platform, operator, "organiser", operations=[operation_id]
        ) as organiser:
            body = {"label": f"by {operation_id}"}
            answers.append(await organiser.put(f"/community/points/{prm}", json=body))

    assert [answer.status_code for answer in answers] == [403, 200]


@pytest.mark.parametrize(
    ("valid_from", "words"),
    [("2025-12-31", "The operation begins"), ("2026-02-01", "The member was recorded")],
)
async def test_nobody_takes_part_before_the_operation_or_their_own_record_unless_staff_say_so(
    neighbours: Neighbours, valid_from: str, words: str
) -> None:
    """H1 of the security review."""
    prm = await given_point(neighbours.operator)
    row = participation(prm, neighbours.own_id, valid_from)

    refused = [
        await neighbours.participations(row),
        await neighbours.prospect(prm, valid_from=valid_from),
    ]
    await enrol(neighbours.operator, neighbours.here, row)

    for answer in refused:
        assert answer.status_code == 409
        assert answer.json()["type"] == "/problems/for-staff-to-record"
        assert words in answer.json()["detail"]


async def test_a_point_of_the_own_operation_passes_to_another_member_by_staff_only(
    neighbours: Neighbours,
) -> None:
    """H1 and H3 of the security review: nor by the detour of a participation that is cancelled."""
    prm, start = await given_point(neighbours.operator), str(today())
    second = str(uuid4())
    await put(neighbours.organiser, f"/members/{second}", member_body(name="Prête-Nom"))
    await enrol(neighbours.organiser, neighbours.here, participation(prm, neighbours.own_id, start))
    path = f"/community/operations/{neighbours.here}/participations/{prm}/{start}"

    replaced = await neighbours.participations(participation(prm, second, start))
    cancelled = await neighbours.organiser.delete(path)
    again = await neighbours.participations(participation(prm, second, start))
    mended = await neighbours.participations(participation(prm, neighbours.own_id, start))
    later = str(today() + timedelta(days=1))
    ended = await neighbours.participations(participation(prm, neighbours.own_id, start, later))
    after = await neighbours.participations(participation(prm, second, later))

    assert cancelled.status_code == mended.status_code == ended.status_code == 200
    for answer in (replaced, again, after):
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/for-staff-to-record")
    await enrol(neighbours.operator, neighbours.here, participation(prm, second, later))


async def test_who_left_is_not_taken_back_for_the_days_since(neighbours: Neighbours) -> None:
    """H1 of the security review."""
    prm = await given_point(neighbours.operator)
    ended = participation(prm, neighbours.own_id, "2026-02-01", "2026-07-01")
    await enrol(neighbours.operator, neighbours.here, ended)

    longer = await neighbours.participations({**ended, "valid_to": None})
    shorter = await neighbours.participations({**ended, "valid_to": "2026-06-01"})

    assert (longer.status_code, shorter.status_code) == (409, 200)


async def test_the_word_of_the_dso_frees_a_point_from_the_day_of_its_departure_on(
    database_url: str,
) -> None:
    """H1 of the security review."""
    left_on = today() - timedelta(days=3)
    async with (
        alone(service, database_url) as service_alone,
        service_alone.client("operator") as operator,
    ):
        operation_id = await given_operation(operator)
        lucie, prm = await given_member(operator), await given_point(operator)
        await enrol(operator, operation_id, participation(prm, lucie))
        async with service_alone.client("organiser", operations=[operation_id]) as organiser:
            newcomer = str(uuid4())
            await put(organiser, f"/members/{newcomer}", member_body())
            path = f"/community/operations/{operation_id}/participations"
            rows = [participation(prm, newcomer, str(today()))]
            before = await organiser.put(path, json=rows)
            departure = {"operation_id": operation_id, "prm": prm, "left_on": left_on}
            departure_body = {"time": "2026-11-01T08:00:00Z", "reason": "new_occupant", **departure}
            await service_alone.tell(PointLeft.model_validate(departure_body))
            after = await organiser.put(path, json=rows)

    assert before.status_code == 409
    assert after.status_code == 200, after.text


async def test_a_member_whom_staff_made_is_no_organisers_to_change_enrol_or_invite(
    neighbours: Neighbours,
) -> None:
    """M13 of the security review: whoever takes part in nothing yet is not anybody's."""
    member_id, prm = await given_member(neighbours.operator), await given_point(neighbours.operator)
    invited = {"email": "evil@example.org", "role": "member", "member_id": member_id}

    answers = [
        await neighbours.organiser.put(f"/community/members/{member_id}", json=member_body()),
        await neighbours.organiser.post("/community/invitations", json=invited),
        await neighbours.prospect(prm, member_id=member_id),
        await neighbours.participations(participation(prm, member_id, str(today()))),
    ]

    assert [answer.status_code for answer in answers] == [403] * 4


async def test_a_prospect_is_the_operations_that_has_it(
    platform: Platform, neighbours: Neighbours
) -> None:
    """M13 of the security review: enrolments count, and so does who made a member."""
    member_id, prm = await given_member(neighbours.operator), await given_point(neighbours.operator)
    path = f"/operations/{neighbours.here}/enrolments/{uuid4()}"
    body = {"prm": prm, "direction": "consumption", "member_id": member_id}
    await put(neighbours.operator, path, body | {"valid_from": str(today())})

    own_answer = await neighbours.organiser.put(
        f"/community/members/{member_id}", json=member_body()
    )
    elsewhere = [neighbours.elsewhere]
    async with logged_in(platform, neighbours.operator, "organiser", operations=elsewhere) as other:
        others = [
            await other.put(f"/community/members/{person_id}", json=member_body())
            for person_id in (member_id, neighbours.own_id)
        ]

    assert own_answer.status_code == 200
    assert [answer.status_code for answer in others] == [403, 403]


def _anonymous(answer: httpx.Response, prm: str) -> str:
    """All that is told, but for the address that was asked and the point that it named."""
    return str({**answer.json(), "instance": None}).replace(prm, "PRM")


async def test_both_hear_of_days_that_staff_record_as_anothers(
    neighbours: Neighbours,
) -> None:
    """H3 of the security review: five seconds on a straw man do not go unseen."""
    row = participation(neighbours.prm, neighbours.own_id, "2026-03-01", "2026-09-01")
    await enrol(neighbours.operator, neighbours.elsewhere, row)

    kinds = {}
    for member_id in (neighbours.lucie, neighbours.own_id):
        path = f"/community/messages?member_id={member_id}"
        kinds[member_id] = [
            notification["kind"] for notification in (await neighbours.operator.get(path)).json()
        ]

    assert kinds[neighbours.lucie] == ["point_taken"]
    assert kinds[neighbours.own_id] == ["point_given"]


async def test_the_point_of_a_prospect_is_the_operations_that_has_it(
    platform: Platform, neighbours: Neighbours
) -> None:
    """M13 of the security review: enrolments count."""
    prm = await given_point(neighbours.operator)
    assert (await neighbours.prospect(prm)).status_code == 200
    path, body = f"/community/points/{prm}", {"label": "Toit"}

    own_answer = await neighbours.organiser.put(path, json=body)
    elsewhere = [neighbours.elsewhere]
    async with logged_in(platform, neighbours.operator, "organiser", operations=elsewhere) as other:
        others = await other.put(path, json=body)

    assert (own_answer.status_code, others.status_code) == (200, 403)


async def test_who_has_a_point_now_ends_it_though_others_had_it_before(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    """The former operation learns of none of it, by whatever days it asks for."""
    former, present = await given_operation(operator), await given_operation(operator)
    member_id, prm = await given_member(operator), await given_point(operator)
    was = participation(prm, member_id, "2026-01-01", str(today() + timedelta(days=9)))
    await enrol(operator, former, was)
    from_day = str(today() + timedelta(days=30))
    await enrol(operator, present, participation(prm, member_id, from_day))
    ended = participation(prm, member_id, from_day, str(today() + timedelta(days=90)))

    async with logged_in(platform, operator, "organiser", operations=[present]) as organiser:
        path = f"/community/operations/{present}/participations"
        shorter = await organiser.put(path, json=[ended])
        longer = await organiser.put(path, json=[ended | {"valid_to": None}])
    path = f"/community/operations/{former}/participations"
    async with logged_in(platform, operator, "organiser", operations=[former]) as organiser:
        prolonged = [
            await organiser.put(path, json=[was | {"valid_to": str(today() + timedelta(days))}])
            for days in (10, 29, 31)
        ]

    assert (shorter.status_code, longer.status_code) == (200, 404)
    assert {answer.status_code for answer in prolonged} == {404}
    assert len({answer.text for answer in prolonged}) == 1


async def _organised(operator: httpx.AsyncClient, operation_id: str) -> str:
    operation = (await operator.get(f"/community/operations/{operation_id}")).json()
    organiser_id: str = operation["organiser_id"]
    return organiser_id


async def test_an_organiser_is_recorded_as_a_member_by_who_runs_all_its_operations(
    neighbours: Neighbours,
) -> None:
    """Who is the member of an organiser collects for its operations and reads their books."""
    ours, theirs = [
        await _organised(neighbours.operator, operation_id)
        for operation_id in (neighbours.here, neighbours.elsewhere)
    ]
    body = member_body(name="Soleils ensemble", kind="company")

    of_others = await neighbours.organiser.put(f"/community/members/{theirs}", json=body)
    of_own = await neighbours.organiser.put(f"/community/members/{ours}", json=body)

    assert (of_others.status_code, of_own.status_code) == (403, 200)
    seen = await neighbours.organiser.get(f"/community/members/{ours}")
    assert (seen.status_code, seen.json().get("name")) == (200, "Soleils ensemble")
    await put(neighbours.operator, f"/members/{theirs}", body)
    assert (await neighbours.organiser.get(f"/community/members/{theirs}")).status_code == 403


async def test_a_log_in_as_the_member_of_an_organiser_is_for_staff_to_offer(
    neighbours: Neighbours,
) -> None:
    """Else a stolen session of the organiser could confirm its own change of account."""
    ours = await _organised(neighbours.operator, neighbours.here)
    body = member_body(name="Soleils ensemble", kind="company")
    await put(neighbours.organiser, f"/members/{ours}", body)
    invitation = {"email": f"{uuid4().hex}@example.org", "role": "member", "member_id": ours}

    refused = await neighbours.organiser.post("/community/invitations", json=invitation)
    offered = await neighbours.operator.post("/community/invitations", json=invitation)

    assert (refused.status_code, offered.status_code) == (403, 201)
