"""Routes are found by an index: the one that FastAPI would find, and no other."""

from collections.abc import Sequence
from functools import cache

import pytest
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from starlette.routing import BaseRoute, Match
from starlette.types import Scope

from libs.common.app import create_app
from libs.common.http.route_index import RouteIndex
from libs.common.settings import Settings
from services.main import SERVICES


def test_the_index_finds_every_route_that_fastapi_would() -> None:
    missed = [
        f"{method} {context.path_format}"
        for context in _contexts()
        for method in context.methods or ()
        if _found(method, _example(context)) is not _first(method, _example(context))
    ]

    assert missed == []


@pytest.mark.parametrize(
    "path", ["/", "/community", "/community/me/", "/community/nothing", "/billing/invoices//links"]
)
def test_what_no_route_takes_is_left_to_fastapi(path: str) -> None:
    assert _index().matches(_scope("GET", path)) == (Match.NONE, {})


def test_another_method_is_left_to_fastapi() -> None:
    assert _index().matches(_scope("DELETE", "/community/me")) == (Match.NONE, {})


def test_what_is_no_request_is_left_to_fastapi() -> None:
    assert (
        _index().matches({**_scope("GET", "/community/me"), "type": "websocket"})[0] is Match.NONE
    )


@cache
def _routes() -> Sequence[BaseRoute]:
    return create_app(*SERVICES, settings=Settings(serve_metrics=True)).router.routes


def _index() -> RouteIndex:
    index = _routes()[0]
    assert isinstance(index, RouteIndex)
    return index


@cache
def _contexts() -> Sequence[RouteContext]:
    """Of all routes, as FastAPI asks them."""
    contexts = iter_route_contexts(_routes()[1:])
    return [context for context in contexts if isinstance(context.original_route, APIRoute)]


def _found(method: str, path: str) -> APIRoute | None:
    match, child_scope = _index().matches(_scope(method, path))
    route = child_scope.get("route")
    assert (match is Match.FULL) == (route is not None)
    return route


def _first(method: str, path: str) -> object:
    """The first that takes it."""
    for context in _contexts():
        if context.matches(_scope(method, path))[0] is Match.FULL:
            return context.original_route
    return None


def _example(context: RouteContext) -> str:
    """A path of the route: its names in place of values."""
    assert context.path_format is not None
    return context.path_format.replace("{", "").replace("}", "")


def _scope(method: str, path: str) -> Scope:
    return {"type": "http", "method": method, "path": path, "root_path": "", "headers": []}
