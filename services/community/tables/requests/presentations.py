"""The rows of the public presentations of operations."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import OperationId
from services.community.tables.base import Base


class PresentationRow(Base):
    """The fields of ``domain.requests.presentations.Presentation``, and its last author."""

    __tablename__ = "presentation"
    __table_args__ = (Index("presentation_public", "operation_id", postgresql_where="is_public"),)

    operation_id: Mapped[OperationId] = mapped_column(ForeignKey("operation.id"), primary_key=True)
    is_public: Mapped[bool]
    takes_members: Mapped[bool]
    contact_email: Mapped[str | None]
    commune_names: Mapped[list[str]] = mapped_column(ARRAY(Text))
    text: Mapped[str | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
