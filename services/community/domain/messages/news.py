"""News: articles for the members of an operation, or of the whole co-op."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from libs.common.errors import Problem
from libs.common.ids import OperationId


class ArticleState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class NewsAudience(StrEnum):
    """The readers of an article. Participants are those taking part on the day of the request."""

    EVERYBODY = "everybody"
    PRODUCERS = "producers"
    CONSUMERS = "consumers"
    ORGANISERS = "organisers"  # and staff: no members


class AuthorRole(StrEnum):
    STAFF = "staff"
    ORGANISER = "organiser"


class ArticleUnknown(Problem):
    status, slug, title = 404, "article-unknown", "There is no such article"
    example_detail = "There is no article 0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10 for you."


class ArticleElsewhere(Problem):
    status, slug, title = 409, "article-elsewhere", "The article is for other readers"
    example_detail = "Choose another id for an article of ACC00000101."


class ArticleNotADraft(Problem):
    status, slug, title = 409, "article-not-a-draft", "Only a draft can be rewritten"
    example_detail = "The article is published: withdraw it, and publish another one."


class ArticleNotPublished(Problem):
    status, slug, title = 409, "article-not-published", "The article is not published"
    example_detail = "The article is a draft: publish it first."


class ArticleWithdrawn(Problem):
    status, slug, title = 409, "article-withdrawn", "A withdrawn article does not come back"
    example_detail = "Publish another one, with an id of its own."


@dataclass(frozen=True, kw_only=True)
class Article:
    """A text for an audience; operation_id: None for all members of the co-op.

    text: Markdown, as it was written. Nothing here makes HTML of it: the page does, safely.
    """

    id: UUID
    operation_id: OperationId | None
    audience: NewsAudience
    title: str
    text: str
    is_pinned: bool


@dataclass(frozen=True)
class Author:
    """As readers see it: a role and the organiser's name, never an account."""

    role: AuthorRole
    name: str | None
