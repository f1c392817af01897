"""The copy of members' consents to the use of their points' curves."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.curve_consents import Consent, Granularity
from libs.common.database import copy_rows
from libs.common.database.arrays import among
from libs.common.ids import Prm
from services.ingest.domain.privacy import consents as domain
from services.ingest.domain.privacy.consents import Purpose
from services.ingest.domain.readings.coverage import Participation
from services.ingest.store import perimeters as perimeter_store
from services.ingest.tables import ConsentListRow, ConsentRow

_OfPoint = TypeVar("_OfPoint", Consent, Participation)


class NamedConsent(NamedTuple):
    id: UUID
    consent: Consent


async def save_consents(
    session: AsyncSession, member_id: UUID, revision: int, consents: Iterable[NamedConsent]
) -> None:
    """Replace all consents of a member, unless a later revision is known."""
    insertion = insert(ConsentListRow).values(member_id=member_id, revision=revision)
    is_newer = await session.execute(
        insertion.on_conflict_do_update(
            index_elements=["member_id"],
            set_={"revision": insertion.excluded.revision},
            where=ConsentListRow.revision < insertion.excluded.revision,
        ).returning(ConsentListRow.revision)
    )
    if is_newer.first() is None:
        return
    await session.execute(
        delete(ConsentRow)
        .where(ConsentRow.member_id == member_id)
        .execution_options(synchronize_session=False)
    )
    names = [column.key for column in ConsentRow.__table__.columns if column.key != "id"]
    await copy_rows(
        session,
        ConsentRow.__tablename__,
        columns=["id", *names],
        rows=(
            (named_consent.id, *(getattr(named_consent.consent, name) for name in names))
            for named_consent in consents
        ),
    )


async def list_consents(session: AsyncSession, prm: Prm) -> Sequence[Consent]:
    """Return all consents that anybody gave or refused for a point."""
    return await list_consents_of(session, [prm])


async def list_consents_of(session: AsyncSession, prms: Collection[Prm]) -> Sequence[Consent]:
    """Return all consents that anybody gave or refused for these points."""
    condition = among(ConsentRow.prm, prms)
    rows = await session.scalars(select(ConsentRow).where(condition))
    return [
        Consent(
            member_id=row.member_id,
            prm=row.prm,
            purpose=row.purpose,
            granularity=row.granularity,
            is_granted=row.is_granted,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            withdrawn_on=row.withdrawn_on,
        )
        for row in rows
    ]


async def list_collectable(session: AsyncSession, prms: Collection[Prm], *, day: date) -> set[Prm]:
    """Return those of these points whose load curves may be fetched for their households on a day.

    Takes two queries, however many points there are.
    """
    participations = _by_point(await perimeter_store.list_participations(session, prms))
    consents = _by_point(await list_consents_of(session, prms))
    return {
        prm
        for prm in prms
        if domain.may(
            participations.get(prm, []),
            consents.get(prm, []),
            purpose=Purpose.COLLECTION,
            granularity=Granularity.LOAD_CURVE,
            day=day,
        )
    }


def _by_point(records: Iterable[_OfPoint]) -> Mapping[Prm, list[_OfPoint]]:
    records_by_point: dict[Prm, list[_OfPoint]] = {}
    for record in records:
        records_by_point.setdefault(record.prm, []).append(record)
    return records_by_point


async def may(
    session: AsyncSession, prm: Prm, *, purpose: Purpose, granularity: Granularity, day: date
) -> bool:
    """Decide by ``domain.privacy.consents`` on the curves of a point on a local day."""
    return domain.may(
        await perimeter_store.list_participations(session, [prm]),
        await list_consents(session, prm),
        purpose=purpose,
        granularity=granularity,
        day=day,
    )
