"""Facts about points besides their readings; see ``domain.facts.facts``."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import OperationId, Prm
from services.ingest.tables.base import Base


class MeterIndexRow(Base):
    """The index that a counter showed, as last published."""

    __tablename__ = "meter_index"
    __table_args__ = (Index("meter_index_read_at", "read_at", postgresql_using="brin"),)

    prm: Mapped[Prm] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    register: Mapped[str] = mapped_column(primary_key=True)
    read_at: Mapped[datetime] = mapped_column(primary_key=True)
    index_wh: Mapped[int] = mapped_column(BigInteger)
    doubtful: Mapped[bool]
    published_us: Mapped[int] = mapped_column(BigInteger)


class InvoicedQuantityRow(Base):
    """The quantity invoiced for a tariff class over ``[from_day, to_day)``, as last published."""

    __tablename__ = "invoiced_quantity"
    __table_args__ = (Index("invoiced_quantity_to_day", "to_day", postgresql_using="brin"),)

    prm: Mapped[Prm] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    grid: Mapped[str] = mapped_column(primary_key=True)
    tariff_class: Mapped[str] = mapped_column(primary_key=True)
    from_day: Mapped[date] = mapped_column(primary_key=True)
    to_day: Mapped[date] = mapped_column(primary_key=True)
    quantity_wh: Mapped[int] = mapped_column(BigInteger)
    nature: Mapped[str]
    is_cancelled: Mapped[bool]
    published_us: Mapped[int] = mapped_column(BigInteger)


class ContractEventRow(Base):
    """An event of a point's contract."""

    __tablename__ = "contract_event"

    prm: Mapped[Prm] = mapped_column(primary_key=True)
    happened_at: Mapped[datetime] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    affair: Mapped[str] = mapped_column(primary_key=True)
    collective: Mapped[str]
    state: Mapped[str]
    published_us: Mapped[int] = mapped_column(BigInteger)


class DepartureRow(Base):
    """A point that left an operation, as published on the event log."""

    __tablename__ = "departure"

    operation_id: Mapped[OperationId] = mapped_column(primary_key=True)
    prm: Mapped[Prm] = mapped_column(primary_key=True)
    left_on: Mapped[date] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(primary_key=True)
