"""Seats and the queue for them; nobody in the queue is overtaken."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from services.community.domain.gatherings.problems import NoSeatForGuests


class ReplyAnswer(StrEnum):
    YES = "yes"
    NO = "no"
    MAYBE = "maybe"


@dataclass(frozen=True, kw_only=True)
class Reply:
    """A member's answer; waits_behind: how many parties wait before, None if it does not wait."""

    gathering_id: UUID
    member_id: UUID
    name: str
    answer: ReplyAnswer
    guests: int
    is_seated: bool
    waits_behind: int | None
    shows_name: bool
    replied_at: datetime


@dataclass(frozen=True)
class Headcount:
    """Persons; those of ``maybe`` and ``declined`` bring nobody. attended: as noted there."""

    seated: int = 0
    waiting: int = 0
    maybe: int = 0
    declined: int = 0
    attended: int = 0


class SeatPlace(StrEnum):
    """The place of a member who says yes."""

    SEATED = "seated"
    WAITS_ON = "waits_on"  # where they are in the queue
    WAITS_ANEW = "waits_anew"  # at its end


@dataclass(frozen=True)
class Before:
    """The replaced reply: a party of ``seats``, with them or waiting for them."""

    seats: int
    is_seated: bool


def seat(seats: int, before: Before | None, *, left: int | None, somebody_waits: bool) -> SeatPlace:
    """Decide the place of a party of so many, guests included.

    before: None for a member without seats so far. left: free seats, None for enough.
    Raises NoSeatForGuests: a party with seats keeps them rather than wait for more.
    """
    if before is not None and before.is_seated:
        more = seats - before.seats
        if left is not None and more > 0 and (somebody_waits or more > left):
            raise NoSeatForGuests(
                f"You keep your seats: {left} are left, for those who wait first.", seats_left=left
            )
        return SeatPlace.SEATED
    if before is not None and seats <= before.seats:
        return SeatPlace.WAITS_ON
    free = left is None or seats <= left
    return SeatPlace.SEATED if free and not somebody_waits else SeatPlace.WAITS_ANEW


_Waiting = TypeVar("_Waiting")


def promote(queue: Iterable[tuple[_Waiting, int]], *, left: int | None) -> Iterator[_Waiting]:
    """Yield the parties in the queue that get seats now, in order, without gaps.

    queue: each with the seats that it needs. A party that is too large lets nobody past, as it
    would otherwise wait for ever.
    """
    for waiting, seats in queue:
        if left is not None:
            if seats > left:
                return
            left -= seats
        yield waiting
