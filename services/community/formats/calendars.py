"""iCalendar (RFC 5545), written by the library `icalendar`."""

from collections.abc import Sequence
from datetime import timedelta
from email.headerregistry import Address

from icalendar import Calendar, Event, vCalAddress, vText

from services.community.domain.calendars import CalendarEntry, in_order

MEDIA_TYPE = "text/calendar; charset=utf-8"
INVITATION_TYPE = "text/calendar; method=PUBLISH; charset=utf-8"
"""Not REQUEST: replies by e-mail would go to a mailbox that nobody reads."""
_PRODUCT = "-//Elocoop//Elocoop//FR"
_ASKED_AGAIN_AFTER = timedelta(hours=1)


def write_calendar(entries: Sequence[CalendarEntry], *, name: str) -> bytes:
    """Write a calendar to subscribe to; the same entries give the same bytes.

    Instants are in UTC, so that no program needs our rules of summer time. A program that has an
    entry already takes the one with the higher SEQUENCE.
    """
    calendar = _calendar()
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", _ASKED_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for entry in in_order(entries):
        calendar.add_component(_event(entry))
    content: bytes = calendar.to_ical()
    return content


def write_invitation(entries: Sequence[CalendarEntry], *, organiser: Address) -> bytes:
    """Write entries for an e-mail (RFC 5546, 3.2.1), as they are now, called off or not."""
    calendar = _calendar()
    calendar.add("method", "PUBLISH")
    address = vCalAddress(f"mailto:{organiser.addr_spec}")
    address.params["CN"] = vText(organiser.display_name or "Elocoop")
    for entry in in_order(entries):
        event = _event(entry)
        event.add("organizer", address)
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    return calendar


def _event(entry: CalendarEntry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.revision)
    event.add("dtstart", entry.start)
    if entry.end != entry.start:  # RFC 5545, 3.6.1: an end is later, and left out of a point
        event.add("dtend", entry.end)
    event.add("summary", entry.summary)
    for name in ("description", "location", "url"):
        text = getattr(entry, name)
        if text:
            event.add(name, text)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event
