"""Mandates of debtors: when one may be used, and for which collection of its series."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from libs.common.errors import Problem

_LAPSE_MONTHS = 36
_MONTHS = 12

ACCOUNT_KEPT_MONTHS = 14
"""Counted from revocation and last use. For 13 months a debtor may contest an authorisation.

Source: Code monétaire et financier, art. L133-24.
"""


class MandateUnknown(Problem):
    status, slug, title = 404, "mandate-unknown", "There is no such mandate"
    example_detail = "This creditor has no mandate with this id."


class MandateFixed(Problem):
    status, slug, title = 409, "mandate-fixed", "A mandate does not change"
    example_detail = "Revoke this mandate and record the one that the debtor has signed instead."


class MandateTaken(Problem):
    status, slug, title = 409, "mandate-taken", "Another mandate is in force"
    example_detail = "The RUM ELO-0001 is in use, or the debtor's other mandate is not revoked yet."


class MandateNotSignedYet(Problem):
    status, slug, title = 409, "mandate-not-signed-yet", "A mandate cannot be signed in the future"
    example_detail = "Today is 2026-11-05."
    example_facts: ClassVar = {"today": "2026-11-05"}


class SequenceType(StrEnum):
    FIRST = "FRST"
    RECURRENT = "RCUR"


@dataclass(frozen=True)
class Mandate:
    """A debtor's permission for a creditor to collect from an account, with a date and a RUM.

    iban: None from some time after revocation and last use.
    """

    id: UUID
    creditor_id: UUID
    debtor_id: UUID
    rum: str
    signed_on: date
    holder: str
    iban: str | None
    bic: str | None
    revoked_on: date | None = None
    blocked_by: str | None = None

    @property
    def account(self) -> str:
        """The account of a mandate in force."""
        assert self.iban is not None, "it was revoked"
        return self.iban


@dataclass(frozen=True)
class MandateUse:
    """The last presentation of a mandate, and whether any of its collections was not refused."""

    last_day: date | None = None
    was_first: bool = False


class Unusable(StrEnum):
    """The reason why an invoice is not collected."""

    MISSING = "mandate-missing"
    REVOKED = "mandate-revoked"
    BLOCKED = "mandate-blocked"
    LAPSED = "mandate-lapsed"
    NOT_SIGNED = "mandate-not-signed-yet"
    IN_COLLECTION = "in-collection"
    PAID_BY_ANOTHER = "paid-by-another-debit"
    NOT_TOLD = "issued-after-notice"
    NOT_DUE = "not-due-yet"
    BELOW_THRESHOLD = "below-threshold"
    CONVENTION_MISSING = "convention-missing"


def unusable_reason(mandate: Mandate, use: MandateUse, day: date) -> Unusable | None:
    """Return the reason why the mandate cannot be used for a collection on a day, or None.

    Blocked: a bank has returned a collection for a reason that a retry cannot cure.
    """
    if mandate.revoked_on is not None and mandate.revoked_on <= day:
        return Unusable.REVOKED
    if mandate.blocked_by is not None:
        return Unusable.BLOCKED
    if mandate.signed_on > day:
        return Unusable.NOT_SIGNED
    if day > lapses_on(mandate, use):
        return Unusable.LAPSED
    return None


def lapses_on(mandate: Mandate, use: MandateUse) -> date:
    """The last day on which it may be used: 36 months after its last use, or after signature.

    Source: EPC016-06, SEPA Core Direct Debit rulebook, 4.1.
    """
    since = max(mandate.signed_on, use.last_day or mandate.signed_on)
    years, month = divmod(since.month - 1 + _LAPSE_MONTHS, _MONTHS)
    year = since.year + years
    return date(year, month + 1, min(since.day, monthrange(year, month + 1)[1]))
