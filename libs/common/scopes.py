"""Whose rows a caller may see: ``access`` returns a scope, a store turns it into a condition."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from libs.common.ids import OperationId


@dataclass(frozen=True, kw_only=True)
class Scope:
    """All rows (operations None), or those that one of the fields allows.

    operations: whose rows they are. member_id: whom they are about. sender: the subject of who
    sent them. A store asks the fields that its rows have.
    """

    operations: Collection[OperationId] | None
    member_id: UUID | None = None
    sender: str | None = None


EVERYTHING = Scope(operations=None)
