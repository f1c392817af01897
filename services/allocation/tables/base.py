"""The common base of the rows of allocation's schema."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import DateTime, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    type_annotation_map: ClassVar = {
        str: Text(),
        datetime: DateTime(timezone=True),
        list[Any]: JSONB(),
        dict[str, Any]: JSONB(),
    }
