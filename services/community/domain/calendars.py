"""Entries of people's calendar programs, and the secret addresses that serve them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from libs.common.errors import Problem

FEEDS_PER_ACCOUNT = 10


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """An event as calendar programs take it (RFC 5545, VEVENT).

    uid: permanent and unique. revision: grows with each change, from 0; changed_at: the instant of
    the last one, the same at every reading.
    start, end: both instants, or both local days, end excluded; the same start and end is a point
    in time, which is for instants only.
    """

    uid: str
    revision: int
    changed_at: datetime
    start: datetime | date
    end: datetime | date
    summary: str
    description: str = ""
    location: str = ""
    url: str | None = None
    is_cancelled: bool = False


def in_order(entries: Sequence[CalendarEntry]) -> list[CalendarEntry]:
    """Sort by start, a day before the instants of any day that is not earlier; then by uid."""
    return sorted(entries, key=lambda entry: (entry.start.isoformat(), entry.uid))


class CalendarUnknown(Problem):
    status, slug, title = 404, "calendar-unknown", "There is no such calendar"
    example_detail = "The address is wrong or was revoked: make another feed."


class CalendarFeedUnknown(Problem):
    status, slug, title = 404, "calendar-feed-unknown", "There is no such calendar feed"
    example_detail = "You have no calendar feed 0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10."


class TooManyCalendarFeeds(Problem):
    status, slug, title = 409, "too-many-calendar-feeds", "The account has enough calendar feeds"
    example_detail = "Revoke one of your 10 feeds first."
    example_facts: ClassVar = {"limit": FEEDS_PER_ACCOUNT}


class AccountElsewhere(Problem):
    status, slug, title = 409, "account-elsewhere", "The account is not one of the platform"
    example_detail = (
        "A feed shows what its account may see when it is read, so it needs an account here."
    )
