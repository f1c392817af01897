"""What enrolments say of whose they are: nothing of somebody who is not of the operation."""

from datetime import timedelta
from uuid import uuid4

import httpx

from tests.community.coop import (
    enrol,
    given_member,
    given_operation,
    participation,
    put,
    today,
)
from tests.community.enrolling import ahead, given_active, given_prospect


async def test_a_point_that_is_planned_elsewhere_is_not_called_by_its_label(
    operator: httpx.AsyncClient,
) -> None:
    first = await given_prospect(operator)
    alone_label = (await first.shown())["point_label"]
    operation_id, member_id = await given_operation(operator), await given_member(operator)
    body = {
        "prm": first.prm,
        "direction": "consumption",
        "member_id": member_id,
        "valid_from": ahead().isoformat(),
    }

    second = await put(operator, f"/operations/{operation_id}/enrolments/{uuid4()}", body)

    assert alone_label == "École, toit sud"
    assert second["point_label"] is None
    assert (await first.shown())["point_label"] is None


async def test_a_withdrawn_enrolment_does_not_say_what_its_member_is_called_now(
    operator: httpx.AsyncClient,
) -> None:
    enrolling = await given_prospect(operator)
    before = await enrolling.shown()

    withdrawn = await enrolling.taken("withdraw", reason="moved")

    assert before["member_name"] == "Lucie Brindille"
    assert (withdrawn["member_id"], withdrawn["member_name"]) == (enrolling.member_id, None)
    assert (await enrolling.shown())["member_name"] is None


async def test_a_withdrawn_enrolment_of_who_is_in_by_another_point_has_a_name(
    operator: httpx.AsyncClient,
) -> None:
    given_up = await given_prospect(operator)
    await given_up.taken("withdraw", reason="moved")

    planned = await given_prospect(
        operator, operation_id=given_up.operation_id, member_id=given_up.member_id
    )
    by_plan = await given_up.shown()
    await planned.taken("withdraw", reason="moved")
    by_neither = await given_up.shown()
    other_operation_id = await given_operation(operator)
    await given_prospect(operator, operation_id=other_operation_id, member_id=given_up.member_id)
    by_other_operation = await given_up.shown()
    stay = participation(planned.prm, given_up.member_id, "2026-01-01", "2026-02-01")
    await enrol(operator, given_up.operation_id, stay)
    by_past_stay = await given_up.shown()

    assert [
        shown["member_name"] for shown in (by_plan, by_neither, by_other_operation, by_past_stay)
    ] == ["Lucie Brindille", None, None, "Lucie Brindille"]


async def test_a_former_members_point_is_not_called_as_its_later_member_calls_it(
    operator: httpx.AsyncClient,
) -> None:
    leaving = await given_active(operator)
    leaves_on = today() + timedelta(days=50)
    await leaving.taken("leave", valid_to=leaves_on.isoformat())
    await leaving.taken("declare_exit")
    alone_label = (await leaving.shown())["point_label"]

    next_member_id = await given_member(operator)
    stay = participation(leaving.prm, next_member_id, leaves_on.isoformat())
    await enrol(operator, leaving.operation_id, stay)

    assert alone_label == "École, toit sud"
    assert (await leaving.shown())["point_label"] is None
