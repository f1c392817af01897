"""The audit log of ingest: who set, decided and asked for what, and no curve in it."""

from typing import Any

import httpx
import pytest

from tests.community.coop import logged_in, new_prm
from tests.ingest.delivering import given_participation, pushed, until_covered
from tests.ingest.formats.files import r63, r63_row
from tests.ingest.validating import decide, given_rule
from tests.support.auditing import audit_lines, unwatched_tables
from tests.support.platform import Platform

_OF_CURVES = "of curves, whose revisions are kept with what made them"
_FILES = "is itself a record of what somebody sent"
_TOLD = "told by other services, where it is watched"
_BY_DSO = "told by the DSO, in deliveries"
_BY_ITSELF = "kept by the service itself"
_EVENTS = "events, which are on the log"
_UNWATCHED = {
    "alembic_version": "of the deployment",
    "outbox": _EVENTS,
    "inbox": _EVENTS,
    "reading_block": _OF_CURVES,
    "held_block": _OF_CURVES,
    "point_month": _OF_CURVES,
    "operation_month": _OF_CURVES,
    "estimate": _OF_CURVES,
    "reading_flag": "computed from curves and rules",
    "monthly_energy": "what is left of curves that were purged",
    "delivery": _FILES,
    "delivery_sequence": _FILES,
    "curve_access": "is itself a record of who read what",
    "perimeter": _TOLD,
    "perimeter_step": _TOLD,
    "participation": _TOLD,
    "consent": _TOLD,
    "consent_list": _TOLD,
    "meter_index": _BY_DSO,
    "invoiced_quantity": _BY_DSO,
    "contract_event": _BY_DSO,
    "departure": _BY_DSO,
    "result_curve": _BY_DSO,
    "result_energy": _BY_DSO,
    "dso_perimeter": _BY_DSO,
    "published_block": _BY_ITSELF,
    "published_day": _BY_ITSELF,
    "published_result_day": _BY_ITSELF,
    "published_result_month": _BY_ITSELF,
    "pull_source": _BY_ITSELF,
}
"""Tables whose changes leave no line, and why."""


async def given_quarantined(
    platform: Platform, operator: httpx.AsyncClient, *values: int
) -> dict[str, Any]:
    """A delivery of a point in which a rule holds back each of these values, far too great."""
    prm = new_prm()
    operation_id, _ = await given_participation(operator, prm)
    await until_covered(platform, prm)
    await given_rule(operator, operation_id, "spike", action="quarantine")
    rows = [
        r63_row(f"2026-07-01 {2 * hour:02}:{minute}:00", value, prm=prm)
        for hour, spike in enumerate(values, start=1)
        for minute, value in (("00", "5"), ("30", str(spike)))
    ]
    delivery: dict[str, Any] = await pushed(operator, r63(rows))
    assert delivery["counts"]["quarantined"] == len(values)
    return delivery


async def test_every_table_is_watched_unless_it_is_named_here(platform: Platform) -> None:
    unwatched = await unwatched_tables(platform, "ingest")

    assert unwatched == set(_UNWATCHED), (
        "a migration that makes a table says SELECT audit.watch('the table')"
    )


async def test_a_rule_that_is_set_tells_who_and_what_it_was_before(
    operator: httpx.AsyncClient,
) -> None:
    operation_id, _ = await given_participation(operator, new_prm())
    me = (await operator.get("/community/me")).json()["subject"]
    await given_rule(operator, operation_id, "spike", action="quarantine")

    await given_rule(operator, operation_id, "spike", action="off")
    await given_rule(operator, operation_id, "spike", action="off")

    changed, added = await audit_lines(
        operator, "ingest", entity="validation", entity_id=operation_id
    )
    assert (changed["subject"], changed["roles"]) == (me, ["operator"])
    assert changed["route"] == "PUT /ingest/operations/{operation_id}/validation"
    actions = [
        side["changes"]["spike"]["action"]
        for side in (added["after"], changed["before"], changed["after"])
    ]
    assert (added["before"], actions) == (None, ["quarantine", "quarantine", "off"])


@pytest.mark.parametrize("how", ["release", "discard", "correction"])
async def test_a_decision_is_told_and_no_value_of_the_curve(
    platform: Platform, operator: httpx.AsyncClient, how: str
) -> None:
    # So many digits as neither an id nor an instant has by chance.
    delivery = await given_quarantined(platform, operator, 9_876_543)
    body: dict[str, object] = {"because": "seen on the meter"}
    if how == "correction":
        (record,) = (await operator.get(f"/ingest/deliveries/{delivery['id']}/quarantine")).json()
        fields = {
            name: record["reading"][name] for name in ("prm", "direction", "start", "step_min")
        }
        body |= fields | {"power_w": 4_567_890}

    await decide(operator, delivery, 1, how, body)

    (line,) = await audit_lines(
        operator, "ingest", entity="quarantined_record", entity_id=f"{delivery['id']}/1"
    )
    assert line["action"] == "update"
    assert (line["before"]["state"], line["after"]["decided_because"]) == (
        "open",
        "seen on the meter",
    )
    assert set(line["after"]) == {"state", "decided_at", "decided_by", "decided_because"}
    assert "9876543" not in str(line)
    assert "4567890" not in str(line)


async def test_what_is_recorded_leaves_no_line(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    delivery = await given_quarantined(platform, operator, 98_765)

    lines = await audit_lines(
        operator, "ingest", entity="quarantined_record", entity_id=f"{delivery['id']}/1"
    )

    assert lines == []


@pytest.mark.parametrize("role", ["organiser", "member", "feed"])
async def test_only_staff_read_it(
    platform: Platform, operator: httpx.AsyncClient, role: str
) -> None:
    operation_id, member_id = await given_participation(operator, new_prm())
    operations = [operation_id] if role == "organiser" else []
    own_id = member_id if role == "member" else None
    async with logged_in(
        platform, operator, role, operations=operations, member_id=own_id
    ) as client:
        assert (await client.get("/ingest/audit")).status_code == 403
