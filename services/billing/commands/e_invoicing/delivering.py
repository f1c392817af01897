"""Send due submissions to their platforms and ask for their status, one step at a time.

A step is recorded with a lease before it is taken, and its answer after it. If the process dies in
between, the lease ends: the step is repeated where that is harmless; otherwise the submission is
marked as unsure, for a person to check whether it arrived.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import get_shared_now
from libs.common.database import Database
from libs.common.errors import Problem
from libs.common.file_store import FileStore
from libs.common.rounds.attempts import attempt
from libs.common.rounds.rest import NO_REST, Rest
from services.billing.commands.invoices.documents import get_document
from services.billing.domain.e_invoicing.channels import Channel
from services.billing.domain.e_invoicing.e_reporting import report_envelope
from services.billing.domain.e_invoicing.submissions import (
    TO_LOOK_AT,
    PlatformAnswer,
    SubmissionEnvelope,
    SubmissionState,
    document_envelope,
    pause_between_looks,
    settled,
)
from services.billing.domain.retrying import pause_before
from services.billing.domain.wordings import Language
from services.billing.platforms import Platform, Platforms
from services.billing.store.e_invoicing import e_reports as report_store
from services.billing.store.e_invoicing import submissions as store
from services.billing.store.invoices.invoices import get_invoice, read_content
from services.billing.tables import SubmissionRow

_LEASE = timedelta(minutes=10)
"""Longer than the timeout of any platform."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Courier:
    """The platforms, files and clock of deliveries; only tests use another clock."""

    platforms: Platforms
    files: FileStore
    clock: Callable[[AsyncSession], Awaitable[datetime]] = get_shared_now

    def find_platform(self, name: str | None) -> Platform | None:
        return next(
            (platform for platform in self.platforms.values() if platform.name == name), None
        )


@dataclass(frozen=True)
class _Step:
    """A request to a platform; it is ours as long as the submission has this lease."""

    submission_id: UUID
    lease_ends_at: datetime
    platform: Platform
    receipt: str | None
    parcel: tuple[SubmissionEnvelope, bytes] | None

    async def take(self) -> PlatformAnswer:
        if self.parcel is not None:
            return await self.platform.submit(*self.parcel)
        assert self.receipt is not None
        return await self.platform.status(self.receipt)


async def deliver_next(database: Database, *, courier: Courier) -> Rest:
    """Take the step that has been due longest."""
    async with database.transaction() as session:
        now = await courier.clock(session)
        names = {platform.name for platform in courier.platforms.values()}
        row = await store.claim_due(session, now=now, platforms=names)
        if row is None:
            next_at = await store.find_next_due(session, platforms=names)
            return Rest.until(next_at, now=now)
        step = await _begin(session, row, courier, now)
    if step is not None:
        answer = await step.take()
        async with database.transaction() as session:
            await _note(session, step, answer, at=await courier.clock(session))
    return NO_REST


async def _begin(
    session: AsyncSession, row: SubmissionRow, courier: Courier, now: datetime
) -> _Step | None:
    """Begin a step with a lease; None if the submission needs no step."""
    if row.state == SubmissionState.DEPOSITED:
        platform = courier.find_platform(row.platform)
        assert platform is not None
        row.looks, row.next_at = row.looks + 1, now + _LEASE
        return _Step(row.id, now + _LEASE, platform, row.receipt, None)
    former = courier.find_platform(row.platform)
    if row.state == SubmissionState.SENDING and (former is None or not former.may_repeat):
        reason = "The process ended while sending: check the platform before submitting it again."
        lost = PlatformAnswer(SubmissionState.UNSURE, reason=reason)
        await _keep(session, row, lost, at=now)
        return None
    row.attempts += 1
    async with attempt(session) as packing:
        envelope, content = await _pack(session, row, courier.files)
    if packing.error is not None:
        await _keep(session, row, _why_not_packed(packing.error), at=now)
        return None
    platform = courier.platforms[Channel(row.channel)]
    row.platform, row.sent = platform.name, envelope.members
    sending = PlatformAnswer(SubmissionState.SENDING)
    await store.set_state(session, row, sending, at=now, next_at=now + _LEASE)
    return _Step(row.id, now + _LEASE, platform, None, (envelope, content))


def _why_not_packed(error: Exception) -> PlatformAnswer:
    if isinstance(error, Problem):
        return PlatformAnswer(SubmissionState.QUEUED, reason=error.detail)
    # Only the class of the error, as its text may hold personal data.
    return PlatformAnswer(
        SubmissionState.FAILED,
        reason=f"A bug stopped the making of the file: {type(error).__name__}.",
    )


async def _pack(
    session: AsyncSession, row: SubmissionRow, files: FileStore
) -> tuple[SubmissionEnvelope, bytes]:
    """The envelope and file to send: of a document, its kept French PDF.

    Raises the problems of ``get_document``.
    """
    if row.e_report_id is not None:
        report = await report_store.get_report(session, row.e_report_id)
        return report_envelope(report_store.read_report(report)), report.content.encode()
    assert row.invoice_id is not None
    invoice = await get_invoice(session, row.invoice_id)
    document = await get_document(session, invoice, Language.FRENCH, files=files)
    assert document.sha256 is not None
    envelope = document_envelope(
        read_content(invoice),
        Channel(row.channel),
        content_hash=invoice.content_hash,
        sha256=document.sha256,
        byte_count=len(document.content),
    )
    return envelope, document.content


async def _note(
    session: AsyncSession, step: _Step, answer: PlatformAnswer, *, at: datetime
) -> None:
    """Record the answer to a step if the step is still ours: its lease may have ended."""
    row = await store.lock_submission(session, step.submission_id)
    if row.next_at != step.lease_ends_at:
        return
    if step.parcel is None and answer.state == SubmissionState.DEPOSITED:
        row.next_at = at + max(pause_between_looks(row.looks), answer.retry_after or timedelta())
        if answer.platform_code is not None:
            await store.add_event(session, row, answer, at=at)
        return
    await _keep(session, row, answer, at=at)


async def _keep(
    session: AsyncSession, row: SubmissionRow, answer: PlatformAnswer, *, at: datetime
) -> None:
    final = settled(answer, row.attempts)
    pauses = {
        SubmissionState.QUEUED: pause_before(max(row.attempts, 1), answer.retry_after),
        SubmissionState.DEPOSITED: pause_between_looks(0),
    }
    pause = pauses.get(final.state)
    next_at = at + pause if pause is not None else None
    await store.set_state(session, row, final, at=at, next_at=next_at)
    log = _log.warning if final.state in TO_LOOK_AT else _log.info
    log("submitted", submission_id=str(row.id), channel=row.channel, state=final.state.value)
