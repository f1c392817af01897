"""Ask the DSO's APIs, one question after the other, no faster than they allow."""

import asyncio
import hashlib
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day, next_day_start
from libs.common.clock import get_shared_now
from libs.common.database import Database
from libs.common.file_store import FileStore
from libs.common.rest import NO_REST, Rest
from libs.common.settings import Settings
from services.ingest.commands.deliveries import receive_delivery
from services.ingest.commands.pull_planning import plan_curves, plan_results, take_re_requests
from services.ingest.domain.deliveries import Channel
from services.ingest.domain.pulls import PullSource, PullState, Question
from services.ingest.domain.pulls.answers import Answer, Kind, Verdict, judge, next_pause
from services.ingest.domain.pulls.planning import may_pull, next_due_days
from services.ingest.domain.pulls.rate import Rate
from services.ingest.domain.re_requests import Flow
from services.ingest.formats import FileTooLarge, FormatUnknown
from services.ingest.sources.enedis import document_of, file_name_of
from services.ingest.sources.gateway import PATIENCE_S, Gateway
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store import pulls as store
from services.ingest.store import re_requests as re_request_store
from services.ingest.store.consents import list_collectable
from services.ingest.tables import PullJobRow

_ROUND_S = 60.0
_LEASE = timedelta(seconds=5 * PATIENCE_S)
_LONGEST_WAIT_S = 1.0
_MOST_ATTEMPTS = 24  # more than any kind of setback is forgiven
_PAUSES_SOURCE = (Kind.THROTTLED, Kind.LOCKED_OUT)
_CLOSED_AS = {Kind.RECEIVED: PullState.DONE, Kind.REFUSED: PullState.REFUSED}

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Puller:
    """Whoever asks one API; clock, sleep and jitter are others in tests only."""

    source: PullSource
    files: FileStore
    gateway: Gateway
    rate: Rate
    acc_pull_day: int
    clock: Callable[[AsyncSession], Awaitable[datetime]] = get_shared_now
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    jitter: Callable[[], float] = secrets.SystemRandom().random


async def pull(database: Database, puller: Puller) -> Rest:
    """Plan what is due, and ask for a minute; whoever dies over a question leaves it due again."""
    await _plan(database, puller)
    ends_at_s = asyncio.get_running_loop().time() + _ROUND_S
    taken = await take_next(database, puller)
    if taken is None:
        return await _rest(database, puller)
    async with puller.gateway.open() as client:
        while taken is not None:
            job, now = taken
            answer = await puller.gateway.ask(client, store.question_of(job), now)
            await _note(database, puller, job, answer)
            if asyncio.get_running_loop().time() > ends_at_s:
                return NO_REST
            taken = await take_next(database, puller)
    return await _rest(database, puller)


async def _rest(database: Database, puller: Puller) -> Rest:
    """Until a question may be asked, or the calendar has new ones."""
    async with database.transaction() as session:
        now = await puller.clock(session)
        asked_at = await store.find_next_due(session, puller.source)
        if asked_at is not None and (row := await store.find_source(session, puller.source)):
            asked_at = max(asked_at, store.bucket_of(row).free_at(puller.rate))
        if puller.source == PullSource.ACC:
            due = [asked_at, next_day_start(now)]
        else:
            flows = [Flow.DATA_CONNECT]
            again_at = await re_request_store.find_next_due(session, flows)
            due = [asked_at, again_at, next_due_days(now)]
    return min(Rest.until(instant, now=now) for instant in due)


async def _plan(database: Database, puller: Puller) -> None:
    async with database.transaction() as session:
        now = await puller.clock(session)
        if puller.source == PullSource.ACC:
            await plan_results(session, now, from_day_of_month=puller.acc_pull_day)
            return
        await plan_curves(session, now)
    await take_re_requests(database, now)


async def list_pull_warnings(session: AsyncSession, settings: Settings) -> Mapping[str, str | None]:
    """Which of the APIs that we ask answers nothing, as our credentials are wrong or its quota."""
    problems = await store.map_problems(session)
    asked = [one for one in PullSource if settings.client_of(one.setting)[0].get_secret_value()]
    told = {source: problems.get(source) for source in asked}
    return {
        source.sender: f"{found[0]} Since {found[1]:%Y-%m-%d %H:%M} UTC." if found else None
        for source, found in told.items()
    }


async def take_next(database: Database, puller: Puller) -> tuple[PullJobRow, datetime] | None:
    """The question that waits longest, now ours, and the time; None if we may not ask one soon."""
    while True:
        async with database.transaction() as session:
            now = await puller.clock(session)
            if not await store.has_due(session, puller.source, now=now):
                return None
            row = await store.lock_source(session, puller.source)
            now = await puller.clock(session)  # waiting for the lock took its time
            bucket = store.bucket_of(row)
            wait_s = (bucket.free_at(puller.rate) - now).total_seconds()
            if wait_s <= 0:
                job = await store.find_due(session, puller.source, now=now)
                if job is None:
                    return None  # whoever had it notes its answer just now
                if await _take(session, job, now):
                    store.save_bucket(row, bucket.after_call(puller.rate, now))
                    return job, now
                continue
        if wait_s > _LONGEST_WAIT_S:
            return None
        await puller.sleep(wait_s)


async def _take(session: AsyncSession, job: PullJobRow, now: datetime) -> bool:
    """False if it is no longer to be asked, and closed."""
    prms = [job.prm] if job.prm else []
    participations = await perimeter_store.list_participations(session, prms)
    if not may_pull(store.question_of(job), participations):
        problem = "The point takes no part on these days any more."
        await _close(session, job, PullState.WITHDRAWN, at=now, problem=problem)
        return False
    if job.source == PullSource.DATA_CONNECT and not await list_collectable(
        session, prms, day=local_day(now)
    ):
        problem = "The member does not consent to it: record a consent to `collection`, ask again."
        await _close(session, job, PullState.WITHDRAWN, at=now, problem=problem)
        return False
    if job.attempts >= _MOST_ATTEMPTS:
        problem = "The process ended each time it asked this: tell whoever runs it."
        await _close(session, job, PullState.FAILED, at=now, problem=problem)
        return False
    store.lease(job, now + _LEASE)
    return True


async def _note(database: Database, puller: Puller, job: PullJobRow, answer: Answer) -> None:
    """Keep what came of a question that was ours."""
    verdict = await asyncio.to_thread(judge, answer, puller.source)
    async with database.transaction() as session:
        now = await puller.clock(session)
        pause = next_pause(
            verdict.kind, job.attempts, jitter=puller.jitter(), retry_after=answer.retry_after
        )
        if verdict.kind in _PAUSES_SOURCE and pause is not None:
            row = await store.lock_source(session, puller.source)
            store.save_bucket(row, store.bucket_of(row).paused(now + pause))
            store.note_problem(row, verdict.problem, at=now)
        elif verdict.kind != Kind.FAULT:
            await store.forget_problem(session, puller.source)
        ours = await store.find_leased(session, job)
        if ours is None:
            return
        if verdict.kind == Kind.RECEIVED:
            verdict = await _receive(session, puller.files, ours, answer, now)
        tell = _log.warning if verdict.kind == Kind.LOCKED_OUT else _log.info
        tell("pulled", source=job.source, resource=job.resource, outcome=verdict.kind.value)
        if pause is not None:
            problem = f"{verdict.problem} It is asked again by itself."
            counts = verdict.kind not in _PAUSES_SOURCE
            store.put_off(ours, now + pause, problem=problem, counts=counts)
        else:
            state = _CLOSED_AS.get(verdict.kind, PullState.FAILED)
            await _close(session, ours, state, at=now, problem=_last_words(ours, verdict))


def _last_words(job: PullJobRow, verdict: Verdict) -> str | None:
    if verdict.kind in _CLOSED_AS:
        return verdict.problem or None
    return (
        f"{verdict.problem} Given up after {job.attempts} attempts: POST /ingest/pulls asks again."
    )


async def _receive(
    session: AsyncSession, files: FileStore, job: PullJobRow, answer: Answer, now: datetime
) -> Verdict:
    """Hand the answer on as a delivery, unless it is what the same question brought last time."""
    question = store.question_of(job)
    job.body_sha256 = hashlib.sha256(answer.body).hexdigest()
    job.delivery_id = await store.find_same_answer(session, question, job.body_sha256)
    if job.delivery_id is not None:
        return Verdict(Kind.RECEIVED)
    content = document_of(question, answer.body, now)
    return await _deliver(session, files, job, question, content)


async def _deliver(
    session: AsyncSession, files: FileStore, job: PullJobRow, question: Question, content: bytes
) -> Verdict:
    try:
        with files.draft() as draft:
            draft.write(content)
            delivery, _ = await receive_delivery(
                session,
                files,
                draft,
                file_name=file_name_of(question),
                sender=question.source.sender,
                channel=Channel.PULL,
            )
    except (FormatUnknown, FileTooLarge) as problem:
        job.body_sha256 = None
        return Verdict(Kind.REFUSED, f"The answer is no document that we read: {problem.detail}")
    job.delivery_id = delivery.id
    return Verdict(Kind.RECEIVED)


async def _close(
    session: AsyncSession,
    job: PullJobRow,
    state: PullState,
    *,
    at: datetime,
    problem: str | None,
) -> None:
    """Also says so to the re-request that it is of, once none of its questions waits."""
    re_request_id = job.re_request_id
    store.close(job, state, at=at, problem=problem)
    if re_request_id is None:
        return
    await session.flush()
    outcome = await store.take_outcome(session, re_request_id)
    if outcome is not None:
        operation_id, what = outcome
        await re_request_store.note_attempt(
            session, operation_id, re_request_id, at=at, problem=what
        )
