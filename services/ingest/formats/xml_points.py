"""A large XML of load curves, however it is written, in parts that begin where points do.

For files with comments, CDATA, prefixes and the like, of which ``xml_parts`` cannot tell by the
bytes alone where a point is. A parser that keeps nothing says where points begin: it takes some
times as long, and no more memory. What it finds is cut out as it stands, and read as ever.
"""

from collections.abc import Iterator
from typing import IO, NamedTuple
from xml.parsers import expat

from services.ingest.formats import text_parts
from services.ingest.formats.parsed import RECORD_CHARS
from services.ingest.formats.problems import FileMalformed
from services.ingest.formats.text_parts import Part, count_byte
from services.ingest.formats.xml_stream import damaged_at, has_doctype

_LONGEST_PART_BYTES = 32 * 1024**2
_LONGEST_NAME_BYTES = 100  # of those that are looked for
_DEEPEST = 256  # as libxml2 has it; a parser keeps the name of each element that is open


class Names(NamedTuple):
    """What elements are called, without prefixes; points are children of the root."""

    root: str
    point: str
    of_all: str
    """Says something of all points; of several, the last one. It should stand before them."""

    only_within: tuple[str, ...]
    """What a point holds that makes records, or says whose they are."""


class Piece(NamedTuple):
    """A document with some of the points, and what is to be added to its lines."""

    content: bytes
    lines_added: int


def said_behind_points(file: IO[bytes], names: Names) -> str | None:
    """What the last ``of_all`` of a file says, if one comes after a point; None if none does.

    Raises FileMalformed as ``documents_of_points``, but not for the size of a point.
    """
    if not _may_come_behind_points(file, names):
        return None
    file.seek(0)
    found = _Starts(names)
    while piece := file.read(text_parts.PART_BYTES):
        found.feed(piece)
        found.take()
    found.feed(b"", is_last=True)
    return found.said if found.is_said_late else None


def _may_come_behind_points(file: IO[bytes], names: Names) -> bool:
    """As the bytes look, which is found out much faster."""
    begins = [sign + names.point.encode() for sign in (b"<", b":")]
    word = names.of_all.encode()
    has_points, kept = False, b""
    file.seek(0)
    while piece := file.read(text_parts.PART_BYTES):
        piece = kept + piece
        points = [] if has_points else [at for one in begins if (at := piece.find(one)) >= 0]
        has_points = has_points or bool(points)
        first = min(points, default=0)
        if has_points and piece.find(word, first) >= 0:
            return True
        kept = piece[max(first, len(piece) - _LONGEST_NAME_BYTES) :]
    return False


def documents_of_points(file: IO[bytes], names: Names, *, given_bytes: int) -> Iterator[Piece]:
    """Documents of some points each.

    given_bytes: points that begin before are left out. Raises FileMalformed if the XML is
    ill-formed, nested too deep or has a DOCTYPE, if ``only_within`` comes outside of any point, or
    if a point is too large.
    """
    file.seek(0)
    found, rest = _Starts(names), _Rest()
    heading: bytes | None = None
    is_begun = False  # the rest begins with a point
    while piece := file.read(text_parts.PART_BYTES):
        found.feed(piece)
        rest.add(piece)
        starts = found.take()
        if heading is None and starts:
            heading = rest.content[: starts[0]]
        starts = [one for one in starts if one >= given_bytes]
        if starts and not is_begun:
            rest.cut(starts[0])
            is_begun = True
        if heading is not None and starts and starts[-1] > rest.at_byte:
            yield _document(heading, rest.cut(starts[-1]), end=found.end)
        if heading is not None and not is_begun:
            rest.cut(min(given_bytes, rest.end_byte))
    found.feed(b"", is_last=True)
    if is_begun or heading is None:
        yield _document(heading or b"", rest.cut(rest.end_byte), end=b"")


def _document(heading: bytes, points: Part, *, end: bytes) -> Piece:
    lines_added = points.lines_before - count_byte(heading, ord("\n"))
    return Piece(heading + points.content + end, lines_added)


class _Rest:
    """What is not given away yet: ``content``, from ``at_byte`` of the file on."""

    def __init__(self) -> None:
        self.content = b""
        self.at_byte = 0
        self._lines_before = 0

    @property
    def end_byte(self) -> int:
        return self.at_byte + len(self.content)

    def add(self, content: bytes) -> None:
        self.content += content
        if len(self.content) > _LONGEST_PART_BYTES:
            limit_mib = _LONGEST_PART_BYTES // 1024**2
            raise FileMalformed(f"A point of the file has more than {limit_mib} MiB.")

    def cut(self, byte: int) -> Part:
        """What comes before this byte of the file, and is forgotten."""
        part = Part(self.content[: byte - self.at_byte], self._lines_before)
        self.content = self.content[byte - self.at_byte :]
        self.at_byte = byte
        self._lines_before += count_byte(part.content, ord("\n"))
        return part


class _Starts:
    """The bytes of the file at which points begin.

    end: the tag that ends the root. said: by the last ``of_all``. is_said_late: one came after a
    point.
    """

    def __init__(self, names: Names) -> None:
        self.end = b""
        self.said = ""
        self.is_said_late = False
        self._names = names
        self._encoding = "utf-8"
        self._depth = 0
        self._has_points = self._is_within = False
        self._new: list[int] = []
        self._parser = expat.ParserCreate()
        self._parser.XmlDeclHandler = self._on_declaration
        self._parser.StartElementHandler = self._on_start
        self._parser.EndElementHandler = self._on_end
        self._parser.StartDoctypeDeclHandler = _refuse_doctype

    def feed(self, content: bytes, *, is_last: bool = False) -> None:
        try:
            self._parser.Parse(content, is_last)
        except (expat.ExpatError, LookupError, ValueError) as error:  # the latter: of its encoding
            raise damaged_at(self._parser.CurrentLineNumber) from error

    def take(self) -> list[int]:
        """Those that were found since the last time, in order."""
        new, self._new = self._new, []
        return new

    def _on_declaration(self, _version: str, encoding: str | None, _is_alone: int) -> None:
        self._encoding = encoding or self._encoding

    def _on_start(self, name: str, _attributes: object) -> None:
        if self._depth == _DEEPEST:
            raise FileMalformed(f"The elements of the XML are nested more than {_DEEPEST} deep.")
        local = name.rpartition(":")[2]
        if self._depth == 0:
            self.end = f"</{name}>".encode(self._encoding)
        elif self._depth == 1 and local == self._names.point:
            self._new.append(self._parser.CurrentByteIndex)
            self._has_points = self._is_within = True
        elif local == self._names.of_all:
            self._begin_saying()
        elif local in self._names.only_within and not self._is_within:
            # Which part it is to be read with cannot be told; in the heading it would be in each.
            raise FileMalformed(
                f"{local} comes outside of any {self._names.point}, which a file of this size does"
                " not allow: send it in smaller parts."
            )
        self._depth += 1

    def _on_end(self, _name: str) -> None:
        self._parser.CharacterDataHandler = None
        self._depth -= 1
        if self._depth == 1:
            self._is_within = False

    def _begin_saying(self) -> None:
        self.said = ""
        self.is_said_late = self.is_said_late or self._has_points
        self._parser.CharacterDataHandler = self._on_text

    def _on_text(self, text: str) -> None:
        self.said = (self.said + text)[:RECORD_CHARS]


def _refuse_doctype(*_declared: object) -> None:
    raise has_doctype()
