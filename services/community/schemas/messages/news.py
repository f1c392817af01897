"""Bodies of the routes for news."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from libs.common.http import BodyIn, BodyOut
from libs.common.ids import OperationId, OperationIdField
from libs.common.texts import LineField
from services.community.domain.messages.news import Article, ArticleState, AuthorRole, NewsAudience

_TITLE = "Le toit de l’école produit"
_TEXT = "Depuis lundi, **36 kWc** de plus.\n\n- midi est l’heure de la lessive"
MarkdownField = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        min_length=1,
        max_length=20_000,
        pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]+$",
    ),
    Field(
        description="Markdown, kept and returned as it was written: clients render it as HTML,"
        " and must not trust HTML in it",
        examples=[_TEXT],
    ),
]


class ArticleIn(BodyIn):
    """A text for an audience."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "operation_id": "ACC00000101",
                    "audience": "everybody",
                    "title": _TITLE,
                    "text": _TEXT,
                    "is_pinned": False,
                }
            ]
        }
    )

    operation_id: OperationIdField | None = Field(
        description="the operation whose members may read it; null: the whole co-op; staff only",
    )
    audience: NewsAudience = Field(
        description="`everybody` · `producers`, `consumers`: those who take part so on the day of"
        " the request · `organisers`: and staff, no members"
    )
    title: LineField = Field(examples=[_TITLE])
    text: MarkdownField
    is_pinned: bool = Field(description="above the others", examples=[False])

    def to_article(self, article_id: UUID) -> Article:
        return Article(id=article_id, **dict(self))


class PinIn(BodyIn):
    is_pinned: bool = Field(examples=[True])


class AuthorOut(BodyOut):
    """The author, as readers see it."""

    role: AuthorRole
    name: str | None = Field(
        description="of the organiser; null: staff", examples=["Les Volts d’Aurelle"]
    )


class ArticleOut(BodyOut):
    id: UUID
    operation_id: OperationId | None = Field(examples=["ACC00000101"])
    audience: NewsAudience
    title: str = Field(examples=[_TITLE])
    text: str = Field(description="Markdown; HTML in it is not to be trusted", examples=[_TEXT])
    is_pinned: bool = Field(examples=[False])
    author: AuthorOut
    state: ArticleState
    published_at: datetime | None = Field(
        description="null: a draft", examples=["2026-11-20T18:00:00Z"]
    )
    withdrawn_at: datetime | None = Field(examples=[None])
