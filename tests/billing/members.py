"""Members as community tells them, and the profiles of those who sell."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx

from libs.common.events.community import MemberRecorded
from services.billing.domain.invoices.invoices import MemberKind

TIME = datetime(2026, 11, 3, 6, tzinfo=UTC)
PROFILE = {
    "valid_from": "2025-01-01",
    "legal_form": "SAS coopérative",
    "vat_regime": "standard",
    "means_of_payment": "virement",
    "complaints_contact": "soleils@example.org",
}


def member(
    member_id: UUID,
    name: str,
    *,
    revision: int = 1,
    kind: MemberKind = "household",
    **numbers: str,
) -> MemberRecorded:
    return MemberRecorded(
        time=TIME,
        member_id=member_id,
        revision=revision,
        kind=kind,
        name=name,
        address="1 rue du Four\n99110 Pousselac",
        **numbers,
    )


def seller(member_id: UUID, name: str = "Soleils SAS", **changes: Any) -> MemberRecorded:  # noqa: ANN401 - an event's values
    """A company that pays VAT."""
    company = {"kind": "company", "siren": "992000026", "vat_number": "FR29992000026"}
    return member(member_id, name, **(company | changes))


def erased(member_id: UUID) -> MemberRecorded:
    """After all that was told of the member."""
    recorded = member(member_id, "(effacé)", revision=1_000)
    return recorded.model_copy(update={"address": "-", "is_erased": True})


def profile_body(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON values
    return PROFILE | changes


async def record_profile(client: httpx.AsyncClient, member_id: UUID, **changes: Any) -> Any:  # noqa: ANN401 - JSON
    answer = await client.put(f"/billing/issuers/{member_id}/profile", json=profile_body(**changes))
    assert answer.status_code == 200, answer.text
    return answer.json()
