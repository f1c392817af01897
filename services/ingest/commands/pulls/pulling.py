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
from libs.common.rounds.rest import NO_REST, Rest
from libs.common.settings import Settings
from services.ingest.commands.deliveries.receiving import receive_delivery
from services.ingest.commands.pulls.planning import plan_curves, plan_results, take_re_requests
from services.ingest.domain.deliveries.deliveries import Channel
from services.ingest.domain.pulls import PullSource, PullState, Question
from services.ingest.domain.pulls.answers import AnswerVerdict, DsoAnswer, Kind, judge, next_pause
from services.ingest.domain.pulls.planning import may_pull, next_due_days
from services.ingest.domain.pulls.rate import CallRate
from services.ingest.domain.re_requests import Flow
from services.ingest.formats import FileTooLarge, FormatUnknown
from services.ingest.sources.enedis import document_of, file_name_of
from services.ingest.sources.gateway import PATIENCE_S, Gateway
from services.ingest.store import perimeters as perimeter_store
from services.ingest.store import pulls as store
from services.ingest.store import re_requests as re_request_store
from services.ingest.store.privacy.consents import list_collectable
from services.ingest.tables import PullJobRow

_ROUND_S = 60.0
_LEASE = timedelta(seconds=5 * PATIENCE_S)
_LONGEST_WAIT_S = 1.0
_MOST_ATTEMPTS = 24  # more than the retries that any kind of setback allows
_PAUSES_SOURCE = (Kind.THROTTLED, Kind.LOCKED_OUT)
_CLOSED_AS = {Kind.RECEIVED: PullState.DONE, Kind.REFUSED: PullState.REFUSED}

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Puller:
    """The parts needed to pull from one API; clock, sleep and jitter differ in tests only."""

    source: PullSource
    files: FileStore
    gateway: Gateway
    rate: CallRate
    acc_pull_day: int
    clock: Callable[[AsyncSession], Awaitable[datetime]] = get_shared_now
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    jitter: Callable[[], float] = secrets.SystemRandom().random


async def pull(database: Database, puller: Puller) -> Rest:
    """Plan what is due, and ask for a minute. A question whose process dies becomes due again."""
    await _plan(database, puller)
    ends_at_s = asyncio.get_running_loop().time() + _ROUND_S
    leased_job = await take_next(database, puller)
    if leased_job is None:
        return await _rest(database, puller)
    async with puller.gateway.open() as client:
        while leased_job is not None:
            job, now = leased_job
            answer = await puller.gateway.ask(client, store.question_of(job), now)
            await _note(database, puller, job, answer)
            if asyncio.get_running_loop().time() > ends_at_s:
                return NO_REST
            leased_job = await take_next(database, puller)
    return await _rest(database, puller)


async def _rest(database: Database, puller: Puller) -> Rest:
    """Rest until a question may be asked, or the calendar has new ones."""
    async with database.transaction() as session:
        now = await puller.clock(session)
        asked_at = await store.find_next_due(session, puller.source)
        if asked_at is not None and (row := await store.find_source(session, puller.source)):
            asked_at = max(asked_at, store.bucket_of(row).free_at(puller.rate))
        if puller.source == PullSource.ACC:
            due_at = [asked_at, next_day_start(now)]
        else:
            flows = [Flow.DATA_CONNECT]
            again_at = await re_request_store.find_next_due(session, flows)
            due_at = [asked_at, again_at, next_due_days(now)]
    return min(Rest.until(instant, now=now) for instant in due_at)


async def _plan(database: Database, puller: Puller) -> None:
    async with database.transaction() as session:
        now = await puller.clock(session)
        if puller.source == PullSource.ACC:
            await plan_results(session, now, from_day_of_month=puller.acc_pull_day)
            return
        await plan_curves(session, now)
    await take_re_requests(database, now)


async def list_pull_warnings(session: AsyncSession, settings: Settings) -> Mapping[str, str | None]:
    """Return why each API that is set up answers nothing: wrong credentials, or its quota."""
    problems = await store.map_problems(session)
    sources = [
        source for source in PullSource if settings.client_of(source.setting)[0].get_secret_value()
    ]
    problem_by_source = {source: problems.get(source) for source in sources}
    return {
        source.sender: f"{problem[0]} Since {problem[1]:%Y-%m-%d %H:%M} UTC." if problem else None
        for source, problem in problem_by_source.items()
    }


async def take_next(database: Database, puller: Puller) -> tuple[PullJobRow, datetime] | None:
    """Lease the question that waits longest, and return it with the time.

    Returns None if no question may be asked soon.
    """
    while True:
        async with database.transaction() as session:
            now = await puller.clock(session)
            if not await store.has_due(session, puller.source, now=now):
                return None
            row = await store.lock_source(session, puller.source)
            now = await puller.clock(session)  # waiting for the lock took time
            bucket = store.bucket_of(row)
            wait_s = (bucket.free_at(puller.rate) - now).total_seconds()
            if wait_s <= 0:
                job = await store.find_due(session, puller.source, now=now)
                if job is None:
                    return None  # the process that had leased it has just recorded its answer
                if await _take(session, job, now):
                    store.save_bucket(row, bucket.after_call(puller.rate, now))
                    return job, now
                continue
        if wait_s > _LONGEST_WAIT_S:
            return None
        await puller.sleep(wait_s)


async def _take(session: AsyncSession, job: PullJobRow, now: datetime) -> bool:
    """Lease a question; return False if it may not be asked any more, and close it."""
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
        problem = "The process ended each time it asked this: report it to the operator."
        await _close(session, job, PullState.FAILED, at=now, problem=problem)
        return False
    store.lease(job, now + _LEASE)
    return True


async def _note(database: Database, puller: Puller, job: PullJobRow, answer: DsoAnswer) -> None:
    """Record the outcome of a question that we had leased."""
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
        log = _log.warning if verdict.kind == Kind.LOCKED_OUT else _log.info
        log("pulled", source=job.source, resource=job.resource, outcome=verdict.kind.value)
        if pause is not None:
            problem = f"{verdict.problem} It is asked again by itself."
            counts = verdict.kind not in _PAUSES_SOURCE
            store.put_off(ours, now + pause, problem=problem, counts=counts)
        else:
            state = _CLOSED_AS.get(verdict.kind, PullState.FAILED)
            await _close(session, ours, state, at=now, problem=_last_words(ours, verdict))


def _last_words(job: PullJobRow, verdict: AnswerVerdict) -> str | None:
    if verdict.kind in _CLOSED_AS:
        return verdict.problem or None
    return (
        f"{verdict.problem} Given up after {job.attempts} attempts: POST /ingest/pulls asks again."
    )


async def _receive(
    session: AsyncSession, files: FileStore, job: PullJobRow, answer: DsoAnswer, now: datetime
) -> AnswerVerdict:
    """Receive the answer as a delivery, unless it repeats the last answer to this question."""
    question = store.question_of(job)
    job.body_sha256 = hashlib.sha256(answer.body).hexdigest()
    job.delivery_id = await store.find_same_answer(session, question, job.body_sha256)
    if job.delivery_id is not None:
        return AnswerVerdict(Kind.RECEIVED)
    content = document_of(question, answer.body, now)
    return await _deliver(session, files, job, question, content)


async def _deliver(
    session: AsyncSession, files: FileStore, job: PullJobRow, question: Question, content: bytes
) -> AnswerVerdict:
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
        return AnswerVerdict(
            Kind.REFUSED, f"The answer is no document that we read: {problem.detail}"
        )
    job.delivery_id = delivery.id
    return AnswerVerdict(Kind.RECEIVED)


async def _close(
    session: AsyncSession,
    job: PullJobRow,
    state: PullState,
    *,
    at: datetime,
    problem: str | None,
) -> None:
    """Close a question; if it was the last of a re-request, record the outcome there too."""
    re_request_id = job.re_request_id
    store.close(job, state, at=at, problem=problem)
    if re_request_id is None:
        return
    await session.flush()
    outcome = await store.take_outcome(session, re_request_id)
    if outcome is not None:
        operation_id, re_request_problem = outcome
        await re_request_store.note_attempt(
            session, operation_id, re_request_id, at=at, problem=re_request_problem
        )
