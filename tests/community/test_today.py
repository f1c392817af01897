"""What waits for staff, in one answer."""

from datetime import timedelta
from typing import Any

import httpx

from libs.common.calendar import Month
from services.community.main import service
from tests.community.coop import (
    enrol,
    given_member,
    given_operation,
    given_point,
    logged_in,
    participation,
    today,
)
from tests.community.mailing import asked, given_reader, until_status
from tests.support.alone import alone
from tests.support.platform import Platform


async def _today(client: httpx.AsyncClient) -> dict[str, Any]:
    answer = await client.get("/community/today")
    assert answer.status_code == 200, answer.text
    return {waiting["kind"]: waiting for waiting in answer.json()}


async def test_months_that_nobody_closed_and_messages_that_failed_wait(database_url: str) -> None:
    async with alone(service, database_url) as community, community.client("operator") as operator:
        nothing = await _today(operator)
        operation_id, member_id = await given_operation(operator), await given_member(operator)
        month = _month_before(_month_before(Month.of(today())))
        point = await given_point(operator)
        await enrol(operator, operation_id, participation(point, member_id, str(month.first_day)))
        message = asked(await given_reader(operator))
        await community.tell(message)
        await until_status(operator, message, "failed")
        waiting = await _today(operator)

    assert nothing == {}
    # The month since then may be late too, after its fifteenth working day.
    assert waiting["months_late"]["count"] in (1, 2)
    assert operation_id in waiting["months_late"]["first"][0]
    assert f"Close the month {month}" in waiting["months_late"]["first"][0]
    failed = waiting["messages_failed"]
    assert failed["count"] == 1
    assert failed["first"] == [f"/community/messages?member_id={message.member_id}"]


def _month_before(month: Month) -> Month:
    return Month.of(month.first_day - timedelta(days=1))


async def test_what_waits_is_for_staff(platform: Platform, operator: httpx.AsyncClient) -> None:
    operations = [await given_operation(operator)]
    async with logged_in(platform, operator, "organiser", operations=operations) as organiser:
        assert (await organiser.get("/community/today")).status_code == 403
