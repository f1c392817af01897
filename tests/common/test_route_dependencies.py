"""What routes need before they are called is had in the event loop."""

from collections.abc import Callable, Iterator
from inspect import isasyncgenfunction, iscoroutinefunction
from typing import Any

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts

from services.main import SERVICES


def test_no_route_waits_for_a_thread() -> None:
    """FastAPI takes a thread, one of forty, for what is no coroutine: dearer than what it does."""
    waiting = {
        f"{call.__module__}.{call.__qualname__}"
        for service in SERVICES
        for context in iter_route_contexts(service.router.routes)
        if isinstance(context.original_route, APIRoute)
        for call in _calls(context.dependant)
        if not any(map(_is_asynchronous, (call, getattr(call, "__call__", None))))  # noqa: B004
    }

    assert waiting == set(), "write `async def`, whether it awaits anything or not"


def _calls(dependant: Dependant) -> Iterator[Callable[..., Any]]:
    """Of the route and of all that it depends on."""
    if dependant.call is not None:
        yield dependant.call
    for dependency in dependant.dependencies:
        yield from _calls(dependency)


def _is_asynchronous(call: object) -> bool:
    return iscoroutinefunction(call) or isasyncgenfunction(call)
