"""Records of an XML that are written like another one, found as arrays of bytes.

What a machine writes differs from record to record in its values, and in nothing around them:
comparing that takes a third of the time of matching a regular expression.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

Ints = npt.NDArray[np.int64]
Texts = npt.NDArray[np.bytes_]
Flags = npt.NDArray[np.bool_]

LONGEST_RECORD_BYTES = 200  # longer ones are left to the pattern: all places are compared at once
_PIECE_BYTES = 1024**2
_ABSENT = (-1, -1)  # the span of a group that matched nothing
_WORD_BYTES = 8
_EACH = 0x0101010101010101  # one in each byte of a word
_ZEROS, _HIGH = np.uint64(ord("0") * _EACH), np.uint64(0x80 * _EACH)
_LOW, _TO_HIGH = np.uint64(0x7F * _EACH), np.uint64((0x80 - 10) * _EACH)
_ONE, _BYTE_BITS = np.uint64(1), np.uint8(8)
# The characters of stamps and letters, from + to : and from A to Z, which XML never changes.
_FIRST_SIGN, _SIGNS = np.uint8(ord("+")), np.uint8(ord(":") - ord("+"))
_FIRST_LETTER, _LETTERS = np.uint8(ord("A")), np.uint8(ord("Z") - ord("A"))

_TEXTS = pl.Series(["", *map(chr, range(1, 128))])


class RecordForm(NamedTuple):
    """The layout of a record, from its tag on.

    around: the text before each field that it has, and after the last. sizes: the bytes of these
    fields, None for a number, which has up to eight digits. fields: for each possible field, its
    place among those that the record has; None if it is absent.

    A field may have any of the characters of stamps, letters and numbers, whatever the pattern
    says: in an XML they stand for themselves, and the reader of the field reports what is wrong.
    """

    around: Sequence[bytes]
    sizes: Sequence[int | None]
    fields: Sequence[int | None]


class Written(NamedTuple):
    """Records that were found: their numbers, ends and fields, which are empty if absent."""

    numbers: Ints
    ends: Ints
    fields: Sequence[Texts]


def form_of(record: re.Match[str], tag: str) -> RecordForm:
    """Return the form of a record that the pattern of a ``Usual`` matched after its tag.

    record: of at most LONGEST_RECORD_BYTES. The last group of the pattern is after the record.
    """
    *spans, behind = [record.span(group) for group in range(1, record.re.groups + 1)]
    present = [span for span in spans if span != _ABSENT]
    edges = [0, *(at for span in present for at in span), behind[0]]
    around = [record.string[begin:end] for begin, end in zip(edges[::2], edges[1::2], strict=True)]
    texts = [record.string[begin:end] for begin, end in present]
    return RecordForm(
        [text.encode("latin-1") for text in (tag + around[0], *around[1:])],
        [None if text.isdecimal() else len(text) for text in texts],
        [None if span == _ABSENT else present.index(span) for span in spans],
    )


class Places:
    """The bytes of a document, compared at many places at once."""

    def __init__(self, content: bytes) -> None:
        # Padded, so that no place of a record, and nothing after it, is outside.
        self._padded = content + bytes(2 * LONGEST_RECORD_BYTES)

    def may_be(self, tag: bytes) -> Flags:
        """Return whether the tag may be at each byte, by its first two characters and its last."""
        signs = np.frombuffer(self._padded, np.uint8)
        width = len(signs) - len(tag) + 1
        may_be: Flags = signs[:width] == tag[0]
        for offset in (1, len(tag) - 1):
            may_be &= signs[offset : offset + width] == tag[offset]
        return may_be

    def written_as(self, form: RecordForm, begins: Ints, numbers: Ints) -> Written:
        """Return those of some records that are written like this; all begin at these places."""
        begins = begins[numbers]
        at, are_so = begins.copy(), np.ones(len(begins), np.bool_)
        field_texts: list[Texts] = []
        for surrounding, size in zip(form.around, (*form.sizes, 0), strict=True):
            are_so &= self.are(at, surrounding)
            at += len(surrounding)
            texts, sizes = self._numbers(at) if size is None else self._of_size(at, size)
            are_so &= sizes >= 0
            at += sizes
            field_texts.append(texts)
        if not are_so.all():
            numbers, at, field_texts = (
                numbers[are_so],
                at[are_so],
                [texts[are_so] for texts in field_texts],
            )
        absent = field_texts.pop()  # the last is behind the record
        return Written(
            numbers, at, [absent if place is None else field_texts[place] for place in form.fields]
        )

    def are(self, places: Ints, text: bytes) -> Flags:
        """Return whether a text of at most LONGEST_RECORD_BYTES is at each place."""
        return self._texts(places, len(text)) == text if text else np.ones(len(places), np.bool_)

    def lines(self, places: Ints) -> Ints:
        """Return the lines, counted from 1, of places in ascending order."""
        signs = np.frombuffer(self._padded, np.uint8)
        lines, line_number = np.empty(len(places), np.int64), 1
        # Piece by piece: the places of line ends take eight times the bytes.
        for begin in range(0, len(signs), _PIECE_BYTES):
            ends = np.flatnonzero(signs[begin : begin + _PIECE_BYTES] == ord("\n")) + begin
            first, last = np.searchsorted(places, (begin, begin + _PIECE_BYTES))
            lines[first:last] = line_number + np.searchsorted(ends, places[first:last])
            line_number += len(ends)
        return lines

    def _texts(self, places: Ints, size: int) -> Texts:
        count = len(self._padded) - size + 1
        return np.ndarray((count,), f"S{size}", self._padded, strides=(1,))[places]

    def _of_size(self, places: Ints, size: int) -> tuple[Texts, Ints]:
        """Return the texts, and their sizes: -1 for those with unusual characters."""
        sizes = np.full(len(places), size)
        if not size:
            return np.zeros(len(places), "S1"), sizes
        texts = self._texts(places, size)
        signs = texts.view(np.uint8)
        are_plain = (signs - _FIRST_SIGN <= _SIGNS) | (signs - _FIRST_LETTER <= _LETTERS)
        if not are_plain.all():
            sizes[~are_plain.reshape(-1, size).all(axis=1)] = -1
        return texts, sizes

    def _numbers(self, places: Ints) -> tuple[Texts, Ints]:
        """Return the digits at each place, at most eight, and their number."""
        count = len(self._padded) - _WORD_BYTES + 1
        words = np.ndarray((count,), "<u8", self._padded, strides=(1,))[places]
        digits = words ^ _ZEROS
        is_other = (((digits & _LOW) + _TO_HIGH) | digits) & _HIGH
        below_first_other = (is_other & (~is_other + _ONE)) - _ONE  # all bits, if there is none
        sizes = np.bitwise_count(below_first_other) // _BYTE_BITS
        texts = words & np.where(sizes == _WORD_BYTES, below_first_other, below_first_other >> 7)
        return texts.view(f"S{_WORD_BYTES}"), sizes.astype(np.int64)


def series(texts: Texts) -> pl.Series:
    """Return the texts as a series of str."""
    if texts.itemsize == 1:
        return _TEXTS.gather(texts.view(np.uint8))
    # One text, split again: making an object of each takes twice as long.
    lines = np.full((len(texts), texts.itemsize + 1), ord("\n"), np.uint8)
    lines[:, :-1] = texts.view(np.uint8).reshape(len(texts), -1)
    joined_lines = lines.tobytes()[:-1].translate(None, delete=b"\0").decode("ascii")
    return pl.Series([joined_lines]).str.split("\n").explode()
