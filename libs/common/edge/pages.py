"""Pages of lists: how many rows, and after which."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query

_MOST_BIGINT = 2**63 - 1
_MOST_INTEGER = 2**31 - 1


def at_most(rows: int) -> Any:  # noqa: ANN401 - FastAPI's own type of it
    """The bounds of a ``limit``."""
    return Query(ge=1, le=rows)


Limit = Annotated[int, at_most(1000)]
LongLimit = Annotated[int, at_most(10_000)]
"""Of lists whose rows are small."""

AfterId = Annotated[UUID | None, Query(description="last id of the page before")]
AfterMemberId = Annotated[UUID | None, Query(description="last member_id of the page before")]
AfterNumber = Annotated[int, Query(ge=0, le=_MOST_INTEGER, description="last number seen")]
BeforeNumber = Annotated[
    int | None, Query(ge=1, le=_MOST_BIGINT, description="last number of the page before")
]
"""Of lists that begin with the newest."""
