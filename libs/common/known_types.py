"""Connections that know PostgreSQL's own types from one another."""

from collections.abc import Collection, Sequence
from types import SimpleNamespace
from typing import Any

import asyncpg

_FIRST_OF_A_SERVER = 10_000
"""Numbers below are given by hand: a type has the same in each server, of any version."""
_NOBODY_WAS_ASKED = SimpleNamespace(name="no statement took the place of yours")

_known: dict[frozenset[int], Sequence[asyncpg.Record]] = {}


class KnowingConnection(asyncpg.Connection):
    """Asks the server once in this process what its own types are made of.

    asyncpg asks in each connection at the first array of each type: 10 ms of the server, of which
    a service has dozens at its start.
    """

    async def _introspect_types(
        self,
        typeoids: Collection[int],
        timeout: float | None,  # noqa: ASYNC109 - asyncpg's own
    ) -> tuple[Sequence[asyncpg.Record], Any]:
        wanted = frozenset(typeoids)
        if wanted in _known:
            return _known[wanted], _NOBODY_WAS_ASKED
        # Inside the driver, which offers no other way.
        ask = super()._introspect_types  # type: ignore[misc]
        found, statement = await ask(typeoids, timeout)
        if max(wanted) < _FIRST_OF_A_SERVER:
            _known[wanted] = found
        return found, statement
