"""Files that were sent, and what became of their records."""

from dataclasses import asdict, fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import OperationId
from services.ingest.domain.deliveries.deliveries import RecordCounts
from services.ingest.tables.base import Base


class DeliveryRow(Base):
    """A file that was sent, once or several times; senders are subjects of tokens, in order.

    number gives the order in which files came: unlike the clocks of several machines, it never goes
    back. first_read_at: by the database's clock, when it was read for the first time, whatever the
    result. reread_asked_at: since when it waits to be read again, after it had been read.
    file_purged_at: since when its file is no longer kept, as it was too old. organiser, operations:
    see ``domain.deliveries.deliveries.Organiser``; None for what comes from the DSO.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        Index("delivery_waiting", "number", postgresql_where=text("status = 'received'")),
        UniqueConstraint("sha256", "organiser", postgresql_nulls_not_distinct=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, Identity(always=True), unique=True)
    sha256: Mapped[str]
    file_name: Mapped[str]
    byte_count: Mapped[int] = mapped_column(BigInteger)
    senders: Mapped[list[str]] = mapped_column(ARRAY(Text))
    channel: Mapped[str] = mapped_column(server_default="push")
    received_at: Mapped[datetime]
    status: Mapped[str]
    formats: Mapped[list[str]] = mapped_column(ARRAY(Text))
    problem: Mapped[str | None]
    attempts: Mapped[int]
    started_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime | None]
    first_read_at: Mapped[datetime | None]
    reread_asked_at: Mapped[datetime | None]
    file_purged_at: Mapped[datetime | None]
    parsing_ms: Mapped[int | None]
    recording_ms: Mapped[int | None]
    records: Mapped[int]
    accepted: Mapped[int]
    superseding: Mapped[int]
    duplicate: Mapped[int]
    outdated: Mapped[int]
    quarantined: Mapped[int]
    held: Mapped[int]
    notes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    organiser: Mapped[str | None]
    operations: Mapped[list[OperationId] | None] = mapped_column(ARRAY(Text))

    @property
    def counts(self) -> RecordCounts:
        return RecordCounts(
            **{field.name: getattr(self, field.name) for field in fields(RecordCounts)}
        )

    @counts.setter
    def counts(self, counts: RecordCounts) -> None:
        for name, count in asdict(counts).items():
            setattr(self, name, count)


class DeliverySequenceRow(Base):
    """A delivery's place in a series of the DSO's files, see ``domain.deliveries.sequences``."""

    __tablename__ = "delivery_sequence"
    __table_args__ = (Index("delivery_sequence_delivery", "delivery_id"),)

    series: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    part: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    parts: Mapped[int]
    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("delivery.id"), primary_key=True)
