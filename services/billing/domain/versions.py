"""Versions of what somebody has recorded, each from a local day on."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar


class Version(Protocol):
    @property
    def valid_from(self) -> date: ...


_V = TypeVar("_V", bound=Version)


def in_force(versions: Sequence[_V], day: date) -> _V | None:
    """The latest beginning, and of several with one, the last recorded.

    versions: in the order in which they were recorded.
    """
    begun = [
        (one.valid_from, number) for number, one in enumerate(versions) if one.valid_from <= day
    ]
    return versions[max(begun)[1]] if begun else None
