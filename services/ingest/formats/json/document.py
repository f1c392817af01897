"""JSON of load curves: bounded in memory, strict in form, with every number kept as text.

Such a document is a small tree around long arrays of flat objects, its *points*. The arrays are cut
out first and read a piece at a time, so that no tree of millions of objects is ever built; what
stands around them is read in the usual way. A number remains text: nothing is rounded, none is too
long, and ``NaN`` is a text that is no number.

Arrays whose points hold arrays or objects are not cut, and belong to what stands around.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from services.ingest.domain.texts import storable
from services.ingest.formats.files.utf_8 import BOM
from services.ingest.formats.problems import FileMalformed

_PIECE_BYTES = 1024**2
# The text around the points takes ten times its size; a document of 500 MB has 35 MB of it.
_MOST_AROUND_BYTES = 40 * 1024**2
_SHORTEST_VALUE_BYTES = 8
_FEW_VALUES = 100_000
_KEY_CHARS = 40
_DEEPEST = 100  # a load curve has six levels
_BRACKETS = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[\[\]{}]', re.DOTALL)
_MARK, _MARKED = b"<cut ", re.compile(r"<cut (\d{1,9})>", re.ASCII)


@dataclass(frozen=True)
class Json:
    """A document whose arrays of points were cut out: ``root`` has a mark where each was."""

    content: bytes
    spans: list[tuple[int, int]]  # of the arrays that were cut out, by mark
    root: object

    def pieces(self, value: object, place: str) -> Iterator[list[object]]:
        """Yield the points of an array, some thousands at a time.

        value: what ``root`` has in its place. Raises FileMalformed if it is no array, or damaged.
        """
        mark = _MARKED.fullmatch(value) if isinstance(value, str) else None
        if mark and int(mark[1]) < len(self.spans):
            yield from self._cut_pieces(*self.spans[int(mark[1])])
        elif isinstance(value, list):
            yield value
        elif value is not None:
            raise FileMalformed(f"{place} is not an array.")

    def _cut_pieces(self, start: int, end: int) -> Iterator[list[object]]:
        begin, opening = start + 1, "["
        while begin < end - 1:
            # No brace stands in a text here (see _array): each closes a point.
            brace = self.content.find(b"}", begin + _PIECE_BYTES, end)
            stop = brace + 1 if brace >= 0 else end - 1
            yield _points(self.content, begin, stop, opening)
            begin, opening = stop, "[0"  # after a point, so that a comma must follow


def is_json(head: bytes) -> bool:
    return head.removeprefix(BOM).lstrip()[:1] in {b"{", b"["}


def load(content: bytes, points: str) -> Json:
    """Read a document whose points are in arrays under the key ``points``.

    Raises FileMalformed, with line and column, if it is cut or ill-formed; without them, if an
    object has a key twice, or too much of it is no points.
    """
    content = content.removeprefix(BOM)
    spans = (
        [] if _MARK in content else [match.span(1) for match in _array(points).finditer(content)]
    )
    around = _around(content, spans)
    _check_size(around)
    text, encoding = _decoded(around)
    try:
        return Json(content, spans, _loads(text, unique=True))
    except json.JSONDecodeError as error:
        offset = _offset(len(text[: error.pos].encode(encoding)), spans)
        raise _damaged(content, offset) from error
    except RecursionError as error:
        raise _nested_too_deep(content) from error


def objects(value: object, place: str) -> list[dict[str, object]]:
    """Return the objects of an array; none if it is absent.

    Raises FileMalformed if it is no array.
    """
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(element, dict) for element in value):
        raise FileMalformed(f"{place} is not an array of objects.")
    return value


def text_in(tree: dict[str, object], key: str) -> str:
    """Return the text or number under a key; empty if it is absent."""
    return as_text(tree.get(key)) or ""


def as_text(value: object) -> str | None:
    if isinstance(value, str) or value is None:
        return value
    return json.dumps(value) if isinstance(value, bool) else f"a JSON {type(value).__name__}"


def _array(points: str) -> re.Pattern[bytes]:
    """Match a key and, as its group, an array of flat objects without brackets in their texts.

    A quote inside a text has a backslash before it, so that no text can look like the key.
    """
    flat = rb"\[[^\[\]{}]*+(?:\{[^\[\]{}]*+\}[^\[\]{}]*+)*+\]"
    return re.compile(rb'(?<!\\)"' + points.encode() + rb'"\s*+:\s*+(' + flat + rb")")


def _around(content: bytes, spans: list[tuple[int, int]]) -> bytes:
    pieces, end = [], 0
    for number, (start, stop) in enumerate(spans):
        pieces += [content[end:start], _mark(number)]
        end = stop
    return b"".join([*pieces, content[end:]])


def _mark(number: int) -> bytes:
    return b'"%s%d>"' % (_MARK, number)


def _offset(offset_around: int, spans: list[tuple[int, int]]) -> int:
    """Return the offset in the document of an offset in the text around its points."""
    cut_bytes = 0
    for number, (start, stop) in enumerate(spans):
        if offset_around <= start - cut_bytes:
            break
        cut_bytes += stop - start - len(_mark(number))
    return offset_around + cut_bytes


def _check_size(around: bytes) -> None:
    values = sum(around.count(sign) for sign in (b",", b"[", b"{"))
    if values > _FEW_VALUES and values * _SHORTEST_VALUE_BYTES > len(around):
        raise FileMalformed(f"Its {values} values are too short to be records of load curves.")
    if len(around) > _MOST_AROUND_BYTES:
        limit_mib = _MOST_AROUND_BYTES // 1024**2
        raise FileMalformed(f"More than {limit_mib} MiB of it are no values: send it in parts.")


def _points(content: bytes, begin: int, stop: int, opening: str) -> list[object]:
    text, encoding = _decoded(content[begin:stop])
    array = f"{opening}{text}]"
    try:
        points = _array_of(array, unique=False)
        # As many keys as the text shows: none came twice. An escape may hide a key or half a
        # character.
        if "\\" in text or text.count('":') != _key_count(points):
            points = _array_of(array, unique=True)
    except json.JSONDecodeError as error:
        text_before_error = array[len(opening) : error.pos]
        raise _damaged(content, begin + len(text_before_error.encode(encoding))) from error
    return points[len(opening) - 1 :]


def _array_of(text: str, *, unique: bool) -> list[object]:
    array = _loads(text, unique=unique)
    assert isinstance(array, list)
    return array


def _key_count(points: list[Any]) -> int:
    """Count the keys of all points; less than a text shows if some are no objects."""
    try:
        return sum(map(len, points))
    except TypeError:
        return -1


def _loads(text: str, *, unique: bool) -> object:
    """Parse a text. unique: raise FileMalformed where a key comes twice in one object."""
    return json.loads(
        text,
        parse_int=str,
        parse_float=str,
        parse_constant=str,
        object_pairs_hook=_unique if unique else None,
    )


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value_by_key: dict[str, object] = {}
    for key, value in pairs:
        if key in value_by_key:
            raise FileMalformed(
                f"The key {storable(key)[:_KEY_CHARS]!r} comes twice in one object: "
                "nothing shows which of its values is meant."
            )
        value_by_key[key] = storable(value) if isinstance(value, str) else value
    return value_by_key


def _decoded(content: bytes) -> tuple[str, str]:
    try:
        return content.decode(), "utf-8"
    except UnicodeDecodeError:
        return content.decode("latin-1"), "latin-1"


def _damaged(content: bytes, offset: int) -> FileMalformed:
    line, column = _place(content, offset)
    return FileMalformed(
        f"The JSON is damaged or cut at line {line}, column {column}: send the file again.",
        line=line,
        column=column,
    )


def _nested_too_deep(content: bytes) -> FileMalformed:
    depth = 0
    for bracket in _BRACKETS.finditer(content):
        depth += {b"[": 1, b"{": 1, b"]": -1, b"}": -1}.get(bracket[0], 0)
        if depth > _DEEPEST:
            break
    line, column = _place(content, bracket.start())
    return FileMalformed(
        f"The JSON is nested more than {_DEEPEST} deep at line {line}, column {column}.",
        line=line,
        column=column,
    )


def _place(content: bytes, offset: int) -> tuple[int, int]:
    """Return the line and the column, in bytes, of an offset; both from 1."""
    return content.count(b"\n", 0, offset) + 1, offset - content.rfind(b"\n", 0, offset)
