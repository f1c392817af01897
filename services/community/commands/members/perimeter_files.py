"""Preview the changes in a file of participations, and make them."""

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId, Prm
from services.community import claims
from services.community.claims import Claimant
from services.community.commands.feasibility.feasibility import find_new_breaches
from services.community.commands.members.participations import (
    ChangedPerimeter,
    record_participations,
)
from services.community.domain.feasibility.perimeter import Breaches
from services.community.domain.members import perimeter
from services.community.domain.members.csv_lines import LinesRefused, PreviewOutdated
from services.community.domain.members.perimeter import Participation
from services.community.domain.members.perimeter_file import PerimeterPreview, compare, read
from services.community.store.enrolments.enrolments import list_enrolled
from services.community.store.members import registry as store


async def preview_file(
    session: AsyncSession, claimant: Claimant, operation_id: OperationId, content: bytes
) -> PerimeterPreview:
    """Raises OperationUnknown, PerimeterFileUnreadable, PerimeterFileTooLarge."""
    lines, refused = await asyncio.to_thread(read, content)
    operation = await store.get_operation(session, operation_id)
    current = await store.list_participations(session, operation_id)
    changes = compare(
        current,
        lines,
        refused,
        refuse=await _make_refusal(
            session, claimant, operation_id, [line.participation for line in lines]
        ),
    )
    fingerprint = f"{operation_id} {operation.revision} {hashlib.sha256(content).hexdigest()}"
    sha256 = hashlib.sha256(fingerprint.encode()).hexdigest()
    return PerimeterPreview(sha256, operation.revision, current, changes)


async def import_file(
    session: AsyncSession,
    claimant: Claimant,
    operation_id: OperationId,
    content: bytes,
    *,
    preview_hash: str,
) -> ChangedPerimeter:
    """Make the previewed changes, all or nothing.

    Raises OperationUnknown, PerimeterFileUnreadable, PreviewOutdated, LinesRefused, and what
    ``record_participations`` does if a point is enrolled elsewhere at this very moment.
    """
    await store.get_operation(session, operation_id, lock=True)
    preview = await preview_file(session, claimant, operation_id, content)
    if preview.hash != preview_hash:
        raise PreviewOutdated
    changes = preview.changes
    if changes.refused:
        raise LinesRefused.of(changes.refused)
    return await record_participations(session, claimant, operation_id, changes.news)


async def find_breaches(
    session: AsyncSession, operation_id: OperationId, preview: PerimeterPreview
) -> Breaches | None:
    """Return how the perimeter after the import would break the law.

    None also while lines are refused: correcting them makes another perimeter.
    """
    if preview.changes.refused:
        return None
    current, news = preview.current, preview.changes.news
    return await find_new_breaches(
        session, operation_id, former=current, planned=perimeter.merge(current, news), changes=news
    )


async def _make_refusal(
    session: AsyncSession,
    claimant: Claimant,
    operation_id: OperationId,
    participations: Collection[Participation],
) -> Callable[[Participation], str | None]:
    """Return a check of a participation, from a fixed number of queries for all."""
    members = {participation.member_id for participation in participations}
    prms = {participation.prm for participation in participations}
    known_members = await store.list_known_members(session, members)
    strangers = await claims.list_strangers(session, claimant, members)
    points = await store.map_points(session, prms)
    enrolled = await list_enrolled(session, operation_id)
    current = await store.list_participations(session, operation_id)
    operation = await store.get_operation(session, operation_id)
    judge = await claims.load_claims(session, claimant, operation, participations, current=current)
    elsewhere = defaultdict[Prm, list[Participation]](list)
    for row in await store.list_participations_of_points(session, prms):
        if row.operation_id != operation_id:
            elsewhere[row.prm].append(store.to_participation(row))

    def refuse(participation: Participation) -> str | None:
        if participation.prm not in points or judge.is_foreign(participation):
            return "record this point first, and ask staff if you have"
        if participation.member_id not in known_members:
            return f"there is no member {participation.member_id}"
        if participation.member_id in strangers:
            return "only staff may enrol a member who is in none of your operations"
        if participation.key in enrolled:
            return "it has an enrolment: take its next step instead"
        if any(
            participation.meets(other_participation)
            for other_participation in elsewhere[participation.prm]
        ):
            return "it takes part elsewhere over a part of that time"
        return judge.why_not(participation)

    return refuse
