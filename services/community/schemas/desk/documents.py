"""Bodies of the routes for documents."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import ConfigDict, Field

from libs.common.edge.days import DayField
from libs.common.http import BodyIn, BodyOut
from libs.common.ids import OperationId, Sha256Field
from libs.common.texts import LineField
from services.community.domain.desk.documents import (
    Document,
    DocumentKind,
    Signature,
    SignatureState,
    state_of,
)

MAX_VERSION = 2_147_483_647


class DocumentIn(BodyIn):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "kind": "participation_agreement",
                    "title": "Accord de participation de Lucie Brindille",
                    "member_id": "5b6df807-d41e-5251-a808-b67bac9773b2",
                    "valid_from": "2026-01-01",
                    "valid_to": None,
                }
            ]
        }
    )

    kind: DocumentKind
    title: LineField
    member_id: UUID | None = Field(description="its owner; null for a convention")
    valid_from: DayField
    valid_to: DayField | None = Field(description="the first day without it; null: open-ended")

    def to_document(self, operation_id: OperationId, document_id: UUID) -> Document:
        """Raises DocumentUnfit."""
        return Document(id=document_id, operation_id=operation_id, **dict(self))


class SignatureBody(BodyIn):
    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "examples": [
                {"version": 1, "state": "signed", "day": "2025-12-05", "party": "Lucie Brindille"}
            ]
        },
    )

    version: int = Field(ge=1, le=MAX_VERSION, examples=[1])
    state: Literal["sent", "signed", "declined"]
    day: DayField = Field(description="local day on which it happened", examples=["2025-12-05"])
    party: LineField = Field(
        description="the receiver, or the party that signed or declined",
        examples=["Lucie Brindille"],
    )

    def to_signature(self) -> Signature:
        return Signature(**dict(self) | {"state": SignatureState(self.state)})


class SigningIn(BodyIn):
    model_config = ConfigDict(json_schema_extra={"examples": [{"sha256": "5e0f" * 16}]})

    sha256: Sha256Field = Field(description="of the version that was read")


class DocumentVersionOut(BodyOut):
    number: int = Field(examples=[1])
    sha256: str
    media_type: str = Field(examples=["application/pdf"])
    byte_count: int = Field(examples=[61_440])
    uploaded_at: datetime


class DocumentOut(BodyOut):
    id: UUID
    operation_id: OperationId
    kind: DocumentKind
    title: str = Field(examples=["Accord de participation de Lucie Brindille"])
    member_id: UUID | None
    valid_from: date
    valid_to: date | None
    state: SignatureState = Field(description="of the last version")
    versions: list[DocumentVersionOut]
    signatures: list[SignatureBody]

    @classmethod
    def of(
        cls,
        document: Document,
        versions: Sequence[DocumentVersionOut],
        signatures: Sequence[Signature],
    ) -> Self:
        return cls(
            **vars(document),
            state=state_of(signatures, len(versions)),
            versions=list(versions),
            signatures=[SignatureBody.model_validate(signature) for signature in signatures],
        )
