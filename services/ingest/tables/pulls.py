"""The questions to the DSO's APIs, and how fast they are asked."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import OperationId, Prm
from services.ingest.tables.base import Base

_IS_WAITING = text("state = 'waiting'")
_QUESTION = ("source", "resource", "operation_id", "prm", "direction", "from_day", "to_day")


class PullSourceRow(Base):
    """An API: when it may be asked again (``domain.pulls.rate``), and what was planned for it.

    planned_to: the first local day that is not planned yet. problem: why it answers none of our
    questions, since when.
    """

    __tablename__ = "pull_source"

    source: Mapped[str] = mapped_column(primary_key=True)
    next_at: Mapped[datetime]
    full_at: Mapped[datetime]
    planned_to: Mapped[date | None]
    problem: Mapped[str | None]
    problem_since: Mapped[datetime | None]


class PullJobRow(Base):
    """A question to an API, see ``domain.pulls.questions``, and what became of it.

    While it is leased, next_attempt_at is the end of the lease. re_request_id: the re-request that
    waits for its outcome. body_sha256: of the answer.
    """

    __tablename__ = "pull_job"
    __table_args__ = (
        Index(
            "pull_job_waiting",
            *_QUESTION,
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=_IS_WAITING,
        ),
        Index("pull_job_due", "source", "next_attempt_at", postgresql_where=_IS_WAITING),
        Index("pull_job_answer", "body_sha256", postgresql_where=text("body_sha256 IS NOT NULL")),
        Index("pull_job_point", "prm", "source", "closed_at"),
        Index("pull_job_re_request", "re_request_id"),
        Index("pull_job_newest", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    source: Mapped[str]
    resource: Mapped[str]
    operation_id: Mapped[OperationId | None]
    prm: Mapped[Prm | None]
    direction: Mapped[str | None]
    from_day: Mapped[date]
    to_day: Mapped[date]
    asked_by: Mapped[str]
    re_request_id: Mapped[UUID | None] = mapped_column(ForeignKey("re_request.id"))
    state: Mapped[str]
    created_at: Mapped[datetime]
    attempts: Mapped[int]
    next_attempt_at: Mapped[datetime | None]
    last_problem: Mapped[str | None]
    body_sha256: Mapped[str | None]
    delivery_id: Mapped[UUID | None] = mapped_column(ForeignKey("delivery.id"))
    closed_at: Mapped[datetime | None]
