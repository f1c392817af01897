"""The rows of sign-ups."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import OperationId, Prm
from services.community.domain.members.registry import MemberKind
from services.community.domain.messages.messages import Language
from services.community.tables.base import Base


class SignUpRow(Base):
    """See ``domain.requests.sign_ups``; an answered one does not change (trigger).

    touched_at: of the last action on it.
    """

    __tablename__ = "sign_up"
    __table_args__ = (
        Index("sign_up_operation", "operation_id", "id"),
        Index("sign_up_email", "email"),
        Index("sign_up_member", "member_id"),
        Index("sign_up_touched", "touched_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    operation_id: Mapped[OperationId] = mapped_column(ForeignKey("operation.id"))
    kind: Mapped[MemberKind] = mapped_column(Text)
    name: Mapped[str]
    address: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str | None]
    siren: Mapped[str | None]
    prm: Mapped[Prm | None]
    direction: Mapped[str]
    words: Mapped[str | None]
    language: Mapped[Language] = mapped_column(Text)
    asked_at: Mapped[datetime]
    secret_sha256: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    state: Mapped[str]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    reason: Mapped[str | None]
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"))
    enrolment_id: Mapped[UUID | None] = mapped_column(ForeignKey("enrolment.id"))
    touched_at: Mapped[datetime]
