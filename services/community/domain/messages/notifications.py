"""Notifications to members: in the app, by an e-mail at once or a digest, as each one chooses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Literal
from uuid import UUID

from libs.common.calendar import PARIS
from libs.common.errors import Problem
from libs.common.ids import OperationId

_MAILED_FROM = time(7)
"""Local time: nobody's telephone should ring at midnight for a digest."""


class NotificationKind(StrEnum):
    """The subject of a notification; each kind has a rule here, and words in ``domain.letters``."""

    POLL_OPENED = "poll_opened"
    POLL_CLOSING = "poll_closing"
    POLL_CLOSED = "poll_closed"
    POLL_CANCELLED = "poll_cancelled"
    NEWS_PUBLISHED = "news_published"
    POINT_LEFT = "point_left"
    GATHERING_ANNOUNCED = "gathering_announced"
    GATHERING_CHANGED = "gathering_changed"
    GATHERING_CANCELLED = "gathering_cancelled"
    GATHERING_SEAT = "gathering_seat"
    GATHERING_REMINDER = "gathering_reminder"
    GATHERING_MINUTES = "gathering_minutes"
    ASSEMBLY_CONVENED = "assembly_convened"
    ASSEMBLY_CHANGED = "assembly_changed"
    ASSEMBLY_CANCELLED = "assembly_cancelled"
    DOCUMENT_TO_SIGN = "document_to_sign"
    DOCUMENT_ENDS = "document_ends"
    ENROLMENT_SIGNED = "enrolment_signed"
    ENROLMENT_DECLARED = "enrolment_declared"
    ENROLMENT_ACTIVE = "enrolment_active"
    ENROLMENT_LEFT = "enrolment_left"
    CONSENT_ENDS = "consent_ends"
    MANDATE_CONFIRMED = "mandate_confirmed"
    MANDATE_DECLINED = "mandate_declined"
    MANDATE_ENDED = "mandate_ended"
    CHALLENGE_ANNOUNCED = "challenge_announced"
    CHALLENGE_MIDWAY = "challenge_midway"
    CHALLENGE_RESULT = "challenge_result"
    CHALLENGE_CANCELLED = "challenge_cancelled"
    DESK_DOCUMENT_ENDS = "desk_document_ends"
    DESK_CONVENTION_ENDS = "desk_convention_ends"
    DESK_POINT_LEFT = "desk_point_left"
    DESK_SIGN_UP = "desk_sign_up"
    DESK_ENROLMENTS = "desk_enrolments"
    DESK_CONSENTS_END = "desk_consents_end"
    DESK_LEAVE_REQUEST = "desk_leave_request"
    DESK_LEAVE_WITHDRAWN = "desk_leave_withdrawn"
    DESK_QUESTION = "desk_question"
    DESK_MANDATE_REQUEST = "desk_mandate_request"
    DESK_MANDATE_REVOKED = "desk_mandate_revoked"


class Channel(StrEnum):
    """The channel of a member's notifications; the app has them all too, except with ``none``."""

    EMAIL = "email"  # at once
    DAILY = "daily"  # in the digest of the day
    WEEKLY = "weekly"
    IN_APP = "in_app"
    NONE = "none"


Digest = Literal[Channel.DAILY, Channel.WEEKLY]
DIGESTS: Sequence[Digest] = (Channel.DAILY, Channel.WEEKLY)


@dataclass(frozen=True)
class ChannelRule:
    """The channels that a kind may have; the first one is the default."""

    channels: Sequence[Channel]

    @property
    def default(self) -> Channel:
        return self.channels[0]


_ANY = (Channel.DAILY, Channel.EMAIL, Channel.WEEKLY, Channel.IN_APP, Channel.NONE)
_AT_ONCE = (Channel.EMAIL, Channel.DAILY, Channel.WEEKLY, Channel.IN_APP, Channel.NONE)
_SOON = (Channel.EMAIL, Channel.IN_APP, Channel.NONE)  # in a digest it would come too late

RULES: Mapping[NotificationKind, ChannelRule] = {
    # Each partner has the right to take part in collective decisions (Code civil, art. 1844):
    # voters are notified in time, and notified if the vote is called off.
    NotificationKind.POLL_OPENED: ChannelRule((Channel.EMAIL,)),
    NotificationKind.POLL_CANCELLED: ChannelRule((Channel.EMAIL,)),
    # An exit of the contract that nobody asked for: members can only object if notified.
    NotificationKind.POINT_LEFT: ChannelRule((Channel.EMAIL,)),
    # Like polls: an assembly decides, so all are notified of its time and place.
    NotificationKind.ASSEMBLY_CONVENED: ChannelRule((Channel.EMAIL,)),
    NotificationKind.ASSEMBLY_CHANGED: ChannelRule((Channel.EMAIL,)),
    NotificationKind.ASSEMBLY_CANCELLED: ChannelRule((Channel.EMAIL,)),
    # Money will be taken from an account: the agreed text promises to state the RUM.
    NotificationKind.MANDATE_CONFIRMED: ChannelRule((Channel.EMAIL,)),
    NotificationKind.POLL_CLOSING: ChannelRule(_SOON),
    NotificationKind.GATHERING_SEAT: ChannelRule(_SOON),
    NotificationKind.GATHERING_REMINDER: ChannelRule(_SOON),
    NotificationKind.GATHERING_ANNOUNCED: ChannelRule(_AT_ONCE),
    NotificationKind.GATHERING_CHANGED: ChannelRule(_AT_ONCE),
    NotificationKind.GATHERING_CANCELLED: ChannelRule(_AT_ONCE),
    NotificationKind.GATHERING_MINUTES: ChannelRule(_AT_ONCE),
    NotificationKind.DOCUMENT_TO_SIGN: ChannelRule(_AT_ONCE),
    NotificationKind.MANDATE_DECLINED: ChannelRule(_AT_ONCE),
    NotificationKind.MANDATE_ENDED: ChannelRule(_AT_ONCE),
    NotificationKind.DOCUMENT_ENDS: ChannelRule(_ANY),
    NotificationKind.ENROLMENT_SIGNED: ChannelRule(_ANY),
    NotificationKind.ENROLMENT_DECLARED: ChannelRule(_ANY),
    NotificationKind.ENROLMENT_ACTIVE: ChannelRule(_ANY),
    NotificationKind.ENROLMENT_LEFT: ChannelRule(_ANY),
    NotificationKind.CONSENT_ENDS: ChannelRule(_ANY),
    NotificationKind.POLL_CLOSED: ChannelRule(_ANY),
    NotificationKind.NEWS_PUBLISHED: ChannelRule(_ANY),
    NotificationKind.CHALLENGE_ANNOUNCED: ChannelRule(_ANY),
    NotificationKind.CHALLENGE_MIDWAY: ChannelRule(_ANY),
    NotificationKind.CHALLENGE_RESULT: ChannelRule(_ANY),
    NotificationKind.CHALLENGE_CANCELLED: ChannelRule(_ANY),
    NotificationKind.DESK_DOCUMENT_ENDS: ChannelRule(_AT_ONCE),
    NotificationKind.DESK_CONVENTION_ENDS: ChannelRule(_AT_ONCE),
    NotificationKind.DESK_POINT_LEFT: ChannelRule(_AT_ONCE),
    NotificationKind.DESK_SIGN_UP: ChannelRule(_AT_ONCE),
    NotificationKind.DESK_LEAVE_REQUEST: ChannelRule(_AT_ONCE),
    NotificationKind.DESK_LEAVE_WITHDRAWN: ChannelRule(_AT_ONCE),
    NotificationKind.DESK_MANDATE_REQUEST: ChannelRule(_AT_ONCE),
    NotificationKind.DESK_MANDATE_REVOKED: ChannelRule(_AT_ONCE),
    # Somebody waits for an answer, and only the e-mail has the question.
    NotificationKind.DESK_QUESTION: ChannelRule((Channel.EMAIL,)),
    NotificationKind.DESK_ENROLMENTS: ChannelRule(_ANY),
    NotificationKind.DESK_CONSENTS_END: ChannelRule(_ANY),
}

DESK_KINDS = frozenset(kind for kind in NotificationKind if kind.startswith("desk_"))
"""For who runs operations; the others are for members."""


@dataclass(frozen=True)
class NotificationReader:
    """The receiver of notifications: a member, an organiser's or staff account, or both in one."""

    member_id: UUID | None = None
    account_id: UUID | None = None

    def reads(self, kind: NotificationKind) -> bool:
        return (self.account_id if kind in DESK_KINDS else self.member_id) is not None


class NotificationUnknown(Problem):
    status, slug, title = 404, "notification-unknown", "There is no such notification"
    example_detail = "You have no notification 0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10."


class ChannelNotOffered(Problem):
    status, slug, title = 409, "channel-not-offered", "This channel is not offered for this kind"
    example_detail = "poll_opened is sent by email: members have to be notified."


@dataclass(frozen=True, kw_only=True)
class Notification:
    """One thing that many members are notified of, each once.

    about_id: a member gets one notification of a kind with the same about_id. facts: named in the
    words of the kind. link: the path of the thing, below PUBLIC_URL.
    """

    kind: NotificationKind
    about_id: UUID
    operation_id: OperationId | None
    facts: Mapping[str, object]
    link: str


def check_channel(reader: NotificationReader, kind: NotificationKind, channel: Channel) -> None:
    """Raises ChannelNotOffered."""
    readers = "those who run operations" if kind in DESK_KINDS else "members"
    if not reader.reads(kind):
        raise ChannelNotOffered(f"{kind} is sent to {readers}, and not to you.")
    offered = RULES[kind].channels
    if channel not in offered:
        only = len(offered) == 1
        why = f": {readers} have to be notified." if only else "."
        raise ChannelNotOffered(f"{kind} is sent by {', '.join(offered)}{why}")


def digest_day(digest: Digest, now: datetime) -> date:
    """Return the local day whose digest is due now: it covers the time before that day.

    The weekly digest is Monday's. Before seven in the morning, the previous one is still due.
    """
    local = now.astimezone(PARIS)
    today = local.date() if local.time() >= _MAILED_FROM else local.date() - timedelta(days=1)
    return today if digest == Channel.DAILY else today - timedelta(days=today.weekday())


def next_digests_at(now: datetime) -> datetime:
    """Return when ``digest_day`` will change."""
    local = now.astimezone(PARIS)
    day = local.date() + timedelta(days=local.time() >= _MAILED_FROM)
    return datetime.combine(day, _MAILED_FROM, tzinfo=PARIS).astimezone(UTC)
