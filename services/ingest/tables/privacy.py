"""Consents, accesses to curves, and purges."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, SmallInteger
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import Prm
from libs.common.logs.accesses import AccessColumns
from services.ingest.tables.base import Base


class ConsentListRow(Base):
    """The revision of the list of one member's consents."""

    __tablename__ = "consent_list"

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int]


class ConsentRow(Base):
    """A copy of the community's consent, see ``domain.privacy.consents``."""

    __tablename__ = "consent"
    __table_args__ = (Index("consent_prm", "prm"), Index("consent_member", "member_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("consent_list.member_id"))
    prm: Mapped[Prm]
    purpose: Mapped[str]
    granularity: Mapped[str]
    is_granted: Mapped[bool]
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    withdrawn_on: Mapped[date | None]


class CurveAccessRow(AccessColumns, Base):
    """An access to a curve over ``[from_day, to_day)``."""

    __tablename__ = "curve_access"
    __table_args__ = (
        Index("curve_access_prm", "prm", "number"),
        Index("curve_access_read_at", "read_at"),
    )

    prm: Mapped[Prm]
    from_day: Mapped[date]
    to_day: Mapped[date]
    as_of: Mapped[datetime | None]


class MonthlyEnergyRow(Base):
    """The sum that remains of a month of purged curves, see ``domain.privacy.retention``."""

    __tablename__ = "monthly_energy"

    prm: Mapped[Prm] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    energy_wmin: Mapped[int] = mapped_column(BigInteger)
    missing_min: Mapped[int]
    days: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger))


class PurgeRow(Base):
    """The purge of one kind on a local day so far. finished_at: nothing was left then."""

    __tablename__ = "purge"

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    kept_from: Mapped[date]
    removed: Mapped[int] = mapped_column(BigInteger)
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
