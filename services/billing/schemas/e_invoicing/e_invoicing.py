"""Bodies of the routes about e-invoicing. Money is in euro cents."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from libs.common.company_numbers import SiretField
from libs.common.http import BodyIn, BodyOut
from libs.common.texts import RawLineField
from services.billing.domain.e_invoicing.channels import Channel, Why
from services.billing.domain.e_invoicing.report_periods import Frequency
from services.billing.domain.e_invoicing.submissions import SubmissionState
from services.billing.domain.invoices.routing import Routing
from services.billing.schemas.invoices.invoices import RoutingOut
from services.billing.tables import SubmissionEventRow, SubmissionRow

_ROUTING: dict[str, Any] = {
    "siret": "99100001900018",
    "service_code": "SRV-ENERGIE",
    "commitment_number": "EJ-2026-0042",
}
_ID = "0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10"
_SENT: dict[str, Any] = {
    "channel": "b2g",
    "number": "F2026-00001",
    "file_name": "992000026_F2026-00001.pdf",
    "sha256": "5e0f" * 16,
    "byte_count": 48_213,
    "content_hash": "5e0f" * 16,
    "issuer_siren": "992000026",
    "customer_siren": "991000019",
    "routing": _ROUTING,
}


class RoutingBody(BodyIn):
    """The address at which a customer wants its invoices; null is unknown."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ROUTING]})

    siret: SiretField | None = Field(
        description="of its establishment", examples=[_ROUTING["siret"]]
    )
    service_code: Annotated[RawLineField, StringConstraints(max_length=100)] | None = Field(
        description="« code service »: BT-10 of the invoice",
        examples=[_ROUTING["service_code"]],
    )
    commitment_number: Annotated[RawLineField, StringConstraints(max_length=50)] | None = Field(
        description="« numéro d'engagement »: BT-13 of the invoice",
        examples=[_ROUTING["commitment_number"]],
    )

    def to_routing(self) -> Routing:
        return Routing(self.siret, self.service_code, self.commitment_number)


class SubmissionEventOut(BodyOut):
    """A state that a submission had from an instant on."""

    at: datetime = Field(examples=["2026-11-05T08:00:00Z"])
    state: SubmissionState
    official_code: str | None = Field(
        description="in the DGFiP's life cycle, if it has this state", examples=["200"]
    )
    platform_code: str | None = Field(
        description="in the platform's own words", examples=["IN_INTEGRE"]
    )
    reason: str | None = Field(examples=[None])


class EnvelopeOut(BodyOut):
    """The facts sent with the file, or to be sent; `sha256` is the hash of the file itself."""

    channel: Channel
    number: str = Field(description="of the document, or the period", examples=[_SENT["number"]])
    file_name: str = Field(examples=[_SENT["file_name"]])
    sha256: str = Field(examples=[_SENT["sha256"]])
    byte_count: int = Field(examples=[_SENT["byte_count"]])
    content_hash: str
    issuer_siren: str | None = Field(examples=[_SENT["issuer_siren"]])
    customer_siren: str | None = Field(examples=[_SENT["customer_siren"]])
    routing: RoutingOut | None


class SubmissionOut(BodyOut):
    """The submission of a document, or of the sums of a period, to a platform."""

    id: UUID
    channel: Channel = Field(
        description="`b2b`: an approved platform; `b2g`: Chorus Pro; `b2c`: e-reporting"
    )
    issuer_id: UUID
    invoice_id: UUID | None = Field(examples=[_ID])
    e_report_id: UUID | None = Field(examples=[None])
    state: SubmissionState = Field(
        description="`recorded`: not sent, as no platform is set; `unsure`: it may have arrived,"
        " check the platform before you submit it again"
    )
    why: Why = Field(description="why it is due, or is not")
    created_at: datetime
    next_at: datetime | None = Field(
        description="time of the next automatic step", examples=["2026-11-05T08:05:00Z"]
    )
    attempts: int = Field(examples=[1])
    platform: str | None = Field(examples=["chorus_pro"])
    receipt: str | None = Field(
        description="the platform's number of the deposit", examples=["CPP9911117000000000425903"]
    )
    sent: EnvelopeOut | None = Field(description="null before the first attempt")
    history: list[SubmissionEventOut]

    @classmethod
    def all_of(
        cls, rows: Sequence[SubmissionRow], events: Iterable[SubmissionEventRow]
    ) -> list[Self]:
        events_of_submission: defaultdict[UUID, list[dict[str, object]]] = defaultdict(list)
        for event in events:
            code = SubmissionState(event.state).official_code
            events_of_submission[event.submission_id].append(
                {
                    "at": event.at,
                    "state": event.state,
                    "official_code": code,
                    "platform_code": event.platform_code,
                    "reason": event.reason,
                }
            )
        fields = [name for name in cls.model_fields if name != "history"]
        return [
            cls.model_validate(
                {name: getattr(row, name) for name in fields}
                | {"history": events_of_submission[row.id]}
            )
            for row in rows
        ]


class ReportedRateOut(BodyOut):
    rate: str = Field(examples=["0.2"])
    transactions: int = Field(description="documents with this rate", examples=[2])
    base_cents: int = Field(examples=[620])
    vat_cents: int = Field(examples=[124])


class ReportedDayOut(BodyOut):
    """Sales to households on one issue date, less credits."""

    day: date
    category: str = Field(description="of the transactions, flow 10.3", examples=["TLB1"])
    transactions: int = Field(description="documents", examples=[2])
    base_cents: int = Field(examples=[620])
    vat_cents: int = Field(examples=[124])
    rates: list[ReportedRateOut]


class ClosedReportOut(BodyOut):
    """A closed report; the next one replaces it."""

    id: UUID
    number: int
    closed_at: datetime = Field(examples=["2027-10-01T08:00:00Z"])
    content_hash: str


class SumsOut(BodyOut):
    """The present sums of a period for e-reporting, and its closed reports."""

    issuer_id: UUID
    period: str = Field(examples=["2027-09"])
    first_day: date
    last_day: date
    currency: str = Field(examples=["EUR"])
    frequency: Frequency = Field(description="how often this seller reports")
    is_certain: bool = Field(
        description="false: it has not stated how it declares VAT, or the source is not the law",
        examples=[True],
    )
    why: Why = Field(description="why reports are due on the first day, or are not")
    days: list[ReportedDayOut]
    closed: list[ClosedReportOut]
    is_outdated: bool = Field(
        description="the last closed report has other sums: report again", examples=[False]
    )


class ReportOut(ClosedReportOut):
    """A report and its submission."""

    file: dict[str, Any] = Field(
        description="the content sent, with sorted keys and no spaces",
        examples=[{"currency": "EUR", "days": [], "number": 1, "period": "2027-09"}],
    )
    submission: SubmissionOut
