"""Sign-ups: requests, without an account, to take part in an operation."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID, uuid5

from libs.common.errors import Problem
from libs.common.ids import Direction, OperationId, Prm
from services.community.domain.enrolments.enrolment import Enrolment
from services.community.domain.members.registry import Member, MemberKind, Point
from services.community.domain.messages.messages import Language

CONFIRMED_WITHIN = timedelta(days=3)
WAITING_AT_MOST = 3
"""Links to one address valid at a time: nobody who knows it can flood the mailbox."""


class SignUpState(StrEnum):
    UNCONFIRMED = "unconfirmed"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class SignUpUnknown(Problem):
    status, slug, title = 404, "sign-up-unknown", "There is no such sign-up"
    example_detail = "ACC00000101 has no sign-up 0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10."


class SignUpLinkRefused(Problem):
    status, slug, title = 409, "sign-up-link-refused", "The link is no longer valid"
    example_detail = "It was used, it has expired, or it is incomplete: sign up again."


class SignUpSettled(Problem):
    status, slug, title = 409, "sign-up-settled", "The sign-up was answered already"
    example_detail = "The sign-up is refused, and the applicant was notified."


class SignUpWithoutPoint(Problem):
    status, slug, title = 409, "sign-up-without-point", "The sign-up names no point"
    example_detail = "Ask for the 14 digits of the meter, and send them as prm."


@dataclass(frozen=True, kw_only=True)
class SignUp:
    """The content of the public form. prm: None if the applicant does not know it."""

    id: UUID
    operation_id: OperationId
    kind: MemberKind
    name: str
    address: str
    email: str
    phone: str | None
    siren: str | None
    prm: Prm | None
    direction: Direction
    words: str | None
    language: Language

    @property
    def member(self) -> Member:
        return Member(
            id=uuid5(self.id, "member"),
            kind=self.kind,
            name=self.name,
            address=self.address,
            email=self.email,
            siren=self.siren,
            vat_number=None,
            language=self.language,
        )

    def point(self, prm: Prm) -> Point:
        return Point(prm=prm, label=self.address.splitlines()[0])

    def enrolment(self, *, prm: Prm, member_id: UUID, valid_from: date) -> Enrolment:
        return Enrolment(
            id=uuid5(self.id, "enrolment"),
            operation_id=self.operation_id,
            prm=prm,
            direction=self.direction,
            member_id=member_id,
            valid_from=valid_from,
        )


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """Facts missing in the sign-up. member_id: if the applicant is a member; prm: if it lacks."""

    valid_from: date
    prm: Prm | None
    member_id: UUID | None
