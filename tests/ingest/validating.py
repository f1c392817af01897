"""Givens and whens of validation: rules that are set, curves with flags, and decisions."""

from collections.abc import Mapping
from typing import Any

import httpx


async def given_rule(
    operator: httpx.AsyncClient, operation_id: str, code: str, **change: object
) -> None:
    """One rule that an operation sets; the others are as by default."""
    answer = await operator.put(
        f"/ingest/operations/{operation_id}/validation", json={"rules": {code: change}}
    )
    assert answer.status_code == 200, answer.text


async def curve_of(
    client: httpx.AsyncClient, prm: str, from_day: str = "2026-07-01", to_day: str = "2026-07-02"
) -> list[Any]:
    """The blocks of a point."""
    period = {"from_day": from_day, "to_day": to_day}
    answer = await client.get(f"/ingest/points/{prm}/load-curve", params=period)
    assert answer.status_code == 200, answer.text
    blocks: list[Any] = answer.json()["blocks"]
    return blocks


async def decide(
    client: httpx.AsyncClient,
    delivery: Mapping[str, Any],
    number: int,
    how: str,
    body: Mapping[str, object] | None = None,
    *,
    status: int = 200,
) -> Any:  # noqa: ANN401 - JSON
    """Decide on a quarantined record; returns the JSON of the answer."""
    path = f"/ingest/deliveries/{delivery['id']}/quarantine/{number}/{how}"
    answer = await client.post(path, json=body or {})
    assert answer.status_code == status, answer.text
    return answer.json()
