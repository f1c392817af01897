"""A seller's new account waits until another person has looked at it, or for three days."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from libs.common.errors import Problem
from services.billing.domain.creditors import Creditor

WAITS = timedelta(hours=72)


class CreditorChangeUnknown(Problem):
    status, slug, title = 404, "creditor-change-unknown", "No such change of an account waits"
    example_detail = "No change with this id waits: it is in use already, or another replaced it."


class AnotherPersonNeeded(Problem):
    status, slug, title = 409, "another-person-needed", "Another person has to confirm that"
    example_detail = "You asked for it: staff, or the seller, can confirm it before."
    example_facts: ClassVar = {"good_from": "2026-11-26T09:30:00Z"}


@dataclass(frozen=True)
class CreditorChange:
    """How a member is to be paid. asked_by: the subject of whose token it was."""

    id: UUID
    creditor: Creditor
    asked_at: datetime
    asked_by: str
    asked_by_staff: bool

    @property
    def good_from(self) -> datetime:
        return self.asked_at + WAITS


def moves_money(before: Creditor | None, after: Creditor) -> bool:
    """Whether what customers and collectors pay would go to another account than today."""
    if before is None:
        return True
    return (before.iban, before.collected_by) != (after.iban, after.collected_by)


def check_another_person(
    change: CreditorChange, *, subject: str, is_staff: bool, is_seller: bool
) -> None:
    """Whoever holds one organiser's session invites another organiser: two of them are one thief.

    So staff or the seller confirm what an organiser asked for; what staff asked for, an organiser
    too. Raises AnotherPersonNeeded.
    """
    can = is_staff or is_seller or change.asked_by_staff
    if subject == change.asked_by or not can:
        raise AnotherPersonNeeded(
            "Staff, the seller, or an organiser if staff asked, can confirm it: not who asked.",
            good_from=change.good_from.isoformat(),
        )
