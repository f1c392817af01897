"""One service without the others: what they would say is put on the event log."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar
from uuid import uuid4

import httpx
from fastapi import FastAPI
from joserfc import jwt
from joserfc.jwk import ECKey

from libs.common import messaging
from libs.common.app import Service
from libs.common.auth.principals import Role
from libs.common.clock import Clock
from libs.common.database.scratch import scratch_event_log_url
from libs.common.eventlog import EventLog, Record
from libs.common.eventlog.open import open_event_log
from libs.common.events.base import Event
from libs.common.events.topics import ALL_TOPICS
from libs.common.ports import bound_socket, port_of
from libs.common.settings import Settings
from services.cli.processes import NAMES
from services.cli.running import running
from tests.support.applications import application
from tests.support.clock import CLOCK
from tests.support.databases import migrated_database
from tests.support.platform import FILE_STORE_URL, MAILS, Platform, event_log_url_for_tests
from tests.support.waiting import patience, until

_ISSUER = "https://accounts.example.org"
_2100_S = 4_102_444_800  # whatever a test sets the clock to

AnEvent = TypeVar("AnEvent", bound=Event)


@dataclass(frozen=True)
class Alone:
    """A running service, with the accounts of another company's OIDC issuer."""

    service: Service
    platform: Platform
    event_log: EventLog
    key: ECKey

    @asynccontextmanager
    async def client(self, role: str, **claims: object) -> AsyncIterator[httpx.AsyncClient]:
        token = {"iss": _ISSUER, "aud": "elocoop", "exp": _2100_S, "sub": role, "roles": [role]}
        header = {"alg": "ES256", "kid": self.key.kid}
        async with self.platform.client(jwt.encode(header, token | claims, self.key)) as client:
            yield client

    async def tell(self, *events: Event) -> None:
        """Put events on the log and wait until the service has taken them all."""
        await self.event_log.append([record_of(event) for event in events])
        topics = sorted({event_class.topic for event_class in self.service.handlers})
        await until(
            "the service has taken all events",
            lambda: self.event_log.lag(group=self.service.name, topics=topics),
            lambda lag: lag == 0,
        )

    async def published(self, event_class: type[AnEvent], key: str) -> Sequence[AnEvent]:
        """The events with this key, in order, once the outbox is empty."""
        async with patience("the outbox is empty and read"):
            await self._until_the_outbox_is_empty()
            group, topics = f"reader-{uuid4()}", [event_class.topic]
            events: list[AnEvent] = []
            async with self.event_log.subscribe(group=group, topics=topics) as reader:
                while await self.event_log.lag(group=group, topics=topics):
                    received = await reader.poll(max_records=1000, timeout_s=0.5)
                    events += [
                        event_class.model_validate_json(record.value)
                        for record in received
                        if record.key == key and record.headers["type"] == event_class.type
                    ]
                    await reader.commit(received)
            return events

    async def _until_the_outbox_is_empty(self) -> None:
        async with self.platform.database(self.service.name) as database:

            async def is_empty() -> bool:
                async with database.transaction() as session:
                    return await messaging.find_oldest_unsent(session) is None

            await until("the outbox is empty", is_empty)


@asynccontextmanager
async def alone(
    service: Service, server_url: str, clock: Clock = CLOCK, /, **more_settings: object
) -> AsyncIterator[Alone]:
    """Run the service in this process, on a database and a part of the log of its own."""
    key = ECKey.generate_key("P-256", {"kid": "test"})
    issuer_listener = bound_socket()
    async with migrated_database(server_url) as url:
        settings = Settings.model_validate(
            {
                "database_url": url,
                "event_log_url": scratch_event_log_url(event_log_url_for_tests(), url),
                "event_log_partitions": 4,
                "auth_issuer": _ISSUER,
                "auth_role_map": {role.value: role.value for role in Role},
                "auth_jwks_url": f"http://127.0.0.1:{port_of(issuer_listener)}/jwks.json",
                "file_store_url": FILE_STORE_URL,
                "serve_metrics": True,
                "web_folder": "",
                "mail_url": f"folder:{MAILS}",
                "retention_messages_months": 1200,
                "costly_at_once": 1_000_000,
                "log_in_links_an_hour": 1_000_000,
                "log_in_links_an_hour_of_address": 1_000_000,
                "retention_attendance_months": 1200,
                "log_level": "WARNING",
                **more_settings,
            }
        )
        async with (
            open_event_log(settings, database_url=url) as event_log,
            running(_issuer(key), issuer_listener),
        ):
            await event_log.create_topics(ALL_TOPICS)
            with application(service, settings=settings, clock=clock) as app:
                async with running(app) as port:
                    platform = Platform(settings, url, dict.fromkeys(NAMES, port), clock)
                    yield Alone(service, platform, event_log, key)


def _issuer(key: ECKey) -> FastAPI:
    issuer = FastAPI()

    @issuer.get("/jwks.json")
    async def jwks() -> dict[str, object]:
        return {"keys": [key.as_dict(private=False)]}

    return issuer


def record_of(event: Event) -> Record:
    headers = {"id": str(event.id), "type": event.type, "time": event.time.isoformat()}
    value = event.model_dump_json().encode()
    return Record(topic=event.topic, key=event.key, value=value, headers=headers)
