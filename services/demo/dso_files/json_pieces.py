"""JSON documents piece by piece, for those that are mostly one long array."""

import json
from collections.abc import Iterable, Iterator, Mapping


def with_array(
    members: Mapping[str, object], name: str, elements: Iterable[object]
) -> Iterator[bytes]:
    """Yield an object of these members, then an array of this name."""
    yield _text(dict(members) | {name: []}).removesuffix("]}").encode()
    for number, element in enumerate(elements):
        yield f"{',' if number else ''}\n{_text(element)}".encode()
    yield b"\n]}\n"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
