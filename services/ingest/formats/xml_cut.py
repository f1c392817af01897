"""The records of a load-curve XML that look as they always do, taken out before XML is parsed.

A tree of small elements is what costs most in reading such a file: a regular expression finds the
same records three times as fast. Each run of them leaves a mark, a processing instruction, and the
XML around them, and all records that look otherwise, are then parsed as ever.

Nothing is cut where bytes might not mean what they look like: in a file with comments, CDATA,
a DOCTYPE, processing instructions, a default namespace or an encoding that is not a superset of
ASCII.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from lxml import etree

from services.ingest.formats.csv_table import BOM
from services.ingest.formats.problems import FileMalformed

STAMP = r"[\dT:+.Z-]{19,35}+"
_SPACE = " \t\r\n"
_ENCODINGS = {b"utf-8", b"us-ascii", b"iso-8859-1", b"iso-8859-15", b"windows-1252"}
_DECLARATION_BYTES = 300
_DEFAULT_NAMESPACE = re.compile(rb"xmlns(?!:)")
_DECLARATION = re.compile(
    rb"<\?xml\s[^<>]*?\bencoding\s*+=\s*+[\"']([\w.-]++)[\"'][^<>]*+>", re.DOTALL
)


class Cut(NamedTuple):
    """A document, and the records that were taken out of it."""

    rest: bytes
    fields: tuple[list[str | None], ...]  # one list per group of the pattern, one entry per record
    runs: list[tuple[int, int]]  # first and end of records that follow each other, by mark

    def tags(self, *names: str) -> tuple[Any, ...]:
        """What to look for below a curve: these elements, and marks if there are any."""
        return (*names, etree.ProcessingInstruction) if self.runs else names

    def append_run(self, mark: etree._Element, columns: Sequence[list[str | None]]) -> int:
        """Append the fields of the records at a mark, one list each; returns their number."""
        first, end = self.runs[int(mark.text or "")]
        for column, field in zip(columns, self.fields, strict=True):
            column.extend(field[first:end])
        return end - first

    def check_all_found(self, found: int) -> None:
        """Raises FileMalformed if records were cut where no curve can be, as behind the root."""
        if found != sum(end - first for first, end in self.runs):
            raise FileMalformed("The XML has records outside its root.")


def is_mark(node: etree._Element) -> bool:
    return not isinstance(node.tag, str)


def lines_of(content: bytes, tag: bytes, count: int) -> list[int] | None:
    """The line of each record, if the file shows this tag as often as it has records.

    lxml's own lines are not exact beyond 65,535, and what was cut out has none.
    """
    before = content.split(tag)[:-1]
    if len(before) != count:
        return None
    lengths = np.fromiter(map(len, before), np.int64, count)
    at = lengths.cumsum() + len(tag) * np.arange(count)
    line_ends = np.flatnonzero(np.frombuffer(content, np.uint8) == ord("\n"))
    return [*(line_ends.searchsorted(at) + 1).tolist()]


def uncut(content: bytes) -> Cut:
    return Cut(content, (), [])


def cut(content: bytes, usual: re.Pattern[str]) -> Cut:
    """Take out what matches ``usual``: whole elements of ASCII characters, without entities."""
    pieces = usual.split(content.decode("latin-1"))  # bytes as characters, and never fails
    width = usual.groups + 1
    between = pieces[::width]
    # What forbids to cut is never in what was taken out, and what is left is short.
    if len(between) == 1 or not _may_be_cut("".join(between).encode("latin-1")):
        return uncut(content)
    spaces = {text for text in set(between) if not text.strip(_SPACE)}
    begins = [n for n, text in enumerate(between[:-1]) if not n or text not in spaces]
    marked = [f"{between[begin]}<?cut {number}?>" for number, begin in enumerate(begins)]
    return Cut(
        "".join([*marked, between[-1]]).encode("latin-1"),
        tuple(pieces[group::width] for group in range(1, width)),
        list(pairwise([*begins, len(between) - 1])),
    )


def _may_be_cut(rest: bytes) -> bool:
    # A prefix that is declared, as xsi is in every R50, changes no element without a prefix.
    if b"<!" in rest or _DEFAULT_NAMESPACE.search(rest):
        return False
    instructions = rest.count(b"<?")
    if not instructions:
        return True
    declaration = _DECLARATION.match(rest[:_DECLARATION_BYTES].removeprefix(BOM))
    return instructions == 1 and declaration is not None and declaration[1].lower() in _ENCODINGS
