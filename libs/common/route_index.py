"""Finds the route of a request by the shape of its path.

FastAPI asks one route after the other, those of a router that is included in another once more for
each of the two: a millisecond and more of each request, with the 385 routes of four services.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

from fastapi import FastAPI
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

_Shape: TypeAlias = tuple[int, tuple[str, ...]]


def add_route_index(app: FastAPI) -> None:
    """Of the routers that it includes by now; what their routes do not take is FastAPI's to find.

    So 404, 405 and the redirection to a path without a slash at its end are as without it.
    """
    app.router.routes.insert(0, RouteIndex(list(app.router.routes)))


class RouteIndex(BaseRoute):
    """Stands before the routers that it knows, and takes what one of their routes does."""

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        self._routes = routes

    @cached_property
    def _by_shape(self) -> Mapping[_Shape, Sequence[RouteContext]]:
        """In the order in which FastAPI asks them; made at the first request, as FastAPI does."""
        found: defaultdict[_Shape, list[RouteContext]] = defaultdict(list)
        for context in iter_route_contexts(self._routes):
            if isinstance(context.original_route, APIRoute):
                assert context.path_format is not None
                found[_shape_of(context.path_format)].append(context)
        assert not any("{" in part for _, parts in found for part in parts)
        return found

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] != "http":
            return Match.NONE, {}
        for context in self._by_shape.get(_shape_of(scope["path"]), ()):
            match, found = context.matches(scope)
            if match is Match.FULL:
                known = {"effective_route_context": context}
                return match, {**found, "route": context.original_route, "fastapi": known}
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        await scope["route"].handle(scope, receive, send)


def _shape_of(path: str) -> _Shape:
    """How many parts it has, and the first two: these are the same in a route and in its paths."""
    parts = path.split("/")
    return len(parts), tuple(parts[1:3])
