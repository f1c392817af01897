"""The erasure of a member: what it deletes, keeps and why, and its obstacles (GDPR, art. 17)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from libs.common.errors import Problem
from services.community.domain.messages.messages import Language

ANSWERED_WITHIN = timedelta(days=30)
"""One month (GDPR, art. 12(3)), however short."""

REPUBLISHED_AFTER = timedelta(days=8)
"""More than the week after which the event log begins a new segment of a partition."""

_NOBODY: Mapping[Language, str] = {"fr": "(effacé)", "en": "(erased)"}

EMPTY: Mapping[Language, Mapping[str, str | None]] = {
    language: {
        "name": name,
        "address": "-",
        "email": None,
        "siren": None,
        "vat_number": None,
        "delivery_address": None,
    }
    for language, name in _NOBODY.items()
}
"""The record of an erased member; the kind stays, because invoices have it."""


@dataclass(frozen=True)
class ErasureRequest:
    """A member who asked, and is not erased yet."""

    member_id: UUID
    name: str
    requested_at: datetime


class Obstacle(StrEnum):
    TAKES_PART = "takes-part"  # or is on the way in or out
    HOLDS_SHARES = "holds-shares"
    VOTES = "votes"


class ErasureUnknown(Problem):
    status, slug, title = 404, "erasure-unknown", "Nobody has asked to erase the member"
    example_detail = "Ask for the erasure first."


class ErasureRefused(Problem):
    status, slug, title = 409, "erasure-refused", "The member cannot be erased yet"
    example_detail = "End the obstacles first: takes-part."
    example_facts: ClassVar = {"obstacles": ["takes-part"]}


class ErasureExecuted(Problem):
    status, slug, title = 409, "erasure-executed", "The erasure is done"
    example_detail = "Erased data do not come back."


class DebtsNotChecked(Problem):
    status, slug, title = 409, "debts-not-checked", "Somebody has to check that nothing is owed"
    example_detail = "Check in billing that all is invoiced and paid, then say nothing_is_owed."


class MemberErased(Problem):
    status, slug, title = 409, "member-erased", "The member was erased"
    example_detail = "The remaining record names nobody. If they come back, record a new member."


@dataclass(frozen=True)
class MemberTies:
    """A member's ties to the co-operative from today on."""

    takes_part: bool
    capital_shares: int
    open_polls: int

    @property
    def obstacles(self) -> list[Obstacle]:
        ties = {
            Obstacle.TAKES_PART: self.takes_part,
            Obstacle.HOLDS_SHARES: self.capital_shares > 0,
            Obstacle.VOTES: self.open_polls > 0,
        }
        return [obstacle for obstacle, stands in ties.items() if stands]


def due_at(requested_at: datetime) -> datetime:
    return requested_at + ANSWERED_WITHIN
