"""Runs in which little is invoiced.

Anna and Bruno each buy for 3.72 € in July, 7.44 € in August and 10.80 € in September.
"""

from typing import Any

import httpx

from tests.billing.runs import carry_out, start
from tests.billing.world import Coop, documents

ON = {"issue_date": "2026-10-02"}
ALL = [("2026-07", 372), ("2026-08", 744), ("2026-09", 1080)]


def carried(body: dict[str, Any]) -> list[str]:
    return sorted(
        anomaly["detail"] for anomaly in body["anomalies"] if anomaly["code"] == "carried"
    )


async def bill(
    client: httpx.AsyncClient, coop: Coop, period: str, issue_date: str = "2026-10-02"
) -> dict[str, Any]:
    run = await start(client, coop, period)
    assert run["state"] == "review", run
    return await carry_out(client, run, "issue", {"issue_date": issue_date})


async def billed(
    client: httpx.AsyncClient, coop: Coop, name: str = "Anna"
) -> list[tuple[str, int]]:
    return sorted(
        (document["month"], document["total_incl_vat_cents"])
        for document in await documents(client, coop)
        if document["state"] == "issued" and document["customer"]["name"] == name
    )
