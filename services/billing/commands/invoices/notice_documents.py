"""The page of a payment notice, made anew each time: it says what is left today."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.file_store import FileStore
from services.billing.commands.invoices.documents import InvoiceFile, keep_file
from services.billing.documents.rendering import render_notice
from services.billing.domain.invoices.notice_standings import NoticeStanding
from services.billing.domain.wordings import Language
from services.billing.store.copies import get_parties


async def print_notice(
    session: AsyncSession, standing: NoticeStanding, language: Language
) -> bytes:
    customer_id = standing.notice.parties.customer_id
    customers = await get_parties(session, [customer_id])
    return await asyncio.to_thread(render_notice, standing, customers[customer_id], language)


async def keep_notice(
    session: AsyncSession, standing: NoticeStanding, language: Language, *, files: FileStore
) -> InvoiceFile:
    """The page as it is attached to a letter. Raises FilesUnavailable."""
    return await keep_file(await print_notice(session, standing, language), files)
