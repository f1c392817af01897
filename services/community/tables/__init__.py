"""The rows of the schema ``community``; the migrations define the same in SQL."""

from services.community.tables.accounts import AccountRow, SigningKeyRow
from services.community.tables.base import Base
from services.community.tables.calendars import CalendarFeedRow
from services.community.tables.capital import CapitalMovementRow
from services.community.tables.challenges import (
    ChallengeEntryRow,
    ChallengeMeasureRow,
    ChallengeRow,
)
from services.community.tables.consents import ConsentRow
from services.community.tables.conventions import ConventionReminderRow, ConventionRow
from services.community.tables.deadlines import MonthProgressRow
from services.community.tables.declarations import (
    DeclarationDownloadRow,
    DeclarationLineRow,
    DeclarationRow,
)
from services.community.tables.documents import (
    DocumentReminderRow,
    DocumentRow,
    DocumentSignatureRow,
    DocumentVersionRow,
)
from services.community.tables.email_changes import EmailChangeRow
from services.community.tables.enrolments import EnrolmentRow, EnrolmentStepRow
from services.community.tables.erasure import ErasureRow
from services.community.tables.feeds import FeedRow, FeedSecretRow
from services.community.tables.gatherings import (
    GatheringAttendanceRow,
    GatheringMaterialRow,
    GatheringMinutesRow,
    GatheringNoticeRow,
    GatheringReplyRow,
    GatheringRow,
    GatheringSeriesRow,
)
from services.community.tables.invitations import InvitationRow, LogInLinkRow
from services.community.tables.issuer_sessions import IssuerSessionRow
from services.community.tables.leave_requests import LeaveRequestRow
from services.community.tables.locations import LegalBasisRow, PointLocationRow
from services.community.tables.messages import (
    MessageAttachmentRow,
    MessageRecipientRow,
    MessageRow,
)
from services.community.tables.news import ArticleRow
from services.community.tables.notifications import (
    DigestRow,
    NotificationChannelRow,
    NotificationRow,
    PollReminderRow,
)
from services.community.tables.one_time_codes import RecoveryCodeRow, TotpRow
from services.community.tables.polls import BallotRow, PollRow, PollSealRow, PollVoterRow
from services.community.tables.presentations import PresentationRow
from services.community.tables.registry import (
    MemberRow,
    OperationRow,
    OrganiserRow,
    ParticipationRow,
    PointHolderRow,
    PointRow,
)
from services.community.tables.requests import (
    RequestCountRow,
    RequestNoteRow,
    RequestPurgeRow,
    RequestRow,
    RequestStepRow,
)
from services.community.tables.sessions import (
    AddressKeyRow,
    LogInFailureRow,
    RefreshTokenRow,
    SessionRow,
)
from services.community.tables.sign_ups import SignUpRow

__all__ = [
    "AccountRow",
    "AddressKeyRow",
    "ArticleRow",
    "BallotRow",
    "Base",
    "CalendarFeedRow",
    "CapitalMovementRow",
    "ChallengeEntryRow",
    "ChallengeMeasureRow",
    "ChallengeRow",
    "ConsentRow",
    "ConventionReminderRow",
    "ConventionRow",
    "DeclarationDownloadRow",
    "DeclarationLineRow",
    "DeclarationRow",
    "DigestRow",
    "DocumentReminderRow",
    "DocumentRow",
    "DocumentSignatureRow",
    "DocumentVersionRow",
    "EmailChangeRow",
    "EnrolmentRow",
    "EnrolmentStepRow",
    "ErasureRow",
    "FeedRow",
    "FeedSecretRow",
    "GatheringAttendanceRow",
    "GatheringMaterialRow",
    "GatheringMinutesRow",
    "GatheringNoticeRow",
    "GatheringReplyRow",
    "GatheringRow",
    "GatheringSeriesRow",
    "InvitationRow",
    "IssuerSessionRow",
    "LeaveRequestRow",
    "LegalBasisRow",
    "LogInFailureRow",
    "LogInLinkRow",
    "MemberRow",
    "MessageAttachmentRow",
    "MessageRecipientRow",
    "MessageRow",
    "MonthProgressRow",
    "NotificationChannelRow",
    "NotificationRow",
    "OperationRow",
    "OrganiserRow",
    "ParticipationRow",
    "PointHolderRow",
    "PointLocationRow",
    "PointRow",
    "PollReminderRow",
    "PollRow",
    "PollSealRow",
    "PollVoterRow",
    "PresentationRow",
    "RecoveryCodeRow",
    "RefreshTokenRow",
    "RequestCountRow",
    "RequestNoteRow",
    "RequestPurgeRow",
    "RequestRow",
    "RequestStepRow",
    "SessionRow",
    "SignUpRow",
    "SigningKeyRow",
    "TotpRow",
]
