"""A service, and the application that runs one or several of them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import structlog
from fastapi import APIRouter, FastAPI
from starlette.routing import BaseRoute

from libs.common import messaging
from libs.common.auth.tokens import TokenVerifier
from libs.common.clock import Clock
from libs.common.database import Database, open_server
from libs.common.database.bells import Work
from libs.common.database.engines import ask_server, wait_for_server
from libs.common.database.migrations import migrate
from libs.common.eventlog import EventLog, LogRights
from libs.common.eventlog.open import open_event_log, prepare_own_event_log
from libs.common.events.topics import ALL_TOPICS
from libs.common.health.probes import Component, Probe
from libs.common.health.routes import Warn, add_public_routes, service_openapi
from libs.common.http import RequestLog
from libs.common.http.allowances import Allowances
from libs.common.http.answers import add_answer_middleware
from libs.common.http.body_limits import BodyLimits
from libs.common.http.database_watch import DatabaseWatch
from libs.common.http.error_handlers import add_error_handlers
from libs.common.http.plain_start import DoesNotStart, PlainStart
from libs.common.http.route_index import add_route_index
from libs.common.http.web import Page, add_page
from libs.common.logs.logging import configure_logging
from libs.common.memory import keep_freed_memory, lasting_objects
from libs.common.messaging import Handlers
from libs.common.metrics import EVENTS_CONSUMED
from libs.common.openapi import document
from libs.common.openapi.docs_pages import add_docs_page
from libs.common.openapi.subjects import Subject, router_of
from libs.common.openapi.whole import put_together
from libs.common.outgoing import ask
from libs.common.rounds.rest import Rest
from libs.common.rounds.seldom import Seldom
from libs.common.rounds.supervision import Loop, Supervisor
from libs.common.settings import Settings, get_settings
from libs.common.waiting import ListWaiting

_FRESH_S = 10.0
"""A component that goes away is told within that time, and asked no more often than that."""

Worker = Callable[[Database], Awaitable[Rest]]
"""One round of background work; returns how long it may rest."""


@runtime_checkable
class Closable(Protocol):
    """A worker that holds resources of the operating system; closed when the service stops."""

    def close(self) -> None: ...


@dataclass(frozen=True, eq=False)
class Service:
    """The parts of a service; its name is its schema, its role and its path prefix.

    There is one object per service, so equality is identity.
    """

    name: str
    subjects: Sequence[Subject]
    migrations: Path
    handlers: Handlers = field(default_factory=dict)
    workers: Callable[[Settings], Mapping[str, Worker]] = lambda _settings: {}
    warn: Warn | None = None
    list_waiting: ListWaiting | None = None
    components: Callable[[Settings], Mapping[str, Probe]] = lambda _settings: {}
    on_start: Callable[[Database, Settings], Awaitable[None]] | None = None

    @cached_property
    def router(self) -> APIRouter:
        return router_of(self.subjects)

    @property
    def histories(self) -> list[Path]:
        return [messaging.MIGRATIONS, self.migrations]

    @property
    def rights(self) -> LogRights:
        """Rights on the event log: only the owner of a topic publishes on it."""
        return LogRights(
            user=self.name,
            group=self.name,
            appends=[topic for topic in ALL_TOPICS if topic.startswith(f"{self.name}.")],
            reads=messaging.topics_of(self.handlers),
        )


def create_app(
    *services: Service, settings: Settings | None = None, clock: Clock | None = None
) -> FastAPI:
    """Create the application of these services; nothing is opened before it starts.

    clock: the time in all of them; this machine's by default.
    """
    names = ", ".join(service.name for service in services)
    app = FastAPI(
        title=f"Elocoop: {names}",
        lifespan=partial(_lifespan, services=services),
        docs_url=None,
        redoc_url=None,
    )
    add_docs_page(app, "", title=app.title)
    app.state.settings = settings or get_settings()
    app.state.clock = clock or Clock()
    app.state.allowances = Allowances()
    app.state.handlers = {service.name: service.handlers for service in services}
    app.state.warns = {service.name: service.warn for service in services if service.warn}
    app.state.list_waitings = {service.name: service.list_waiting for service in services}
    page = Page.find(app.state.settings.web_folder)
    if page is not None:
        add_page(app, page)
    app.add_middleware(BodyLimits)
    app.add_middleware(DatabaseWatch)
    add_answer_middleware(app)
    app.add_middleware(RequestLog)
    app.add_middleware(PlainStart)
    add_error_handlers(app)
    add_public_routes(app, {service.name: service.subjects for service in services})
    shared_routes = list(app.routes)
    for service in services:
        app.include_router(service.router, prefix=f"/{service.name}")
    add_route_index(app)
    # FastAPI's own way to extend its document.
    app.openapi = cache(  # type: ignore[method-assign]
        partial(_whole_document, app.title, shared_routes, services)
    )
    return app


def _whole_document(
    title: str, shared_routes: Sequence[BaseRoute], services: Sequence[Service]
) -> dict[str, Any]:
    """Build the common document. shared_routes: routes that belong to no service."""
    service_documents = {
        service.name: service_openapi(service.name, service.subjects) for service in services
    }
    return put_together(document(title, shared_routes), service_documents)


@asynccontextmanager
async def _lifespan(app: FastAPI, *, services: tuple[Service, ...]) -> AsyncIterator[None]:
    try:
        async with _running(app, services):
            yield
    except DoesNotStart as refusal:
        app.state.start_refusal = str(refusal)
        raise


@asynccontextmanager
async def _running(app: FastAPI, services: Sequence[Service]) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    configure_logging(log_format=settings.log_format, level=settings.log_level)
    keep_freed_memory()
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(open_server(settings.database_url))
        await wait_for_server(url)
        app.state.database_component = Component("database", partial(ask_server, url), fresh_s=1)
        rights = [service.rights for service in services]
        await prepare_own_event_log(settings, database_url=url, rights=rights)
        app.state.databases = {}
        app.state.event_logs = {}
        app.state.components = {}
        app.state.supervisors = {}
        app.state.verifier = TokenVerifier(
            issuer=settings.issuer,
            audience=settings.auth_audience,
            jwks_url=settings.jwks_url,
            revoked_sessions_url=settings.revoked_sessions_url,
            longest_life=settings.longest_token_life,
            names=settings.claim_names,
            clock=app.state.clock,
        )
        issuer = Component("issuer", partial(ask, settings.jwks_url), fresh_s=_FRESH_S)
        for service in services:
            # The context of the service's loops, and so of what they log.
            with structlog.contextvars.bound_contextvars(service=service.name):
                await _add_service(app, service, url, issuer, stack)
        stack.enter_context(lasting_objects())
        yield


async def _add_service(
    app: FastAPI, service: Service, url: str, issuer: Component, stack: AsyncExitStack
) -> None:
    state = app.state
    settings: Settings = state.settings
    database = await _open_database(service, url, settings, state.clock, stack)
    event_log = await stack.enter_async_context(
        open_event_log(settings, database_url=url, service=service.name)
    )
    probes = {"event log": event_log.ask, **service.components(settings)}
    components = [Component(name, probe, fresh_s=_FRESH_S) for name, probe in probes.items()]
    state.databases[service.name] = database
    state.event_logs[service.name] = event_log
    state.components[service.name] = [issuer, *components]
    state.supervisors[service.name] = await _start(service, database, settings, event_log, stack)


async def _open_database(
    service: Service, url: str, settings: Settings, clock: Clock, stack: AsyncExitStack
) -> Database:
    database = Database(
        url,
        schema=service.name,
        pool_size=settings.database_pool_size,
        clock=clock,
        keys=settings.account_keys,
    )
    stack.push_async_callback(database.close)
    await migrate(database, service.histories)
    if service.on_start is not None:
        await service.on_start(database, settings)
    return database


async def _start(
    service: Service,
    database: Database,
    settings: Settings,
    event_log: EventLog,
    stack: AsyncExitStack,
) -> Supervisor:
    supervisor = Supervisor(await stack.enter_async_context(asyncio.TaskGroup()))
    stack.callback(supervisor.stop)
    await supervisor.listen(database)
    relay = partial(messaging.relay, database, event_log)
    supervisor.run_rounds("relay", database, relay, Work.EVENTS)
    topics = service.rights.appends
    purge = Seldom(lambda _database: event_log.purge(topics), can_wait=True)
    supervisor.run_rounds("purge event log", database, partial(purge, database))
    for name, worker in service.workers(settings).items():
        supervisor.run_rounds(name, database, partial(worker, database))
        if isinstance(worker, Closable):
            stack.callback(worker.close)
    if service.handlers:
        consume = partial(_consume, service=service, database=database, event_log=event_log)
        supervisor.run("consumer", consume)
    return supervisor


async def _consume(
    loop: Loop, *, service: Service, database: Database, event_log: EventLog
) -> None:
    consumed = EVENTS_CONSUMED.labels(service.name)

    async def on_batch(count: int) -> bool:
        consumed.inc(count)
        # After a failure an empty poll proves nothing by itself: the failed records may be on
        # their way back to us. It does when the log reports that nothing waits for us.
        if (
            count
            or not loop.failures
            or not await messaging.count_waiting(database, event_log, service.handlers)
        ):
            loop.beat()
        return not loop.failures

    await messaging.consume(database, event_log, service.handlers, on_batch=on_batch)
