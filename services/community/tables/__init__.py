"""The rows of the schema ``community``; the migrations say the same in SQL."""

from services.community.tables.accounts import AccountRow, SigningKeyRow
from services.community.tables.base import Base
from services.community.tables.consents import ConsentRow
from services.community.tables.locations import LegalBasisRow, PointLocationRow
from services.community.tables.messages import MessageRecipientRow, MessageRow
from services.community.tables.polls import BallotRow, PollRow, PollSealRow, PollVoterRow
from services.community.tables.registry import (
    MemberRow,
    OperationRow,
    OrganiserRow,
    ParticipationRow,
    PointRow,
)
from services.community.tables.requests import (
    RequestCountRow,
    RequestNoteRow,
    RequestPurgeRow,
    RequestRow,
    RequestSaltRow,
    RequestStepRow,
)

__all__ = [
    "AccountRow",
    "BallotRow",
    "Base",
    "ConsentRow",
    "LegalBasisRow",
    "MemberRow",
    "MessageRecipientRow",
    "MessageRow",
    "OperationRow",
    "OrganiserRow",
    "ParticipationRow",
    "PointLocationRow",
    "PointRow",
    "PollRow",
    "PollSealRow",
    "PollVoterRow",
    "RequestCountRow",
    "RequestNoteRow",
    "RequestPurgeRow",
    "RequestRow",
    "RequestSaltRow",
    "RequestStepRow",
    "SigningKeyRow",
]
