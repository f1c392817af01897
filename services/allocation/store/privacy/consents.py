"""Copies of members' consents to be shown to their organiser."""

from collections.abc import Collection, Sequence
from typing import NamedTuple
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.curve_consents import Consent
from libs.common.ids import Prm
from libs.common.messaging.copies import save_newer
from services.allocation.tables import ConsentListRow, PerimeterRow

_consents = TypeAdapter(list[Consent])


class ConsentList(NamedTuple):
    """All of one member's consents to be shown."""

    member_id: UUID
    revision: int
    consents: Sequence[Consent]


async def save_consents(session: AsyncSession, lists: Sequence[ConsentList]) -> None:
    """Keep the highest revision of each."""
    rows = [
        {
            "member_id": consent_list.member_id,
            "revision": consent_list.revision,
            "prms": sorted({consent.prm for consent in consent_list.consents}),
            "consents": _consents.dump_python(list(consent_list.consents), mode="json"),
        }
        for consent_list in lists
    ]
    await save_newer(session, ConsentListRow, rows, key=("member_id",), version="revision")


async def list_consents(session: AsyncSession, prms: Collection[Prm]) -> Sequence[Consent]:
    """Return all consents about these points."""
    query = select(ConsentListRow.consents).where(ConsentListRow.prms.overlap(list(prms)))
    prm_set = set(prms)
    return [
        consent
        for listed in await session.scalars(query)
        for consent in _consents.validate_python(listed)
        if consent.prm in prm_set
    ]


async def list_pairs_elsewhere(
    session: AsyncSession, prms: Collection[Prm]
) -> set[tuple[Prm, UUID]]:
    """Return the members who take or took part with these points, in any operation."""
    row = PerimeterRow
    names = or_(*(row.participations.contains([{"prm": prm}]) for prm in prms))
    return {
        (participation["prm"], UUID(participation["member_id"]))
        for participations in await session.scalars(select(row.participations).where(names))
        for participation in participations
    }
