"""Finds the route of a request by the shape of its path.

FastAPI asks one route after the other, and those of an included router once more for each router
that includes it: a millisecond and more of each request, with the 385 routes of four services.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, TypeAlias

from fastapi import FastAPI
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from starlette.convertors import PathConvertor
from starlette.datastructures import URLPath
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import Receive, Scope, Send

_Shape: TypeAlias = tuple[int, tuple[str, ...]]


def add_route_index(app: FastAPI) -> None:
    """Index the routers that the application includes by now.

    Requests that no indexed route takes are left to FastAPI: its 404, 405 and redirections of a
    trailing slash stay as they are.
    """
    app.router.routes.insert(0, RouteIndex(list(app.router.routes)))


class RouteIndex(BaseRoute):
    """Stands before the routers, and takes the requests that one of their routes takes."""

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        self._routes = routes

    @cached_property
    def _by_shape(self) -> Mapping[_Shape, Sequence[RouteContext]]:
        """Routes in FastAPI's order; computed at the first request, as FastAPI does."""
        contexts: defaultdict[_Shape, list[RouteContext]] = defaultdict(list)
        for context in iter_route_contexts(self._routes):
            route = context.original_route
            if isinstance(route, APIRoute):
                assert context.path_format is not None
                # A parameter of several parts would have a path of another shape.
                assert not any(
                    isinstance(convertor, PathConvertor)
                    for convertor in route.param_convertors.values()
                )
                contexts[_shape_of(context.path_format)].append(context)
        assert not any("{" in "".join(parts) for _, parts in contexts)
        return contexts

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] != "http":
            return Match.NONE, {}
        for context in self._by_shape.get(_shape_of(scope["path"]), ()):
            match, child_scope = context.matches(scope)
            if match is Match.FULL:
                details = {"effective_route_context": context}
                return match, {**child_scope, "route": context.original_route, "fastapi": details}
        return Match.NONE, {}

    def url_path_for(self, name: str, /, **path_params: Any) -> URLPath:  # noqa: ANN401
        """Leave names of routes to FastAPI."""
        raise NoMatchFound(name, path_params)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        await scope["route"].handle(scope, receive, send)


def _shape_of(path: str) -> _Shape:
    """Count the parts, and keep the first two: a route and its paths have these in common."""
    parts = path.split("/")
    return len(parts), tuple(parts[1:3])
