"""Notes to the sender about content that the format does not know, and which was passed over."""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from services.ingest.domain.texts import storable
from services.ingest.formats import columns
from services.ingest.formats.files.utf_8 import text_of

MOST_NOTES = 20
_NAME_CHARS = 40
_MOST_FOUND = 1000  # no more names are collected: a hostile file has millions
_ELEMENT = re.compile(rb"<(?:[^\s<>/!?:]++:)?+([^\s<>/!?:]++)")


def unknown(kind: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return one note for each name, in alphabetical order, and one that counts those left out."""
    shown = sorted({" ".join(storable(name).split())[:_NAME_CHARS] for name in names} - {""})
    notes = [f"unknown {kind} {name!r}" for name in shown[: MOST_NOTES - 1]]
    if len(shown) > len(notes):
        notes.append(f"unknown {kind}s: {len(shown) - len(notes)} more")
    return tuple(notes)


def unknown_columns(header: Iterable[str], known_names: AbstractSet[str]) -> tuple[str, ...]:
    """header: cells as they stand in the file. known_names: plain names, see ``columns.plain``."""
    return unknown("column", (cell for cell in header if columns.plain(cell) not in known_names))


def unknown_elements(xml: bytes, known_names: AbstractSet[bytes]) -> tuple[str, ...]:
    """xml: a document, or what is left of one whose usual records were cut out."""
    unknown_names: set[bytes] = set()
    for element in _ELEMENT.finditer(xml):
        if element[1] not in known_names:
            unknown_names.add(element[1])
            if len(unknown_names) == _MOST_FOUND:
                break
    return unknown("element", map(text_of, unknown_names))


def keys_in(tree: object) -> set[str]:
    """Return the keys of all objects of a JSON document."""
    keys: set[str] = set()
    pending = [tree]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            keys.update(value)
            pending.extend(value.values())
        elif isinstance(value, list):
            pending.extend(value)
    return keys


def passed_over(quantities: Iterable[str]) -> tuple[str, ...]:
    """Return one note for each quantity other than active power of which there are curves."""
    return tuple(
        f"curves of {quantity} passed over: not active power"
        for quantity in sorted({quantity.strip().upper() for quantity in quantities})
    )
