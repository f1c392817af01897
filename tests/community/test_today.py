"""What waits for staff, in one answer."""

from typing import Any

import httpx

from libs.common.calendar import Month
from services.community.main import service
from tests.community.coop import (
    enrol,
    given_member,
    given_operation,
    given_point,
    participation,
    today,
)
from tests.community.mailing import asked, given_reader, until_status
from tests.support.alone import alone


async def _today(client: httpx.AsyncClient) -> dict[str, Any]:
    answer = await client.get("/community/today")
    assert answer.status_code == 200, answer.text
    return {waiting["kind"]: waiting for waiting in answer.json()}


async def test_months_that_nobody_closed_and_messages_that_failed_wait(database_url: str) -> None:
    async with alone(service, database_url) as community, community.client("operator") as operator:
        nothing = await _today(operator)
        operation_id, member_id = await given_operation(operator), await given_member(operator)
        month = Month.of(today()).earlier(2)
        point = await given_point(operator)
        days = str(month.first_day), str(month.next_first_day)
        await enrol(operator, operation_id, participation(point, member_id, *days))
        await operator.put(f"/community/members/{member_id}/erasure")
        message = asked(await given_reader(operator))
        await community.tell(message)
        await until_status(operator, message, "failed")
        waiting = await _today(operator)

    assert nothing == {}
    assert waiting["months_late"]["count"] == 1
    assert operation_id in waiting["months_late"]["first"][0]
    assert f"Close the month {month}" in waiting["months_late"]["first"][0]
    erasures = waiting["erasures_requested"]
    assert erasures["count"] == 1
    assert erasures["first"] == [f"/community/members/{member_id}/erasure"]
    failed = waiting["messages_failed"]
    assert failed["count"] == 1
    assert failed["first"] == [f"/community/messages?member_id={message.member_id}"]
