"""The DSO's own results for days and for months, and their comparison with our shares."""

from datetime import date

from sqlalchemy import ARRAY, BigInteger, Date
from sqlalchemy.orm import Mapped, mapped_column

from services.allocation.tables.base import Base


class DsoResultDayRow(Base):
    """A day with curves; revision is the last one in the DSO's feed."""

    __tablename__ = "dso_result_day"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    revision: Mapped[int]
    definitive: Mapped[bool]


class DsoResultCurveRow(Base):
    """One quantity of a point over a day, by step; null is missing."""

    __tablename__ = "dso_result_curve"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    prm: Mapped[str] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    quantity: Mapped[str] = mapped_column(primary_key=True)
    step_min: Mapped[int]
    precision_wmin: Mapped[int] = mapped_column(BigInteger)
    energy_wmin: Mapped[list[int | None]] = mapped_column(ARRAY(BigInteger))


class DsoResultMonthRow(Base):
    """A month with energies."""

    __tablename__ = "dso_result_month"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int]
    definitive: Mapped[bool]


class DsoResultEnergyRow(Base):
    """One quantity of a point over a month, in one tariff class."""

    __tablename__ = "dso_result_energy"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    prm: Mapped[str] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    quantity: Mapped[str] = mapped_column(primary_key=True)
    tariff_class: Mapped[str] = mapped_column(primary_key=True)
    precision_wmin: Mapped[int] = mapped_column(BigInteger)
    energy_wmin: Mapped[int] = mapped_column(BigInteger)


class KeptReconciliationRow(Base):
    """A month as it was last compared; points and findings are Parquet files."""

    __tablename__ = "kept_reconciliation"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    inputs_hash: Mapped[str]
    definitive: Mapped[bool]
    tolerance_units: Mapped[int]
    days_compared: Mapped[list[date]] = mapped_column(ARRAY(Date))
    days_without_curves: Mapped[list[date]] = mapped_column(ARRAY(Date))
    points: Mapped[bytes]
    findings: Mapped[bytes]
