"""Versions of sellers' profiles and accise regimes, which a trigger keeps from changes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime
from sqlalchemy.orm import Mapped, mapped_column

from services.billing.tables.base import Base


class IssuerProfileRow(Base):
    """A version of a selling member's profile, numbered in order of recording."""

    __tablename__ = "issuer_profile"

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    profile: Mapped[dict[str, Any]]


class AcciseRegimeRow(Base):
    """An operation's decision on the accise, numbered in order of recording."""

    __tablename__ = "accise_regime"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    entry: Mapped[dict[str, Any]]
