"""A seller's new account waits until another person confirms it, or for three days."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from libs.common.errors import Problem
from services.billing.domain.payments.creditors import Creditor

WAITS = timedelta(hours=72)


class CreditorChangeUnknown(Problem):
    status, slug, title = (
        404,
        "creditor-change-unknown",
        "No such account change is pending",
    )
    example_detail = (
        "No change with this id is pending: it is in use, it was refused, or another replaced it."
    )


class AnotherPersonNeeded(Problem):
    status, slug, title = 409, "another-person-needed", "Another person must confirm this"
    example_detail = "You asked for this change: staff or the seller can confirm it earlier."
    example_facts: ClassVar = {"good_from": "2026-11-26T09:30:00Z"}


@dataclass(frozen=True)
class CreditorChange:
    """A requested change of how a member is paid. asked_by: the subject of the token."""

    id: UUID
    creditor: Creditor
    asked_at: datetime
    asked_by: str
    asked_by_staff: bool

    @property
    def good_from(self) -> datetime:
        return self.asked_at + WAITS


def moves_money(before: Creditor | None, after: Creditor) -> bool:
    """Whether payments by customers and collectors would go to another account than today."""
    if before is None:
        return True
    return (before.iban, before.collected_by) != (after.iban, after.collected_by)


def check_another_person(
    change: CreditorChange, *, subject: str, is_staff: bool, is_seller: bool
) -> None:
    """Check that this person may confirm the change. Raises AnotherPersonNeeded.

    A thief of one organiser's session can invite another organiser, so that two organisers may be
    one thief. Hence staff or the seller confirm an organiser's request; an organiser, too, can
    confirm a request by staff.
    """
    can = is_staff or is_seller or change.asked_by_staff
    if subject == change.asked_by or not can:
        raise AnotherPersonNeeded(
            "Staff, the seller, or an organiser if staff asked, can confirm this change, but not"
            " the person who asked for it.",
            good_from=change.good_from.isoformat(),
        )
