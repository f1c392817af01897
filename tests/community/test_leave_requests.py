"""A member asks to leave by themselves, and the organiser answers by a step."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from services.community.domain.enrolments.working_days import earliest_start, latest_declaration
from tests.community.assembly import member_client
from tests.community.coop import (
    enrol,
    given_member,
    given_operation,
    given_point,
    logged_in,
    new_operation_id,
    participation,
    put,
    today,
)
from tests.community.enrolling import ahead, given_active, given_prospect
from tests.support.platform import Platform
from tests.support.waiting import patience

_WISH = {"wanted_on": "2100-03-01", "reason": "We move away."}


@dataclass(frozen=True)
class Leaver:
    member: httpx.AsyncClient
    operator: httpx.AsyncClient
    operation_id: str
    member_id: str
    prm: str

    @property
    def path(self) -> str:
        return f"/community/operations/{self.operation_id}/points/{self.prm}/leave-request"

    async def ask(self, **changes: object) -> httpx.Response:
        return await self.member.put(self.path, json=_WISH | changes)

    async def asked(self, **changes: object) -> Any:  # noqa: ANN401 - JSON
        answer = await self.ask(**changes)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def enrolments(self) -> list[Any]:
        answer = await self.operator.get(f"/community/operations/{self.operation_id}/enrolments")
        return list(answer.json())

    async def due(self) -> list[Any]:
        params = {"operation_id": self.operation_id, "until": "2199-01-01"}
        answer = await self.operator.get("/community/deadlines", params=params)
        return [deadline for deadline in answer.json() if deadline["kind"] == "leave_to_record"]

    async def record(self, valid_to: date) -> None:
        """What the organiser does."""
        (enrolment,) = await self.enrolments()
        body = {"step": "leave", "day": str(today()), "valid_to": str(valid_to)}
        path = f"/community/operations/{self.operation_id}/enrolments/{enrolment['id']}/steps"
        answer = await self.operator.post(path, json=body | {"after_step": len(enrolment["steps"])})
        assert answer.status_code == 200, answer.text


@asynccontextmanager
async def _leaver(
    platform: Platform, operator: httpx.AsyncClient, **changes: str | None
) -> AsyncIterator[Leaver]:
    """Of a former list: no enrolment led there."""
    operation_id, member_id = await given_operation(operator), await given_member(operator)
    prm = await given_point(operator)
    await enrol(operator, operation_id, participation(prm, member_id) | changes)
    async with member_client(platform, member_id) as member:
        yield Leaver(member, operator, operation_id, member_id, prm)


async def test_a_wish_to_leave_is_taken_over_told_and_due(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with _leaver(platform, operator) as leaver:
        runs = [leaver.operation_id]
        async with logged_in(platform, operator, "organiser", operations=runs) as organiser:
            leave_request = await leaver.asked()

            (notification,) = (await organiser.get("/community/me/notifications")).json()[
                "notifications"
            ]
        (enrolment,) = await leaver.enrolments()
        (deadline,) = await leaver.due()
        shown = (await leaver.member.get(leaver.path)).json()

        wanted_on = date.fromisoformat(_WISH["wanted_on"])
        assert leave_request["possible_on"] == str(earliest_start(today(), 10))
        assert (leave_request["leaves_on"], leave_request["phase"], leave_request["valid_to"]) == (
            str(wanted_on),
            "active",
            None,
        )
        assert shown == leave_request
        assert [step["kind"] for step in enrolment["steps"]] == ["take_over"]
        assert enrolment["allowed"] == ["leave"]
        assert enrolment["leave_request"]["reason"] == "We move away."
        assert deadline["link"] == notification["link"]
        assert deadline["link"].endswith(f"/enrolments/{enrolment['id']}")
        assert deadline["due"] == str(latest_declaration(wanted_on, 10))
        assert notification["kind"] == "desk_leave_request"
        assert "01/03/2100" in notification["title"]
        assert "Lucie" not in str(notification)


async def test_as_soon_as_possible_is_the_notice_of_the_convention(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with _leaver(platform, operator) as leaver:
        terms = {"exit_notice_working_days": 3}
        await put(operator, f"/operations/{leaver.operation_id}/convention", terms)

        leave_request = await leaver.asked(wanted_on=str(today()))

        possible_on = str(earliest_start(today(), 3))
        assert (leave_request["possible_on"], leave_request["leaves_on"]) == (
            possible_on,
            possible_on,
        )


async def test_the_organisers_step_answers_and_then_nothing_is_withdrawn(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with _leaver(platform, operator) as leaver:
        await leaver.asked()
        await leaver.record(ahead())

        shown = (await leaver.member.get(leaver.path)).json()
        again, withdrawing = await leaver.ask(), await leaver.member.delete(leaver.path)

        assert (shown["phase"], shown["valid_to"]) == ("leaving", str(ahead()))
        assert await leaver.due() == []
        for answer in (again, withdrawing):
            assert (answer.status_code, answer.json()["type"]) == (409, "/problems/leaving-already")
            assert answer.json()["leaves_on"] == str(ahead())


async def test_who_stays_after_all_leaves_no_wish(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with _leaver(platform, operator) as leaver:
        await leaver.asked()

        withdrawn = [(await leaver.member.delete(leaver.path)).status_code for _ in range(2)]

        (enrolment,) = await leaver.enrolments()
        gone = await leaver.member.get(leaver.path)
        assert withdrawn == [204, 404]
        assert (await leaver.due(), enrolment["leave_request"]) == ([], None)
        assert (gone.status_code, gone.json()["type"]) == (404, "/problems/leave-request-unknown")


async def test_the_organiser_is_told_of_a_withdrawn_wish_and_of_the_same_one_after_it(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with _leaver(platform, operator) as leaver:
        runs = [leaver.operation_id]
        async with logged_in(platform, operator, "organiser", operations=runs) as organiser:
            await leaver.asked()
            for _ in range(2):
                await leaver.member.delete(leaver.path)
            await leaver.asked()

            notifications = (await organiser.get("/community/me/notifications")).json()[
                "notifications"
            ]
        assert sorted(notification["kind"] for notification in notifications) == [
            "desk_leave_request",
            "desk_leave_request",
            "desk_leave_withdrawn",
        ]
        assert len({notification["link"] for notification in notifications}) == 1
        assert all("01/03/2100" in notification["title"] for notification in notifications)
        assert "Lucie" not in str(notifications)


async def test_the_same_wish_again_changes_nothing_and_another_day_is_told_again(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with _leaver(platform, operator) as leaver:
        runs = [leaver.operation_id]
        async with logged_in(platform, operator, "organiser", operations=runs) as organiser:
            first, second = await leaver.asked(), await leaver.asked()
            later = await leaver.asked(wanted_on="2100-04-01", reason=None)

            notifications = (await organiser.get("/community/me/notifications")).json()[
                "notifications"
            ]
        assert first == second
        assert (later["wanted_on"], later["reason"]) == ("2100-04-01", None)
        assert [notification["kind"] for notification in notifications] == [
            "desk_leave_request"
        ] * 2
        assert len(await leaver.enrolments()) == 1


async def test_what_an_enrolment_led_goes_on_with_it(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    active = await given_active(operator)
    async with member_client(platform, active.member_id) as member:
        leaver = Leaver(member, operator, active.operation_id, active.member_id, active.prm)
        await leaver.asked()

    shown = await active.shown()
    assert shown["leave_request"]["wanted_on"] == _WISH["wanted_on"]
    assert [step["kind"] for step in shown["steps"]] == ["add", "sign", "declare"]


async def test_a_plan_for_what_stands_already_gives_way(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    planned = await given_prospect(operator)
    standing = participation(planned.prm, planned.member_id, str(ahead()))
    await enrol(operator, planned.operation_id, standing)
    async with member_client(platform, planned.member_id) as member:
        leaver = Leaver(member, operator, planned.operation_id, planned.member_id, planned.prm)

        leave_request = await leaver.asked(wanted_on=str(today()))

        by_phase = {enrolment["phase"]: enrolment for enrolment in await leaver.enrolments()}
        assert set(by_phase) == {"withdrawn", "declared"}
        withdrawal = by_phase["withdrawn"]["steps"][-1]
        assert (withdrawal["kind"], withdrawal["reason"]) == ("withdraw", None)
        assert leave_request["leaves_on"] == str(ahead() + timedelta(days=1))


async def test_what_was_withdrawn_before_it_began_leaves_no_wish_to_withdraw(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with _leaver(platform, operator, valid_from=str(ahead())) as leaver:
        await leaver.asked()
        (enrolment,) = await leaver.enrolments()
        step = {"step": "withdraw", "day": str(today()), "after_step": 1, "reason": "As asked."}
        path = f"/community/operations/{leaver.operation_id}/enrolments/{enrolment['id']}/steps"
        assert (await operator.post(path, json=step)).status_code == 200

        again, withdrawing = await leaver.ask(), await leaver.member.delete(leaver.path)

        assert (await leaver.member.get(leaver.path)).json()["phase"] == "withdrawn"
        assert [answer.json()["type"] for answer in (again, withdrawing)] == [
            "/problems/participation-unknown",
            "/problems/leave-request-unknown",
        ]
        assert await leaver.due() == []


async def test_what_was_wished_in_a_stay_that_is_over_is_no_wish_of_now(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    active = await given_active(operator)
    long_ago = today() - timedelta(days=45)
    async with member_client(platform, active.member_id) as member:
        leaver = Leaver(member, operator, active.operation_id, active.member_id, active.prm)
        await leaver.asked()
        await active.taken("leave", long_ago, valid_to=str(today()))
        leaving = (await member.get(leaver.path)).json()["phase"]
        await active.taken("declare_exit", long_ago)

        answers = [await member.get(leaver.path), await member.delete(leaver.path)]

    assert leaving == "leaving"
    assert [answer.json()["type"] for answer in answers] == ["/problems/leave-request-unknown"] * 2


async def test_storage_is_left_on_both_sides(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with _leaver(platform, operator) as leaver:
        other_side = participation(leaver.prm, leaver.member_id) | {"direction": "production"}
        await enrol(operator, leaver.operation_id, other_side)

        await leaver.asked()

        directions = {enrolment["direction"] for enrolment in await leaver.enrolments()}
        assert directions == {"consumption", "production"}
        assert len(await leaver.due()) == 2
        assert (await leaver.member.delete(leaver.path)).status_code == 204
        assert await leaver.due() == []


@pytest.mark.parametrize(
    ("valid_to", "status", "slug"),
    [("2026-02-01", 404, "participation-unknown"), ("2100-01-01", 409, "leaving-already")],
)
async def test_what_has_an_end_is_not_left(
    platform: Platform, operator: httpx.AsyncClient, valid_to: str, status: int, slug: str
) -> None:
    async with _leaver(platform, operator, valid_to=valid_to) as leaver:
        answer = await leaver.ask()

        assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{slug}")
        assert await leaver.enrolments() == []


async def test_a_stranger_learns_of_no_operation_and_waits_for_none(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    stranger = await given_member(operator)
    lock = text("SELECT 1 FROM operation WHERE id = :id FOR UPDATE")
    async with _leaver(platform, operator) as leaver, member_client(platform, stranger) as other:
        paths = [leaver.path, leaver.path.replace(leaver.operation_id, new_operation_id())]
        async with platform.database("community") as database, database.transaction() as session:
            await session.execute(lock, {"id": leaver.operation_id})
            async with patience("strangers are answered"):
                asking = [await other.put(path, json=_WISH) for path in paths]
                staying = [await other.delete(path) for path in paths]

    assert [answer.json()["type"] for answer in asking] == ["/problems/participation-unknown"] * 2
    assert [answer.json()["type"] for answer in staying] == ["/problems/leave-request-unknown"] * 2


async def test_nobody_leaves_for_somebody_else(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    neighbour = await given_member(operator)
    async with _leaver(platform, operator) as leaver, member_client(platform, neighbour) as other:
        await enrol(
            operator, leaver.operation_id, participation(await given_point(operator), neighbour)
        )
        await leaver.asked()
        path = leaver.path

        by_neighbour = [await other.put(path, json=_WISH), await other.get(path)]
        by_staff = [await operator.put(path, json=_WISH), await operator.delete(path)]
        await other.delete(path)
        nowhere = await leaver.member.put(
            f"/community/operations/ACC99999999/points/{leaver.prm}/leave-request", json=_WISH
        )

        assert [answer.status_code for answer in by_neighbour] == [404, 404]
        assert [answer.status_code for answer in by_staff] == [403, 403]
        assert nowhere.status_code == 404
        assert len(await leaver.due()) == 1
        assert (await other.put(path, json={"wanted_on": str(uuid4())})).status_code == 422
