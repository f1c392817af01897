"""A large XML of load curves in parts, each a document of its own with some of the points."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO

from services.ingest.formats.files import text_parts
from services.ingest.formats.files.in_turn import in_turn
from services.ingest.formats.files.text_parts import parts
from services.ingest.formats.parsed import Parsed
from services.ingest.formats.problems import FileMalformed
from services.ingest.formats.xml.points import (
    Piece,
    documents_of_points,
    said_behind_points,
)
from services.ingest.formats.xml.starts import ElementNames
from services.ingest.formats.xml.stream import damaged_at

_Read = Callable[[bytes, int, str | None], Parsed]
"""Reads a document, and adds the number to its lines.

The last argument overrides what the document states for all points: the file states it after other
points.
"""

_MARKUP = re.compile(rb"<!|<\?|xmlns\s*=")
_RARE = (b"!", b"?", b"xmlns")  # without any of them there is no markup, which is faster to see


def read_in_parts(file: IO[bytes], read: _Read, names: ElementNames) -> Iterator[Parsed]:
    """Read a document, in parts if it is large.

    Raises FileMalformed for a large document with a DOCTYPE. One with comments, CDATA, prefixes,
    elements around its points, records outside of any, or ``of_all`` after a point takes longer.
    """
    content = file.read(text_parts.PART_BYTES + 1)
    if len(content) <= text_parts.PART_BYTES:
        yield read(content, 0, None)
        return
    del content
    late_statement = said_behind_points(file, names)
    file.seek(0)
    yield from in_turn(partial(_read_piece, read, late_statement), _pieces(file, names))


class _NotPlain(Exception):  # noqa: N818 - it says what was found
    """The bytes alone do not show where points are."""


def _pieces(file: IO[bytes], names: ElementNames) -> Iterator[Piece]:
    """Cut the file by its bytes alone, or by a parser from where these do not suffice."""
    given_bytes = 0
    try:
        for piece, point_bytes in _plain(file, names):
            yield piece
            given_bytes += point_bytes
    except _NotPlain:
        yield from documents_of_points(file, names, given_bytes=given_bytes)


def _plain(file: IO[bytes], names: ElementNames) -> Iterator[tuple[Piece, int]]:
    """Yield each piece with the number of the file's bytes in it. Raises _NotPlain."""
    heading = _heading(file.read(text_parts.PART_BYTES), names)
    file.seek(0)
    pieces = parts(file, f"</{names.point}>".encode())
    first = next(pieces)
    end = f"</{names.root}>".encode()
    _check_markup(first.content, begin=len(heading))
    content, added, given_bytes = first.content, 0, len(first.content)
    for piece in pieces:
        _check_closed(content, names, begin=len(heading))
        yield Piece(content + end, added), given_bytes
        _check_markup(piece.content)
        content, added = heading + piece.content, piece.lines_before - heading.count(b"\n")
        given_bytes = len(piece.content)
    # The last piece has the end of the document, if there is one.
    yield Piece(content, added), given_bytes


def _heading(content: bytes, names: ElementNames) -> bytes:
    """Return what comes before the first point."""
    begin = _begin_of(names.point, content)
    heading = content[: begin.start()] if begin else b""
    declaration = heading.find(b"?>") + 2 if b"<?" in heading else 0
    _check_markup(heading, begin=declaration)
    if not _begin_of(names.root, heading) or _count_open(heading) != 1:
        raise _NotPlain
    # It begins every part: anything that makes records in it would make them again and again.
    if any(name.encode() in heading for name in (f":{names.point}", names.prm, *names.records)):
        raise _NotPlain
    return heading


def _begin_of(name: str, content: bytes) -> re.Match[bytes] | None:
    return re.search(rf"<{name}[\s>]".encode(), content)


def _check_markup(content: bytes, *, begin: int = 0) -> None:
    is_likely = any(content.find(sign, begin) >= 0 for sign in _RARE)
    if is_likely and _MARKUP.search(content, begin):
        raise _NotPlain


def _check_closed(content: bytes, names: ElementNames, *, begin: int) -> None:
    """Raise _NotPlain for an unbalanced element after the heading, as a part alone would have it.

    Consecutive points need no further check.
    """
    point_tag = rf"<{names.point}[\s>]"
    behind_each = re.compile(rf"</{names.point}>(\s*+{point_tag})?".encode()).findall(
        content, begin
    )
    points = re.compile(point_tag.encode()).findall(content, begin)
    is_first = re.compile(rf"\s*+{point_tag}".encode()).match(content, begin)
    is_usual = is_first and all(behind_each[:-1]) and len(points) == len(behind_each)
    if not is_usual and _count_open(content[begin:]):
        raise _NotPlain


def _count_open(content: bytes) -> int:
    """Return how many more elements begin than end."""
    ends, empty_elements = content.count(b"</"), content.count(b"/>")
    return content.count(b"<") - content.count(b"<?") - 2 * ends - empty_elements


def _read_piece(read: _Read, late_statement: str | None, piece: Piece) -> Parsed:
    try:
        return read(piece.content, piece.lines_added, late_statement)
    except FileMalformed as problem:
        line = problem.facts.get("line")
        if not isinstance(line, int):
            raise
        raise damaged_at(line + piece.lines_added) from problem
