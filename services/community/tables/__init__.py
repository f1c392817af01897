"""The rows of the schema ``community``; the migrations define the same in SQL."""

from services.community.tables.accounts.accounts import AccountRow, SigningKeyRow
from services.community.tables.accounts.feeds import FeedRow, FeedSecretRow
from services.community.tables.accounts.invitations import InvitationRow, LogInLinkRow
from services.community.tables.accounts.issuer_sessions import IssuerSessionRow
from services.community.tables.accounts.one_time_codes import RecoveryCodeRow, TotpRow
from services.community.tables.accounts.sessions import (
    AddressKeyRow,
    LogInFailureRow,
    RefreshTokenRow,
    SessionRow,
)
from services.community.tables.base import Base
from services.community.tables.calendars import CalendarFeedRow
from services.community.tables.capital import CapitalMovementRow
from services.community.tables.challenges import (
    ChallengeEntryRow,
    ChallengeMeasureRow,
    ChallengeRow,
)
from services.community.tables.desk.conventions import ConventionReminderRow, ConventionRow
from services.community.tables.desk.deadlines import DepositMonthRow, MonthProgressRow
from services.community.tables.desk.documents import (
    DocumentReminderRow,
    DocumentRow,
    DocumentSignatureRow,
    DocumentVersionRow,
)
from services.community.tables.enrolments.declarations import (
    DeclarationDownloadRow,
    DeclarationLineRow,
    DeclarationRow,
)
from services.community.tables.enrolments.enrolments import EnrolmentRow, EnrolmentStepRow
from services.community.tables.enrolments.leave_requests import LeaveRequestRow
from services.community.tables.feasibility.locations import LegalBasisRow, PointLocationRow
from services.community.tables.gatherings import (
    GatheringAttendanceRow,
    GatheringMaterialRow,
    GatheringMinutesRow,
    GatheringNoticeRow,
    GatheringReplyRow,
    GatheringRow,
    GatheringSeriesRow,
)
from services.community.tables.members.email_changes import EmailChangeRow
from services.community.tables.members.registry import (
    MemberReferenceRow,
    MemberRow,
    OperationRow,
    OrganiserRow,
    ParticipationRow,
    PointHolderRow,
    PointRow,
)
from services.community.tables.messages.messages import (
    MessageAttachmentRow,
    MessageRecipientRow,
    MessageRow,
)
from services.community.tables.messages.news import ArticleRow
from services.community.tables.messages.notifications import (
    DigestRow,
    NotificationChannelRow,
    NotificationRow,
    PollReminderRow,
)
from services.community.tables.polls import BallotRow, PollRow, PollSealRow, PollVoterRow
from services.community.tables.privacy.consents import ConsentRow
from services.community.tables.privacy.erasure import ErasureRow
from services.community.tables.requests.presentations import PresentationRow
from services.community.tables.requests.requests import (
    RequestCountRow,
    RequestNoteRow,
    RequestPurgeRow,
    RequestRow,
    RequestStepRow,
)
from services.community.tables.requests.sign_ups import SignUpRow

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
    "DepositMonthRow",
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
    "MemberReferenceRow",
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
