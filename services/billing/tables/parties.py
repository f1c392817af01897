"""Who sells and how it is taxed: versions, which a trigger keeps as they are."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime
from sqlalchemy.orm import Mapped, mapped_column

from services.billing.tables.base import Base


class IssuerProfileRow(Base):
    """A version of a selling member's profile, by the number in which it was recorded."""

    __tablename__ = "issuer_profile"

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    profile: Mapped[dict[str, Any]]


class AcciseRegimeRow(Base):
    """What an operation decided on the accise, by the number in which it was recorded."""

    __tablename__ = "accise_regime"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    entry: Mapped[dict[str, Any]]
