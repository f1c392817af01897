"""Whatever route of community changes something leaves a line in the audit log."""

from collections.abc import Mapping

import httpx

from libs.common.auth import Role
from tests.access.coops import given_coop
from tests.access.requests import ask
from tests.support.platform import Platform
from tests.support.routes import ROUTES, Route, roles_in_readmes

_TOLD = roles_in_readmes()
_ORDER = ["PUT", "POST", "DELETE"]
_LEAVES_NONE: Mapping[str, str] = {
    "POST /community/token": "a session does, which names its account",
    "DELETE /community/accounts/{email}/sessions": "nobody is logged in there",
    "PUT /community/operations/{operation_id}/polls/{poll_id}/ballots/{member_id}": (
        "who voted, and when, is nobody's to know"
    ),
}
"""Routes that succeed here without a line, and why."""


def _changing() -> list[Route]:
    found = [one for one in ROUTES if one.name.split("/")[1] == "community"]
    changing = [one for one in found if one.method in _ORDER]
    return sorted(changing, key=lambda one: _ORDER.index(one.method))


async def test_what_succeeds_and_changes_something_leaves_a_line(platform: Platform) -> None:
    """Requests are the documented examples, about a co-op that has had its first month."""
    coop = await given_coop(platform)
    silent: dict[str, str] = {}
    async with (
        coop.client(platform, Role.OPERATOR) as operator,
        coop.client(platform, Role.MEMBER) as member,
    ):
        for route in _changing():
            staff = Role.OPERATOR in (_TOLD[route.name] or ())
            answer = await ask(operator if staff else member, route, coop.known)
            if answer.is_success and not await _leaves_a_line(operator, answer):
                silent[route.name] = answer.text[:300]

    assert {name: told for name, told in silent.items() if name not in _LEAVES_NONE} == {}


async def _leaves_a_line(operator: httpx.AsyncClient, answer: httpx.Response) -> bool:
    query = {"request_id": answer.headers["x-request-id"]}
    found = await operator.get("/community/audit", params=query)
    assert found.status_code == 200, found.text
    return bool(found.json())
