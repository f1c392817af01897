"""The board of deadlines, and the same in calendars."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from libs.common.calendar import Month
from libs.common.events.allocation import CoefficientsSent, SettlementClosed
from libs.common.events.deposits import DepositMonthChanged
from libs.common.events.ingest import PointLeft
from services.community.domain.enrolments.working_days import (
    latest_declaration,
    working_day_of_month,
)
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
from tests.community.enrolling import ahead, given_active, given_signed_prospect
from tests.community.papers import given_signed
from tests.support.alone import Alone, alone
from tests.support.clock import CLOCK
from tests.support.platform import Platform


def _this_month() -> Month:
    return Month.of(today())


def _last_month() -> Month:
    return _this_month().earlier(1)


async def _due(client: httpx.AsyncClient, operation_id: str, **query: str) -> list[Any]:
    params = {"operation_id": operation_id, "until": str(today() + timedelta(days=120))} | query
    answer = await client.get("/community/deadlines", params=params)
    assert answer.status_code == 200, answer.text
    due = list(answer.json())
    texts = [text for deadline in due for text in (deadline["link"], deadline["id"])]
    assert not [text for text in texts if re.search(r"\d{14}", text)], "a PRM"
    return due


def _of_kind(deadlines: list[Any], kind: str) -> list[Any]:
    return [deadline for deadline in deadlines if deadline["kind"] == kind]


async def test_entries_and_exits_are_due_by_their_notice_and_gone_once_declared(
    operator: httpx.AsyncClient,
) -> None:
    entering = await given_signed_prospect(operator)
    leaving = await given_active(operator, operation_id=entering.operation_id)
    leaving_on = today() + timedelta(days=50)
    await leaving.taken("leave", valid_to=leaving_on.isoformat())

    rows = await _due(operator, entering.operation_id)
    await entering.taken("declare")
    await leaving.taken("declare_exit")
    after = await _due(operator, entering.operation_id)

    (entry,), (leave,) = _of_kind(rows, "entry_to_declare"), _of_kind(rows, "exit_to_declare")
    assert (entry["due"], entry["prm"]) == (str(latest_declaration(ahead(), 10)), entering.prm)
    assert (leave["due"], leave["link"]) == (str(latest_declaration(leaving_on, 10)), leaving.path)
    assert (entry["todo"], entry["is_late"]) == (
        "Déclarer une entrée au gestionnaire de réseau",
        False,
    )
    assert [deadline["kind"] for deadline in after if deadline["kind"].endswith("_declare")] == []


async def test_what_was_missed_is_late_and_stays(operator: httpx.AsyncClient) -> None:
    enrolling = await given_signed_prospect(operator, valid_from=today() + timedelta(days=1))

    (missed,) = _of_kind(await _due(operator, enrolling.operation_id), "entry_to_declare")

    assert missed["is_late"]


@asynccontextmanager
async def _alone(database_url: str) -> AsyncIterator[tuple[Alone, httpx.AsyncClient, str]]:
    """With an operation that began last month and sends coefficients."""
    async with (
        alone(service, database_url) as service_alone,
        service_alone.client("operator") as operator,
    ):
        operation_id = await given_operation(operator)
        terms = {"coefficients_due_working_days": 3, "closing_due_working_days": 8}
        await put(operator, f"/operations/{operation_id}/convention", terms)
        began = str(_last_month().first_day)
        prm, member_id = await given_point(operator), await given_member(operator)
        await enrol(operator, operation_id, participation(prm, member_id, began))
        yield service_alone, operator, operation_id


async def test_a_month_is_due_until_its_coefficients_are_sent_and_it_is_settled(
    database_url: str,
) -> None:
    async with _alone(database_url) as (service_alone, operator, operation_id):
        before = await _due(operator, operation_id)
        sent = {"operation_id": operation_id, "month": str(_last_month()), "number": 1}
        now = CLOCK.now()
        await service_alone.tell(
            CoefficientsSent.model_validate({**sent, "time": now, "sent_at": now, "sha256": "5e"})
        )
        then = await _due(operator, operation_id)
        settled = {"status": "provisional", "content_hash": "5e", "pairs": [], "points": []}
        await service_alone.tell(SettlementClosed.model_validate({**sent, **settled, "time": now}))
        after = await _due(operator, operation_id)

    month, this = str(_last_month()), str(_this_month())
    next_day = _this_month().first_day

    def told(deadlines: list[Any]) -> list[tuple[str, str]]:
        return [(entry["kind"], entry["month"]) for entry in deadlines if entry["month"] == month]

    assert told(before) == [("coefficients_to_send", month), ("month_to_close", month)]
    assert [entry["due"] for entry in before if entry["month"] == month] == [
        str(working_day_of_month(next_day, 3)),
        str(working_day_of_month(next_day, 8)),
    ]
    assert told(then) == [("month_to_close", month)]
    assert told(after) == []
    assert {entry["month"] for entry in after} == {this}


async def test_coefficients_are_due_before_the_month_where_they_are_set_before_it(
    database_url: str,
) -> None:
    async with _alone(database_url) as (service_alone, operator, operation_id):
        to_come, last_day = _this_month().earlier(-1), today() + timedelta(days=5)

        async def due_after(month: Month, revision: int, state: str) -> list[tuple[str, str, str]]:
            changed = {
                "time": CLOCK.now(),
                "operation_id": operation_id,
                "month": str(month),
                "revision": revision,
                "state": state,
                "last_day": None if state == "not_taken" else last_day,
            }
            await service_alone.tell(DepositMonthChanged.model_validate(changed))
            return [
                (entry["kind"], entry["month"], entry["due"])
                for entry in await _due(operator, operation_id)
                if entry["kind"] != "month_to_close" and entry["month"] != str(_this_month())
            ]

        of_last_month = await due_after(_last_month(), 1, "missed")
        states = ("awaited", "deposited", "submitted", "withdrawn", "missed", "not_taken")
        of_states = [
            await due_after(to_come, revision, state)
            for revision, state in enumerate(states, start=1)
        ]
        of_older = await due_after(to_come, 1, "awaited")
        sending = await due_after(_last_month(), 2, "deposited")
        settled = {
            "operation_id": operation_id,
            "month": str(_last_month()),
            "number": 1,
            "time": CLOCK.now(),
        } | {"status": "provisional", "content_hash": "5e", "pairs": [], "points": []}
        await service_alone.tell(SettlementClosed.model_validate(settled))
        of_settled = await due_after(_last_month(), 3, "deposited")

    assert of_last_month == []  # whose coefficients nobody sends after it
    to_deposit = [("coefficients_to_deposit", str(to_come), str(last_day))]
    to_send = [("deposit_to_send", str(to_come), str(last_day))]
    assert of_states == [to_deposit, to_send, [], to_deposit, [], []]
    assert of_older == []
    assert sending == [("deposit_to_send", str(_last_month()), str(last_day))]
    assert of_settled == []


async def test_an_operation_without_participants_has_no_month_to_close(
    operator: httpx.AsyncClient,
) -> None:
    assert await _due(operator, await given_operation(operator)) == []


@pytest.mark.parametrize("renewed", [True, False])
async def test_a_document_that_ends_is_due_until_another_follows(
    operator: httpx.AsyncClient, *, renewed: bool
) -> None:
    enrolling = await given_active(operator)
    ends_on = today() + timedelta(days=20)
    term = {"kind": "supply_authorisation", "valid_from": "2024-01-01", "valid_to": str(ends_on)}
    document = await given_signed(operator, enrolling.operation_id, enrolling.member_id, **term)
    if renewed:
        more = {"kind": "supply_authorisation", "valid_from": str(ends_on)}
        await given_signed(operator, enrolling.operation_id, enrolling.member_id, **more)

    deadlines = _of_kind(await _due(operator, enrolling.operation_id), "document_to_renew")

    days_and_links = [(deadline["due"], deadline["link"]) for deadline in deadlines]
    assert days_and_links == ([] if renewed else [(str(ends_on - timedelta(days=1)), document)])


async def test_a_document_of_who_has_left_by_then_is_not_renewed(
    operator: httpx.AsyncClient,
) -> None:
    operation_id, member_id = await given_operation(operator), await given_member(operator)
    ends_on = today() + timedelta(days=20)
    term = {"valid_from": "2024-01-01", "valid_to": str(ends_on)}
    await given_signed(operator, operation_id, member_id, **term)

    assert _of_kind(await _due(operator, operation_id), "document_to_renew") == []


async def test_a_convention_that_ends_is_due(operator: httpx.AsyncClient) -> None:
    operation_id = await given_operation(operator)
    ends_on = today() + timedelta(days=30)
    await put(operator, f"/operations/{operation_id}/convention", {"valid_to": str(ends_on)})

    (deadline,) = await _due(operator, operation_id)

    assert deadline["kind"] == "convention_to_renew"
    assert deadline["due"] == str(ends_on - timedelta(days=1))


async def test_a_point_that_the_dso_takes_out_is_told(database_url: str) -> None:
    async with (
        alone(service, database_url) as service_alone,
        service_alone.client("operator") as operator,
    ):
        enrolling = await given_active(operator)
        departure = {"operation_id": enrolling.operation_id, "prm": enrolling.prm}
        more = {"left_on": today() - timedelta(days=2), "reason": "terminated"}
        departure_body = {**departure, **more, "time": CLOCK.now()}
        await service_alone.tell(PointLeft.model_validate(departure_body))

        (deadline,) = _of_kind(await _due(operator, enrolling.operation_id), "point_left")
        kinds = (await operator.get("/community/today")).json()
        (waiting,) = [kind for kind in kinds if kind["kind"] == "deadlines_due"]

    assert (deadline["prm"], deadline["link"]) == (enrolling.prm, enrolling.path)
    assert waiting["count"] == len(waiting["first"]) == 1
    assert waiting["first"][0].endswith(f", {enrolling.path}")


async def test_pages_of_what_is_due_follow_one_another_though_something_is_done_meanwhile(
    operator: httpx.AsyncClient,
) -> None:
    first = await given_signed_prospect(operator)
    for days in (150, 160):
        leaving = await given_active(operator, operation_id=first.operation_id)
        leaving_on = today() + timedelta(days=days)
        await leaving.taken("leave", valid_to=leaving_on.isoformat())
    far = str(today() + timedelta(days=200))
    everything = [
        deadline["id"] for deadline in await _due(operator, first.operation_id, until=far)
    ]
    # These three, and the months to close, of which the tenth of a month has one more.
    assert len(everything) == len(set(everything)) > 3

    (begun,) = await _due(operator, first.operation_id, until=far, limit="1")
    rest = await _due(operator, first.operation_id, until=far, after=begun["id"])
    entry = f"{latest_declaration(ahead(), 10)}.{first.operation_id}.entry_to_declare"
    (entering,) = [deadline_id for deadline_id in everything if deadline_id.startswith(entry)]
    await first.taken("declare")
    later = await _due(operator, first.operation_id, until=far, after=entering)

    assert [begun["id"], *(deadline["id"] for deadline in rest)] == everything
    assert [deadline["id"] for deadline in later] == everything[everything.index(entering) + 1 :]


async def test_an_organiser_sees_what_is_due_in_their_operations_only(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    own_prospect = await given_signed_prospect(operator)
    other = await given_signed_prospect(operator)

    async with logged_in(
        platform, operator, "organiser", operations=[own_prospect.operation_id]
    ) as organiser:
        deadlines = (await organiser.get("/community/deadlines", params={"language": "en"})).json()
        refused = await organiser.get(
            "/community/deadlines", params={"operation_id": other.operation_id}
        )

    assert {deadline["operation_id"] for deadline in deadlines} == {own_prospect.operation_id}
    assert {deadline["todo"] for deadline in deadlines} == {"Declare an entry to the grid operator"}
    assert refused.status_code == 403


async def test_calendars_of_organisers_have_deadlines_without_points(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    own_prospect = await given_signed_prospect(operator)
    due = latest_declaration(ahead(), 10)

    async with logged_in(
        platform, operator, "organiser", operations=[own_prospect.operation_id]
    ) as organiser:
        made = await organiser.post("/community/me/calendar-feeds", json={"label": "Bureau"})
        path = "/community/calendars/" + made.json()["url"].rsplit("/", 1)[-1]
        before = (await organiser.get(path)).text
        await own_prospect.taken("declare")
        after = (await organiser.get(path)).text

    assert f"DTSTART;VALUE=DATE:{due:%Y%m%d}" in before
    assert "Déclarer une entrée" in before
    assert own_prospect.prm not in before
    assert "Déclarer une entrée" not in after


@pytest.mark.parametrize("kind", ["company", "public_body"])
async def test_whose_siren_is_missing_is_told_until_it_is_recorded(
    operator: httpx.AsyncClient, kind: str
) -> None:
    operation_id, household = await given_operation(operator), await given_member(operator)
    bodies = {str(uuid4()): member_body(kind=kind, name=name) for name in ("Forge", "Gone")}
    lacking, gone = bodies
    for member_id, body in bodies.items():
        await put(operator, f"/members/{member_id}", body)
    begins = str(today() + timedelta(days=3))
    await enrol(
        operator,
        operation_id,
        participation(await given_point(operator), lacking, begins),
        participation(await given_point(operator), lacking, str(today() + timedelta(days=9))),
        participation(await given_point(operator), household),
        participation(await given_point(operator), gone, valid_to=str(today())),
    )

    deadlines = _of_kind(await _due(operator, operation_id), "siren_to_record")
    siren = {"siren": "992000026"}
    await put(operator, f"/members/{lacking}", bodies[lacking] | siren)
    after = _of_kind(await _due(operator, operation_id), "siren_to_record")

    assert [(deadline["due"], deadline["link"]) for deadline in deadlines] == [
        (begins, f"/community/members/{lacking}")
    ]
    assert deadlines[0]["todo"] == "Noter le SIREN d’une entreprise ou d’un organisme public"
    assert after == []
