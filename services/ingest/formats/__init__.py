"""File formats: bytes in, readings out. A format is told by content, never by name.

To add one, write a module with ``NAME``, ``recognises(head)`` and ``read(content)``, and list it
in ``FORMATS``. ``csv_table``, ``xml_stream`` and ``json_document`` keep a hostile file from filling
the memory; what the file has beyond its format goes to ``notes``; ``verdicts`` comes last.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import polars as pl

from libs.common.errors import Problem
from services.ingest.domain.readings import READINGS
from services.ingest.domain.refusals import RefusalCode
from services.ingest.formats import (
    acc_api,
    acc_csv,
    c15_xml,
    data_connect_json,
    generic_csv,
    generic_json,
    hdm_csv,
    publication,
    r4x_xml,
    r50_xml,
    r63_csv,
    r63_json,
    r64_json,
    r67_json,
    r151_xml,
    verdicts,
)
from services.ingest.formats.archives import (
    HEAD_BYTES,
    Document,
    documents,
    is_archive,
    is_whole_zip,
)
from services.ingest.formats.csv_table import text_of
from services.ingest.formats.encryption import Decryption, decrypt
from services.ingest.formats.parsed import RECORD_CHARS, Format, Parsed, Rejected
from services.ingest.formats.problems import FileMalformed, FileTooLarge, FormatUnknown

__all__ = [
    "FORMATS",
    "UNKNOWN",
    "Decryption",
    "FileMalformed",
    "FileTooLarge",
    "Format",
    "FormatUnknown",
    "Parsed",
    "Rejected",
    "check_supported",
    "parse",
    "recognise",
]

FORMATS = tuple(
    Format(module.NAME, module.recognises, module.read)
    for module in (
        acc_csv,  # first: its layouts may have all columns by which an R63 is told
        r63_csv,
        r63_json,
        r50_xml,
        r4x_xml,
        hdm_csv,
        data_connect_json,
        generic_csv,
        generic_json,
        r151_xml,
        r64_json,
        r67_json,
        c15_xml,
        acc_api,
    )
)
SUPPORTED = [format_.name for format_ in FORMATS]
UNKNOWN = "unknown"


def recognise(content: bytes) -> Format | None:
    """The format of a document that is not an archive, from its first bytes."""
    head = content[:HEAD_BYTES]
    return next((format_ for format_ in FORMATS if format_.recognises(head)), None)


def parse(content: bytes, decryption: Decryption | None = None) -> list[Parsed]:
    """Read every document of a file, which may be a zip, a gzip or the document itself.

    Or one of them encrypted, if there are keys.

    Returns one Parsed per document, in the order of the archive. A document that is not understood
    next to others that are is a Parsed of format ``unknown`` with one rejected record.
    Raises FormatUnknown or FileMalformed if no document is understood, FileTooLarge; FileMalformed
    too if more records are rejected than can be kept.
    """
    outcomes = list(_read_all(_plain(content, decryption)))
    refused = [outcome for outcome in outcomes if isinstance(outcome, _Refused)]
    if len(refused) == len(outcomes):
        raise _refusal(refused)
    return [
        _as_rejected(outcome) if isinstance(outcome, _Refused) else outcome for outcome in outcomes
    ]


def check_supported(content: bytes, decryption: Decryption | None = None) -> None:
    """Raise what ``parse`` would if no document can be of a supported format; looks at heads only.

    Raises FormatUnknown, FileTooLarge.
    """
    refused = []
    for document in documents(_plain(content, decryption), only_heads=True):
        if not document.damage and recognise(document.content):
            return
        refused.append(_not_recognised(document))
    raise _refusal(refused)


def _plain(content: bytes, decryption: Decryption | None) -> bytes:
    """The file itself, or what is in it if it is encrypted. Raises FormatUnknown."""
    if decryption is None or not decryption.may_open(content) or _is_known(content):
        return content
    plain = decrypt(
        content, decryption, is_plain=lambda one: is_whole_zip(one) or recognise(one) is not None
    )
    if plain is None:
        # Nothing else: what went wrong, and with which key, would help whoever guesses.
        detail = (
            f"The file is none of: {', '.join(SUPPORTED)}; if it is encrypted, no key opens it."
        )
        raise FormatUnknown(detail, supported=SUPPORTED)
    return plain


def _is_known(content: bytes) -> bool:
    return is_archive(content) or recognise(content) is not None


@dataclass(frozen=True)
class _Refused:
    """A document that is not understood."""

    member: str
    head: bytes
    problem: FormatUnknown | FileMalformed


def _read_all(content: bytes) -> Iterator[Parsed | _Refused]:
    rejected = 0
    for document in documents(content):
        outcome = _read(document)
        rejected += len(outcome.rejected) if isinstance(outcome, Parsed) else 1
        # Each document keeps to the limit, but an archive has many.
        if rejected > verdicts.MOST_REJECTED:
            raise FileMalformed(
                f"More than {verdicts.MOST_REJECTED} records of the archive cannot be read: "
                "send its members one by one."
            )
        yield outcome


def _read(document: Document) -> Parsed | _Refused:
    format_ = None if document.damage else recognise(document.content)
    if format_ is None:
        return _not_recognised(document)
    try:
        parsed = format_.read(document.content)
    except (FormatUnknown, FileMalformed) as problem:
        return _Refused(document.member, document.content[:RECORD_CHARS], problem)
    return replace(
        parsed,
        member=document.member,
        published_at=parsed.published_at or publication.of_name(document.member),
    )


def _not_recognised(document: Document) -> _Refused:
    if document.damage or not document.content:
        detail = document.damage or "The file is empty."
    else:
        detail = f"The file is none of: {', '.join(SUPPORTED)}."
    return _Refused(document.member, document.content[:RECORD_CHARS], FormatUnknown(detail))


def _refusal(refused: Sequence[_Refused]) -> Problem:
    """One problem for a file of which nothing is understood."""
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
