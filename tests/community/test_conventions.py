"""Conventions with the DSO over HTTP."""

from typing import Any

import httpx
import pytest

from tests.community.coop import given_operation, logged_in, put
from tests.support.platform import Platform

CONVENTION: dict[str, Any] = {
    "dso_contract_id": "CAC-2026-000123",
    "signed_on": "2025-11-20",
    "valid_from": "2026-01-01",
    "valid_to": "2031-01-01",
    "entry_notice_working_days": 8,
    "exit_notice_working_days": 6,
    "coefficients_due_working_days": 5,
    "closing_due_working_days": 12,
    "declared_by": "staff",
}


async def test_an_organiser_records_the_convention_of_their_operation(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, other = await given_operation(operator), await given_operation(operator)
    path = f"/operations/{operation_id}/convention"

    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        recorded = await put(organiser, path, CONVENTION)
        refused = await organiser.put(f"/community/operations/{other}/convention", json={})

    assert recorded == CONVENTION
    assert (await operator.get(f"/community{path}")).json() == CONVENTION
    assert refused.status_code == 403


async def test_an_operation_that_said_nothing_has_the_defaults(
    operator: httpx.AsyncClient,
) -> None:
    operation_id = await given_operation(operator)

    shown = (await operator.get(f"/community/operations/{operation_id}/convention")).json()

    assert (shown["entry_notice_working_days"], shown["exit_notice_working_days"]) == (10, 10)
    assert shown["coefficients_due_working_days"] is None
    assert shown["declared_by"] == "organiser"


async def test_to_record_a_convention_changes_no_perimeter(operator: httpx.AsyncClient) -> None:
    operation_id = await given_operation(operator)
    before = (await operator.get(f"/community/operations/{operation_id}")).json()

    await put(operator, f"/operations/{operation_id}/convention", CONVENTION)

    assert (await operator.get(f"/community/operations/{operation_id}")).json() == before


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"valid_to": "2026-01-01"}, 409),
        ({"entry_notice_working_days": 121}, 422),
        ({"entry_notice_working_days": -1}, 422),
        ({"closing_due_working_days": 0}, 422),
        ({"dso_contract_id": "a\x00b"}, 422),
        ({"declared_by": "nobody"}, 422),
    ],
)
async def test_a_convention_that_cannot_be_is_refused(
    operator: httpx.AsyncClient, change: dict[str, object], status: int
) -> None:
    operation_id = await given_operation(operator)

    answer = await operator.put(
        f"/community/operations/{operation_id}/convention", json=CONVENTION | change
    )

    assert answer.status_code == status, answer.text
