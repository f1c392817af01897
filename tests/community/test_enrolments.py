"""Enrolments: step by step into an operation, and out of it."""

import asyncio
from datetime import date, timedelta
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from libs.common.events.community import PerimeterChanged
from libs.common.events.ingest import PointLeft
from services.community.domain.enrolments.working_days import earliest_start, latest_declaration
from services.community.main import service
from tests.community.coop import (
    enrol,
    given_member,
    given_operation,
    given_point,
    logged_in,
    member_body,
    participation,
    put,
    today,
)
from tests.community.enrolling import (
    ahead,
    given_active,
    given_prospect,
    given_signed_prospect,
)
from tests.community.papers import given_signed
from tests.support.alone import alone
from tests.support.platform import Platform


def _missing(answer: httpx.Response) -> list[str]:
    assert answer.json()["type"] == "/problems/conditions-missing", answer.text
    return [condition["name"] for condition in answer.json()["conditions"]]


async def test_a_point_goes_from_prospect_to_left_and_each_step_is_kept(
    operator: httpx.AsyncClient,
) -> None:
    enrolling = await given_active(operator)
    leaving_on = today() + timedelta(days=50)

    active = await enrolling.shown()
    assert (active["member_name"], active["point_label"]) == (
        "Lucie Brindille",
        "École, toit sud",
    )
    leaving = await enrolling.taken("leave", valid_to=leaving_on.isoformat())
    before = await enrolling.perimeter()
    enrolment = await enrolling.taken("declare_exit")
    after = await enrolling.perimeter()

    assert (active["phase"], leaving["phase"], enrolment["phase"]) == (
        "active",
        "leaving",
        "leaving",
    )
    assert (active["allowed"], enrolment["allowed"]) == (["leave"], [])
    assert [step["kind"] for step in enrolment["steps"]] == [
        "add",
        "sign",
        "declare",
        "leave",
        "declare_exit",
    ]
    assert all(step["recorded_by"] for step in enrolment["steps"])
    assert [participation["valid_to"] for participation in before + after] == [
        None,
        leaving_on.isoformat(),
    ]


async def test_the_perimeter_has_a_point_from_its_declaration_on(
    operator: httpx.AsyncClient,
) -> None:
    enrolling = await given_signed_prospect(operator)

    signed = await enrolling.perimeter()
    declared = await enrolling.taken("declare")

    assert (signed, declared["phase"]) == ([], "declared")
    (entered,) = await enrolling.perimeter()
    assert entered == participation(enrolling.prm, enrolling.member_id, ahead().isoformat())


async def test_nothing_is_signed_without_a_signed_agreement(operator: httpx.AsyncClient) -> None:
    enrolling = await given_prospect(operator)
    ended = {"valid_from": "2025-01-01", "valid_to": ahead().isoformat()}
    await given_signed(operator, enrolling.operation_id, enrolling.member_id, **ended)

    refused = await enrolling.take("sign")
    await given_signed(operator, enrolling.operation_id, enrolling.member_id)
    signed = await enrolling.take("sign")

    assert (refused.status_code, _missing(refused)) == (409, ["agreement-signed"])
    assert signed.json()["phase"] == "signed"


async def test_a_company_needs_its_siren_to_sign(operator: httpx.AsyncClient) -> None:
    enrolling = await given_prospect(operator)
    await given_signed(operator, enrolling.operation_id, enrolling.member_id)
    path = f"/members/{enrolling.member_id}"
    await put(operator, path, member_body(kind="company"))

    refused = await enrolling.take("sign")
    await put(operator, path, member_body(kind="company", siren="992000026"))

    assert _missing(refused) == ["identity-complete"]
    assert (await enrolling.take("sign")).status_code == 200


async def test_a_producer_needs_a_signed_sale_contract_to_be_declared(
    operator: httpx.AsyncClient,
) -> None:
    enrolling = await given_signed_prospect(operator, direction="production")

    refused = await enrolling.take("declare")
    await given_signed(operator, enrolling.operation_id, enrolling.member_id, kind="sale_contract")

    assert _missing(refused) == ["sale-contract-signed"]
    assert (await enrolling.take("declare")).json()["phase"] == "declared"


async def test_the_notice_of_an_entry_is_in_working_days_of_the_convention(
    operator: httpx.AsyncClient,
) -> None:
    operation_id = await given_operation(operator)
    notice = {"entry_notice_working_days": 7, "exit_notice_working_days": 3}
    await put(operator, f"/operations/{operation_id}/convention", notice)
    early, late = [
        await given_signed_prospect(operator, operation_id=operation_id, valid_from=start)
        for start in (earliest_start(today(), 7), earliest_start(today(), 7) - timedelta(days=1))
    ]

    assert _missing(await late.take("declare")) == ["notice-kept"]
    assert (await early.take("declare")).status_code == 200


async def test_the_notice_of_an_exit_holds_too_and_another_day_can_be_asked_for(
    operator: httpx.AsyncClient,
) -> None:
    enrolling = await given_active(operator)
    start = earliest_start(today(), 10)
    early, later = start - timedelta(days=1), start + timedelta(days=30)

    refused = await enrolling.take("leave", valid_to=early.isoformat())
    await enrolling.taken("leave", valid_to=start.isoformat())
    again = await enrolling.taken("leave", valid_to=later.isoformat())
    await enrolling.taken("declare_exit")

    assert _missing(refused) == ["notice-kept"]
    assert again["valid_to"] == later.isoformat()
    assert (await enrolling.perimeter())[0]["valid_to"] == later.isoformat()
    assert latest_declaration(later, 10) >= today()


@pytest.mark.parametrize("signed", [True, False])
async def test_steps_are_taken_in_their_order_only(
    operator: httpx.AsyncClient, *, signed: bool
) -> None:
    enrolling = await (given_signed_prospect if signed else given_prospect)(operator)

    step = "sign" if signed else "declare"
    answers = [
        await enrolling.take(step),
        await enrolling.take("leave", valid_to=ahead().isoformat()),
        await enrolling.take("declare_exit"),
    ]

    assert {answer.status_code for answer in answers} == {409}
    assert {answer.json()["type"] for answer in answers} == {"/problems/step-not-next"}
    assert answers[0].json()["allowed"] == (await enrolling.shown())["allowed"]


async def test_a_step_is_neither_to_come_nor_before_the_one_before(
    operator: httpx.AsyncClient,
) -> None:
    enrolling = await given_signed_prospect(operator)
    signed_on = today() - timedelta(days=90)

    to_come = await enrolling.take("declare", today() + timedelta(days=2))
    too_early = await enrolling.take("declare", signed_on - timedelta(days=1))

    assert to_come.json()["type"] == too_early.json()["type"] == "/problems/step-day-unfit"
    assert (await enrolling.take("declare", signed_on)).status_code == 200


async def test_who_withdraws_before_the_first_day_was_never_in_the_perimeter(
    operator: httpx.AsyncClient,
) -> None:
    enrolling = await given_signed_prospect(operator)
    await enrolling.taken("declare")

    withdrawn = await enrolling.taken("withdraw", reason="Déménage avant le début.")

    assert (withdrawn["phase"], withdrawn["allowed"]) == ("withdrawn", [])
    assert withdrawn["steps"][-1]["reason"] == "Déménage avant le début."
    assert await enrolling.perimeter() == []


async def test_who_takes_part_leaves_and_does_not_withdraw(operator: httpx.AsyncClient) -> None:
    enrolling = await given_active(operator)

    answer = await enrolling.take("withdraw", reason="Ne veut plus.")

    assert (answer.status_code, answer.json()["allowed"]) == (409, ["leave"])


@pytest.mark.parametrize("others", ["declare", "withdraw"])
async def test_of_two_steps_at_once_one_wins(operator: httpx.AsyncClient, others: str) -> None:
    enrolling = await given_signed_prospect(operator)
    base = {"day": today().isoformat(), "after_step": enrolling.last_step}
    more = {"reason": "Ne veut plus."} if others == "withdraw" else {}
    bodies = [base | {"step": "declare"}, base | more | {"step": others}] * 4

    answers = await asyncio.gather(
        *(operator.post(f"{enrolling.path}/steps", json=body) for body in bodies)
    )

    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 7
    refused = [answer.json() for answer in answers if answer.status_code == 409]
    assert {body["type"] for body in refused} == {"/problems/step-outdated"}
    assert [step["number"] for step in (await enrolling.shown())["steps"]] == [1, 2, 3]


async def test_a_point_that_is_declared_in_two_operations_at_once_enters_one(
    operator: httpx.AsyncClient,
) -> None:
    first = await given_signed_prospect(operator)
    other_id = await given_operation(operator)
    path = f"/operations/{other_id}/enrolments/{uuid4()}"
    body = {"prm": first.prm, "direction": "consumption", "member_id": first.member_id}
    await put(operator, path, body | {"valid_from": ahead().isoformat()})
    await given_signed(operator, other_id, first.member_id)
    step = {"step": "sign", "day": today().isoformat(), "after_step": 1}
    assert (await operator.post(f"/community{path}/steps", json=step)).status_code == 200

    step = {"step": "declare", "day": today().isoformat(), "after_step": 2}
    answers = await asyncio.gather(
        operator.post(f"{first.path}/steps", json=step),
        operator.post(f"/community{path}/steps", json=step),
    )

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert refused.json()["type"] == "/problems/participation-overlap"


async def test_what_an_enrolment_leads_is_not_changed_beside_it(
    operator: httpx.AsyncClient,
) -> None:
    enrolling = await given_active(operator)
    (standing,) = await enrolling.perimeter()
    path = f"/community/operations/{enrolling.operation_id}/participations"

    same = await operator.put(path, json=[standing])
    ended = await operator.put(path, json=[standing | {"valid_to": ahead().isoformat()}])
    deleted = await operator.delete(f"{path}/{enrolling.prm}/{standing['valid_from']}")

    assert same.status_code == 200
    for answer in (ended, deleted):
        assert answer.json()["type"] == "/problems/participation-enrolled"
        assert answer.json()["enrolment_id"] == enrolling.path.rsplit("/", 1)[-1]


async def test_a_participation_that_stands_is_taken_over(operator: httpx.AsyncClient) -> None:
    operation_id = await given_operation(operator)
    member_id, prm = await given_member(operator), await given_point(operator)
    await enrol(operator, operation_id, participation(prm, member_id))
    path = f"/operations/{operation_id}/enrolments/{uuid4()}"

    body = {"prm": prm, "direction": "consumption", "member_id": member_id}
    taken = await put(operator, path, body | {"valid_from": "2026-01-01"})

    assert (taken["phase"], taken["allowed"]) == ("active", ["leave"])
    assert [step["kind"] for step in taken["steps"]] == ["take_over"]


async def test_a_point_has_one_enrolment_for_each_first_day(operator: httpx.AsyncClient) -> None:
    first = await given_signed_prospect(operator)
    body = {"prm": first.prm, "direction": "consumption", "member_id": first.member_id}
    path = f"/community/operations/{first.operation_id}/enrolments/{uuid4()}"

    async def again(day: date) -> httpx.Response:
        return await operator.put(path, json=body | {"valid_from": day.isoformat()})

    while_signed = await again(ahead())
    await first.taken("declare")
    while_declared = await again(ahead())
    await first.taken("withdraw", reason="They move.")
    later = await again(ahead() + timedelta(days=30))
    after = await again(ahead())

    for refused in (while_signed, while_declared):
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/enrolment-twice")
        assert refused.json()["enrolment_id"] == first.path.rsplit("/", 1)[-1]
    assert (later.status_code, after.status_code) == (200, 200)


async def test_of_two_prospects_at_once_one_is_recorded(operator: httpx.AsyncClient) -> None:
    operation_id = await given_operation(operator)
    member_id, prm = await given_member(operator), await given_point(operator)
    body = {"prm": prm, "direction": "consumption", "member_id": member_id}
    paths = [f"/community/operations/{operation_id}/enrolments/{uuid4()}" for _ in range(4)]

    answers = await asyncio.gather(
        *(operator.put(path, json=body | {"valid_from": ahead().isoformat()}) for path in paths)
    )

    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]


async def test_a_prospect_changes_and_what_is_signed_in_its_first_day_only(
    operator: httpx.AsyncClient,
) -> None:
    enrolling = await given_signed_prospect(operator)
    later = (ahead() + timedelta(days=30)).isoformat()
    body = {"prm": enrolling.prm, "direction": "consumption", "member_id": enrolling.member_id}

    moved = await operator.put(enrolling.path, json=body | {"valid_from": later})
    turned = {"direction": "production", "valid_from": later}
    refused = await operator.put(enrolling.path, json=body | turned)
    outdated = await enrolling.take("declare")

    assert moved.json()["valid_from"] == later
    assert refused.json()["type"] == "/problems/enrolment-fixed"
    assert outdated.json()["type"] == "/problems/step-outdated"
    assert [step["kind"] for step in moved.json()["steps"]] == ["add", "sign", "change"]


async def test_phases_can_be_listed(operator: httpx.AsyncClient) -> None:
    active = await given_active(operator)
    prospect = await given_prospect(operator, operation_id=active.operation_id)
    path = f"/community/operations/{active.operation_id}/enrolments"

    ids = {
        phase: [
            enrolment["id"]
            for enrolment in (await operator.get(path, params={"phase": phase})).json()
        ]
        for phase in ("prospect", "declared", "active", "leaving", "left", "withdrawn")
    }

    assert ids.pop("active") == [active.path.rsplit("/", 1)[-1]]
    assert ids.pop("prospect") == [prospect.path.rsplit("/", 1)[-1]]
    assert set(map(tuple, ids.values())) == {()}


async def test_a_member_sees_their_own_enrolments_and_not_who_recorded_them(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    own_prospect = await given_prospect(operator)
    other = await given_prospect(operator, operation_id=own_prospect.operation_id)

    async with logged_in(platform, operator, "member", member_id=own_prospect.member_id) as member:
        path = f"/community/operations/{own_prospect.operation_id}/enrolments"
        listed = (await member.get(path)).json()
        hidden = await member.get(other.path)
        step = {"step": "sign", "day": today().isoformat(), "after_step": 1}
        written = await member.post(f"{own_prospect.path}/steps", json=step)

    assert [enrolment["id"] for enrolment in listed] == [own_prospect.path.rsplit("/", 1)[-1]]
    assert listed[0]["steps"][0]["recorded_by"] is None
    assert (hidden.status_code, written.status_code) == (404, 403)


async def test_an_organiser_enrols_in_their_own_operation_only(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    theirs = await given_active(operator)
    here = await given_operation(operator)

    async with logged_in(platform, operator, "organiser", operations=[here]) as organiser:
        own_prospect = await given_signed_prospect(organiser, operation_id=here)
        declared = await own_prospect.take("declare")
        path = f"/community/operations/{here}/enrolments/{theirs.path.rsplit('/', 1)[-1]}"
        step = {"step": "leave", "day": today().isoformat(), "after_step": 3}
        refused = [
            await organiser.get(theirs.path),
            await organiser.get(path),
            await organiser.post(f"{path}/steps", json=step | {"valid_to": ahead().isoformat()}),
        ]

    assert declared.status_code == 200, declared.text
    assert [answer.status_code for answer in refused] == [403, 404, 404]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE enrolment_step SET day = '2020-01-01'",
        "DELETE FROM enrolment_step",
        "UPDATE enrolment SET state = 'prospect' WHERE state = 'declared'",
        "UPDATE enrolment SET state = 'leaving' WHERE state = 'declared'",
        "UPDATE enrolment SET valid_from = '2020-01-01' WHERE state = 'declared'",
    ],
)
async def test_the_database_itself_lets_enrolments_go_forwards_only(
    platform: Platform, operator: httpx.AsyncClient, change: str
) -> None:
    await given_active(operator)

    async with platform.database("community") as database, database.engine.begin() as connection:
        with pytest.raises(IntegrityError):
            await connection.execute(text(change))


async def test_a_point_that_the_dso_takes_out_has_left(database_url: str) -> None:
    left_on = today() - timedelta(days=3)
    async with (
        alone(service, database_url) as service_alone,
        service_alone.client("operator") as operator,
    ):
        enrolling = await given_active(operator)
        departure = PointLeft.model_validate(
            {
                "time": "2026-11-01T08:00:00Z",
                "operation_id": enrolling.operation_id,
                "prm": enrolling.prm,
                "left_on": left_on,
                "reason": "terminated",
            }
        )

        await service_alone.tell(departure)
        await service_alone.tell(departure.model_copy(update={"reason": "new_occupant"}))

        shown = await enrolling.shown()
        (standing,) = await enrolling.perimeter()

    assert (shown["phase"], shown["valid_to"]) == ("left", left_on.isoformat())
    last = shown["steps"][-1]
    assert (last["kind"], last["recorded_by"], last["reason"]) == ("lose", "dso", "terminated")
    assert [step["kind"] for step in shown["steps"]].count("lose") == 1
    assert standing["valid_to"] == left_on.isoformat()


async def test_both_sides_of_a_storage_that_left_end(database_url: str) -> None:
    left_on = today() - timedelta(days=3)
    async with (
        alone(service, database_url) as service_alone,
        service_alone.client("operator") as operator,
    ):
        operation_id, member_id, prm = (
            await given_operation(operator),
            await given_member(operator),
            await given_point(operator),
        )
        charging = participation(prm, member_id)
        await enrol(operator, operation_id, charging, charging | {"direction": "production"})
        departure = {
            "time": "2026-11-01T08:00:00Z",
            "operation_id": operation_id,
            "prm": prm,
            "left_on": left_on,
            "reason": "terminated",
        }

        await service_alone.tell(PointLeft.model_validate(departure))

        perimeters = await service_alone.published(PerimeterChanged, operation_id)

    sides = perimeters[-1].participations
    assert {(side.direction, side.valid_to) for side in sides} == {
        ("consumption", left_on),
        ("production", left_on),
    }


async def test_what_the_one_who_left_had_planned_at_the_point_is_withdrawn(
    database_url: str,
) -> None:
    left_on = today() - timedelta(days=3)
    async with (
        alone(service, database_url) as service_alone,
        service_alone.client("operator") as operator,
    ):
        leaving = await given_active(operator)
        base = f"/operations/{leaving.operation_id}/enrolments"
        body = {"prm": leaving.prm, "direction": "consumption", "valid_from": ahead().isoformat()}
        paths = [f"{base}/{uuid4()}" for _ in range(2)]
        again = body | {"direction": "production", "member_id": leaving.member_id}
        await put(operator, paths[0], again)
        await put(operator, paths[1], body | {"member_id": await given_member(operator)})
        departure = {
            "time": "2026-11-01T08:00:00Z",
            "operation_id": leaving.operation_id,
            "prm": leaving.prm,
            "left_on": left_on,
            "reason": "new_occupant",
        }

        for _ in range(2):
            await service_alone.tell(PointLeft.model_validate(departure))

        mine, next_ones = [(await operator.get(f"/community{path}")).json() for path in paths]

    assert (mine["phase"], next_ones["phase"]) == ("withdrawn", "prospect")
    last = mine["steps"][-1]
    assert (last["kind"], last["recorded_by"]) == ("withdraw", "dso")
    assert (last["reason"], len(mine["steps"])) == ("new_occupant", 2)
