"""JSON that people write: a name that comes twice is a mistake, not the last one right."""

import json
from collections import Counter

from services.allocation.domain.keys.problems import KeyMalformed


def parse_json(text: str | bytes) -> object:
    """Raises KeyMalformed when an object has a name twice, or ValueError when it is no JSON."""
    parsed: object = json.loads(text, object_pairs_hook=_object_without_doubles)
    return parsed


def _object_without_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """JSON lets a name come twice, and Python would keep the last: one of two shares of a point."""
    times = Counter(name for name, _ in pairs)
    if twice := sorted(name for name, count in times.items() if count > 1):
        raise KeyMalformed(f"Given more than once in the same object: {', '.join(twice)}.")
    return dict(pairs)
