"""What a document holds that its format does not know: passed over, and told to the sender."""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from services.ingest.domain.texts import storable
from services.ingest.formats import columns
from services.ingest.formats.csv_table import text_of

MOST_NOTES = 20
_NAME_CHARS = 40
_MOST_FOUND = 1000  # names are looked for no further: a hostile file has millions
_ELEMENT = re.compile(rb"<(?:[^\s<>/!?:]++:)?+([^\s<>/!?:]++)")


def unknown(kind: str, names: Iterable[str]) -> tuple[str, ...]:
    """One note for each name, in order of the alphabet, and one that counts those left out."""
    shown = sorted({" ".join(storable(name).split())[:_NAME_CHARS] for name in names} - {""})
    notes = [f"unknown {kind} {name!r}" for name in shown[: MOST_NOTES - 1]]
    if len(shown) > len(notes):
        notes.append(f"unknown {kind}s: {len(shown) - len(notes)} more")
    return tuple(notes)


def unknown_columns(header: Iterable[str], known: AbstractSet[str]) -> tuple[str, ...]:
    """header: cells as they stand in the file. known: plain names, see ``columns.plain``."""
    return unknown("column", (cell for cell in header if columns.plain(cell) not in known))


def unknown_elements(xml: bytes, known: AbstractSet[bytes]) -> tuple[str, ...]:
    """xml: a document, or what is left of one whose usual records were cut out."""
    found: set[bytes] = set()
    for element in _ELEMENT.finditer(xml):
        if element[1] not in known:
            found.add(element[1])
            if len(found) == _MOST_FOUND:
                break
    return unknown("element", map(text_of, found))


def keys_in(tree: object) -> set[str]:
    """Of all objects of a JSON document."""
    keys: set[str] = set()
    left = [tree]
    while left:
        value = left.pop()
        if isinstance(value, dict):
            keys.update(value)
            left.extend(value.values())
        elif isinstance(value, list):
            left.extend(value)
    return keys


def passed_over(quantities: Iterable[str]) -> tuple[str, ...]:
    """One note for each quantity other than active power of which there are curves."""
    return tuple(
        f"curves of {quantity} passed over: not active power"
        for quantity in sorted({one.strip().upper() for one in quantities})
    )
