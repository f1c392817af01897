"""iCalendar, read back by its own parser and line by line."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from services.community.domain.calendars import CalendarEntry
from services.community.formats.calendars import write_calendar

_AT = datetime(2026, 11, 2, 8, 15, tzinfo=UTC)
_TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=300)


def _entry(**changes: object) -> CalendarEntry:
    entry = {
        "uid": "one@elocoop",
        "revision": 3,
        "changed_at": _AT,
        "start": _AT,
        "end": _AT + timedelta(hours=2),
        "summary": "Assemblée",
    }
    return CalendarEntry(**(entry | changes))  # type: ignore[arg-type]


@given(_TEXTS, _TEXTS, _TEXTS)
def test_what_people_write_comes_back_unchanged(
    summary: str, description: str, location: str
) -> None:
    entry = _entry(summary=summary, description=description, location=location)

    content = write_calendar([entry], name="Elocoop")

    (event,) = Calendar.from_ical(content).events
    assert event["summary"] == summary
    assert event["description"] == description
    assert event["location"] == location


@given(_TEXTS)
def test_lines_are_folded_and_end_as_they_should(summary: str) -> None:
    content = write_calendar([_entry(summary=summary)], name="Elocoop")

    lines = content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)


def test_instants_are_in_utc_and_days_are_days() -> None:
    entries = [_entry(), _entry(uid="two@elocoop", start=date(2026, 11, 3), end=date(2026, 11, 4))]

    content = write_calendar(entries, name="Elocoop").decode()

    assert "DTSTART:20261102T081500Z\r\nDTEND:20261102T101500Z\r\n" in content
    assert "DTSTART;VALUE=DATE:20261103\r\nDTEND;VALUE=DATE:20261104\r\n" in content
    assert "DTSTAMP:20261102T081500Z\r\n" in content
    assert "SEQUENCE:3\r\n" in content


def test_a_point_in_time_has_no_end() -> None:
    content = write_calendar([_entry(end=_AT)], name="Elocoop")

    assert b"DTEND" not in content
    (event,) = Calendar.from_ical(content).events
    assert event.end == event.start == _AT


def test_the_same_entries_are_the_same_bytes_in_any_order() -> None:
    entries = [_entry(), _entry(uid="two@elocoop", start=date(2026, 11, 3), end=date(2026, 11, 4))]

    assert write_calendar(entries, name="Elocoop") == write_calendar(entries[::-1], name="Elocoop")
