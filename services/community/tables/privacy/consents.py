"""The rows of the ledger of consents."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import Prm
from services.community.tables.base import Base


class ConsentRow(Base):
    """A member's answer, see ``domain.privacy.consents``; only a withdrawal is added."""

    __tablename__ = "consent"
    __table_args__ = (Index("consent_member", "member_id"), Index("consent_prm", "prm"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    prm: Mapped[Prm] = mapped_column(ForeignKey("point.prm"))
    purpose: Mapped[str]
    granularity: Mapped[str]
    answer: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    proof_reference: Mapped[str | None]
    proof_sha256: Mapped[str | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    withdrawn_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None]
