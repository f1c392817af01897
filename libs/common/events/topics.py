"""Every event class and every topic of the platform."""

from libs.common.events import allocation, billing, community, ingest
from libs.common.events.base import Event

ALL_EVENTS: tuple[type[Event], ...] = (
    community.MemberRecorded,
    community.PerimeterChanged,
    ingest.ReadingsRecorded,
    ingest.DsoResultsRecorded,
    allocation.SharesAllocated,
    allocation.SettlementClosed,
    billing.InvoiceIssued,
)

ALL_TOPICS: tuple[str, ...] = (
    "ingest.readings",
    "ingest.dso-results",
    "community.perimeter",
    "community.members",
    "allocation.shares",
    "allocation.settlements",
    "billing.invoices",
)
