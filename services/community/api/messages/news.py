"""Routes for news."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import AnyPerson, StaffOrOrganiser
from libs.common.edge.pages import AfterId, at_most
from libs.common.http import problems
from libs.common.ids import OperationIdField
from services.community.access import news as access
from services.community.api.dependencies import Session
from services.community.commands.messages import news as commands
from services.community.domain.messages.news import (
    ArticleElsewhere,
    ArticleNotADraft,
    ArticleNotPublished,
    ArticleUnknown,
    ArticleWithdrawn,
    AuthorRole,
)
from services.community.domain.problems import OperationUnknown
from services.community.schemas.messages.news import ArticleIn, ArticleOut, AuthorOut, PinIn
from services.community.store.messages import news as store
from services.community.tables import ArticleRow

router = APIRouter(prefix="/news", route_class=TokenFirstRoute)


@router.get(
    "",
    summary="List news, pinned articles first, then the latest",
    responses=problems(ArticleUnknown),
)
async def list_articles(
    *,
    caller: AnyPerson,
    session: Session,
    operation_id: OperationIdField | None = None,
    after: AfterId = None,
    limit: Annotated[int, at_most(100)] = 20,
) -> list[ArticleOut]:
    """Staff see all. Organisers: all of their operations, and what is published for organisers.

    Members: what is published for them, as they take part today, and for the whole co-op.
    """
    rows = await store.list_articles(
        session,
        access.reader_of_news(session, caller),
        operation_id=operation_id,
        after=after,
        limit=limit,
    )
    return [_article_out(row) for row in rows]


@router.get("/{article_id}", summary="Show an article", responses=problems(ArticleUnknown))
async def get_article(caller: AnyPerson, article_id: UUID, session: Session) -> ArticleOut:
    """Visible to those who would see it in the list."""
    reader = access.reader_of_news(session, caller)
    return _article_out(await store.get_article(session, article_id, reader))


@router.put(
    "/{article_id}",
    summary="Draft an article",
    responses=problems(OperationUnknown, ArticleElsewhere, ArticleNotADraft),
)
async def put_article(
    caller: StaffOrOrganiser, article_id: UUID, body: ArticleIn, session: Session
) -> ArticleOut:
    """Write or rewrite a draft under an id of your choice; no reader sees it yet.

    Staff; organisers for their operations. Readers see the organiser's name, or that it is
    from staff, and never an account.
    """
    access.check_may_write_news(caller, body.operation_id)
    role = AuthorRole.STAFF if caller.is_staff else AuthorRole.ORGANISER
    row = await commands.draft_article(
        session, body.to_article(article_id), role=role, by=caller.subject
    )
    return _article_out(row)


@router.post(
    "/{article_id}/publication",
    summary="Publish an article",
    responses=problems(ArticleUnknown, ArticleWithdrawn),
)
async def publish_article(
    caller: StaffOrOrganiser, article_id: UUID, session: Session
) -> ArticleOut:
    """Show it to its readers, and notify the members among them; again changes nothing.

    Staff; organisers for their operations.
    """
    await access.check_may_write_article(session, caller, article_id)
    return _article_out(await commands.publish_article(session, article_id))


@router.post(
    "/{article_id}/withdrawal",
    summary="Withdraw an article",
    responses=problems(ArticleUnknown, ArticleNotPublished),
)
async def withdraw_article(
    caller: StaffOrOrganiser, article_id: UUID, session: Session
) -> ArticleOut:
    """Take it back from its readers, with their notifications; e-mails that were sent stay.

    Staff; organisers for their operations. Again changes nothing.
    """
    await access.check_may_write_article(session, caller, article_id)
    return _article_out(await commands.withdraw_article(session, article_id))


@router.put(
    "/{article_id}/pin",
    summary="Pin or unpin an article",
    responses=problems(ArticleUnknown, ArticleNotPublished),
)
async def put_pin(
    caller: StaffOrOrganiser, article_id: UUID, body: PinIn, session: Session
) -> ArticleOut:
    """For published articles; pinned ones come first. For staff; organisers for theirs."""
    await access.check_may_write_article(session, caller, article_id)
    row = await commands.pin_article(session, article_id, is_pinned=body.is_pinned)
    return _article_out(row)


def _article_out(row: ArticleRow) -> ArticleOut:
    author = AuthorOut(role=row.author_role, name=row.author_name)
    return ArticleOut.model_validate(vars(row) | {"author": author})
