"""A gathering as an entry of people's calendars."""

from datetime import datetime

from services.community.domain.calendars import CalendarEntry
from services.community.domain.gatherings.gathering import AgendaItem, Gathering
from services.community.domain.messages.messages import Language


def gathering_entry(
    gathering: Gathering,
    *,
    language: Language,
    revision: int,
    changed_at: datetime,
    cancelled_reason: str | None,
) -> CalendarEntry:
    """The same in feeds and in e-mails, so that a program with both shows one entry."""
    lines = [gathering.description, *(_line(item) for item in gathering.agenda)]
    if cancelled_reason is not None:
        lines.insert(
            0, ("Annulé\u00a0: " if language == "fr" else "Called off: ") + cancelled_reason
        )
    return CalendarEntry(
        uid=f"gathering-{gathering.id}@elocoop",
        revision=revision,
        changed_at=changed_at,
        start=gathering.starts_at,
        end=gathering.ends_at,
        summary=gathering.title,
        description="\n".join(line for line in lines if line),
        location=gathering.place.replace("\n", ", ") or gathering.url or "",
        url=gathering.url,
        is_cancelled=cancelled_reason is not None,
    )


def _line(item: AgendaItem) -> str:
    """``– A second roof (40 min, Lucie Brindille)``."""
    more = [f"{item.minutes} min"] if item.minutes else []
    more += [item.speaker] if item.speaker else []
    return f"– {item.title}" + (f" ({', '.join(more)})" if more else "")
