"""An erasure opens nothing: the days of somebody who refused stay closed to the organiser."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import httpx
import pytest

from services.demo.api import Api
from tests.access.coops import PASSWORD
from tests.community.coop import (
    consent_body,
    member_body,
    new_operation_id,
    new_prm,
    participation,
)
from tests.community.mailing import new_address
from tests.support.platform import OPERATOR_PASSWORD, Platform
from tests.support.waiting import until


def _id() -> str:
    return str(uuid4())


@dataclass(frozen=True)
class _Home:
    """A home that Odette had, and that staff record as another member's, for the same days."""

    operation_id: str = field(default_factory=new_operation_id)
    prm: str = field(default_factory=new_prm)
    odette: str = field(default_factory=_id)
    other: str = field(default_factory=_id)
    organiser: str = field(default_factory=new_address)


@pytest.fixture
async def staff(platform: Platform) -> AsyncIterator[Api]:
    async with platform.client() as client:
        yield Api(client).as_account(platform.settings.operator_email, OPERATOR_PASSWORD)


async def test_an_erasure_does_not_open_what_the_erased_refused(
    platform: Platform, staff: Api
) -> None:
    home = _Home()
    await _record(platform, staff, home)
    for purpose, answer in (("collection", "granted"), ("display", "refused")):
        body = consent_body(home.prm, purpose=purpose, answer=answer)
        await staff.call("PUT", f"/community/members/{home.odette}/consents/{_id()}", json=body)
    await _hold(staff, home, home.other)

    path = f"/community/members/{home.odette}/erasure"
    await staff.call("PUT", path)
    await staff.call("POST", f"{path}/execution", json={"nothing_is_owed": True})
    await _until_told(platform, home, revision=3)

    async with platform.client(await platform.token(home.organiser, PASSWORD)) as organiser:
        assert await _refusals(organiser, home) == ["/problems/consent-missing"] * 2


async def _record(platform: Platform, staff: Api, home: _Home) -> None:
    organiser_id = _id()
    path = f"/community/organisers/{organiser_id}"
    await staff.call("PUT", path, json={"name": "Coop", "address": "1 place"})
    for member_id in (home.odette, home.other):
        await staff.call("PUT", f"/community/members/{member_id}", json=member_body())
    operation = {"name": "Pousse-Soleil", "organiser_id": organiser_id, "step_min": 30}
    path = f"/community/operations/{home.operation_id}"
    await staff.call("PUT", path, json={**operation, "valid_from": "2026-01-01"})
    await staff.call("PUT", f"/community/points/{home.prm}", json={"label": "Point"})
    await _hold(staff, home, home.odette)
    account = {"roles": ["organiser"], "operations": [home.operation_id]}
    await staff.call("PUT", f"/community/accounts/{home.organiser}", json=account)
    await platform.give_password(home.organiser, PASSWORD)


async def _hold(staff: Api, home: _Home, member_id: str) -> None:
    path = f"/community/operations/{home.operation_id}/participations"
    await staff.call("PUT", path, json=[participation(home.prm, member_id)])


async def _until_told(platform: Platform, home: _Home, *, revision: int) -> None:
    """Until both services have the member's consents of this revision, and the new holder."""
    holders = {
        "ingest": "SELECT member_id::text AS holder FROM participation WHERE prm = :prm",
        "allocation": "SELECT participations -> 0 ->> 'member_id' AS holder FROM perimeter"
        " WHERE participations -> 0 ->> 'prm' = :prm",
    }
    for service, query in holders.items():

        async def has_heard(service: str = service, query: str = query) -> bool:
            revisions = "SELECT revision FROM consent_list WHERE member_id = :id"
            [listed] = await platform.query(service, revisions, id=UUID(home.odette))
            [held] = await platform.query(service, query, prm=home.prm)
            return (listed["revision"], held["holder"]) == (revision, home.other)

        await until(f"{service} has heard", has_heard, bool)


async def _refusals(organiser: httpx.AsyncClient, home: _Home) -> list[str]:
    """What ingest and allocation say to whoever asks for the half-hours of the home."""
    day = "2026-10-12"
    period = {"from_day": day, "to_day": "2026-10-13"}
    answers = [
        await organiser.get(f"/ingest/points/{home.prm}/load-curve", params=period),
        await organiser.get(
            f"/allocation/operations/{home.operation_id}/explanations",
            params={"day": day, "prm": home.prm},
        ),
    ]
    return [answer.json().get("type", str(answer.status_code)) for answer in answers]
