"""The records of a load-curve XML that have the usual form, cut out before XML is parsed.

A tree of small elements is the main cost of reading such a file: finding the same records in its
bytes takes a tenth of that (``grid``), and a third with a regular expression, which finds the
others. Each run of them leaves a mark, a processing instruction; the XML around them, and all
records of another form, are then parsed in the usual way.

Nothing is cut where bytes might not mean what they look like: in a file with comments, CDATA, a
DOCTYPE, processing instructions, a default namespace or an encoding that is not a superset of
ASCII. The outcome is that of the XML parsed as a whole, except that limits (the size of a curve,
the number of elements) apply to what remains, and so let more pass.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from lxml import etree

from services.ingest.formats.files.utf_8 import BOM
from services.ingest.formats.problems import FileMalformed
from services.ingest.formats.xml.grid import (
    LONGEST_RECORD_BYTES,
    Ints,
    Places,
    RecordForm,
    Written,
    form_of,
    series,
)
from services.ingest.formats.xml.stream import check_record_size

STAMP = "[0-9T:+.Z-]{19,35}"
SPACES = r"[ \t\r\n]*"
_SPACE = b" \t\r\n"
_FORMS = 3  # in which most records of a document are written, with a value and without
_FEW = 16  # records are read one by one; and so many are tried to find one of the usual form
_LONGEST_GAP_BYTES = 100  # between two usual records; it is compared in all places at once
_ENCODINGS = {b"utf-8", b"us-ascii", b"iso-8859-1", b"iso-8859-15", b"windows-1252"}
_DECLARATION_BYTES = 300
_DEFAULT_NAMESPACE = re.compile(rb"xmlns(?!:)")
_DECLARATION = re.compile(
    rb"<\?xml\s[^<>]*?\bencoding\s*+=\s*+[\"']([\w.-]++)[\"'][^<>]*+>", re.DOTALL
)


class Usual(NamedTuple):
    """The usual form of a record.

    tag: its beginning. pattern: matches what follows the tag up to the next one, if that is ASCII
    and without entities: a group for each field, the first of which is always present, and one for
    all that comes after the record. The next byte should always decide which way to go, as then
    polars finds all groups in one pass. Records whose fields have other letters and digits than the
    pattern allows may be cut out too, see ``grid.Form``.
    shortest_bytes: no record has fewer.
    """

    tag: str
    pattern: str
    shortest_bytes: int


class Cut(NamedTuple):
    """A document, and the records that were cut out of it."""

    rest: bytes
    fields: pl.DataFrame  # a row per tag of the document, a text per group, empty if absent
    lines: pl.Series  # of each tag
    runs: Sequence[tuple[int, int]] = ()  # first and end of the rows of each mark


class Records:
    """The records of a document in its order: those that were cut out, and those that remained."""

    def __init__(self, document: Cut, *fields: str) -> None:
        """fields: the names of the document's fields, in their order."""
        self.count = 0
        self._document = document
        self._schema = pl.Schema(dict.fromkeys(fields, pl.String()))
        self._cut_count = 0
        self._found: list[list[str | None]] = []
        self._order: list[tuple[int, int]] = []

    def tags(self, *names: str) -> tuple[Any, ...]:
        """Return the tags to look for below a curve: these elements, and marks if there are any."""
        return (*names, etree.ProcessingInstruction) if self._document.runs else names

    def add_run(self, mark: etree._Element, below: etree._Element) -> None:
        """Add the records that a mark stands for.

        Raises FileMalformed if they are not in the namespace of the curve below which they are.
        """
        if below.tag.startswith("{"):
            raise FileMalformed("The XML has records outside the namespace of their curve.")
        first, end = self._document.runs[int(mark.text or "")]
        self._add(first, end)
        self._cut_count += end - first
        self.count += end - first

    def add(self) -> list[str | None]:
        """Add a record that remained in the document; return its fields, to be filled in."""
        at = self._document.fields.height + len(self._found)
        self._add(at, at + 1)
        self._found.append([None] * len(self._schema))
        self.count += 1
        return self._found[-1]

    def _add(self, first: int, end: int) -> None:
        if self._order and self._order[-1][1] == first:
            first, _ = self._order.pop()
        self._order.append((first, end))

    def rows(self) -> pl.DataFrame:
        """Return a row per record, a text per field; empty where there is none.

        Raises FileMalformed if records were cut where no curve can be, as after the root.
        """
        if self._cut_count != sum(end - first for first, end in self._document.runs):
            raise FileMalformed("The XML has records outside its root.")
        cut = self._document.fields
        cut = cut.rename(dict(zip(cut.columns, self._schema, strict=False)))
        remaining = pl.DataFrame(self._found, schema=self._schema, orient="row")
        rows = pl.concat([cut, remaining]) if cut.height else remaining
        if self._order != [(0, rows.height)]:
            rows = rows[np.concatenate([np.arange(0), *(np.arange(*run) for run in self._order)])]
        return rows.with_columns(pl.all().fill_null(""))

    def lines(self) -> pl.Series | None:
        """Return the line of each record, if the document has as many tags as records.

        lxml's own lines are not exact beyond 65,535, and the records that were cut out have none.
        """
        lines = self._document.lines
        return lines if lines.len() == self.count else None


def is_mark(node: etree._Element) -> bool:
    return not isinstance(node.tag, str)


def uncut(content: bytes, usual: Usual) -> Cut:
    """Return the document uncut. Raises FileMalformed if the tags are too many to begin records."""
    places = Places(content)
    return Cut(content, pl.DataFrame(), _lines(places, _begins(places, content, usual)))


def cut(content: bytes, usual: Usual) -> Cut:
    """Cut out the records of the usual form; each run of them leaves a mark.

    Raises FileMalformed if the tags are too many for each to begin a record.
    """
    places = Places(content)
    begins = _begins(places, content, usual)
    lines = _lines(places, begins)
    if not len(begins):
        return Cut(content, pl.DataFrame(), lines)
    fields, ends = _found(places, content, begins, usual)
    next_begins = np.append(begins[1:], len(content))
    remainder, marked_remainder = [content[: begins[0]]], [content[: begins[0]]]
    runs: list[tuple[int, int]] = []
    begin = 0
    for end in _ends_of_runs(places, content, ends, next_begins).tolist():
        is_found = bool(ends[end] >= 0)
        if begin < (runs_to := end + is_found):
            marked_remainder.append(b"<?cut %d?>" % len(runs))
            runs.append((begin, runs_to))
        piece = content[ends[end] if is_found else begins[end] : next_begins[end]]
        remainder.append(piece)
        marked_remainder.append(piece)
        begin = end + 1
    if begin < len(begins):
        marked_remainder.append(b"<?cut %d?>" % len(runs))
        runs.append((begin, len(begins)))
    # What forbids cutting is never in what was cut out, and the remainder is short.
    if not runs or not _may_be_cut(b"".join(remainder)):
        return Cut(content, pl.DataFrame(), lines)
    return Cut(b"".join(marked_remainder), fields, lines, runs)


def _begins(places: Places, content: bytes, usual: Usual) -> Ints:
    """Return where the tags are. Raises FileMalformed if they are too many to begin records."""
    tag = usual.tag.encode()
    may_be = places.may_be(tag)
    # Counted before their places are collected, at eight bytes each.
    check_record_size(int(np.count_nonzero(may_be)), usual.shortest_bytes, content)
    begins = np.flatnonzero(may_be)
    return begins[places.are(begins, tag)]


def _lines(places: Places, begins: Ints) -> pl.Series:
    return pl.Series(places.lines(begins), dtype=pl.Int64)


def _found(places: Places, content: bytes, begins: Ints, usual: Usual) -> tuple[pl.DataFrame, Ints]:
    """Return the fields of the usual records, and the end of each record: -1 if it is not usual."""
    remaining = np.arange(len(begins))
    found_records: list[Written] = []
    while len(remaining) >= _FEW and len(found_records) < _FORMS:
        form = _form(content, begins, remaining, usual)
        if form is None:
            break
        found_records.append(places.written_as(form, begins, remaining))
        if not len(found_records[-1].numbers):
            break  # as with a number of nine digits: the next round would be the same
        remaining = np.setdiff1d(remaining, found_records[-1].numbers, assume_unique=True)
    if len(remaining) or not found_records:
        found_records.append(_matched(content, begins, remaining, usual))
    numbers = np.concatenate([form_records.numbers for form_records in found_records])
    ends = np.full(len(begins), -1)
    ends[numbers] = np.concatenate([form_records.ends for form_records in found_records])
    columns = {}
    for number, texts in enumerate(
        zip(*(form_records.fields for form_records in found_records), strict=True)
    ):
        column = np.concatenate(texts)
        ordered = np.zeros(len(begins), column.dtype)
        ordered[numbers] = column
        columns[str(number)] = series(ordered)
    return pl.DataFrame(columns), ends


def _form(content: bytes, begins: Ints, remaining: Ints, usual: Usual) -> RecordForm | None:
    """Return the form of one of the first remaining records, if it is usual."""
    pattern = re.compile(usual.pattern)
    for begin in (begins[remaining[:_FEW]] + len(usual.tag)).tolist():
        record = pattern.match(content[begin : begin + LONGEST_RECORD_BYTES].decode("latin-1"))
        if record:
            return form_of(record, usual.tag)
    return None


def _matched(content: bytes, begins: Ints, numbers: Ints, usual: Usual) -> Written:
    """Return the usual records, as the pattern alone finds them."""
    piece_begins, piece_ends = begins + len(usual.tag), np.append(begins[1:], len(content))
    pieces = [
        content[begin:end].decode("latin-1")  # bytes as characters, and never fails
        for begin, end in zip(
            piece_begins[numbers].tolist(), piece_ends[numbers].tolist(), strict=True
        )
    ]
    groups = pl.Series(pieces, dtype=pl.String).str.extract_groups(usual.pattern).struct.unnest()
    *names, behind = groups.columns
    are_so = groups[behind].is_not_null().to_numpy()
    numbers, groups = numbers[are_so], groups.filter(are_so)
    ends = piece_ends[numbers] - groups[behind].str.len_chars().to_numpy().astype(np.int64)
    texts = [groups[name].fill_null("").cast(pl.Binary).to_list() for name in names]
    return Written(numbers, ends, [np.array(field_texts, np.bytes_) for field_texts in texts])


def _ends_of_runs(places: Places, content: bytes, ends: Ints, next_begins: Ints) -> Ints:
    """Return the records that end a run: those followed by more than space, and those not found."""
    is_found = ends >= 0
    first = int(is_found.argmax())
    usual_gap = content[ends[first] : next_begins[first]]
    if len(usual_gap) > _LONGEST_GAP_BYTES or usual_gap.strip(_SPACE):
        usual_gap = b""
    goes_on = is_found & (next_begins - ends == len(usual_gap))
    goes_on &= places.are(np.maximum(ends, 0), usual_gap)
    for at in np.flatnonzero(is_found & ~goes_on).tolist():
        goes_on[at] = not content[ends[at] : next_begins[at]].strip(_SPACE)
    return np.flatnonzero(~goes_on)


def _may_be_cut(remainder: bytes) -> bool:
    # Declaring a prefix, as every R50 does with xsi, changes no element without a prefix.
    if b"<!" in remainder or _DEFAULT_NAMESPACE.search(remainder):
        return False
    instructions = remainder.count(b"<?")
    if not instructions:
        return True
    declaration = _DECLARATION.match(remainder[:_DECLARATION_BYTES].removeprefix(BOM))
    return instructions == 1 and declaration is not None and declaration[1].lower() in _ENCODINGS
