"""Versions of a recorded fact, each in force from a local day on."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar


class Version(Protocol):
    @property
    def valid_from(self) -> date: ...


_V = TypeVar("_V", bound=Version)


def in_force(versions: Sequence[_V], day: date) -> _V | None:
    """The version in force: the last to begin, and of several with that day, the last recorded.

    versions: in the order in which they were recorded.
    """
    begun = [
        (version.valid_from, number)
        for number, version in enumerate(versions)
        if version.valid_from <= day
    ]
    return versions[max(begun)[1]] if begun else None
