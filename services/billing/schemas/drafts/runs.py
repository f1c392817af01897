"""Bodies of the routes about billing runs. Money is in euro cents."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from pydantic import Field
from pydantic_core import from_json

from libs.common.http import BodyIn, BodyOut
from libs.common.ids import OperationId, OperationIdField
from services.billing.domain.drafts.blockers import DraftsBlocked
from services.billing.domain.drafts.runs import Preflight, RunState
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import InvoiceState
from services.billing.store.drafts.runs import RunCounts
from services.billing.tables import InvoiceRow, RunRow

_EXAMPLE_ID = "0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10"
_ANOMALY_FIELD = Field(
    description="each has a `code` (`zero`, `negative`, `unusual`, `siren-missing`,"
    " `account-missing`, `convention-missing`, `mandate-missing`, `routing-missing`,"
    " `not-delivered`, `carried`), a `detail`, and the `document_id` or `member_id` concerned;"
    " none blocks the issue",
    examples=[
        [
            {
                "code": "siren-missing",
                "detail": "Lucie Brindille sells without a SIREN.",
                "member_id": "5b6df807-d41e-5251-a808-b67bac9773b2",
            }
        ]
    ],
)


class RunIn(BodyIn):
    operation_id: OperationIdField = Field(examples=["ACC00000101"])
    period: str = Field(
        max_length=10,
        description="a month, or a quarter of three settled months: YYYY-MM or YYYY-Qn",
        examples=["2026-10"],
    )


class RunIssueIn(BodyIn):
    issue_date: date | None = Field(
        None,
        ge=date(2000, 1, 1),
        lt=date(2200, 1, 1),
        description="of all documents; default: the day on which they are issued, in Paris",
        examples=["2026-11-05"],
    )


class RunOut(BodyOut):
    """A billing run. Read its documents by their ids."""

    id: UUID
    operation_id: OperationId
    period: str = Field(examples=["2026-10"])
    state: RunState = Field(
        description="`waiting` to be drafted, in `review`, `blocked` (see `problem`), `issuing`,"
        " `issued` or `failed` (see `problem`)",
        examples=["review"],
    )
    created_at: datetime
    created_by: str
    changed_at: datetime
    issue_date: date | None
    documents: int = Field(examples=[1])
    issued: int = Field(description="number of documents issued", examples=[0])
    total_cents: int = Field(
        description="of its documents, VAT included; a credit note takes its own back",
        examples=[108],
    )
    document_ids: list[UUID] = Field(examples=[[_EXAMPLE_ID]])
    anomalies: list[dict[str, Any]] = _ANOMALY_FIELD
    problem: dict[str, Any] | None = Field(
        description="why it is blocked or failed; run it again", examples=[None]
    )

    @classmethod
    def of(cls, row: RunRow, counts: RunCounts) -> Self:
        return cls.model_validate(
            {
                **{name: getattr(row, name, None) for name in cls.model_fields},
                "documents": counts.documents,
                "issued": counts.issued,
                "total_cents": counts.total_cents,
            }
        )


class RunDocumentOut(BodyOut):
    """A document of the run, for review; the whole is read by its id."""

    id: UUID
    kind: DocumentKind
    number: str | None = Field(description="once issued", examples=["F2026-00001"])
    customer_name: str = Field(examples=["Lucie Brindille"])
    period_from: date = Field(description="earlier than the run's if periods were carried to it")
    period_to: date
    total_incl_vat_cents: int = Field(examples=[108])
    anomalies: list[dict[str, Any]] = Field(
        description="the run's anomalies about this document", examples=[[]]
    )

    @classmethod
    def of(cls, document: InvoiceRow, anomalies: list[dict[str, Any]]) -> Self:
        """One document of a run. anomalies: of this document."""
        content = from_json(document.content)
        return cls(
            id=document.id,
            kind=DocumentKind(document.kind),
            number=document.number,
            customer_name=content["customer"]["name"],
            period_from=document.period_from,
            period_to=document.period_to,
            total_incl_vat_cents=content["total_incl_vat_cents"],
            anomalies=anomalies,
        )


class RunDetailOut(RunOut):
    """A billing run with its documents."""

    items: list[RunDocumentOut] = Field(description="the existing documents, by id")

    @classmethod
    def of_documents(cls, row: RunRow, documents: Sequence[InvoiceRow]) -> Self:
        anomalies: defaultdict[str | None, list[dict[str, Any]]] = defaultdict(list)
        for anomaly in row.anomalies:
            anomalies[anomaly.get("document_id")].append(anomaly)
        items = [RunDocumentOut.of(document, anomalies[str(document.id)]) for document in documents]
        issued_count = sum(document.state == InvoiceState.ISSUED for document in documents)
        total_cents = sum(
            DocumentKind(document.kind).sign * document.total_cents for document in documents
        )
        counts = RunCounts(len(documents), issued_count, total_cents)
        return cls(**RunOut.of(row, counts).model_dump(), items=items)


class PreviewDocumentOut(BodyOut):
    kind: DocumentKind
    customer_id: UUID
    customer_name: str = Field(examples=["Lucie Brindille"])
    period_from: date
    period_to: date
    total_incl_vat_cents: int = Field(examples=[108])


class PreflightOut(BodyOut):
    """A preview of a run at present; nothing is stored."""

    ready: bool = Field(description="nothing blocks it", examples=[True])
    blockers: list[dict[str, Any]] = Field(
        description="as in `drafts-blocked` and `issue-blocked`",
        examples=[DraftsBlocked.example_facts["blockers"]],
    )
    anomalies: list[dict[str, Any]] = _ANOMALY_FIELD
    documents: list[PreviewDocumentOut]

    @classmethod
    def of(cls, preflight: Preflight) -> Self:
        blocked = preflight.blocked
        return cls.model_validate(
            {
                "ready": blocked is None,
                "blockers": blocked.facts["blockers"] if blocked else [],
                "anomalies": [anomaly.members for anomaly in preflight.anomalies],
                "documents": [
                    {
                        "kind": draft.kind,
                        "customer_id": draft.customer.member_id,
                        "customer_name": draft.customer.name,
                        "period_from": draft.period_from,
                        "period_to": draft.period_to,
                        "total_incl_vat_cents": draft.total_incl_vat_cents,
                    }
                    for draft in preflight.documents
                ],
            }
        )


class RunMailedOut(BodyOut):
    asked: int = Field(description="number of documents sent by this request", examples=[23])
