"""Months of operations, several at once: which ones are asked for, and how far each has come."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Annotated, Protocol, TypeVar

from fastapi import Depends, Query

from libs.common.calendar import Month
from libs.common.edge.pages import at_most
from libs.common.ids import OperationId, OperationIdField


class MonthState(StrEnum):
    """The progress of one of the five parts of a month.

    The parts are its data (ingest), its shares, settlement and DSO results (allocation) and its
    bills (billing).
    """

    EMPTY = "empty"  # nothing of it is there, and nobody has to do anything
    PARTIAL = "partial"  # some of it is there
    BLOCKED = "blocked"  # it waits until a person has mended something
    COMPLETE = "complete"  # nothing is left to do


@dataclass(frozen=True)
class MonthsAsked:
    """The months ``[last - count + 1, last]``; last: None is the present month."""

    last: Month | None
    count: int

    def until(self, present: Month) -> list[Month]:
        """Return them in order of time. present: the month in which the caller asks."""
        last = self.last or present
        return [last.earlier(ago) for ago in reversed(range(self.count))]


async def _months_of_query(
    last_month: Annotated[str | None, Query(description="the present one if left out")] = None,
    count: Annotated[int, Query(ge=1, le=24, description="months, up to the last one")] = 12,
) -> MonthsAsked:
    return MonthsAsked(None if last_month is None else Month.parse(last_month), count)


MonthsInQuery = Annotated[MonthsAsked, Depends(_months_of_query)]
"""Raises MonthMalformed."""


@dataclass(frozen=True)
class OperationsAsked:
    """A page of operations: so many that come after; operation_id: None for all of them."""

    operation_id: OperationId | None
    after: OperationId | None
    limit: int


async def _operations_of_query(
    operation_id: Annotated[
        OperationIdField | None, Query(description="only this operation")
    ] = None,
    after: Annotated[
        OperationIdField | None, Query(description="last operation_id of the page before")
    ] = None,
    limit: Annotated[int, at_most(500)] = 50,
) -> OperationsAsked:
    return OperationsAsked(operation_id, after, limit)


OperationsInQuery = Annotated[OperationsAsked, Depends(_operations_of_query)]


class _MonthRow(Protocol):
    @property
    def operation_id(self) -> OperationId: ...


_Row = TypeVar("_Row", bound=_MonthRow)


def by_operation(rows: Iterable[_Row]) -> Iterator[tuple[OperationId, Iterator[_Row]]]:
    """Yield each operation with its rows. rows: in order of operation."""
    return groupby(rows, key=lambda row: row.operation_id)
