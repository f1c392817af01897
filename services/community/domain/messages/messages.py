"""Messages to members: their facts, their delivery status, and the times of further attempts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal
from uuid import UUID

from libs.common.ids import OperationId

Language = Literal["fr", "en"]

_FIRST_PAUSE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(hours=1)
TRIED_FOR = timedelta(days=5)
"""RFC 5321, 4.5.4.1: four or five days at least."""


class MessageKind(StrEnum):
    """The subject of a message; each kind has words in ``domain.letters``."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    REMINDER = "reminder"
    PRE_NOTIFICATION = "pre_notification"
    PAYMENT_NOTICE = "payment_notice"
    PAYOUT = "payout"
    NOTIFICATION = "notification"
    DIGEST = "digest"
    INVITATION = "invitation"
    LOG_IN_LINK = "log_in_link"
    LOG_IN_OFFERED = "log_in_offered"
    EMAIL_CHANGE = "email_change"
    EMAIL_CHANGED = "email_changed"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a kind
    RIGHTS_CHANGED = "rights_changed"
    AUTHENTICATOR_ADDED = "authenticator_added"
    AUTHENTICATOR_REMOVED = "authenticator_removed"
    ACCOUNT_CHANGE_ASKED = "account_change_asked"
    ACCOUNT_CHANGED = "account_changed"
    ACCOUNT_CHANGE_REFUSED = "account_change_refused"
    ERASURE_WITHDRAWN = "erasure_withdrawn"
    GATHERING_INVITATION = "gathering_invitation"
    GATHERING_SERIES = "gathering_series"
    GATHERING_CHANGE = "gathering_change"
    GATHERING_CANCELLATION = "gathering_cancellation"
    GATHERING_SEAT = "gathering_seat"
    GATHERING_REMINDER = "gathering_reminder"
    GATHERING_MINUTES = "gathering_minutes"
    DOCUMENT_ENDS = "document_ends"
    CONVENTION_ENDS = "convention_ends"
    POINT_LEFT = "point_left"
    POINT_TAKEN = "point_taken"
    POINT_GIVEN = "point_given"
    QUESTION = "question"
    REQUEST = "request"
    FORM_FULL = "form_full"
    SIGN_UP = "sign_up"
    SIGN_UP_WAITING = "sign_up_waiting"
    SIGN_UP_ACCEPTED = "sign_up_accepted"
    SIGN_UP_REFUSED = "sign_up_refused"


class Status(StrEnum):
    """The delivery status of a message for one recipient."""

    QUEUED = "queued"
    SENT = "sent"  # the next server has taken it
    BOUNCED = "bounced"  # its server refused it, at once or later
    FAILED = "failed"  # we could not send it: no address, or no server took it for days


class NotSentReason(StrEnum):
    """The reason why a message is not sent, where no server gave a code."""

    NO_ADDRESS = "no-address"
    ADDRESS_UNUSABLE = "address-unusable"
    SERVER_UNREACHABLE = "server-unreachable"
    SERVER_REFUSES_US = "server-refuses-us"
    FOLDER_NOT_WRITABLE = "folder-not-writable"
    ATTACHMENT_MISSING = "attachment-missing"
    BUG = "bug"


@dataclass(frozen=True)
class MessageDocument:
    """One of several documents that a message is about, and what is asked for of it.

    late_since: the day by which it was to be paid; due_date: it is still to come.
    """

    number: str
    issuer_name: str
    payable_cents: int
    elsewhere_cents: int | None = None
    due_date: date | None = None
    late_since: date | None = None
    takes_back: str | None = None
    credited_cents: int | None = None


@dataclass(frozen=True, kw_only=True)
class MessageFacts:
    """A document's facts in a message; None where its kind has no such fact.

    documents: all that the message is about, if there are several.
    """

    number: str
    issue_date: date
    due_date: date | None = None
    total_cents: int
    issuer_name: str
    operation_name: str
    contact: str | None = None
    open_cents: int | None = None
    settled_cents: int | None = None
    elsewhere_cents: int | None = None
    announced_cents: int | None = None
    announced_on: date | None = None
    overdue_cents: int | None = None
    level: int | None = None
    collection_date: date | None = None
    creditor_name: str | None = None
    iban: str | None = None
    rum: str | None = None
    ics: str | None = None
    url: str | None = None
    reference: str | None = None
    account_holder: str | None = None
    account: str | None = None
    debited_from: date | None = None
    least_debit_cents: int | None = None
    debited_alone_from: date | None = None
    reason: str | None = None
    takes_back: str | None = None
    replaces: str | None = None
    adds_to: str | None = None
    documents: Sequence[MessageDocument] = ()


@dataclass(frozen=True)
class Letter:
    """A message in words; the subject is one line."""

    subject: str
    body: str
    language: Language


@dataclass(frozen=True)
class LetterSender:
    """An organiser that writes to its members; its address is that of the member that it is."""

    name: str
    email: str | None


@dataclass(frozen=True)
class Recipient:
    """One address of a member, and the delivery status there, since when and why."""

    number: int
    address: str | None
    status: Status
    at: datetime
    reason: str | None


@dataclass(frozen=True)
class AttachedFile:
    """room: of the file store; None for content kept with the message."""

    name: str
    media_type: str
    byte_count: int
    sha256: str
    room: str | None = None


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message as it was written; recipients by number, one at least.

    member_id: None for a person who is no member yet. body: None for a secret one.
    """

    id: UUID
    member_id: UUID | None
    operation_id: OperationId | None
    kind: MessageKind
    language: Language
    subject: str
    body: str | None
    attachments: Sequence[AttachedFile]
    asked_at: datetime
    recipients: Sequence[Recipient]

    @property
    def without_addresses(self) -> "Message":
        return replace(
            self, recipients=[replace(recipient, address=None) for recipient in self.recipients]
        )


def next_attempt(*, attempts: int, now: datetime, expires_at: datetime) -> datetime | None:
    """Return the next time to try after this many attempts, ever less often; None to give up."""
    pause = min(_FIRST_PAUSE * 2 ** min(attempts - 1, 10), _LONGEST_PAUSE)
    return now + pause if now + pause <= expires_at else None
