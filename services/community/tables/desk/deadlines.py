"""The rows of the progress of an operation's months."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import OperationId
from services.community.tables.base import Base


class DepositMonthRow(Base):
    """A copy of allocation's ``DepositMonthChanged``: the state, and the last day of a deposit."""

    __tablename__ = "deposit_month"

    operation_id: Mapped[OperationId] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int]
    state: Mapped[str]
    last_day: Mapped[date | None]


class MonthProgressRow(Base):
    """A copy of allocation's events: the month was settled, coefficients were sent."""

    __tablename__ = "month_progress"

    operation_id: Mapped[OperationId] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    is_settled: Mapped[bool]
    coefficients_sent: Mapped[bool]
