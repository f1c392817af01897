"""A year of many operations, loaded as rows by SQL: over the event log it would take hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import md5

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from libs.common.calendar import Month
from libs.common.database import Database
from libs.common.database.engines import open_bare_engine
from libs.common.ids import OperationId
from services.cli.bench.overview.statements import CHANGES, STATEMENTS

_GRID_POINTS = 150
_COMPARED_POINTS = 2000


@dataclass(frozen=True)
class OverviewLoad:
    """So many operations of so many points each; two more have many points.

    today: the last of the twelve months is its month.
    """

    operations: int
    points: int
    today: date
    changes: int
    grid_points: int = _GRID_POINTS
    compared_points: int = _COMPARED_POINTS

    @property
    def last_month(self) -> Month:
        """The last one that is over."""
        return Month.of(self.today).earlier(1)

    @property
    def grid(self) -> OperationId:
        """The operation whose readings of the last month are there."""
        return OperationId(f"ACC{self.operations + 1:08}")

    @property
    def compared(self) -> OperationId:
        """The operation whose last month the DSO has split as well."""
        return OperationId(f"ACC{self.operations + 2:08}")

    @property
    def account(self) -> str:
        """One of the fifty that made the changes."""
        return md5(b"7", usedforsecurity=False).hexdigest()

    @property
    def values(self) -> Mapping[str, object]:
        """The parameters of all statements."""
        return {
            "operations": self.operations,
            "points": self.points,
            "grid": self.grid,
            "grid_points": self.grid_points,
            "compared": self.compared,
            "compared_points": self.compared_points,
            "changes": self.changes,
            "today": self.today,
            "first_day": Month.of(self.today).earlier(11).first_day,
            "month": str(self.last_month),
            "month_from": self.last_month.first_day,
            "month_to": self.last_month.next_first_day,
        }

    async def store(self, database_url: str) -> None:
        for service, statements in STATEMENTS.items():
            database = Database(database_url, schema=service, pool_size=1)
            async with database.transaction() as session:
                for statement in statements:
                    await self._execute(session, statement)
            await database.vacuum()
            await database.close()
        # The log belongs to no service.
        engine = open_bare_engine(database_url)
        async with engine.connect() as connection:
            await self._execute(connection, CHANGES)
        await engine.dispose()

    async def _execute(self, connection: AsyncSession | AsyncConnection, statement: str) -> None:
        query = text(statement)
        values = {name: self.values[name] for name in query.compile().params}
        await connection.execute(query, values)
