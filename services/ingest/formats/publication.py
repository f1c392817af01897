"""When the DSO published a document: stated by its heading, else by the name of its file.

Of two values for one step the later published counts, in whatever order they arrive.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from services.ingest.domain.readings.organisers import rank_below_dso
from services.ingest.formats.parsed import Parsed

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HEADING_BYTES = 4096
_PARIS = ZoneInfo("Europe/Paris")
_CREATION = re.compile(rb"<(?:[\w.-]+:)?Date_Creation>\s*([^<]{10,40}?)\s*</")
# ``ENEDIS_R63_P_CdC_M0DEMOA1_00001_20261102083000.zip`` (domain: §2.3 to §2.5)
_NAME = re.compile(r"(?:ENEDIS|ERDF)_.*_([0-9]{14})\.\w+$", re.ASCII)


def of_heading(content: bytes) -> datetime | None:
    """Return the ``Date_Creation`` at the top of an R50 or R4x; None if it is unreadable."""
    match = _CREATION.search(content, 0, _HEADING_BYTES)
    if not match:
        return None
    try:
        created = datetime.fromisoformat(match[1].decode("ascii", "replace"))
        return created.astimezone(UTC) if created.tzinfo else None
    except (ValueError, OverflowError):
        return None


def of_name(name: str) -> datetime | None:
    """Return the instant, in local time of Paris, that ends the names of the DSO's files."""
    match = _NAME.search(name)
    if not match:
        return None
    try:
        local = datetime.strptime(match[1], "%Y%m%d%H%M%S").replace(tzinfo=_PARIS)
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


@dataclass(frozen=True)
class Publication:
    """When the documents of one delivery were published."""

    file_name: str
    recorded_at: datetime  # for the first time
    is_again: bool = False  # they were recorded before: their present content replaces the earlier
    is_from_organiser: bool = False  # their values count below all that the DSO says

    def of_us(self, document: Parsed) -> int:
        """Return the time of publication in microseconds since 1970.

        A document that does not state it counts as published when it was recorded: deliveries are
        recorded in the order in which they came. So does one from the future: its sender's clock
        must not outdate every correction to come.
        """
        published_at = document.published_at or of_name(self.file_name) or self.recorded_at
        published_us = (min(published_at, self.recorded_at) - _EPOCH) // timedelta(microseconds=1)
        if self.is_from_organiser:
            return rank_below_dso(published_us)
        return max(1, published_us)  # before 1970 it would rank as an organiser's
