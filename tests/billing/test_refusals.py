"""Refusals by their slug: what a creditor does not have, and what is no month."""

from uuid import uuid4

import httpx
import pytest

from tests.billing.money import payments_url, set_creditor
from tests.billing.statements import assigned
from tests.billing.world import Coop

_BODIES = {
    "assignment": assigned(str(uuid4()), 372),
    "transfer": {"item_id": str(uuid4())},
    "rejection": {"reason": "AC04"},
    "confirmation": {"rum": "ELO-1"},
    "refusal": {"reason": "No."},
}


@pytest.mark.parametrize(
    ("request_line", "slug"),
    [
        ("POST mandates/{id}/revocation", "mandate-unknown"),
        ("POST mandate-requests/{id}/confirmation", "mandate-request-unknown"),
        ("POST mandate-requests/{id}/refusal", "mandate-request-unknown"),
        ("GET collections/{id}", "collection-unknown"),
        ("GET collections/{id}/pain.008.xml", "collection-unknown"),
        ("POST collections/{id}/items/{id}/rejection", "collection-unknown"),
        ("POST collections/{id}/cancellation", "collection-unknown"),
        ("POST bank-transactions/{id}/assignment", "transaction-unknown"),
        ("DELETE bank-transactions/{id}/assignment", "transaction-unknown"),
        ("POST bank-transactions/{id}/not-ours", "transaction-unknown"),
        ("POST bank-transactions/{id}/transfer", "transaction-unknown"),
    ],
)
async def test_what_is_not_there(
    operator: httpx.AsyncClient, coop: Coop, request_line: str, slug: str
) -> None:
    await set_creditor(operator, coop.seller)
    method, path = request_line.format(id=uuid4()).split()
    body = _BODIES.get(path.rsplit("/", 1)[-1])

    answer = await operator.request(method, payments_url(coop.seller, path), json=body)

    assert (answer.status_code, answer.json()["type"]) == (404, f"/problems/{slug}")


@pytest.mark.parametrize("month", ["9999-12", "0000-01", "1999-12"])
@pytest.mark.parametrize(
    "request_line",
    [
        "GET invoice-summaries?month={month}",
        "GET invoices?month={month}",
        "POST operations/{id}/months/{month}/drafts",
        "GET operations/{id}/months/{month}/statements",
        "GET operations/{id}/months/{month}/statements.pdf",
        "GET operations/{id}/months/{month}/corrections",
        "GET points/99000000000000/months/{month}/bills",
    ],
)
async def test_what_is_no_month_is_refused(
    operator: httpx.AsyncClient, coop: Coop, request_line: str, month: str
) -> None:
    method, path = request_line.format(id=coop.operation_id, month=month).split()

    answer = await operator.request(method, f"/billing/{path}")

    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/month-malformed")
