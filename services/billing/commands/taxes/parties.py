"""Record sellers' profiles and accise regimes: each record adds a version, former ones stay."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import today_in
from libs.common.ids import OperationId
from services.billing.domain.taxes.accise import AcciseEntry
from services.billing.domain.taxes.issuers import IssuerProfile, check_profile
from services.billing.domain.versions import in_force
from services.billing.store.copies import find_party
from services.billing.store.taxes import parties as store
from services.billing.tables import AcciseRegimeRow, IssuerProfileRow


async def record_profile(
    session: AsyncSession, member_id: UUID, profile: IssuerProfile
) -> Sequence[IssuerProfileRow]:
    """Add the version, unless it equals the one in force on its first day; return all.

    Raises IssuerProfileInvalid.
    """
    party = await find_party(session, member_id)
    today = today_in(session)
    check_profile(profile, siren=party.siren if party else None, today=today)
    await store.lock_versions(session, member_id)
    versions = await store.list_profiles(session, member_id)
    if (
        in_force([store.read_profile(version) for version in versions], profile.valid_from)
        == profile
    ):
        return versions
    await store.add_profile(session, member_id, len(versions) + 1, profile)
    return await store.list_profiles(session, member_id)


async def record_accise_entry(
    session: AsyncSession, operation_id: OperationId, entry: AcciseEntry
) -> Sequence[AcciseRegimeRow]:
    """Add the entry, unless it equals the one in force on its first day; return all."""
    await store.lock_versions(session, operation_id)
    versions = await store.list_accise_regimes(session, operation_id)
    if (
        in_force([store.read_accise_entry(version) for version in versions], entry.valid_from)
        == entry
    ):
        return versions
    await store.add_accise_entry(session, operation_id, len(versions) + 1, entry)
    return await store.list_accise_regimes(session, operation_id)
