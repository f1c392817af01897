"""The places where points begin in a large XML of load curves; the parser keeps nothing."""

from collections.abc import Mapping
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from services.ingest.formats.parsed import RECORD_CHARS
from services.ingest.formats.problems import FileMalformed
from services.ingest.formats.xml.stream import damaged_at, has_doctype

_DEEPEST = 256  # as in libxml2; a parser keeps the name of each element that is open
_LONGEST_AROUND_BYTES = 64 * 1024  # it is repeated with each part


class ElementNames(NamedTuple):
    """The names of elements, without prefixes."""

    root: str
    point: str
    prm: str
    """Names the owner of the records that come after it, up to the end of the next point."""

    records: tuple[str, ...]
    """The element that holds records, and the record."""

    of_all: str
    """States something about all points; the last one counts. It should stand before them."""

    @property
    def units(self) -> tuple[str, ...]:
        """The outermost of these elements are never cut."""
        return (self.point, self.prm, *self.records)


class Open(NamedTuple):
    """An element that is open, and the tag that opens it once more."""

    name: str
    tag: bytes


class Start(NamedTuple):
    """The byte at which a point begins, or an element that makes records outside of any.

    around: the elements that are open there, the root first. prm: stated outside of points, it
    belongs to what begins there.
    """

    byte: int
    around: tuple[Open, ...]
    prm: str


class Starts:
    """Fed with a file, finds where its points begin.

    said: by the last ``of_all``. is_said_late: one came after a point.
    Raises FileMalformed if the XML is ill-formed, nested too deep or has a DOCTYPE.
    """

    def __init__(self, names: ElementNames) -> None:
        self.said = ""
        self.is_said_late = False
        self.encoding = "utf-8"
        self._names = names
        self._depth = 0
        self._unit: tuple[int, str] | None = None  # the depth and name of the one that is open
        self._around: tuple[Open, ...] = ()
        self._prm = self._text = ""
        self._has_points = False
        self._new: list[Start] = []
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

    def take(self) -> list[Start]:
        """Return the starts that were found since the last call, in order."""
        new_starts, self._new = self._new, []
        return new_starts

    def _on_declaration(self, _version: str, encoding: str | None, _is_alone: int) -> None:
        self.encoding = encoding or self.encoding

    def _on_start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._depth == _DEEPEST:
            raise FileMalformed(f"The elements of the XML are nested more than {_DEEPEST} deep.")
        local = name.rpartition(":")[2]
        self._parser.CharacterDataHandler = None
        if self._unit is None and self._depth and local in self._names.units:
            self._new.append(Start(self._parser.CurrentByteIndex, self._around, self._prm))
            self._unit, self._has_points = (self._depth, local), True
            if local == self._names.prm:
                self._prm = ""
                self._parser.CharacterDataHandler = self._on_prm
        elif self._unit is None:
            self._open(name, attributes)
        if local == self._names.of_all:
            self.said = ""
            self.is_said_late = self.is_said_late or self._has_points
            self._parser.CharacterDataHandler = self._on_said
        self._depth += 1

    def _on_end(self, _name: str) -> None:
        self._parser.CharacterDataHandler = None
        self._depth -= 1
        if self._unit is None:
            self._around = self._around[:-1]
        elif self._depth == self._unit[0]:
            if self._unit[1] == self._names.point:
                self._prm = ""
            self._unit = None

    def _open(self, name: str, attributes: Mapping[str, str]) -> None:
        attribute_text = "".join(
            f" {attribute}={quoteattr(value)}" for attribute, value in attributes.items()
        )
        tag = f"<{name}{attribute_text}>".encode(self.encoding, "xmlcharrefreplace")
        self._around = (*self._around, Open(name, tag))
        if (
            self._depth
            and sum(len(element.tag) for element in self._around[1:]) > _LONGEST_AROUND_BYTES
        ):
            limit_kib = _LONGEST_AROUND_BYTES // 1024
            raise FileMalformed(f"The tags around a point have more than {limit_kib} KiB.")

    def _on_prm(self, text: str) -> None:
        self._prm = (self._prm + text)[:RECORD_CHARS]

    def _on_said(self, text: str) -> None:
        self.said = (self.said + text)[:RECORD_CHARS]


def _refuse_doctype(*_declared: object) -> None:
    raise has_doctype()
