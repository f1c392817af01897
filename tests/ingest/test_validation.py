"""Rules as the API sets them, and the flags that readings get."""

from typing import Any

import httpx
import pytest

from libs.common.ids import Prm
from services.ingest.store.perimeters import list_participations
from tests.community.coop import given_member, given_operation, logged_in, new_prm, put
from tests.ingest.delivering import given_participation, pushed, quarantine, until_covered
from tests.ingest.formats.files import r63, r63_row
from tests.ingest.validating import curve_of, given_rule
from tests.support.curves import SUMMER_DAY, curve_file
from tests.support.platform import Platform
from tests.support.waiting import until

_JULY = {"from_day": "2026-07-01", "to_day": "2026-08-01"}
_ALL = list(range(48))


async def _given_point(platform: Platform, operator: httpx.AsyncClient) -> tuple[str, str]:
    """A point that takes part, and its operation."""
    prm = new_prm()
    operation_id, _ = await given_participation(operator, prm)
    await until_covered(platform, prm)
    return prm, operation_id


async def _until_limited(platform: Platform, prm: str, power_limit_w: int | None) -> None:
    """Wait until ingest knows the power of a point."""
    async with platform.database("ingest") as database:

        async def known() -> list[int | None]:
            async with database.transaction() as session:
                participations = await list_participations(session, [Prm(prm)])
            return [participation.power_limit_w for participation in participations]

        limit = [power_limit_w]
        await until(f"ingest knows a limit of {power_limit_w} W", known, lambda seen: seen == limit)


async def _flags(client: httpx.AsyncClient, operation_id: str, **more: str) -> list[Any]:
    answer = await client.get(f"/ingest/operations/{operation_id}/flags", params={**_JULY, **more})
    assert answer.status_code == 200, answer.text
    body: list[Any] = answer.json()
    return body


async def test_a_flag_is_shown_with_the_curve_and_with_the_operation(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm, operation_id = await _given_point(platform, operator)

    delivery = await pushed(operator, curve_file([prm], [SUMMER_DAY]))

    assert delivery["counts"]["quarantined"] == 0
    (block,) = await curve_of(operator, prm)
    assert block["flags"] == [{"code": "frozen", "slots": _ALL}]
    flag = {"prm": prm, "direction": "consumption", "day": SUMMER_DAY, "step_min": 30}
    assert await _flags(operator, operation_id) == [{**flag, "code": "frozen", "slots": _ALL}]
    assert await _flags(operator, operation_id, code="spike") == []
    assert await _flags(operator, operation_id, offset="1") == []


async def test_the_same_readings_again_do_not_double_a_flag_and_a_correction_takes_it_away(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm, operation_id = await _given_point(platform, operator)
    file = curve_file([prm], [SUMMER_DAY])
    await pushed(operator, file)
    await pushed(operator, file + b"\n")
    (before,) = await curve_of(operator, prm)

    # A value every four hours ends the runs of the same one.
    stamps = [f"2026-07-01 {hour:02}:30:00" for hour in range(0, 24, 4)]
    await pushed(operator, r63([r63_row(stamp, "7", prm=prm) for stamp in stamps]))

    (after,) = await curve_of(operator, prm)
    assert before["flags"] == [{"code": "frozen", "slots": _ALL}]
    assert after["flags"] == []
    assert await _flags(operator, operation_id) == []


async def test_the_flags_of_a_day_on_which_the_point_is_elsewhere_are_not_shown(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    operation_id, _ = await given_participation(operator, prm, "2026-07-02")
    await until_covered(platform, prm)

    await pushed(operator, curve_file([prm], [SUMMER_DAY, "2026-07-02"]))

    flags = await _flags(operator, operation_id)
    assert [flag["day"] for flag in flags] == ["2026-07-02"]


async def test_an_operation_sets_rules_for_its_points_only(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm, operation_id = await _given_point(platform, operator)
    other, _ = await _given_point(platform, operator)
    await given_rule(operator, operation_id, "frozen", action="quarantine")

    delivery = await pushed(operator, curve_file([prm, other], [SUMMER_DAY]))

    assert (delivery["counts"]["accepted"], delivery["counts"]["quarantined"]) == (48, 48)
    assert {record["reading"]["prm"] for record in await quarantine(operator, delivery)} == {prm}
    assert await curve_of(operator, prm) == []


async def test_a_reading_above_the_power_of_its_point_is_flagged(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm, operation_id = await _given_point(platform, operator)
    await given_rule(operator, operation_id, "frozen", action="off")
    await put(operator, f"/points/{prm}", {"label": "Mairie", "subscribed_power_va": 6000})
    await _until_limited(platform, prm, 6000)

    await pushed(operator, curve_file([prm], [SUMMER_DAY], power_w=7201))

    (block,) = await curve_of(operator, prm)
    assert block["flags"] == [{"code": "above-power", "slots": _ALL}]


async def test_stored_readings_are_looked_at_again_on_request(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm, operation_id = await _given_point(platform, operator)
    await pushed(operator, curve_file([prm], [SUMMER_DAY]))
    await put(operator, f"/points/{prm}", {"label": "Mairie", "subscribed_power_va": 300})
    await _until_limited(platform, prm, 300)
    await given_rule(operator, operation_id, "frozen", action="off")
    path = f"/ingest/operations/{operation_id}/flags/renewal"

    answer = await operator.post(path, params=_JULY)
    too_long = await operator.post(path, params=_JULY | {"to_day": "2026-08-02"})

    assert answer.json() == {"days": 1}
    (block,) = await curve_of(operator, prm)
    assert [flag["code"] for flag in block["flags"]] == ["above-power"]
    assert (too_long.status_code, too_long.json()["type"]) == (422, "/problems/period-invalid")


async def test_nothing_stored_is_looked_at_in_no_time(operator: httpx.AsyncClient) -> None:
    operation_id = await given_operation(operator)

    answer = await operator.post(f"/ingest/operations/{operation_id}/flags/renewal", params=_JULY)

    assert answer.json() == {"days": 0}


async def test_what_is_not_set_is_as_by_default_and_a_new_body_replaces_the_old(
    operator: httpx.AsyncClient,
) -> None:
    operation_id = await given_operation(operator)
    path = f"/ingest/operations/{operation_id}/validation"
    excepted = {"except_prms": [new_prm()]}
    change = {"spike": {"action": "quarantine", "parameters": {"factor": 3}, **excepted}}
    before = (await operator.get(path)).json()["rules"]

    put_answer = await operator.put(path, json={"rules": change})
    shown = (await operator.get(path)).json()["rules"]
    undone = await operator.put(path, json={"rules": {}})

    assert put_answer.json()["rules"] == shown
    spike = {"action": "quarantine", "parameters": {"factor": 3, "least_w": 36_000}}
    assert shown == before | {"spike": spike | excepted}
    assert undone.json()["rules"] == before


async def test_the_platform_sets_rules_for_every_operation_that_does_not(
    operator: httpx.AsyncClient,
) -> None:
    path = f"/ingest/operations/{await given_operation(operator)}/validation"

    # Only what holds already: other tests share this platform.
    platform = await operator.put("/ingest/validation", json={"rules": {"gap": {"action": "flag"}}})

    assert platform.status_code == 200, platform.text
    assert (await operator.get("/ingest/validation")).json() == platform.json()
    assert (await operator.get(path)).json() == platform.json()


@pytest.mark.parametrize(
    ("rules", "slug"),
    [
        ({"spikes": {}}, "rule-unknown"),
        ({"a\x00": {}}, "rule-unknown"),
        ({"gap": {"action": "quarantine"}}, "setting-invalid"),
        ({"spike": {"parameters": {"factor": 0}}}, "setting-invalid"),
        ({"spike": {"parameters": {"width": 1}}}, "setting-invalid"),
        ({"spike": {"parameters": {"factor": "x"}}}, "malformed"),
        ({"spike": {"factor": 3}}, "malformed"),
        ({"spike": {"except_prms": ["12"]}}, "malformed"),
    ],
)
async def test_a_rule_that_cannot_be_set_so_is_refused(
    operator: httpx.AsyncClient, rules: object, slug: str
) -> None:
    path = f"/ingest/operations/{await given_operation(operator)}/validation"

    answer = await operator.put(path, json={"rules": rules})

    assert answer.status_code == 422, answer.text
    assert answer.json()["type"] == f"/problems/{slug}"


async def test_the_rules_tell_what_they_are(operator: httpx.AsyncClient) -> None:
    rules = (await operator.get("/ingest/rules")).json()

    night = next(rule for rule in rules if rule["code"] == "production-at-night")
    assert night["actions"] == ["off", "flag", "quarantine"]
    assert {"latitude_deg", "longitude_deg"} <= {
        parameter["name"] for parameter in night["parameters"]
    }


async def test_an_organiser_sees_their_operation_and_sets_nothing(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, other = await given_operation(operator), await given_operation(operator)
    own_url, strange = (f"/ingest/operations/{id_}" for id_ in (operation_id, other))
    reads = ("validation", f"flags?{httpx.QueryParams(_JULY)}")
    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        seen = [(await organiser.get(f"{own_url}/{ending}")).status_code for ending in reads]
        hidden = [(await organiser.get(f"{strange}/{ending}")).status_code for ending in reads]
        refused = [
            (await organiser.put(f"{own_url}/validation", json={"rules": {}})).status_code,
            (await organiser.put("/ingest/validation", json={"rules": {}})).status_code,
            (await organiser.post(f"{own_url}/flags/renewal", params=_JULY)).status_code,
        ]

    assert (seen, hidden, refused) == ([200, 200], [403, 403], [403, 403, 403])


async def test_members_see_no_rules_and_no_quarantine(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    member_id = await given_member(operator)
    async with logged_in(platform, operator, "member", member_id=member_id) as member:
        answers = [
            await member.get(path)
            for path in (
                "/ingest/rules",
                "/ingest/validation",
                "/ingest/quarantine",
                "/ingest/quarantine/counts",
            )
        ]

    assert [answer.status_code for answer in answers] == [403] * 4
