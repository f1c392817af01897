"""The rows of declarations to the DSO: their files, their lines, and their downloads."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import OperationId
from services.community.tables.base import Base


class DeclarationRow(Base):
    """A file as it was made; a trigger keeps the row. declared_on: local day."""

    __tablename__ = "declaration"
    __table_args__ = (Index("declaration_operation", "operation_id", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    operation_id: Mapped[OperationId] = mapped_column(ForeignKey("operation.id"))
    declared_on: Mapped[date]
    content: Mapped[bytes]
    sha256: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[str]


class DeclarationLineRow(Base):
    """An enrolment enters once, and leaves once."""

    __tablename__ = "declaration_line"
    __table_args__ = (UniqueConstraint("enrolment_id", "movement"),)

    declaration_id: Mapped[UUID] = mapped_column(ForeignKey("declaration.id"), primary_key=True)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"), primary_key=True)
    movement: Mapped[str]
    day: Mapped[date]


class DeclarationDownloadRow(Base):
    __tablename__ = "declaration_download"

    declaration_id: Mapped[UUID] = mapped_column(ForeignKey("declaration.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    downloaded_at: Mapped[datetime]
    downloaded_by: Mapped[str]
