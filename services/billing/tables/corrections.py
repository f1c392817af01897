"""Operations' correction policies, and revisions by settlements."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Index, Integer, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.billing.tables.base import Base


class CorrectionPolicyRow(Base):
    """The policy chosen by an operation; operations without a row replace."""

    __tablename__ = "correction_policy"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    policy: Mapped[str]


class WithheldCorrectionRow(Base):
    """The change of a customer's debt by a correction that is below the threshold."""

    __tablename__ = "withheld_correction"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    issuer_id: Mapped[UUID] = mapped_column(primary_key=True)
    customer_id: Mapped[UUID] = mapped_column(primary_key=True)
    difference_cents: Mapped[int] = mapped_column(BigInteger)


class RevisionRow(Base):
    """A settlement that superseded another one, with its arrived events and resulting state."""

    __tablename__ = "revision"
    __table_args__ = (
        Index(
            "revision_due",
            "operation_id",
            "month",
            postgresql_where=text("drafted_at IS NULL AND refusal IS NULL"),
        ),
    )

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    supersedes: Mapped[int]
    parts: Mapped[int]
    arrived: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    asked: Mapped[int] = mapped_column(server_default="0")
    drafted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    refusal: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
