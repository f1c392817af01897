"""The rows of the schema ``community``; the migrations say the same in SQL."""

from services.community.tables.accounts import AccountRow, SigningKeyRow
from services.community.tables.base import Base
from services.community.tables.consents import ConsentRow
from services.community.tables.messages import (
    MessageAttachmentRow,
    MessageRecipientRow,
    MessageRow,
)
from services.community.tables.news import ArticleRow
from services.community.tables.notices import (
    DigestRow,
    NotificationChannelRow,
    NotificationRow,
    PollReminderRow,
)
from services.community.tables.polls import BallotRow, PollRow, PollSealRow, PollVoterRow
from services.community.tables.registry import (
    MemberRow,
    OperationRow,
    OrganiserRow,
    ParticipationRow,
    PointRow,
)

__all__ = [
    "AccountRow",
    "ArticleRow",
    "BallotRow",
    "Base",
    "ConsentRow",
    "DigestRow",
    "MemberRow",
    "MessageAttachmentRow",
    "MessageRecipientRow",
    "MessageRow",
    "NotificationChannelRow",
    "NotificationRow",
    "OperationRow",
    "OrganiserRow",
    "ParticipationRow",
    "PointRow",
    "PollReminderRow",
    "PollRow",
    "PollSealRow",
    "PollVoterRow",
    "SigningKeyRow",
]
