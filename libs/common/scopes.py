"""The rows that a caller may see: ``access`` returns a scope, a store makes it a condition."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Self, TypeVar
from uuid import UUID

from libs.common.ids import OperationId

Stay = TypeVar("Stay")


@dataclass(frozen=True, kw_only=True)
class Scope:
    """All rows (operations None), or those that one of the fields allows; none by default.

    operations: whose rows they are. member_id: whom they are about. sender: the subject of who
    sent them. A store asks the fields that its rows have.
    """

    operations: Collection[OperationId] | None = frozenset()
    member_id: UUID | None = None
    sender: str | None = None

    @classmethod
    def about(cls, member_id: UUID | None) -> Self:
        """The rows about one member; none for None, a caller who is no member."""
        return cls(member_id=member_id)

    @property
    def is_everything(self) -> bool:
        return self.operations is None

    def has_member(self, member_id: UUID | None) -> bool:
        """Whether rows about this member are in the scope."""
        return self.is_everything or (member_id is not None and member_id == self.member_id)


EVERYTHING = Scope(operations=None)


@dataclass(frozen=True)
class PointScope(Generic[Stay]):
    """Days of points: all (participations None), or those of these participations."""

    participations: Sequence[Stay] | None

    @property
    def is_everything(self) -> bool:
        return self.participations is None


ALL_DAYS: PointScope[Any] = PointScope(None)
