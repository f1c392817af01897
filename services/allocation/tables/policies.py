"""The choices of operations."""

from sqlalchemy.orm import Mapped, mapped_column

from services.allocation.tables.base import Base


class PolicyRow(Base):
    """The policy of an operation; the columns are the fields of ``domain.keys.policy.Policy``."""

    __tablename__ = "policy"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    notice_days: Mapped[int]
    missing_readings: Mapped[str]
    settle_from: Mapped[str]
    tolerance_units: Mapped[int]
    coefficient_decimals: Mapped[int]
    coefficient_step_min: Mapped[int | None]
    least_points: Mapped[int | None]
