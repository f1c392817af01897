"""A seller's way of payment: its own account, or another member that collects."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import ClassVar
from uuid import UUID

from libs.common.errors import Problem


class CreditorMissing(Problem):
    status, slug, title = 409, "creditor-missing", "Payment details of this member are missing"
    example_detail = "Set the bank account, and the ICS for direct debits, of this member first."


class CollectsForItself(Problem):
    status, slug, title = (
        409,
        "collects-for-itself",
        "Members cannot collect for each other in a circle",
    )
    example_detail = "A member that collects for others is paid to its own account."
    example_facts: ClassVar = {"member_id": "5b6df807-d41e-5251-a808-b67bac9773b2"}


class ConventionMissing(Problem):
    status, slug, title = 409, "convention-missing", "A public body's convention is missing"
    example_detail = (
        "Commune de Montvergne is a public body: say which convention lets another collect its"
        " revenue, and when it was signed (CGCT L1611-7-1)."
    )
    example_facts: ClassVar = {"member_id": "5b6df807-d41e-5251-a808-b67bac9773b2"}


class Edition(IntEnum):
    """The year of the ISO 20022 messages that the bank accepts."""

    Y2009 = 2009  # pain.008.001.02, pain.001.001.03
    Y2019 = 2019  # pain.008.001.08, pain.001.001.09


@dataclass(frozen=True)
class Creditor:
    """A member's bank account and how it collects.

    collected_by: the member, such as the organiser, that collects in its place and pays it out.
    notice_days: from notifying a debtor to collecting. convention_signed_on, convention_document:
    of the convention by which a public body lets the collector take its revenue; None of others.
    """

    member_id: UUID
    name: str
    iban: str
    bic: str | None
    ics: str | None
    collected_by: UUID | None
    edition: Edition
    notice_days: int
    convention_signed_on: date | None = None
    convention_document: str | None = None

    def lacks_convention(self, *, is_public_body: bool, today: date) -> bool:
        """Whether it is of a public body whose revenue another collects without a convention.

        Source: CGCT L1611-7-1. A seller may become a public body after its collector was named.
        """
        is_signed = self.convention_signed_on is not None and self.convention_signed_on <= today
        return is_public_body and self.collected_by is not None and not is_signed

    @property
    def account_end(self) -> str:
        """The last characters, which identify an account to people who may not see all of it."""
        return self.iban[-4:]
