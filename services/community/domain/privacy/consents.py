"""A member's answer about a point's curves: granted or refused, its purpose, and its days.

A consent is free, specific and can be withdrawn at any moment; each is about one purpose and one
granularity, so that nobody has to grant half-hours to share days (GDPR art. 7; CNIL, 2019-12-31).
Settlement needs none: it rests on the participation (docs/run/privacy.md).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from libs.common.ids import Prm
from services.community.domain.problems import (
    ConsentChanged,
    ConsentEmpty,
    ConsentTooLong,
    ProofMissing,
)

MAX_YEARS = 3
"""The DSO accepts no longer consents for the data that it sends (domain: §5)."""


class Purpose(StrEnum):
    COLLECTION = "collection"  # fetch it from the DSO on behalf of the household, by Data Connect
    DISPLAY = "display"  # show it to the organiser of the operation
    CHALLENGE = "challenge"  # compare it with itself, for a challenge that the member takes part in


class Granularity(StrEnum):
    LOAD_CURVE = "load_curve"  # every step
    DAILY = "daily"  # the energy of each day


class ConsentAnswer(StrEnum):
    GRANTED = "granted"
    REFUSED = "refused"


@dataclass(frozen=True)
class Proof:
    """A document with the member's answer; sha256: of its bytes."""

    reference: str
    sha256: str


@dataclass(frozen=True)
class Withdrawal:
    """From the local day on, that day included, the consent no longer counts."""

    day: date
    at: datetime
    by: str


@dataclass(frozen=True, kw_only=True)
class Consent:
    """An answer about a point over ``[valid_from, valid_to)``, local days.

    Raises ConsentEmpty, ConsentTooLong.
    """

    id: UUID
    member_id: UUID
    prm: Prm
    purpose: Purpose
    granularity: Granularity
    answer: ConsentAnswer
    valid_from: date
    valid_to: date
    proof: Proof | None = None
    withdrawal: Withdrawal | None = None

    def __post_init__(self) -> None:
        if self.valid_to <= self.valid_from:
            raise ConsentEmpty("valid_to must be after valid_from; it is the first day without.")
        latest = _years_after(self.valid_from, MAX_YEARS)
        if self.valid_to > latest:
            raise ConsentTooLong(
                f"A consent holds for {MAX_YEARS} years at most: until {latest}. Ask again then.",
                latest_valid_to=latest.isoformat(),
            )

    def check_proven(self) -> None:
        """A consent recorded for somebody else needs a document. Raises ProofMissing."""
        if self.proof is None:
            raise ProofMissing(
                "Give the document in which the member said so: its reference and its sha256."
            )

    def check_same(self, recorded: "Consent") -> None:
        """A recorded consent stays; only a withdrawal is added. Raises ConsentChanged."""
        if replace(self, withdrawal=None) != replace(recorded, withdrawal=None):
            raise ConsentChanged(
                "This consent was recorded with another content: withdraw it and record a new one."
            )


def _years_after(day: date, years: int) -> date:
    """Return the same day of a later year; 1 March for a 29 February missing there."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
