"""Receive requests from the public, and let staff process them."""

import secrets
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from services.community.commands.messages.messages import write_message
from services.community.commands.requests.public_forms import FormLimits, PublicForm, count_sent
from services.community.credentials import hash_secret, new_secret
from services.community.domain.letters.requests import write_request_letter
from services.community.domain.messages.messages import Language, MessageKind
from services.community.domain.requests.problems import (
    AccountNotStaff,
    NoteChanged,
    RequestUnknown,
)
from services.community.domain.requests.request import FollowUp, Request, Stage, check_step
from services.community.store.accounts import accounts
from services.community.store.requests import requests as store
from services.community.tables import RequestNoteRow, RequestRow

_NOBODY_SHA256 = hash_secret("")


async def receive_request(
    session: AsyncSession,
    request: Request,
    *,
    language: Language,
    client_host: str,
    limits: FormLimits,
    public_url: str,
) -> str:
    """Record a request; return the secret that shows its state.

    A link with the secret is sent to the address, as closing the page loses it.
    Raises TooManyRequests, FormFull.
    """
    now = now_in(session)
    await count_sent(session, PublicForm.REQUEST, now, client_host, limits)
    secret = new_secret()
    await store.add_request(session, request, secret_sha256=hash_secret(secret), received_at=now)
    link, kind = f"{public_url}/requests/{request.id}#{secret}", MessageKind.REQUEST
    letter = write_request_letter(link, language)
    await write_message(session, letter, to=request.email, kind=kind, is_secret=True)
    return secret


async def find_own_request(session: AsyncSession, request_id: UUID, secret: str) -> RequestRow:
    """Return the request of the secret's holder.

    Raises RequestUnknown, the same whatever is wrong.
    """
    row = await store.find_request(session, request_id)
    expected_sha256 = row.secret_sha256 if row is not None else _NOBODY_SHA256
    if not secrets.compare_digest(hash_secret(secret), expected_sha256) or row is None:
        raise RequestUnknown
    return row


async def move_request(
    session: AsyncSession,
    request_id: UUID,
    *,
    to_stage: Stage,
    reason: str | None,
    by: str,
) -> RequestRow:
    """Move it to a stage; repeating it changes nothing.

    Raises RequestUnknown, StageNotNext, ReasonMissing.
    """
    row = await store.get_request(session, request_id, lock=True)
    if row.stage == to_stage:
        return row
    check_step(Stage(row.stage), to_stage, reason)
    row.touched_at = now_in(session)
    await store.add_step(session, row, to_stage, reason=reason, by=by)
    await session.flush()
    return row


async def follow_up_request(
    session: AsyncSession, request_id: UUID, follow_up: FollowUp
) -> RequestRow:
    """Raises RequestUnknown, AccountUnknown, AccountNotStaff."""
    row = await store.get_request(session, request_id, lock=True)
    if follow_up.assigned_to is not None and follow_up.assigned_to != row.assigned_to:
        await _check_staff(session, follow_up.assigned_to)
    row.assigned_to = follow_up.assigned_to
    row.next_action_on = follow_up.next_action_on
    row.study_id = follow_up.study_id
    row.touched_at = now_in(session)
    await session.flush()
    return row


async def _check_staff(session: AsyncSession, account_id: UUID) -> None:
    account = await accounts.get_account_by_id(session, account_id)
    if account.disabled or not account.is_staff:
        raise AccountNotStaff


async def note_request(
    session: AsyncSession, request_id: UUID, *, note_id: UUID, text: str, by: str
) -> tuple[RequestNoteRow, bool]:
    """Add a note; return it, and whether it is new: repeating it changes nothing.

    Raises RequestUnknown, NoteChanged.
    """
    row = await store.get_request(session, request_id, lock=True)
    recorded = await store.find_note(session, request_id, note_id)
    if recorded is not None:
        if recorded.text != text:
            raise NoteChanged
        return recorded, False
    row.touched_at = now_in(session)
    note = RequestNoteRow(id=note_id, request_id=request_id, text=text, at=row.touched_at, by=by)
    await store.add_note(session, note)
    return note, True
