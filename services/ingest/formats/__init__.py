"""File formats: bytes in, readings out. A format is recognised by its content, never by its name.

A format stands in ``csv/``, ``json/`` or ``xml/``, beside the modules that read that shape, or in
``acc/`` if it has the DSO's own results. ``files/`` comes before any format: it opens archives and
decrypts. What formats share stands here.

To add one, write a module with a ``FORMAT``, and list that in ``FORMATS``, or in ``CURVE_FORMATS``
if it has load curves: documents and help take names from there. If its documents may be large, read
them in parts. ``csv.table``, ``xml.stream`` and ``json.document`` keep a hostile file from filling
the memory; what the file has beyond its format goes to ``notes``; ``verdicts`` comes last.
``csv.grid`` is a faster way to read rows that look alike, and needs a slower one beside it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import SEEK_END, BytesIO
from itertools import groupby
from typing import IO

import polars as pl

from libs.common.errors import Problem
from services.ingest.domain.readings.readings import READINGS
from services.ingest.domain.refusals import RefusalCode
from services.ingest.formats import publication, unread, verdicts
from services.ingest.formats.acc import acc_api, acc_csv
from services.ingest.formats.csv import generic_csv, hdm_csv, r63_csv
from services.ingest.formats.files import utf_16
from services.ingest.formats.files.archives import (
    HEAD_BYTES,
    DeliveredDocument,
    documents,
    is_archive,
    is_whole_zip,
    is_zip,
)
from services.ingest.formats.files.encryption import Decryption, decrypt
from services.ingest.formats.files.utf_8 import text_of
from services.ingest.formats.json import (
    data_connect_json,
    generic_json,
    r63_json,
    r64_json,
    r67_json,
)
from services.ingest.formats.parsed import FRAMES, RECORD_CHARS, Format, Parsed, Rejected
from services.ingest.formats.problems import FileMalformed, FileTooLarge, FormatUnknown
from services.ingest.formats.xml import c15_xml, r4x_xml, r50_xml, r151_xml, r171_xml

__all__ = [
    "CURVE_FORMATS",
    "FORMATS",
    "FORMATS_TABLE",
    "SUPPORTED",
    "UNKNOWN",
    "Decryption",
    "DocumentPart",
    "FileMalformed",
    "FileTooLarge",
    "Format",
    "FormatUnknown",
    "Parsed",
    "Rejected",
    "check_supported",
    "joined",
    "parse",
    "parse_parts",
    "recognise",
]

CURVE_FORMATS = (  # with load curves: the readings that ``elocoop readings`` prints
    r63_csv.FORMAT,
    r63_json.FORMAT,
    r50_xml.FORMAT,
    r4x_xml.FORMAT,
    hdm_csv.FORMAT,
    data_connect_json.FORMAT,
    generic_csv.FORMAT,
    generic_json.FORMAT,
)
FORMATS = (
    acc_csv.FORMAT,  # first: its layouts may have all columns by which an R63 is recognised
    *CURVE_FORMATS,
    r151_xml.FORMAT,
    r171_xml.FORMAT,
    r64_json.FORMAT,
    r67_json.FORMAT,
    c15_xml.FORMAT,
    acc_api.FORMAT,
)
SUPPORTED = [format_.name for format_ in FORMATS]
FORMATS_TABLE = "\n".join(
    [
        "| format | holds |",
        "|---|---|",
        *(f"| {format_.name} | {format_.holds} |" for format_ in FORMATS),
    ]
)
"""All formats, in Markdown: for OpenAPI and docs/use/deliveries.md."""
UNKNOWN = "unknown"


def recognise(content: bytes) -> Format | None:
    """Return the format of a document that is not an archive, from its first bytes."""
    head = utf_16.head_as_utf_8(content[:HEAD_BYTES])
    return next((format_ for format_ in FORMATS if format_.recognises(head)), None)


@dataclass(frozen=True)
class DocumentPart:
    """A part of a document, which more parts may follow.

    document: its number in the file, from 0; documents come one after the other.
    withdraws: the document turned out to be damaged, so its earlier parts do not count.
    """

    document: int
    parsed: Parsed
    withdraws: bool = False


def parse(content: bytes, decryption: Decryption | None = None) -> list[Parsed]:
    """Read every document of a file, which may be a zip, a gzip or the document itself.

    Any of them may be encrypted, if there are keys.

    Returns one Parsed per document, in the order of the archive. A document that is not understood
    next to others that are is a Parsed of format ``unknown`` with one rejected record.
    Raises FormatUnknown or FileMalformed if no document is understood, FileTooLarge; FileMalformed
    too if more records are rejected than can be kept.
    """
    document_parts = list(parse_parts(BytesIO(content), decryption))
    return [
        joined([document_part.parsed for document_part in _standing(list(parts))])
        for _, parts in groupby(document_parts, key=lambda document_part: document_part.document)
    ]


def parse_parts(file: IO[bytes], decryption: Decryption | None = None) -> Iterator[DocumentPart]:
    """Read as ``parse`` does, for files of any size, yielding part by part.

    The caller must be ready to discard all parts if this raises at the end.
    """
    with _plain(file, decryption) as plain:
        yield from _parts(plain)


def _parts(file: IO[bytes]) -> Iterator[DocumentPart]:
    refused: list[_Refused] = []
    count = rejected_count = 0
    for number, document in enumerate(documents(file)):
        count = number + 1
        rejected = 0
        for document_part in _read_document(number, document, refused):
            rejected = len(document_part.parsed.rejected) + (
                0 if document_part.withdraws else rejected
            )
            # Each part keeps to the limit, but a file has many.
            if rejected_count + rejected > verdicts.MOST_REJECTED:
                raise FileMalformed(
                    f"More than {verdicts.MOST_REJECTED} records of the file cannot be read: "
                    "correct them, or send the members of an archive one by one."
                )
            yield document_part
        rejected_count += rejected
    if len(refused) == count:
        raise _refusal(refused)


def check_supported(file: IO[bytes], decryption: Decryption | None = None) -> None:
    """Raise what ``parse`` would if no document has a supported format; only heads are read.

    Raises FormatUnknown, FileTooLarge.
    """
    refused = []
    with _plain(file, decryption) as plain:
        for document in documents(plain, only_heads=True):
            if not document.damage and recognise(document.head):
                return
            head = document.head[:RECORD_CHARS]
            refused.append(_Refused(document.member, head, _unknown(document)))
    raise _refusal(refused)


@contextmanager
def _plain(file: IO[bytes], decryption: Decryption | None) -> Iterator[IO[bytes]]:
    """Yield the file itself, or its content if it is encrypted. Raises FormatUnknown."""
    byte_count = file.seek(0, SEEK_END)
    file.seek(0)
    if decryption is None or not decryption.may_open(byte_count) or _is_known(file):
        yield file
        return
    plain = decrypt(
        file,
        decryption,
        may_begin=lambda head: is_zip(head) or recognise(head) is not None,
        is_plain=lambda document: not is_zip(document.read(HEAD_BYTES)) or is_whole_zip(document),
    )
    if plain is None:
        # No more than that: what went wrong, and with which key, would help an attacker.
        detail = (
            f"The file is none of: {', '.join(SUPPORTED)}; if it is encrypted, no key opens it."
        )
        raise FormatUnknown(detail, supported=SUPPORTED)
    with plain:
        yield plain


def _is_known(file: IO[bytes]) -> bool:
    head = file.read(HEAD_BYTES)
    file.seek(0)
    return is_archive(head) or recognise(head) is not None or unread.known(head) is not None


@dataclass(frozen=True)
class _Refused:
    """A document that is not understood."""

    member: str
    head: bytes
    problem: FormatUnknown | FileMalformed


def _read_document(
    number: int, document: DeliveredDocument, refused: list[_Refused]
) -> Iterator[DocumentPart]:
    """Yield the document's parts; if it is not understood, add it to the refused ones."""
    try:
        for parsed in _read(document):
            yield DocumentPart(number, parsed)
    except (FormatUnknown, FileMalformed) as problem:
        refused.append(_Refused(document.member, document.head[:RECORD_CHARS], problem))
        yield DocumentPart(number, _as_rejected(refused[-1]), withdraws=True)


def _read(document: DeliveredDocument) -> Iterator[Parsed]:
    format_ = None if document.damage else recognise(document.head)
    if format_ is None:
        raise _unknown(document)
    for parsed in format_.read(document.file):
        yield replace(
            parsed,
            member=document.member,
            published_at=parsed.published_at or publication.of_name(document.member),
        )


def _standing(parts: Sequence[DocumentPart]) -> Sequence[DocumentPart]:
    """Return the parts of a document that count."""
    return parts[-1:] if parts[-1].withdraws else parts


def joined(parts: Sequence[Parsed]) -> Parsed:
    """Join the parts of a document, or some consecutive ones."""
    first, *further_parts = parts
    if not further_parts:
        return first
    return replace(
        first,
        **{
            name: pl.concat([getattr(document_part, name) for document_part in parts])
            for name in FRAMES
        },
        rejected=tuple(record for document_part in parts for record in document_part.rejected),
        record_count=sum(document_part.record_count for document_part in parts),
        notes=tuple(dict.fromkeys(note for document_part in parts for note in document_part.notes)),
    )


def _unknown(document: DeliveredDocument) -> FormatUnknown:
    if document.damage or not document.head:
        return FormatUnknown(document.damage or "The file is empty.")
    flow = unread.known(document.head)
    return FormatUnknown(flow or f"The file is none of: {', '.join(SUPPORTED)}.")


def _refusal(refused: Sequence[_Refused]) -> Problem:
    """Return one problem for a file of which nothing is understood."""
    if not refused:
        return FormatUnknown("The archive is empty.", supported=SUPPORTED)
    problem = refused[0].problem
    detail = problem.detail
    if refused[0].member:
        detail = f"{refused[0].member}: {detail}"
    if len(refused) > 1:
        detail = f"None of the {len(refused)} members is understood; the first, {detail}"
    if isinstance(problem, FileMalformed):
        return FileMalformed(detail, **problem.facts)
    return FormatUnknown(detail, supported=SUPPORTED)


def _as_rejected(refused: _Refused) -> Parsed:
    record = text_of(refused.head)
    code = RefusalCode.DOCUMENT_NOT_UNDERSTOOD
    rejected = Rejected(refused.member, refused.problem.detail, record, code)
    return Parsed(UNKNOWN, pl.DataFrame(schema=READINGS), (rejected,), 1, refused.member)
