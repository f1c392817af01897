"""Bodies of the routes for calendar feeds."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from libs.common.http import BodyIn, BodyOut
from libs.common.texts import LineField


class CalendarFeedIn(BodyIn):
    label: LineField = Field(
        description="so that you recognise it in the list", examples=["My telephone"]
    )


class CalendarFeedOut(BodyOut):
    id: UUID
    label: str = Field(examples=["My telephone"])
    created_at: datetime
    last_used_on: date | None = Field(
        description="the last day on which a program read it; null: never",
        examples=["2026-11-02"],
    )


class NewCalendarFeedOut(CalendarFeedOut):
    url: str = Field(
        description="for the calendar program, and shown only once: whoever has it can read your"
        " calendar",
        examples=["https://elocoop.example.org/community/calendars/q2Zb…9sE.ics"],
    )
