"""Pages of lists that begin with the newest."""

from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

_Time = TypeVar("_Time", bound=date)


def comes_after(
    at: InstrumentedAttribute[_Time], last: _Time, *, within: ColumnElement[bool]
) -> ColumnElement[bool]:
    """What such a list, by ``at``, has after a row; within: what comes after it of the same time.

    The first condition says nothing more than the second, but an index on ``at`` serves it.
    """
    return and_(at <= last, or_(at < last, within))
