"""JSON written by people: a name that comes twice is a mistake; the last one does not win."""

import json
from collections import Counter

from services.allocation.domain.keys.problems import KeyMalformed


def parse_json(text: str | bytes) -> object:
    """Raise KeyMalformed when an object has a name twice, or ValueError when it is no JSON."""
    parsed: object = json.loads(text, object_pairs_hook=_object_without_doubles)
    return parsed


def _object_without_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Refuse a name that comes twice: Python would keep the last of two shares of a point."""
    times = Counter(name for name, _ in pairs)
    if duplicates := sorted(name for name, count in times.items() if count > 1):
        raise KeyMalformed(f"Given more than once in the same object: {', '.join(duplicates)}.")
    return dict(pairs)
