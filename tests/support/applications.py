"""Applications that tests run one after another.

FastAPI makes the routes of an application at its first requests: half a second for all services.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import FastAPI

from libs.common.app import Service, create_app
from libs.common.clock import Clock
from libs.common.http.allowances import Allowances
from libs.common.settings import Settings

_idle: defaultdict[tuple[Service, ...], list[FastAPI]] = defaultdict(list)


@contextmanager
def application(*services: Service, settings: Settings, clock: Clock) -> Iterator[FastAPI]:
    """One of these services that nobody else runs, with these settings and this clock.

    One that ended in an error is not used again.
    """
    idle = _idle[services]
    app = idle.pop() if idle else create_app(*services, settings=settings)
    app.state.settings = settings
    app.state.clock = clock
    app.state.allowances = Allowances()
    yield app
    idle.append(app)
