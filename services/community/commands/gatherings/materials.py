"""Keep the reading material of a gathering: links and files."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from libs.common.file_store import IncomingFile
from services.community.domain.gatherings.problems import (
    MaterialElsewhere,
    MaterialHasFile,
    MaterialIsLink,
    TooManyMaterials,
)
from services.community.store.gatherings import materials as store
from services.community.tables import GatheringMaterialRow

ROOM = "community-gatherings"
"""The room of the file store."""
_MOST = 50


async def record_material(
    session: AsyncSession,
    gathering_id: UUID,
    material_id: UUID,
    *,
    title: str,
    url: str | None,
    by: str,
) -> GatheringMaterialRow:
    """Make or replace a link, or the entry that a file is put into.

    The gathering is locked. Raises MaterialElsewhere, MaterialHasFile, TooManyMaterials.
    """
    row = await store.lock_material(session, material_id)
    if row is None:
        if len(await store.list_materials(session, gathering_id)) >= _MOST:
            raise TooManyMaterials(limit=_MOST)
        row = GatheringMaterialRow(
            id=material_id, gathering_id=gathering_id, sha256=None, media_type=None, byte_count=None
        )
    if row.gathering_id != gathering_id:
        raise MaterialElsewhere
    if url is not None and row.sha256 is not None:
        raise MaterialHasFile
    row.title, row.url = title, url
    row.added_at, row.added_by = now_in(session), by
    await store.save_material(session, row)
    return row


async def set_file(
    session: AsyncSession, row: GatheringMaterialRow, draft: IncomingFile, *, media_type: str
) -> None:
    """Make the stored file the material from now on. Raises MaterialIsLink."""
    if row.url is not None:
        raise MaterialIsLink
    row.sha256, row.media_type, row.byte_count = draft.sha256, media_type, draft.byte_count
    await store.save_material(session, row)
