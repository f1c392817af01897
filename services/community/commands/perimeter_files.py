"""Preview what a file of participations would change, and change it."""

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId, Prm
from libs.common.principals import Principal
from services.community import claims, store
from services.community.commands.feasibility import find_new_breaches
from services.community.commands.participations import ChangedPerimeter, record_participations
from services.community.domain import perimeter
from services.community.domain.feasibility.perimeter import Breaches
from services.community.domain.perimeter import Participation
from services.community.domain.perimeter_file import (
    LinesRefused,
    Preview,
    PreviewOutdated,
    compare,
    read,
)
from services.community.store.enrolments import list_enrolled


async def preview_file(
    session: AsyncSession, caller: Principal, operation_id: OperationId, content: bytes
) -> Preview:
    """Raises OperationUnknown, PerimeterFileUnreadable, PerimeterFileTooLarge."""
    lines, refused = await asyncio.to_thread(read, content)
    operation = await store.get_operation(session, operation_id)
    current = await store.list_participations(session, operation_id)
    changes = compare(
        current,
        lines,
        refused,
        refuse=await _refusing(
            session, caller, operation_id, [line.participation for line in lines]
        ),
    )
    told = f"{operation_id} {operation.revision} {hashlib.sha256(content).hexdigest()}"
    sha256 = hashlib.sha256(told.encode()).hexdigest()
    return Preview(sha256, operation.revision, current, changes)


async def import_file(
    session: AsyncSession,
    caller: Principal,
    operation_id: OperationId,
    content: bytes,
    *,
    preview_hash: str,
) -> ChangedPerimeter:
    """Do what the preview showed, all or nothing.

    Raises OperationUnknown, PerimeterFileUnreadable, PreviewOutdated, LinesRefused, and what
    ``record_participations`` does if a point is enrolled elsewhere at this very moment.
    """
    await store.get_operation(session, operation_id, lock=True)
    preview = await preview_file(session, caller, operation_id, content)
    if preview.hash != preview_hash:
        raise PreviewOutdated(PreviewOutdated.example_detail)
    changes = preview.changes
    if changes.refused:
        raise LinesRefused(
            f"{len(changes.refused)} line(s) are refused: mend or remove them, the preview says"
            " which.",
            lines=[one.number for one in changes.refused[:100]],
        )
    return await record_participations(session, caller, operation_id, changes.news)


async def find_breaches(
    session: AsyncSession, operation_id: OperationId, preview: Preview
) -> Breaches | None:
    """What the law does not allow of the perimeter that a file would make.

    None while lines are refused, too: it is another perimeter once they are mended.
    """
    if preview.changes.refused:
        return None
    before, news = preview.current, preview.changes.news
    return await find_new_breaches(
        session, operation_id, before=before, after=perimeter.merge(before, news), changes=news
    )


async def _refusing(
    session: AsyncSession,
    caller: Principal,
    operation_id: OperationId,
    wanted: Collection[Participation],
) -> Callable[[Participation], str | None]:
    """What is asked of each, from four queries for all."""
    members = {one.member_id for one in wanted}
    prms = {one.prm for one in wanted}
    known_members = await store.list_known_members(session, members)
    strangers = await claims.list_strangers(session, caller, members)
    points = await store.map_points(session, prms)
    enrolled = await list_enrolled(session, operation_id)
    current = await store.list_participations(session, operation_id)
    operation = await store.get_operation(session, operation_id)
    judge = await claims.load_claims(session, caller, operation, wanted, current=current)
    elsewhere = defaultdict[Prm, list[Participation]](list)
    for row in await store.list_participations_of_points(session, prms):
        if row.operation_id != operation_id:
            elsewhere[row.prm].append(store.to_participation(row))

    def refuse(one: Participation) -> str | None:
        if one.prm not in points or judge.is_foreign(one):
            return "record this point first, and ask staff if you have"
        if one.member_id not in known_members:
            return f"there is no member {one.member_id}"
        if one.member_id in strangers:
            return "a member who is none of your operations' is for staff to enrol"
        if one.key in enrolled:
            return "an enrolment leads it: take its next step instead"
        if any(one.meets(other) for other in elsewhere[one.prm]):
            return "it takes part elsewhere over a part of that time"
        return judge.why_not(one)

    return refuse
