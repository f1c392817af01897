"""Connections that learn PostgreSQL's own types from one another."""

from collections.abc import Collection, Sequence
from types import SimpleNamespace
from typing import Any

import asyncpg

_FIRST_OF_A_SERVER = 10_000
"""Smaller numbers are assigned by hand: a type has the same one in every server and version."""
_NOBODY_WAS_ASKED = SimpleNamespace(name="no statement took the place of yours")

_known: dict[frozenset[int], Sequence[asyncpg.Record]] = {}


class KnowingConnection(asyncpg.Connection):
    """Asks the server only once per process for the structure of its own types.

    asyncpg asks in each connection at the first array of each type: 10 ms of the server, of which a
    service has dozens at its start.
    """

    async def _introspect_types(
        self,
        typeoids: Collection[int],
        timeout: float | None,  # noqa: ASYNC109 - asyncpg's own
    ) -> tuple[Sequence[asyncpg.Record], Any]:
        oids = frozenset(typeoids)
        if oids in _known:
            return _known[oids], _NOBODY_WAS_ASKED
        # Inside the driver, which offers no other way.
        ask = super()._introspect_types  # type: ignore[misc]
        types, statement = await ask(typeoids, timeout)
        if max(oids) < _FIRST_OF_A_SERVER:
            _known[oids] = types
        return types, statement
