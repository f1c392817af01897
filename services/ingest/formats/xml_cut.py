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
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from lxml import etree

from services.ingest.formats.csv_table import BOM
from services.ingest.formats.problems import FileMalformed
from services.ingest.formats.xml_stream import check_that_they_may_be_records

STAMP = "[0-9T:+.Z-]{19,35}"
SPACES = r"[ \t\r\n]*"
_SPACE = " \t\r\n"
_ENCODINGS = {b"utf-8", b"us-ascii", b"iso-8859-1", b"iso-8859-15", b"windows-1252"}
_DECLARATION_BYTES = 300
_DEFAULT_NAMESPACE = re.compile(rb"xmlns(?!:)")
_DECLARATION = re.compile(
    rb"<\?xml\s[^<>]*?\bencoding\s*+=\s*+[\"']([\w.-]++)[\"'][^<>]*+>", re.DOTALL
)


class Usual(NamedTuple):
    """How a record looks as a rule.

    tag: with which it begins. pattern: matches what follows the tag up to the next one, if it is of
    ASCII characters and without entities: a group for each field, of which the first is always
    there, and one for all that comes behind the record. The next byte should always tell which way
    to go, as then polars finds all groups in one pass. shortest_bytes: no record has fewer.
    """

    tag: str
    pattern: str
    shortest_bytes: int


class Cut(NamedTuple):
    """A document, and the records that were taken out of it."""

    rest: bytes
    fields: pl.DataFrame  # a row per tag of the document, a text per group, null if not taken out
    lines: pl.Series  # of each tag
    runs: Sequence[tuple[int, int]] = ()  # first and end of the rows of each mark


class Records:
    """The records of a document in its order: those that were taken out, and those found in it."""

    def __init__(self, document: Cut, *fields: str) -> None:
        """fields: names of those of the document, in their order."""
        self.count = 0
        self._document = document
        self._schema = pl.Schema(dict.fromkeys(fields, pl.String()))
        self._cut_count = 0
        self._found: list[list[str | None]] = []
        self._order: list[tuple[int, int]] = []

    def tags(self, *names: str) -> tuple[Any, ...]:
        """What to look for below a curve: these elements, and marks if there are any."""
        return (*names, etree.ProcessingInstruction) if self._document.runs else names

    def add_run(self, mark: etree._Element, below: etree._Element) -> None:
        """Take those that a mark stands for.

        Raises FileMalformed if they are not in the namespace of the curve below which they are.
        """
        if below.tag.startswith("{"):
            raise FileMalformed("The XML has records outside the namespace of their curve.")
        first, end = self._document.runs[int(mark.text or "")]
        self._order.append((first, end))
        self._cut_count += end - first
        self.count += end - first

    def add(self) -> list[str | None]:
        """Take one that was found in the document; returns its fields, to be filled in."""
        at = self._document.fields.height + len(self._found)
        self._order.append((at, at + 1))
        self._found.append([None] * len(self._schema))
        self.count += 1
        return self._found[-1]

    def rows(self) -> pl.DataFrame:
        """A row per record, a text per field; empty where there is none.

        Raises FileMalformed if records were cut where no curve can be, as behind the root.
        """
        if self._cut_count != sum(end - first for first, end in self._document.runs):
            raise FileMalformed("The XML has records outside its root.")
        cut = self._document.fields
        cut = cut.rename(dict(zip(cut.columns, self._schema, strict=False)))
        found = pl.DataFrame(self._found, schema=self._schema, orient="row")
        rows = pl.concat([cut, found]) if cut.height else found
        order = np.concatenate([np.arange(0), *(np.arange(*run) for run in self._order)])
        if len(order) < rows.height or (np.diff(order) != 1).any():
            rows = rows[order]
        return rows.with_columns(pl.all().fill_null(""))

    def lines(self) -> pl.Series | None:
        """The line of each record, if the document has its tag as often as it has records.

        lxml's own lines are not exact beyond 65,535, and what was cut out has none.
        """
        lines = self._document.lines
        return lines if lines.len() == self.count else None


def is_mark(node: etree._Element) -> bool:
    return not isinstance(node.tag, str)


def uncut(content: bytes, usual: Usual) -> Cut:
    """Raises FileMalformed if the tags are too many for each to begin a record."""
    return Cut(content, pl.DataFrame(), _lines(_split(content, usual)))


def cut(content: bytes, usual: Usual) -> Cut:
    """Take out what looks as usual; each run of such records leaves a mark.

    Raises FileMalformed if the tags are too many for each to begin a record.
    """
    pieces = _split(content, usual)
    lines, head, pieces = _lines(pieces), pieces[0], pieces[1:]
    groups = pieces.str.extract_groups(usual.pattern).struct.unnest()
    *names, behind = groups.columns
    fields, between = groups.select(names), groups[behind]
    # A run goes on where there is nothing but space between two records.
    ends = (between.str.strip_chars(_SPACE) != "").fill_null(value=True).arg_true()
    rest, marked = [head], [head]
    runs: list[tuple[int, int]] = []
    begin = 0
    for end, text in zip(ends.to_list(), between.gather(ends), strict=True):
        runs_to = end if text is None else end + 1
        if begin < runs_to:
            marked.append(f"<?cut {len(runs)}?>")
            runs.append((begin, runs_to))
        rest.append(usual.tag + pieces[end] if text is None else text)
        marked.append(rest[-1])
        begin = end + 1
    if begin < len(pieces):
        marked.append(f"<?cut {len(runs)}?>")
        runs.append((begin, len(pieces)))
    # What forbids to cut is never in what was taken out, and what is left is short.
    if not runs or not _may_be_cut("".join(rest).encode("latin-1")):
        return Cut(content, pl.DataFrame(), lines)
    return Cut("".join(marked).encode("latin-1"), fields, lines, runs)


def _split(content: bytes, usual: Usual) -> pl.Series:
    """What comes before the first tag, and what follows each of them.

    Raises FileMalformed if they are too many: a piece takes many times the size of a tiny tag.
    """
    count = content.count(usual.tag.encode())
    check_that_they_may_be_records(count, usual.shortest_bytes, content)
    text = content.decode("latin-1")  # bytes as characters, and never fails
    return pl.Series([text]).str.split(usual.tag).explode()


def _lines(pieces: pl.Series) -> pl.Series:
    """Of the tag behind each piece, counted from 1; not of the last, behind which there is none."""
    line_ends = pieces.str.count_matches("\n", literal=True).cast(pl.Int64)
    return 1 + line_ends[:-1].cum_sum()


def _may_be_cut(rest: bytes) -> bool:
    # A prefix that is declared, as xsi is in every R50, changes no element without a prefix.
    if b"<!" in rest or _DEFAULT_NAMESPACE.search(rest):
        return False
    instructions = rest.count(b"<?")
    if not instructions:
        return True
    declaration = _DECLARATION.match(rest[:_DECLARATION_BYTES].removeprefix(BOM))
    return instructions == 1 and declaration is not None and declaration[1].lower() in _ENCODINGS
