"""Values of files that an organiser pushed: they count below all that came from the DSO itself.

Of two real values for a step the later published counts, and it is the file that says when it was
published. So values of an organiser's file count as published centuries ago, before 1970: they fill
what is missing, the later file of an organiser corrects an earlier one, and any value of the DSO
takes their place (ADR 39).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from services.ingest.domain.readings.blocks import NOTHING, Block

_EARLIER_US = 300 * 365 * 86_400 * 1_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def as_organisers(published_us: int) -> int:
    """Return the instant as that of a value of an organiser's file: always negative."""
    return published_us - _EARLIER_US


def find_published_at(published_us: Sequence[int]) -> datetime | None:
    """Return when the last of these values was published; None if there are none."""
    known_us = [us + _EARLIER_US if us < 0 else us for us in published_us if us]
    return _EPOCH + timedelta(microseconds=max(known_us)) if known_us else None


def has_organisers(block: Block) -> bool:
    return any(published_us < 0 for published_us in block.published_us)


def without_organisers(block: Block) -> Block:
    """Return the next revision of a block, without the values of organisers' files."""
    steps = range(len(block.natures))
    slots_us = [block.published_us[slot if len(block.published_us) > 1 else 0] for slot in steps]
    gone = [published_us < 0 for published_us in slots_us]
    return replace(
        block,
        revision=block.revision + 1,
        power_w=[None if gone[slot] else block.power_w[slot] for slot in steps],
        natures="".join(NOTHING if gone[slot] else block.natures[slot] for slot in steps),
        doubtful=[not gone[slot] and block.doubtful[slot] for slot in steps],
        published_us=[0 if gone[slot] else slots_us[slot] for slot in steps],
    )
