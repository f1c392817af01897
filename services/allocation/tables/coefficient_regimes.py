"""The choices of operations to set their coefficients before or after a month."""

from sqlalchemy.orm import Mapped, mapped_column

from services.allocation.tables.base import Base


class CoefficientRegimeRow(Base):
    """An operation's choice from a month on: ``RegimeChoice`` in ``domain.coefficient_regimes``."""

    __tablename__ = "coefficient_regime"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    from_month: Mapped[str] = mapped_column(primary_key=True)
    regime: Mapped[str]
    deposit_days: Mapped[int | None]
    without_deposit: Mapped[str]
    automatic_deposit_days: Mapped[int | None]
