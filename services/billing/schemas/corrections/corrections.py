"""Bodies of the routes about corrections. Money is in euro cents, energy in watt-minutes."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import Field

from libs.common.http import BodyIn, BodyOut
from libs.common.texts import ReasonField
from services.billing.domain.invoices.documents import CorrectionPolicy, DocumentKind
from services.billing.tables import InvoiceRow, RevisionRow, WithheldCorrectionRow

_EXAMPLE_ID = "0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10"


class CorrectionPolicyBody(BodyIn):
    policy: CorrectionPolicy = Field(
        description="`replace`: a credit note of the whole invoice, and a corrective invoice;"
        " `difference`: a credit note of energy billed too much, an invoice of energy not billed",
        examples=["difference"],
    )


class CreditLineIn(BodyIn):
    position: int = Field(ge=1, le=100_000, description="of the invoice's line, from 1")
    energy_wmin: int | None = Field(
        None, ge=0, le=2**53, description="null: all that is left of the line", examples=[432_000]
    )


class CreditNoteIn(BodyIn):
    """A credit note; without lines, of all that is left of the invoice."""

    reason: ReasonField = Field(description="the credit note shows it", examples=["Wrong address"])
    lines: list[CreditLineIn] = Field([], max_length=10_000, examples=[[{"position": 1}]])


class LinkedDocumentOut(BodyOut):
    id: UUID
    kind: DocumentKind
    number: str | None = Field(examples=["A2026-00001"])
    issue_date: date | None

    @classmethod
    def all_of(cls, rows: Iterable[InvoiceRow]) -> list[Self]:
        return [cls.model_validate(row) for row in rows]


class LinksOut(BodyOut):
    """A document's links to issued ones, and the amount left of it."""

    refers_to: list[LinkedDocumentOut] = Field(
        description="the documents that it credits, replaces or adds to", examples=[[]]
    )
    referred_by: list[LinkedDocumentOut] = Field(
        description="the documents that have credited it, replaced it or added to it"
    )
    left_cents: int | None = Field(
        description="the amount left after credit notes, VAT included; null for drafts and credit"
        " notes",
        examples=[0],
    )


class RevisionOut(BodyOut):
    """A settlement that superseded another one of its month, and the state of its corrections."""

    number: int = Field(examples=[2])
    supersedes: int = Field(examples=[1])
    parts: int = Field(description="number of its events", examples=[1])
    arrived: int = Field(description="number of events that have arrived", examples=[1])
    state: Literal["incomplete", "superseded", "waiting", "drafted", "blocked"] = Field(
        description="`blocked`: see `problem`; it is retried when a price, a participation, a"
        " member or the policy changes",
        examples=["drafted"],
    )
    drafted_at: datetime | None
    problem: dict[str, Any] | None = Field(
        description="as answered by the route that drafts the month", examples=[None]
    )

    @classmethod
    def of(cls, row: RevisionRow, newest: int | None) -> Self:
        return cls(
            number=row.number,
            supersedes=row.supersedes,
            parts=row.parts,
            arrived=len(row.arrived),
            state=_state(row, newest),
            drafted_at=row.drafted_at,
            problem=row.refusal,
        )


def _state(
    row: RevisionRow, newest: int | None
) -> Literal["incomplete", "superseded", "waiting", "drafted", "blocked"]:
    if newest is not None and row.number < newest:
        return "superseded"
    if len(row.arrived) < row.parts:
        return "incomplete"
    if row.refusal is not None:
        return "blocked"
    return "waiting" if row.drafted_at is None else "drafted"


class WithheldOut(BodyOut):
    """A correction of a customer's documents that is below the operation's threshold."""

    issuer_id: UUID
    customer_id: UUID
    difference_cents: int = Field(
        description="that the customer would owe more; negative: less", examples=[-7]
    )

    @classmethod
    def all_of(cls, rows: Iterable[WithheldCorrectionRow]) -> list[Self]:
        return [cls.model_validate(row) for row in rows]


class CorrectionsOut(BodyOut):
    revisions: list[RevisionOut] = Field(description="by number")
    draft_ids: list[UUID] = Field(
        description="drafts of the month that follow an issued document", examples=[[_EXAMPLE_ID]]
    )
    withheld: list[WithheldOut] = Field(
        description="corrections that wait until their difference reaches the least to correct"
    )
