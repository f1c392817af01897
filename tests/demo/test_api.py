"""The client of the platform that the demonstration and the benchmarks use."""

import asyncio

from services.demo.api import Api
from tests.support.platform import OPERATOR_PASSWORD, Platform


async def test_who_asks_several_things_at_once_logs_in_for_all_of_them(platform: Platform) -> None:
    async with platform.client() as client:
        staff = Api(client).as_account(platform.settings.operator_email, OPERATOR_PASSWORD)

        asked = (staff.answer("GET", "/community/members") for _ in range(4))
        answers = await asyncio.gather(*asked)

    assert [answer.status_code for answer in answers] == [200] * 4
