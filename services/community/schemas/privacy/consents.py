"""Bodies of the routes for consents."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from libs.common.edge.days import DayField
from libs.common.http import BodyIn, BodyOut
from libs.common.ids import Prm, PrmField, Sha256Field
from libs.common.texts import LineField
from services.community.domain.privacy.consents import (
    Consent,
    ConsentAnswer,
    Granularity,
    Proof,
    Purpose,
)


class ProofBody(BodyIn):
    """A document that the member signed; it is kept elsewhere."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"reference": "Mandat 2026-014, classeur 3", "sha256": "5f" * 32}]
        }
    )

    reference: LineField = Field(description="where the document is")
    sha256: Sha256Field = Field(description="of the document's bytes, in lower-case hexadecimal")

    def to_proof(self) -> Proof:
        return Proof(self.reference, self.sha256)


class ConsentIn(BodyIn):
    """A member's answer about one purpose and one granularity: never a box for several."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "prm": "99110000000101",
                    "purpose": "display",
                    "granularity": "daily",
                    "answer": "granted",
                    "valid_from": "2026-11-01",
                    "valid_to": "2029-11-01",
                    "proof": {"reference": "Mandat 2026-014, classeur 3", "sha256": "5f" * 32},
                }
            ]
        }
    )

    prm: PrmField
    purpose: Literal[Purpose.COLLECTION, Purpose.DISPLAY] = Field(
        description="`collection`: fetch it from the DSO · `display`: show it to the organiser"
    )
    granularity: Granularity
    answer: ConsentAnswer = ConsentAnswer.GRANTED
    valid_from: DayField
    valid_to: DayField = Field(description="first day without it; three years later at most")
    proof: ProofBody | None = Field(
        default=None, description="needed unless the member records it, logged in"
    )

    def to_consent(self, member_id: UUID, consent_id: UUID) -> Consent:
        """Raises ConsentEmpty, ConsentTooLong."""
        proof = self.proof and self.proof.to_proof()
        return Consent(id=consent_id, member_id=member_id, **dict(self) | {"proof": proof})


class ConsentOut(BodyOut):
    """A member's answer, its recorder, and its withdrawal if there was one."""

    id: UUID
    prm: Prm
    purpose: Purpose = Field(
        description="`collection` · `display` · `challenge`: given by taking part in a challenge"
    )
    granularity: Granularity
    answer: ConsentAnswer
    valid_from: date
    valid_to: date = Field(description="first day without it")
    proof_reference: str | None = Field(
        description="null: the member recorded it, logged in", examples=["accord-2026-014.pdf"]
    )
    proof_sha256: str | None
    recorded_at: datetime
    recorded_by: str = Field(description="subject of the token")
    withdrawn_on: date | None = Field(
        description="from this local day on it no longer counts", examples=[None]
    )
    withdrawn_at: datetime | None
    withdrawn_by: str | None = Field(
        description="subject of the token; `dso` when the point's contract ended or changed hands"
    )
