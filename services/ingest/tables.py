"""The rows of the schema ``ingest``; the migrations say the same in SQL."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from libs.common.ids import OperationId, Prm
from services.ingest.domain.deliveries import Counts


class Base(DeclarativeBase):
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's way
        str: Text,
        Prm: Text,
        OperationId: Text,
        datetime: DateTime(timezone=True),
    }


class DeliveryRow(Base):
    """A file that was sent, once or several times; senders are subjects of tokens, first first.

    number gives the order in which files came: unlike the clocks of several machines, it never
    goes back.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        Index("delivery_waiting", "number", postgresql_where=text("status = 'received'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, Identity(always=True), unique=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    file_name: Mapped[str]
    byte_count: Mapped[int]
    senders: Mapped[list[str]] = mapped_column(ARRAY(Text))
    received_at: Mapped[datetime]
    status: Mapped[str]
    formats: Mapped[list[str]] = mapped_column(ARRAY(Text))
    problem: Mapped[str | None]
    attempts: Mapped[int]
    recorded_at: Mapped[datetime | None]
    records: Mapped[int]
    accepted: Mapped[int]
    duplicate: Mapped[int]
    quarantined: Mapped[int]
    held: Mapped[int]

    @property
    def counts(self) -> Counts:
        return Counts(self.records, self.accepted, self.duplicate, self.quarantined, self.held)


class DeliveryFileRow(Base):
    """The bytes as they came, compressed by zlib."""

    __tablename__ = "delivery_file"

    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("delivery.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class QuarantinedRecordRow(Base):
    """A record that is not a reading we can keep; number is its place among those of its file."""

    __tablename__ = "quarantined_record"

    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("delivery.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[str]
    reason: Mapped[str]
    record: Mapped[str]


class ReadingBlockRow(Base):
    """One revision of a block, see ``domain.blocks``; rows are never changed."""

    __tablename__ = "reading_block"

    prm: Mapped[Prm] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    step_min: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    power_w: Mapped[list[int | None]] = mapped_column(ARRAY(Integer))
    natures: Mapped[str]
    doubtful: Mapped[list[bool]] = mapped_column(ARRAY(Boolean))
    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("delivery.id"))


class HeldBlockRow(Base):
    """A block whose last revision no operation was given, for none covers it."""

    __tablename__ = "held_block"

    prm: Mapped[Prm] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    step_min: Mapped[int] = mapped_column(SmallInteger, primary_key=True)


class PublishedBlockRow(Base):
    """A revision of a block that an operation was given."""

    __tablename__ = "published_block"

    operation_id: Mapped[OperationId] = mapped_column(primary_key=True)
    prm: Mapped[Prm] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    step_min: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)


class PublishedDayRow(Base):
    """How many events an operation was given about a day."""

    __tablename__ = "published_day"

    operation_id: Mapped[OperationId] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    revision: Mapped[int]


class PerimeterRow(Base):
    """The revision of an operation's perimeter that its participations are of."""

    __tablename__ = "perimeter"

    operation_id: Mapped[OperationId] = mapped_column(primary_key=True)
    revision: Mapped[int]


class ParticipationRow(Base):
    """A copy of the community's, see ``domain.coverage``."""

    __tablename__ = "participation"
    __table_args__ = (Index("participation_prm", "prm"),)

    operation_id: Mapped[OperationId] = mapped_column(
        ForeignKey("perimeter.operation_id"), primary_key=True
    )
    prm: Mapped[Prm] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[UUID]
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_to: Mapped[date | None]
