"""The rows of the register of co-operative shares."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.community.tables.base import Base


class CapitalMovementRow(Base):
    """A movement, see ``domain.capital``; triggers let it be cancelled only, and count holdings."""

    __tablename__ = "capital_movement"
    __table_args__ = (
        UniqueConstraint("organiser_id", "number"),
        Index("capital_movement_from", "from_member_id"),
        Index("capital_movement_to", "to_member_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organiser_id: Mapped[UUID] = mapped_column(ForeignKey("organiser.id"))
    number: Mapped[int]
    kind: Mapped[str]
    day: Mapped[date]
    from_member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"))
    to_member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"))
    capital_shares: Mapped[int]
    nominal_cents: Mapped[int]
    document_reference: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[str | None]
    cancelled_reason: Mapped[str | None]
