"""The rows of news."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import OperationId
from services.community.domain.messages.news import ArticleState, AuthorRole, NewsAudience
from services.community.tables.base import Base


class ArticleRow(Base):
    """An article, see ``domain.messages.news``; drafted_by is an account and shown to nobody."""

    __tablename__ = "article"
    __table_args__ = (Index("article_operation", "operation_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    operation_id: Mapped[OperationId | None] = mapped_column(ForeignKey("operation.id"))
    audience: Mapped[NewsAudience] = mapped_column(Text)
    title: Mapped[str]
    text: Mapped[str]
    is_pinned: Mapped[bool]
    author_role: Mapped[AuthorRole] = mapped_column(Text)
    author_name: Mapped[str | None]
    state: Mapped[ArticleState] = mapped_column(Text)
    drafted_at: Mapped[datetime]
    drafted_by: Mapped[str]
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
