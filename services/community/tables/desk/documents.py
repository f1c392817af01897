"""The rows of an operation's documents, their versions and signatures."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import OperationId
from services.community.tables.base import Base


class DocumentRow(Base):
    __tablename__ = "document"
    __table_args__ = (
        Index("document_operation", "operation_id", "id"),
        Index("document_member", "member_id"),
        Index("document_end", "valid_to", postgresql_where="valid_to IS NOT NULL"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    operation_id: Mapped[OperationId] = mapped_column(ForeignKey("operation.id"))
    kind: Mapped[str]
    title: Mapped[str]
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]


class DocumentVersionRow(Base):
    """A file as it was sent; a trigger keeps the row. number: from 1 on."""

    __tablename__ = "document_version"

    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sha256: Mapped[str]
    media_type: Mapped[str]
    byte_count: Mapped[int]
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[str]


class DocumentSignatureRow(Base):
    """The sending, signing or declining of a version; a trigger keeps the row."""

    __tablename__ = "document_signature"
    __table_args__ = (
        ForeignKeyConstraint(
            ["document_id", "version"], ["document_version.document_id", "document_version.number"]
        ),
        Index(
            "document_signature_end",
            "document_id",
            "version",
            unique=True,
            postgresql_where="state IN ('signed', 'declined')",
        ),
    )

    document_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date]
    party: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]


class DocumentReminderRow(Base):
    """The organiser was reminded of the document's end on that day."""

    __tablename__ = "document_reminder"

    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"), primary_key=True)
    valid_to: Mapped[date] = mapped_column(primary_key=True)
    reminded_at: Mapped[datetime]
