"""What was told of members' consents to be shown to their organiser."""

from collections.abc import Collection, Sequence
from typing import NamedTuple
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.copies import save_newer
from libs.common.curve_consents import Consent
from libs.common.ids import Prm
from services.allocation.tables import ConsentListRow, PerimeterRow

_consents = TypeAdapter(list[Consent])


class ConsentList(NamedTuple):
    """All that one member says of being shown."""

    member_id: UUID
    revision: int
    consents: Sequence[Consent]


async def save_consents(session: AsyncSession, lists: Sequence[ConsentList]) -> None:
    """Keep the highest revision of each."""
    rows = [
        {
            "member_id": one.member_id,
            "revision": one.revision,
            "prms": sorted({consent.prm for consent in one.consents}),
            "consents": _consents.dump_python(list(one.consents), mode="json"),
        }
        for one in lists
    ]
    await save_newer(session, ConsentListRow, rows, key=("member_id",), version="revision")


async def list_consents(session: AsyncSession, prms: Collection[Prm]) -> Sequence[Consent]:
    """All that anybody said about these points."""
    query = select(ConsentListRow.consents).where(ConsentListRow.prms.overlap(list(prms)))
    wanted = set(prms)
    return [
        one
        for listed in await session.scalars(query)
        for one in _consents.validate_python(listed)
        if one.prm in wanted
    ]


async def list_pairs_elsewhere(
    session: AsyncSession, prms: Collection[Prm]
) -> set[tuple[Prm, UUID]]:
    """Who takes or took part with these points, in whatever operation."""
    row = PerimeterRow
    names = or_(*(row.participations.contains([{"prm": prm}]) for prm in prms))
    return {
        (part["prm"], UUID(part["member_id"]))
        for parts in await session.scalars(select(row.participations).where(names))
        for part in parts
    }
