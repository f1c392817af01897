"""Invitations: rights offered to an e-mail address, once and for two weeks."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from libs.common.errors import Problem

LIFE = timedelta(days=14)


class InvitationUnknown(Problem):
    status, slug, title = 404, "invitation-unknown", "There is no such invitation"
    example_detail = "You have sent no invitation 0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10."


class InvitationRefused(Problem):
    status, slug, title = 409, "invitation-refused", "The invitation is no longer valid"
    example_detail = (
        "It was accepted or withdrawn, it has expired, or the link is incomplete: ask for another."
    )


class InvitationSettled(Problem):
    status, slug, title = 409, "invitation-settled", "The invitation was accepted already"
    example_detail = "Take the account's rights away instead."


class AccountOfAnotherMember(Problem):
    status, slug, title = 409, "account-of-another-member", "The log-in is another member's"
    example_detail = "An account logs in as one member: ask to be invited by another address."


class InvitationState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


def state_of(
    *,
    accepted_at: datetime | None,
    withdrawn_at: datetime | None,
    expires_at: datetime,
    now: datetime,
) -> InvitationState:
    if accepted_at is not None:
        return InvitationState.ACCEPTED
    if withdrawn_at is not None:
        return InvitationState.WITHDRAWN
    return InvitationState.OPEN if now < expires_at else InvitationState.EXPIRED


def check_same_member(holder_id: UUID | None, offered_id: UUID | None) -> None:
    """Require that an account logs in as one member only. Raises AccountOfAnotherMember."""
    if holder_id is not None and offered_id is not None and holder_id != offered_id:
        raise AccountOfAnotherMember
