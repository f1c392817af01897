"""Preview what a list of members and points would do, and do it."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Mapping, MutableMapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, replace
from typing import NamedTuple, TypeVar
from uuid import UUID, uuid4

from pydantic import BaseModel, ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.errors import Problem
from libs.common.ids import OperationId
from libs.common.rounds.attempts import attempt
from services.community.claims import Claimant
from services.community.commands.members.participations import record_participations
from services.community.commands.members.registry import record_member, record_point
from services.community.domain.feasibility.perimeter import Breaches
from services.community.domain.members.csv_lines import LinesRefused, PreviewOutdated, RefusedLine
from services.community.domain.members.member_list import (
    MEMBER_COLUMNS,
    POINT_COLUMNS,
    Effect,
    LineEffect,
    MemberLine,
    MemberListPreview,
    read_members,
    reference_of_erased,
)
from services.community.domain.members.perimeter import Participation
from services.community.domain.members.perimeter_file import parse_participation, parse_prm
from services.community.schemas import MemberIn, PointIn
from services.community.schemas.members.cell_faults import describe_faults
from services.community.store.members import registry as store
from services.community.store.members.locks import find_member_locked
from services.community.store.members.references import add_reference, map_references

_Body = TypeVar("_Body", bound=BaseModel)

_NEW_MEMBER = dict.fromkeys(MEMBER_COLUMNS) | {"language": "fr"}
_NEW_POINT = dict.fromkeys(POINT_COLUMNS)


class _Outcome(NamedTuple):
    """The effect of a file, done or to come, new breaches of the law, members by reference."""

    preview: MemberListPreview
    breaches: Breaches | None
    member_ids: Mapping[str, UUID]


class _LineWrong(Exception):  # noqa: N818 - read by people as a sentence
    """The reason why a line makes no sense."""


async def preview_members(
    session: AsyncSession, claimant: Claimant, operation_id: OperationId, content: bytes
) -> tuple[MemberListPreview, Breaches | None]:
    """Return what the import of the file would do, or why not: it is done, and undone.

    With the new breaches of the law; None while lines are refused.
    Raises OperationUnknown, MemberListUnreadable.
    """
    async with _undone(session):
        outcome = await _record_lines(session, claimant, operation_id, content)
    return outcome.preview, outcome.breaches


async def import_members(
    session: AsyncSession,
    claimant: Claimant,
    operation_id: OperationId,
    content: bytes,
    *,
    preview_hash: str,
) -> tuple[MemberListPreview, Breaches | None]:
    """Do what the preview showed, all or nothing, by the same commands as the single routes.

    Raises OperationUnknown, MemberListUnreadable, PreviewOutdated, LinesRefused: what was recorded
    until then goes with the transaction.
    """
    preview, breaches, member_ids = await _record_lines(session, claimant, operation_id, content)
    if preview.hash != preview_hash:
        raise PreviewOutdated
    if preview.refused:
        raise LinesRefused.of(preview.refused)
    effects = [
        replace(effect, member_id=member_ids[effect.reference]) for effect in preview.effects
    ]
    return replace(preview, effects=effects), breaches


@asynccontextmanager
async def _undone(session: AsyncSession) -> AsyncIterator[None]:
    """Undo in the end what is done in it, whatever happens."""
    savepoint = await session.begin_nested()
    try:
        yield
    finally:
        await savepoint.rollback()
        session.expunge_all()  # rows that it has read are as they were again


async def _record_lines(
    session: AsyncSession, claimant: Claimant, operation_id: OperationId, content: bytes
) -> _Outcome:
    """Record each line of the file that can be; the others are refused.

    In the preview, a member who was not there before has no id.
    """
    lines, faulty_lines = await asyncio.to_thread(read_members, content)
    await store.get_operation(session, operation_id, lock=True)
    known_ids = await map_references(session, operation_id)
    member_ids = dict(known_ids)
    effects: dict[int, LineEffect] = {}
    errors: dict[int, Exception] = {}
    for line in lines:
        async with attempt(session) as outcome:
            effects[line.number] = await _record(session, claimant, operation_id, line, member_ids)
        if outcome.error is not None:
            errors[line.number] = outcome.error
    recorded = [line for line in lines if line.number in effects]
    participations = _participations(recorded, member_ids)
    perimeter = await store.list_participations(session, operation_id)
    current = {participation.key: participation for participation in perimeter}
    for number, participation in participations.items():
        effect = _effect(current.get(participation.key), participation)
        effects[number] = replace(effects[number], participation=effect)
    breaches, refusals = await _try_participations(session, claimant, operation_id, participations)
    errors |= refusals
    refused = [RefusedLine(number, _words(error)) for number, error in errors.items()]
    refused = sorted([*faulty_lines, *refused], key=lambda line: line.number)
    taken = [
        replace(effect, member_id=known_ids.get(effect.reference))
        for number, effect in effects.items()
        if number not in errors
    ]
    breaches = None if refused else breaches  # correcting lines makes another perimeter
    sha256 = _hash(content, operation_id, taken, refused, breaches)
    return _Outcome(MemberListPreview(sha256, taken, refused), breaches, member_ids)


def _hash(
    content: bytes,
    operation_id: OperationId,
    effects: Sequence[LineEffect],
    refused: Sequence[RefusedLine],
    breaches: Breaches | None,
) -> str:
    """Return a hash of a file and of what it does."""
    outcome = json.dumps(
        [
            operation_id,
            *map(asdict, effects),
            *map(asdict, refused),
            breaches and asdict(breaches),
        ],
        default=str,
        sort_keys=True,
    )
    return hashlib.sha256(hashlib.sha256(content).digest() + outcome.encode()).hexdigest()


async def _try_participations(
    session: AsyncSession,
    claimant: Claimant,
    operation_id: OperationId,
    participations: Mapping[int, Participation],
) -> tuple[Breaches | None, Mapping[int, Exception]]:
    """Return the new breaches of the law, and why some cannot be recorded, by their lines."""
    if not participations:
        return None, {}
    async with attempt(session) as common_attempt:
        changes = list(participations.values())
        changed = await record_participations(session, claimant, operation_id, changes)
    if common_attempt.error is None:
        return changed.breaches, {}
    errors: dict[int, Exception] = {}
    for number, participation in participations.items():
        async with attempt(session) as single_attempt:
            await record_participations(session, claimant, operation_id, [participation])
        if single_attempt.error is not None:
            errors[number] = single_attempt.error
    # One by one they may all pass, as one that is said twice does: then it is for the last.
    return None, errors or {max(participations): common_attempt.error}


async def _record(
    session: AsyncSession,
    claimant: Claimant,
    operation_id: OperationId,
    line: MemberLine,
    member_ids: MutableMapping[str, UUID],
) -> LineEffect:
    """Record the line's member and point. Raises _LineWrong, and what those commands do.

    member_ids: by reference; a new one is random, so that nobody can record its member before, and
    is added at the end.
    """
    member_id = member_ids.get(line.reference) or member_ids.get(
        reference_of_erased(operation_id, line.reference), uuid4()
    )
    row = await find_member_locked(session, member_id)
    former = {name: getattr(row, name) for name in MEMBER_COLUMNS} if row else None
    recorded = former or _NEW_MEMBER
    content = recorded | line.says(MEMBER_COLUMNS)
    content["language"] = content["language"] or recorded["language"]
    member = _validated(MemberIn, content).to_member(member_id)
    await record_member(session, claimant, member)
    await add_reference(session, operation_id, line.reference, member_id)
    if line.names_participation:
        _participation(line, member_id)
    effect = LineEffect(
        line=line.number,
        reference=line.reference,
        member_id=member_id,
        member=_effect(former, {name: getattr(member, name) for name in MEMBER_COLUMNS}),
        point=await _record_point(session, claimant, line),
        participation=None,
    )
    member_ids[line.reference] = member_id
    return effect


async def _record_point(
    session: AsyncSession, claimant: Claimant, line: MemberLine
) -> Effect | None:
    if (text := line.cells.get("prm")) is None:
        return None
    try:
        prm = parse_prm(text)
    except ValueError as error:
        raise _LineWrong(str(error)) from error
    former = (await store.map_points(session, [prm])).get(prm)
    recorded = {name: getattr(former, name) for name in POINT_COLUMNS} if former else _NEW_POINT
    point = _validated(PointIn, recorded | line.says(POINT_COLUMNS)).to_point(prm)
    await record_point(session, claimant, point)
    return _effect(former, point)


def _participations(
    lines: Sequence[MemberLine], member_ids: Mapping[str, UUID]
) -> dict[int, Participation]:
    """Return the participations of these lines, by their numbers."""
    return {
        line.number: _participation(line, member_ids[line.reference])
        for line in lines
        if line.names_participation
    }


def _participation(line: MemberLine, member_id: UUID) -> Participation:
    """Raises _LineWrong, ValidityEmpty."""
    try:
        return parse_participation(line.cells, member_id)
    except ValueError as error:
        raise _LineWrong(str(error)) from error


def _validated(body: type[_Body], content: Mapping[str, object]) -> _Body:
    """Read cells as the body of the single route. Raises _LineWrong."""
    try:
        return body.model_validate(content)
    except ValidationError as error:
        raise _LineWrong(describe_faults(error)) from error


def _effect(former: object | None, content: object) -> Effect:
    if former is None:
        return "added"
    return "unchanged" if former == content else "changed"


def _words(error: Exception) -> str:
    if isinstance(error, Problem):
        return error.detail
    if isinstance(error, _LineWrong):
        return str(error)
    raise error
