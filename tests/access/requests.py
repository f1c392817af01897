"""Requests at any route about a co-op: as documented, with the co-op's ids."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import httpx

from tests.access.coops import MONTH
from tests.billing.money import new_iban
from tests.billing.payment_reports import report
from tests.billing.statements import booked, statement
from tests.community.papers import PDF
from tests.ingest.formats.files import day_starts, r63, r63_row
from tests.support.routes import Route

_COEFFICIENTS: dict[str, Any] = {
    "content": "\r\n".join(
        ["Horodate;99000000000001"]
        + [f"{start:%d/%m/%Y %H:%M};100,00" for day in MONTH.days for start in day_starts(str(day))]
    ),
    "headers": {"content-type": "text/plain"},
}
_IDS = ("_id", "_ids", "prm")
_FILES: Mapping[str, dict[str, Any]] = {
    "POST /community/operations/{operation_id}/documents/{document_id}/versions": {"content": PDF},
    "PUT /community/gatherings/{gathering_id}/materials/{material_id}/file": {"content": PDF},
    "POST /ingest/deliveries": {
        "files": {"file": ("r63.csv", r63([r63_row("2026-10-12 12:00:00")]))}
    },
    "PUT /allocation/operations/{operation_id}/keys/{key_id}/coefficients": _COEFFICIENTS,
    "POST /allocation/operations/{operation_id}/coefficient-deposits/{month}/file": _COEFFICIENTS,
    "POST /billing/issuers/{issuer_id}/statements": {
        "content": statement(new_iban(), [booked(372)]),
        "headers": {"content-type": "application/xml"},
    },
    "POST /billing/issuers/{issuer_id}/payment-reports": {
        "content": report(uuid4().hex, status="RJCT"),
        "headers": {"content-type": "application/xml"},
    },
}
"""Bodies that are no JSON."""


async def ask(
    client: httpx.AsyncClient,
    route: Route,
    values: Mapping[str, Any],
    **body: Any,  # noqa: ANN401 - httpx's
) -> httpx.Response:
    """With these values in the path and in the query, and in a documented body."""
    ids = {name: value for name, value in values.items() if name.endswith(_IDS)}
    path, query = route.url(values)
    body_sent = body or _FILES.get(route.name) or route.body(ids)
    request = client.build_request(route.method, path, params=query, **body_sent)
    await request.aread()  # so that a test can tell what was said from what was answered
    return await client.send(request)
