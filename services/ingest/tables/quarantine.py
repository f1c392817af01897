"""Records that are kept out, flags on readings that are taken, and how rules are set."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, SmallInteger, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import Prm
from services.ingest.tables.base import Base


class QuarantinedRecordRow(Base):
    """A record that is not a reading we can keep; number is its place among those of its file.

    A record that can be read as a reading has the columns from prm to published_us (power_w is null
    if missing), any other has none; see ``domain.refusals``. replacement is what it was corrected
    to.
    """

    __tablename__ = "quarantined_record"
    __table_args__ = (
        Index("quarantined_record_prm", "prm", postgresql_where=text("prm IS NOT NULL")),
        Index("quarantined_record_open", "id", postgresql_where=text("state = 'open'")),
    )

    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("delivery.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), unique=True)
    position: Mapped[str]
    reason: Mapped[str]
    record: Mapped[str]
    code: Mapped[str]
    prm: Mapped[Prm | None]
    direction: Mapped[str | None]
    day: Mapped[date | None]
    start: Mapped[datetime | None]
    step_min: Mapped[int | None] = mapped_column(SmallInteger)
    power_w: Mapped[int | None]
    nature: Mapped[str | None]
    doubtful: Mapped[bool | None]
    published_us: Mapped[int | None] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(server_default="open")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    decided_because: Mapped[str | None]
    replacement: Mapped[str | None]


class ReadingFlagRow(Base):
    """A finding of a rule in the last revision of a block. slots: the steps, from 0, in order."""

    __tablename__ = "reading_flag"

    prm: Mapped[Prm] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    step_min: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    slots: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger))


class ValidationRow(Base):
    """The changes of an operation, or of the platform (empty scope), to defaults of rules."""

    __tablename__ = "validation"

    scope: Mapped[str] = mapped_column(primary_key=True)
    changes: Mapped[dict[str, Any]] = mapped_column(JSONB)
