"""A large XML of load curves, however it is written, in parts that begin where points do.

For files with comments, CDATA, prefixes, elements around points and the like, in whose bytes alone
``parts`` cannot find the points. A parser that keeps nothing finds where points begin: it takes
some times as long, and no more memory. What it finds is cut out as it stands, and read in the usual
way.
"""

from collections.abc import Iterator
from typing import IO, NamedTuple
from xml.sax.saxutils import escape

from services.ingest.formats.files import text_parts
from services.ingest.formats.files.text_parts import TextPart, count_byte
from services.ingest.formats.problems import FileMalformed
from services.ingest.formats.xml.starts import ElementNames, Open, Start, Starts

_LONGEST_PART_BYTES = 32 * 1024**2
_LONGEST_NAME_BYTES = 100  # of those that are searched for


class Piece(NamedTuple):
    """A document with some of the points, and the number to add to its lines."""

    content: bytes
    lines_added: int


def said_behind_points(file: IO[bytes], names: ElementNames) -> str | None:
    """Return the last ``of_all`` of a file, if one comes after a point; None if none does.

    Raises FileMalformed as ``documents_of_points``, except for the size of a point.
    """
    if not _may_come_behind_points(file, names):
        return None
    file.seek(0)
    parser = Starts(names)
    while piece := file.read(text_parts.PART_BYTES):
        parser.feed(piece)
        parser.take()
    parser.feed(b"", is_last=True)
    return parser.said if parser.is_said_late else None


def _may_come_behind_points(file: IO[bytes], names: ElementNames) -> bool:
    """Return whether the bytes look like it, which is found out much faster."""
    begins = [sign + name.encode() for sign in (b"<", b":") for name in names.units]
    word = names.of_all.encode()
    has_points, overlap = False, b""
    file.seek(0)
    while piece := file.read(text_parts.PART_BYTES):
        piece = overlap + piece
        points = [] if has_points else [at for begin in begins if (at := piece.find(begin)) >= 0]
        has_points = has_points or bool(points)
        first = min(points, default=0)
        if has_points and piece.find(word, first) >= 0:
            return True
        overlap = piece[max(first, len(piece) - _LONGEST_NAME_BYTES) :]
    return False


def documents_of_points(
    file: IO[bytes], names: ElementNames, *, given_bytes: int
) -> Iterator[Piece]:
    """Yield documents of some points each, and of the records that are in none.

    given_bytes: points that begin before are left out. Raises FileMalformed if the XML is
    ill-formed, nested too deep or has a DOCTYPE, or if a point, or what is around it, is too large.
    """
    file.seek(0)
    parser, rest = Starts(names), _Rest()
    heading: bytes | None = None
    first: Start | None = None  # of the whole file
    begun: Start | None = None  # where the next document begins
    while piece := file.read(text_parts.PART_BYTES):
        parser.feed(piece)
        rest.add(piece)
        starts = parser.take()
        if first is None and starts:
            first = starts[0]
            heading = rest.content[: first.byte]
        starts = [start for start in starts if start.byte >= given_bytes]
        if starts and begun is None:
            begun = starts[0]
            rest.cut(begun.byte)
        if begun and first and heading is not None and starts and starts[-1].byte > rest.at_byte:
            around = _Around(heading, first, names.prm, parser.encoding)
            yield around.document(begun, rest.cut(starts[-1].byte), end=starts[-1].around)
            begun = starts[-1]
        if heading is not None and begun is None:
            rest.cut(min(given_bytes, rest.end_byte))
    parser.feed(b"", is_last=True)
    if begun and first and heading is not None:
        around = _Around(heading, first, names.prm, parser.encoding)
        yield around.document(begun, rest.cut(rest.end_byte), end=())
    elif heading is None:
        yield Piece(rest.content, 0)


class _Around(NamedTuple):
    """The text before the first point of a file, with which each part begins."""

    heading: bytes
    first: Start
    prm_name: str
    encoding: str

    def document(self, begun: Start, points: TextPart, *, end: tuple[Open, ...]) -> Piece:
        """Return the points from a start on, inside the elements that they are in.

        end: the elements that are to be closed after them.
        """
        pieces = [self.heading]
        if begun.around != self.first.around:
            pieces.append(self._close(self.first.around[1:]))
            pieces += [element.tag for element in begun.around[1:]]
        if begun.prm.strip():
            prm_element = f"<{self.prm_name}>{escape(begun.prm.strip())}</{self.prm_name}>"
            pieces.append(prm_element.encode(self.encoding, "xmlcharrefreplace"))
        prefix = b"".join(pieces)
        lines_added = points.lines_before - count_byte(prefix, ord("\n"))
        return Piece(prefix + points.content + self._close(end), lines_added)

    def _close(self, elements: tuple[Open, ...]) -> bytes:
        return "".join(f"</{element.name}>" for element in reversed(elements)).encode(self.encoding)


class _Rest:
    """The text that has not been yielded yet: ``content``, from ``at_byte`` of the file on."""

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

    def cut(self, byte: int) -> TextPart:
        """Remove what comes before this byte of the file, and return it."""
        file_part = TextPart(self.content[: byte - self.at_byte], self._lines_before)
        self.content = self.content[byte - self.at_byte :]
        self.at_byte = byte
        self._lines_before += count_byte(file_part.content, ord("\n"))
        return file_part
