"""A co-op whose points take part, and a puller of the test's own with a clock of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.events.community import (
    ConsentPart,
    ConsentsChanged,
    ParticipationPart,
    PerimeterChanged,
)
from libs.common.file_store import file_store
from libs.common.ids import Direction, OperationId, Prm
from services.ingest.commands.pulls.planning import Planned, Wanted, ask_for
from services.ingest.commands.pulls.pulling import Puller, pull
from services.ingest.domain.pulls import PullSource
from services.ingest.domain.pulls.rate import CallRate
from services.ingest.sources.gateway import Gateway
from tests.community.coop import new_operation_id, new_prm
from tests.support.alone import Alone
from tests.support.fake_enedis import CLIENT_ID, CLIENT_SECRET, FakeEnedis

CONSUMPTION, PRODUCTION = Direction.CONSUMPTION, Direction.PRODUCTION
_LONG_AGO = date(2020, 1, 1)
TODAY = date(2026, 10, 27)
MORNING = datetime(2026, 10, 27, 8, tzinfo=UTC)
"""Nine o'clock in Paris, two days after clocks went back."""


@dataclass
class Clock:
    """Stands still, but for whoever sleeps."""

    now: datetime = MORNING

    async def __call__(self, _session: AsyncSession) -> datetime:
        return self.now

    async def sleep(self, wait_s: float) -> None:
        self.now += timedelta(seconds=wait_s)


@dataclass
class Asking:
    """The ingest service without credentials, so that only the test's pullers ask."""

    ingest: Alone
    enedis: FakeEnedis
    clock: Clock = field(default_factory=Clock)

    def puller(self, source: PullSource = PullSource.DATA_CONNECT, **changes: object) -> Puller:
        gateway = Gateway(
            base_url=self.enedis.url,
            token_url=f"{self.enedis.url}/oauth2/v3/token",
            client_id=SecretStr(CLIENT_ID),
            client_secret=SecretStr(CLIENT_SECRET),
            max_bytes=10**6,
            silence_s=60,
        )
        usual = Puller(
            source,
            file_store(self.ingest.platform.settings),
            gateway,
            CallRate(per_second=5, per_hour=10_000),
            acc_pull_day=5,
            clock=self.clock,
            sleep=self.clock.sleep,
            jitter=lambda: 0.0,
        )
        return replace(usual, **changes)  # type: ignore[arg-type]

    async def pull(self, puller: Puller | None = None) -> None:
        async with self.ingest.platform.database("ingest") as database:
            await pull(database, puller or self.puller())

    async def take_part(
        self,
        *points: tuple[str, Direction],
        valid_from: date = _LONG_AGO,
        valid_to: date | None = None,
        with_consent: bool = True,
    ) -> OperationId:
        operation_id = OperationId(new_operation_id())
        await self.tell(
            operation_id,
            *points,
            valid_from=valid_from,
            valid_to=valid_to,
            with_consent=with_consent,
        )
        return operation_id

    async def tell(
        self,
        operation_id: OperationId,
        *points: tuple[str, Direction],
        valid_from: date = _LONG_AGO,
        valid_to: date | None = None,
        revision: int = 1,
        with_consent: bool = True,
    ) -> None:
        parts = [
            ParticipationPart(
                prm=Prm(prm),
                direction=direction,
                member_id=uuid4(),
                valid_from=valid_from,
                valid_to=valid_to,
            )
            for prm, direction in points
        ]
        await self.ingest.tell(
            *map(_consent_of, parts if with_consent else []),
            PerimeterChanged(
                time=MORNING,
                operation_id=operation_id,
                revision=revision,
                name="Pousse-Soleil",
                organiser_id=uuid4(),
                step_min=30,
                participations=parts,
            ),
        )

    async def consumer(self) -> str:
        """The point of a new operation; yesterday is what is planned of it."""
        prm = new_prm()
        await self.take_part((prm, CONSUMPTION))
        return prm

    async def ask(self, prms: Sequence[str], from_day: date, to_day: date) -> Planned:
        """On demand, as the route does."""
        question = Wanted(
            PullSource.DATA_CONNECT, None, [Prm(prm) for prm in prms], (from_day, to_day)
        )
        async with (
            self.ingest.platform.database("ingest") as database,
            database.transaction() as session,
        ):
            return await ask_for(session, question, asked_by="operator", now=self.clock.now)

    async def jobs(self, prm: str | None = None) -> list[Mapping[str, Any]]:
        """In the order of their days; of one point, or all."""
        return await self.query(
            "SELECT * FROM pull_job WHERE prm = coalesce(:prm, prm) OR prm IS NULL "
            "ORDER BY prm, from_day, resource",
            prm=prm,
        )

    async def job(self, prm: str) -> Mapping[str, Any]:
        (only,) = await self.jobs(prm)
        return only

    async def senders(self, delivery_id: UUID) -> list[str]:
        (row,) = await self.query("SELECT senders FROM delivery WHERE id = :id", id=delivery_id)
        senders: list[str] = row["senders"]
        return senders

    async def query(self, sql: str, **values: object) -> list[Mapping[str, Any]]:
        async with (
            self.ingest.platform.database("ingest") as database,
            database.transaction() as session,
        ):
            result = await session.execute(text(sql), values)
            return [dict(row) for row in result.mappings()] if result.returns_rows else []  # type: ignore[attr-defined]

    async def forget(self) -> None:
        """What the tests before have left: nothing of it is to be asked or planned."""
        for table in ("pull_job", "pull_source", "re_request", "participation"):
            await self.query(f"DELETE FROM {table}")

    def asked(self) -> list[tuple[str, str, str]]:
        """Point and days of each call to Data Connect."""
        names = ("usage_point_id", "start", "end")
        return [tuple(call.query[name] for name in names) for call in self.enedis.calls]  # type: ignore[misc]


def _consent_of(participation: ParticipationPart) -> ConsentsChanged:
    """To the collection of the curve, by the member of a participation."""
    said = ConsentPart(
        consent_id=uuid4(),
        prm=participation.prm,
        purpose="collection",
        granularity="load_curve",
        answer="granted",
        valid_from=date(2025, 1, 1),
        valid_to=date(2028, 1, 1),
    )
    return ConsentsChanged(
        time=MORNING, member_id=participation.member_id, revision=1, consents=[said]
    )
