"""Sharing keys."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from services.allocation.tables.base import Base


class SharingKeyRow(Base):
    """A key and the days on which it is in force; open_ended: until a later key begins."""

    __tablename__ = "sharing_key"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_to: Mapped[date | None]
    open_ended: Mapped[bool]
    definition: Mapped[dict[str, Any]]
