"""Quarantined records of a member who does not share the curve: there, and without a value."""

from collections.abc import Mapping
from typing import Any

import httpx

from tests.community.coop import logged_in, new_prm
from tests.ingest.consenting import given_consent, withdraw
from tests.ingest.delivering import given_participation, pushed, until_covered
from tests.ingest.formats.files import r63, r63_row
from tests.support.platform import Platform

_HIDDEN = {"record": "", "power_w": None, "is_hidden": True}


def _contradicting(prm: str) -> bytes:
    return r63([r63_row("2026-07-01 00:30:00", value, prm=prm) for value in ("5", "98765")])


async def _listed(client: httpx.AsyncClient, prm: str) -> Mapping[str, Any]:
    """The one record of a point, as the client sees it."""
    answer = await client.get("/ingest/quarantine", params={"prm": prm})
    (record,) = answer.json()
    return {
        "record": record["record"],
        "power_w": record["reading"]["power_w"],
        "is_hidden": record["is_hidden"],
        "code": record["code"],
    }


async def test_an_organiser_sees_no_value_of_a_curve_that_is_not_shared(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    operation_id, member_id = await given_participation(operator, prm)
    await until_covered(platform, prm)
    await pushed(operator, _contradicting(prm))

    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        before = await _listed(organiser, prm)
        consent_id = await given_consent(platform, operator, member_id, prm)
        shared = await _listed(organiser, prm)
        await withdraw(platform, operator, member_id, prm, consent_id)
        after = await _listed(organiser, prm)
        of_staff = await _listed(operator, prm)

    assert before == shared == of_staff
    assert (before["power_w"], before["is_hidden"]) == (98765, False)
    assert after == {**_HIDDEN, "code": "contradiction"}


async def test_whoever_sent_the_file_sees_what_was_in_it(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    _, member_id = await given_participation(operator, prm)
    await until_covered(platform, prm)
    consent_id = await given_consent(platform, operator, member_id, prm)
    await withdraw(platform, operator, member_id, prm, consent_id)

    async with logged_in(platform, operator, "feed") as feed:
        await pushed(feed, _contradicting(prm))
        seen = await _listed(feed, prm)

    assert (seen["power_w"], seen["is_hidden"]) == (98765, False)
