"""Every event class and every topic of the platform."""

from libs.common.events import allocation, billing, community, deposits, ingest
from libs.common.events.base import Event

ALL_EVENTS: tuple[type[Event], ...] = (
    community.MemberRecorded,
    community.PerimeterChanged,
    community.ConsentsChanged,
    community.MessageStatusChanged,
    community.PollOpened,
    community.PollClosed,
    community.ChallengeChanged,
    ingest.ReadingsRecorded,
    ingest.DsoResultsRecorded,
    ingest.PointLeft,
    allocation.SharesAllocated,
    allocation.DayHeldUp,
    allocation.CoefficientsSent,
    deposits.DepositMonthChanged,
    allocation.SettlementClosed,
    allocation.SettlementDetailed,
    allocation.SettlementRevised,
    allocation.ChallengeMeasured,
    billing.InvoiceIssued,
    billing.CreditorChanged,
    billing.MandateAsked,
    billing.MandateAnswered,
    billing.MandateRevoked,
    billing.MandateEnded,
    billing.MessageAsked,
)

ALL_TOPICS: tuple[str, ...] = (
    "ingest.readings",
    "ingest.dso-results",
    "ingest.contracts",
    "community.perimeter",
    "community.members",
    "community.consents",
    "community.messages",
    "community.polls",
    "community.challenges",
    "allocation.shares",
    "allocation.settlements",
    "allocation.challenges",
    "billing.invoices",
    "billing.creditors",
    "billing.mandates",
    "billing.messages",
)

STATES: frozenset[str] = frozenset(
    {"community.members", "community.perimeter", "community.consents"}
)
"""Topics whose records state everything about their key: the last one of a key is enough."""

LETTERS: frozenset[str] = frozenset({"billing.messages"})
"""Topics of letters to members, which are written within seconds."""
