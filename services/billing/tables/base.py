"""The base of all tables."""

from typing import Any, ClassVar

from sqlalchemy import Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    type_annotation_map: ClassVar = {str: Text(), list[Any]: JSONB(), dict[str, Any]: JSONB()}
