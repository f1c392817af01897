"""The base class of the rows of the schema ``ingest``."""

from datetime import datetime

from sqlalchemy import DateTime, Text
from sqlalchemy.orm import DeclarativeBase

from libs.common.ids import OperationId, Prm


class Base(DeclarativeBase):
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's way
        str: Text,
        Prm: Text,
        OperationId: Text,
        datetime: DateTime(timezone=True),
    }
