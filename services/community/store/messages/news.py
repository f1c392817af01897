"""Queries of news: who may read an article, and who is notified of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import lock_names
from libs.common.ids import Direction, OperationId
from services.community.domain.messages.news import (
    Article,
    ArticleState,
    ArticleUnknown,
    Author,
    NewsAudience,
)
from services.community.tables import ArticleRow, MemberRow, ParticipationRow

_DIRECTIONS = {
    NewsAudience.PRODUCERS: Direction.PRODUCTION,
    NewsAudience.CONSUMERS: Direction.CONSUMPTION,
}


@dataclass(frozen=True)
class NewsReader:
    """The reader of news; member_id: as whom they take part on that day, if at all."""

    is_staff: bool
    operations: Collection[OperationId]
    is_organiser: bool
    member_id: UUID | None
    day: date


async def add_or_lock_draft(
    session: AsyncSession, article: Article, author: Author, *, at: datetime, by: str
) -> ArticleRow:
    """Return the row of the article, locked; a new one is as described."""
    await lock_names(session, "article", [article.id])
    row = await session.get(ArticleRow, article.id, populate_existing=True, with_for_update=True)
    if row is None:
        state = ArticleState.DRAFT
        row = ArticleRow(id=article.id, state=state, published_at=None, withdrawn_at=None)
        set_draft(row, article, author, at=at, by=by)
        session.add(row)
        await session.flush()
    return row


def set_draft(row: ArticleRow, article: Article, author: Author, *, at: datetime, by: str) -> None:
    for name, value in vars(article).items():
        setattr(row, name, value)
    row.author_role, row.author_name = author.role, author.name
    row.drafted_at, row.drafted_by = at, by


async def lock_article(session: AsyncSession, article_id: UUID) -> ArticleRow | None:
    return await session.get(ArticleRow, article_id, populate_existing=True, with_for_update=True)


async def get_article(session: AsyncSession, article_id: UUID, reader: NewsReader) -> ArticleRow:
    """Raises ArticleUnknown, also for one that the reader may not see."""
    row = await session.scalar(_readable(reader).where(ArticleRow.id == article_id))
    if row is None:
        raise ArticleUnknown(f"There is no article {article_id} for you.")
    return row


async def list_articles(
    session: AsyncSession,
    reader: NewsReader,
    *,
    operation_id: OperationId | None,
    after: UUID | None,
    limit: int,
) -> Sequence[ArticleRow]:
    """List pinned ones first, then the latest.

    Raises ArticleUnknown for an unreadable ``after``.
    """
    query = _readable(reader)
    if operation_id is not None:
        query = query.where(ArticleRow.operation_id == operation_id)
    at = func.coalesce(ArticleRow.published_at, ArticleRow.drafted_at)
    if after is not None:
        last = await get_article(session, after, reader)
        place = (last.is_pinned, last.published_at or last.drafted_at, last.id)
        query = query.where(tuple_(ArticleRow.is_pinned, at, ArticleRow.id) < place)
    ordered = query.order_by(ArticleRow.is_pinned.desc(), at.desc(), ArticleRow.id.desc())
    return (await session.scalars(ordered.limit(limit))).all()


def _readable(reader: NewsReader) -> Select[ArticleRow]:
    query = select(ArticleRow)
    if reader.is_staff:
        return query
    is_of_own_operation = ArticleRow.operation_id.in_(reader.operations)
    is_published = ArticleRow.state == ArticleState.PUBLISHED
    return query.where(is_of_own_operation | (is_published & or_(False, *_meant_for(reader))))


def _meant_for(reader: NewsReader) -> list[ColumnElement[bool]]:
    """Return conditions for articles published for this reader, one per reason."""
    is_of_co_op = ArticleRow.operation_id.is_(None)
    is_for_everybody = ArticleRow.audience == NewsAudience.EVERYBODY
    reasons: list[ColumnElement[bool]] = []
    if reader.is_organiser:
        audiences = [NewsAudience.EVERYBODY, NewsAudience.ORGANISERS]
        reasons.append(is_of_co_op & ArticleRow.audience.in_(audiences))
    if reader.member_id is not None:
        takes_part = exists().where(
            ParticipationRow.member_id == reader.member_id,
            _on(reader.day),
            is_of_co_op | (ParticipationRow.operation_id == ArticleRow.operation_id),
            or_(
                is_for_everybody,
                *(
                    and_(ArticleRow.audience == audience, ParticipationRow.direction == direction)
                    for audience, direction in _DIRECTIONS.items()
                ),
            ),
        )
        reasons += [is_of_co_op & is_for_everybody, takes_part]
    return reasons


async def list_audience(session: AsyncSession, article: ArticleRow, *, day: date) -> Sequence[UUID]:
    """List the members it is for; none for an article for organisers."""
    if article.audience == NewsAudience.ORGANISERS:
        return []
    if article.audience == NewsAudience.EVERYBODY and article.operation_id is None:
        return (await session.scalars(select(MemberRow.id))).all()
    query = select(ParticipationRow.member_id).where(_on(day)).distinct()
    if article.operation_id is not None:
        query = query.where(ParticipationRow.operation_id == article.operation_id)
    if article.audience != NewsAudience.EVERYBODY:
        query = query.where(ParticipationRow.direction == _DIRECTIONS[article.audience])
    return (await session.scalars(query)).all()


def _on(day: date) -> ColumnElement[bool]:
    """Whether a participation is valid on that local day."""
    return and_(
        ParticipationRow.valid_from <= day,
        or_(ParticipationRow.valid_to.is_(None), day < ParticipationRow.valid_to),
    )
