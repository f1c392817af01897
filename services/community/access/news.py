"""Decides who may read and write which news."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Principal, refused
from libs.common.clock import today_in
from libs.common.ids import OperationId
from services.community.store.messages import news


def reader_of_news(session: AsyncSession, caller: Principal) -> news.NewsReader:
    """Return the reader that the caller is today."""
    return news.NewsReader(
        is_staff=caller.is_staff,
        is_organiser=caller.is_organiser,
        operations=caller.own_operations,
        member_id=caller.own_member_id,
        day=today_in(session),
    )


def check_may_write_news(caller: Principal, operation_id: OperationId | None) -> None:
    """Allow staff, and the organiser of the operation. Raises Forbidden."""
    if operation_id is not None:
        caller.check_may_run(operation_id)
    elif not caller.is_staff:
        raise refused(caller, "News of the whole co-op is for staff: give an operation_id.")


async def check_may_write_article(
    session: AsyncSession, caller: Principal, article_id: UUID
) -> None:
    """Raises ArticleUnknown for callers who may not read it, Forbidden for those who only may."""
    row = await news.get_article(session, article_id, reader_of_news(session, caller))
    check_may_write_news(caller, row.operation_id)
