"""Publish articles, and withdraw them."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import local_day
from libs.common.clock import now_in
from services.community.commands.messages.notifications import notify
from services.community.domain.messages.news import (
    Article,
    ArticleElsewhere,
    ArticleNotADraft,
    ArticleNotPublished,
    ArticleState,
    ArticleUnknown,
    ArticleWithdrawn,
    Author,
    AuthorRole,
)
from services.community.domain.messages.notifications import Notification, NotificationKind
from services.community.store.members import registry
from services.community.store.messages import news as store
from services.community.store.messages import notifications
from services.community.tables import ArticleRow


async def draft_article(
    session: AsyncSession, article: Article, *, role: AuthorRole, by: str
) -> ArticleRow:
    """Write or rewrite a draft; its author is whoever wrote last.

    Raises OperationUnknown, ArticleElsewhere, ArticleNotADraft.
    """
    now = now_in(session)
    author = Author(role, await _organiser_name(session, article, role))
    row = await store.add_or_lock_draft(session, article, author, at=now, by=by)
    if row.operation_id != article.operation_id:
        readers = article.operation_id or "the whole co-op"
        raise ArticleElsewhere(f"Choose another id for an article of {readers}.")
    if row.state != ArticleState.DRAFT:
        raise ArticleNotADraft(
            f"The article is {row.state}: withdraw it, and publish another one.", state=row.state
        )
    store.set_draft(row, article, author, at=now, by=by)
    await session.flush()
    return row


async def _organiser_name(session: AsyncSession, article: Article, role: AuthorRole) -> str | None:
    if article.operation_id is None:
        return None
    operation = await registry.get_operation(session, article.operation_id)
    if role == AuthorRole.STAFF:
        return None
    return (await registry.get_organiser(session, operation.organiser_id)).name


async def publish_article(session: AsyncSession, article_id: UUID) -> ArticleRow:
    """Show it to its readers and notify them, once; repeating it changes nothing.

    Raises ArticleUnknown, ArticleWithdrawn.
    """
    row = await _lock(session, article_id)
    if row.state == ArticleState.WITHDRAWN:
        raise ArticleWithdrawn
    if row.state == ArticleState.DRAFT:
        now = now_in(session)
        row.state, row.published_at = ArticleState.PUBLISHED, now
        await session.flush()
        readers = await store.list_audience(session, row, day=local_day(now))
        await notify(session, await _notification(session, row), readers)
    return row


async def _notification(session: AsyncSession, row: ArticleRow) -> Notification:
    operation_name = None
    if row.operation_id is not None:
        operation_name = (await registry.get_operation(session, row.operation_id)).name
    return Notification(
        kind=NotificationKind.NEWS_PUBLISHED,
        about_id=row.id,
        operation_id=row.operation_id,
        facts={"title": row.title, "operation_name": operation_name},
        link=f"/community/news/{row.id}",
    )


async def withdraw_article(session: AsyncSession, article_id: UUID) -> ArticleRow:
    """Withdraw it, with its notifications in the app; e-mails stay. Repeating it changes nothing.

    Raises ArticleUnknown, ArticleNotPublished.
    """
    row = await _lock(session, article_id)
    if row.state == ArticleState.DRAFT:
        raise ArticleNotPublished("The article is a draft, which no reader sees.")
    if row.state == ArticleState.PUBLISHED:
        row.state, row.withdrawn_at = ArticleState.WITHDRAWN, now_in(session)
        await session.flush()
        await notifications.delete_about(session, NotificationKind.NEWS_PUBLISHED, row.id)
    return row


async def pin_article(session: AsyncSession, article_id: UUID, *, is_pinned: bool) -> ArticleRow:
    """Raises ArticleUnknown, ArticleNotPublished."""
    row = await _lock(session, article_id)
    if row.state != ArticleState.PUBLISHED:
        raise ArticleNotPublished(f"The article is {row.state}.")
    row.is_pinned = is_pinned
    await session.flush()
    return row


async def _lock(session: AsyncSession, article_id: UUID) -> ArticleRow:
    row = await store.lock_article(session, article_id)
    if row is None:
        raise ArticleUnknown(f"There is no article {article_id} for you.")
    return row
