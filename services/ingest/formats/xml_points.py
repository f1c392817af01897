"""A large XML of load curves, however it is written, in parts that begin where points do.

For files with comments, CDATA, prefixes, elements around points and the like, of which
``xml_parts`` cannot tell by the bytes alone where a point is. A parser that keeps nothing says
where points begin: it takes some times as long, and no more memory. What it finds is cut out as it
stands, and read as ever.
"""

from collections.abc import Iterator
from typing import IO, NamedTuple
from xml.sax.saxutils import escape

from services.ingest.formats import text_parts
from services.ingest.formats.problems import FileMalformed
from services.ingest.formats.text_parts import Part, count_byte
from services.ingest.formats.xml_starts import Names, Open, Start, Starts

_LONGEST_PART_BYTES = 32 * 1024**2
_LONGEST_NAME_BYTES = 100  # of those that are looked for


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
    found = Starts(names)
    while piece := file.read(text_parts.PART_BYTES):
        found.feed(piece)
        found.take()
    found.feed(b"", is_last=True)
    return found.said if found.is_said_late else None


def _may_come_behind_points(file: IO[bytes], names: Names) -> bool:
    """As the bytes look, which is found out much faster."""
    begins = [sign + name.encode() for sign in (b"<", b":") for name in names.units]
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
    """Documents of some points each, and of the records that are in none.

    given_bytes: points that begin before are left out. Raises FileMalformed if the XML is
    ill-formed, nested too deep or has a DOCTYPE, or if a point, or what is around it, is too large.
    """
    file.seek(0)
    found, rest = Starts(names), _Rest()
    heading: bytes | None = None
    first: Start | None = None  # of the whole file
    begun: Start | None = None  # with it the rest begins
    while piece := file.read(text_parts.PART_BYTES):
        found.feed(piece)
        rest.add(piece)
        starts = found.take()
        if first is None and starts:
            first = starts[0]
            heading = rest.content[: first.byte]
        starts = [one for one in starts if one.byte >= given_bytes]
        if starts and begun is None:
            begun = starts[0]
            rest.cut(begun.byte)
        if begun and first and heading is not None and starts and starts[-1].byte > rest.at_byte:
            around = _Around(heading, first, names.prm, found.encoding)
            yield around.document(begun, rest.cut(starts[-1].byte), end=starts[-1].around)
            begun = starts[-1]
        if heading is not None and begun is None:
            rest.cut(min(given_bytes, rest.end_byte))
    found.feed(b"", is_last=True)
    if begun and first and heading is not None:
        around = _Around(heading, first, names.prm, found.encoding)
        yield around.document(begun, rest.cut(rest.end_byte), end=())
    elif heading is None:
        yield Piece(rest.content, 0)


class _Around(NamedTuple):
    """What comes before the first point of a file, which each part begins with."""

    heading: bytes
    first: Start
    prm_name: str
    encoding: str

    def document(self, begun: Start, points: Part, *, end: tuple[Open, ...]) -> Piece:
        """Points from a start on, in the elements in which they are.

        end: the elements that are to be closed behind them.
        """
        pieces = [self.heading]
        if begun.around != self.first.around:
            pieces.append(self._close(self.first.around[1:]))
            pieces += [one.tag for one in begun.around[1:]]
        if begun.prm.strip():
            said = f"<{self.prm_name}>{escape(begun.prm.strip())}</{self.prm_name}>"
            pieces.append(said.encode(self.encoding, "xmlcharrefreplace"))
        before = b"".join(pieces)
        lines_added = points.lines_before - count_byte(before, ord("\n"))
        return Piece(before + points.content + self._close(end), lines_added)

    def _close(self, elements: tuple[Open, ...]) -> bytes:
        return "".join(f"</{one.name}>" for one in reversed(elements)).encode(self.encoding)


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
