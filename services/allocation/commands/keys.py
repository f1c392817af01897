"""Take a sharing key from a draft to the days on which it is in force."""

from dataclasses import replace
from datetime import date
from operator import attrgetter
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in, today_in
from libs.common.ids import OperationId
from services.allocation.domain.keys import KeyInvalid, parse_key
from services.allocation.domain.keys.timeline import (
    Definition,
    Timeline,
    days_with_another_key,
    place_key,
    unknown_points,
)
from services.allocation.domain.keys.versions import (
    ApprovedBefore,
    DeclaredBefore,
    KeyNotADraft,
    KeyState,
    KeyStateUnfit,
    KeyVersion,
    check_days,
    reached,
)
from services.allocation.store import copies, key_previews, policies, stale
from services.allocation.store.keys import keys, timelines

_content = attrgetter("valid_from", "valid_to", "definition")


async def draft_key(
    session: AsyncSession,
    operation_id: OperationId,
    key_id: UUID,
    *,
    valid_from: date,
    valid_to: date | None,
    definition: Definition,
    poll_id: UUID | None,
    title: str | None,
    by: str,
) -> KeyVersion:
    """Write or rewrite a draft; the same content again changes nothing in any state.

    The operation need not be known here yet.
    Raises KeyNotADraft, KeyNeverInForce, and what ``parse_key`` raises.
    """
    parse_key(definition)
    check_days(valid_from, valid_to)
    await stale.lock_operations(session, [operation_id])
    version = await keys.find_key(session, operation_id, key_id)
    draft = KeyVersion(
        id=key_id,
        operation_id=operation_id,
        number=version.number if version else await keys.next_number(session, operation_id),
        state=KeyState.DRAFT,
        valid_from=valid_from,
        valid_to=valid_to,
        definition=definition,
        poll_id=poll_id,
        title=title,
        drafted_by=by,
        drafted_at=now_in(session),
    )
    if version is not None and _says_the_same(version, draft):
        return version
    if version is not None and version.state != KeyState.DRAFT:
        raise KeyNotADraft(f"The key is {version.state}: a change is a new key with its own id.")
    return await _save_draft(session, version, draft)


async def _save_draft(
    session: AsyncSession, version: KeyVersion | None, draft: KeyVersion
) -> KeyVersion:
    if version is not None and _content(version) == _content(draft):
        # Still the draft on which a poll was opened.
        draft = replace(version, poll_id=draft.poll_id, title=draft.title)
    else:
        await key_previews.remove_preview(session, draft.operation_id, draft.id)
    await keys.save_keys(session, [draft])
    return draft


def _says_the_same(version: KeyVersion, draft: KeyVersion) -> bool:
    """Return whether nothing would change; poll and title may change in a draft only."""
    return _content(version) == _content(draft) and (
        version.state != KeyState.DRAFT
        or (version.poll_id, version.title) == (draft.poll_id, draft.title)
    )


async def withdraw_key(session: AsyncSession, operation_id: OperationId, key_id: UUID) -> None:
    """Remove a key that has not been declared to the DSO. Raises KeyUnknown, KeyStateUnfit."""
    await stale.lock_operations(session, [operation_id])
    version = await keys.get_key(session, operation_id, key_id)
    if reached(version.state, KeyState.DECLARED):
        raise KeyStateUnfit(
            f"The key is {version.state}: put another one in its place.", state=version.state
        )
    await keys.remove_key(session, operation_id, key_id)


async def approve_key(
    session: AsyncSession, operation_id: OperationId, key_id: UUID, *, poll_id: UUID | None, by: str
) -> KeyVersion:
    """Approve a draft; a key that is approved already is left as it is.

    poll_id: None means that of the draft, or the one recorded before, if any.
    Raises KeyUnknown, ApprovedBefore; KeyInvalid if it names a point that never takes part while it
    would be in force, OperationUnknown if it names points of an operation unknown here.
    """
    await stale.lock_operations(session, [operation_id])
    version = await keys.get_key(session, operation_id, key_id)
    if reached(version.state, KeyState.APPROVED):
        if poll_id not in {None, version.poll_id}:
            adopted = f"by the poll {version.poll_id}" if version.poll_id else "without a poll"
            raise ApprovedBefore(
                f"It was approved {adopted}. If that is wrong, draft the key again under another "
                "id."
            )
        return version
    await _check_points(session, version)
    version = version.approved(by=by, at=now_in(session), poll_id=poll_id)
    await keys.save_keys(session, [version])
    return version


async def _check_points(session: AsyncSession, version: KeyVersion) -> None:
    if not any(parse_key(version.definition).points):
        return
    perimeter = await copies.get_perimeter(session, version.operation_id)
    if unknown := sorted(unknown_points(version.span, perimeter)):
        raise KeyInvalid(
            f"Not a point of this operation while the key is in force: {', '.join(unknown)}.",
            prms=unknown,
        )


async def declare_key(
    session: AsyncSession, operation_id: OperationId, key_id: UUID, *, on: date | None, by: str
) -> KeyVersion:
    """Record that the key was declared to the DSO, today or earlier; twice is once.

    on: None means today, or the day recorded before.
    Raises KeyUnknown, KeyStateUnfit, DeclarationInFuture, DeclaredBefore.
    """
    await stale.lock_operations(session, [operation_id])
    version = await keys.get_key(session, operation_id, key_id)
    if reached(version.state, KeyState.DECLARED):
        if on not in {None, version.declared_on}:
            raise DeclaredBefore(
                f"It was declared on {version.declared_on}. If that is wrong, draft the key again "
                "under another id."
            )
        return version
    today = today_in(session)
    version = version.declared(by=by, on=on or today, today=today)
    await keys.save_keys(session, [version])
    return version


async def activate_key(
    session: AsyncSession, operation_id: OperationId, key_id: UUID, *, by: str
) -> KeyVersion:
    """Put a key in force on its days, and have the days that this changes allocated again.

    It replaces a key that begins on the same day; open-ended keys give way. A key that is active
    already is left as it is. Raises KeyUnknown, KeyStateUnfit, NoticeTooShort, KeyOverlap.
    """
    await stale.lock_operations(session, [operation_id])
    version = await keys.get_key(session, operation_id, key_id)
    if reached(version.state, KeyState.ACTIVE):
        return version
    policy = await policies.get_policy(session, operation_id)
    version = version.activated(by=by, at=now_in(session), notice_days=policy.notice_days)
    timeline_before = await timelines.get_timeline(session, operation_id)
    timeline_after = place_key(timeline_before, version.span)
    await _save_places(session, operation_id, version, timeline_after)
    days = await copies.list_days_with_readings(session, [operation_id])
    changed = days_with_another_key(timeline_before, timeline_after, days.get(operation_id, []))
    await stale.mark_stale(session, ((operation_id, day) for day in changed))
    await stale.mark_deposit_months(session, [operation_id])
    return await keys.get_key(session, operation_id, key_id)


async def _save_places(
    session: AsyncSession, operation_id: OperationId, new: KeyVersion, timeline: Timeline
) -> None:
    places = {period.key_id: period for period in timeline}
    placed_versions = [
        version.placed(places.get(version.id))
        for version in await keys.list_keys(session, operation_id)
        if version.state == KeyState.ACTIVE
    ]
    await keys.save_keys(session, [*placed_versions, new.placed(places[new.id])])
