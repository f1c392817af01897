"""The papers of an operation: their kind, owner, versions and signatures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from libs.common.errors import Problem
from libs.common.ids import OperationId

MAX_BYTES = 20 * 1024**2


class DocumentUnknown(Problem):
    status, slug, title = 404, "document-unknown", "There is no such document"
    example_detail = "The operation has no such document, or it is not for you to see."


class DocumentElsewhere(Problem):
    status, slug, title = 409, "document-elsewhere", "The id is that of another document"
    example_detail = "Choose another id for a document of ACC00000101."


class DocumentUnfit(Problem):
    status, slug, title = 409, "document-unfit", "The document cannot be kept like this"
    example_detail = "A convention is the organiser's: leave member_id out."


class DocumentSigned(Problem):
    status, slug, title = 409, "document-signed", "A signed document stays as it is"
    example_detail = "Only the title and valid_to of a signed document change: record another one."


class VersionUnknown(Problem):
    status, slug, title = 404, "version-unknown", "The document has no such version"
    example_detail = "The document has 1 version."


class VersionOutdated(Problem):
    status, slug, title = 409, "version-outdated", "Another version is to be signed"
    example_detail = "The last version is number 2: read that one, and sign it."
    example_facts: ClassVar = {"version": 2}


class SignatureUnfit(Problem):
    status, slug, title = 409, "signature-unfit", "The version cannot take this state"
    example_detail = "The version was declined on 2026-10-03: send another version."


class FileGone(Problem):
    status, slug, title = 503, "file-gone", "The file of the document is not there any more"
    example_detail = "Restore the store of files from a backup, or send the same file again."


class MediaTypeUnknown(Problem):
    status, slug, title = 415, "media-type-unknown", "A document is PDF, ODT, DOCX, PNG or JPEG"
    example_detail = "The content is none of these, whatever the file is called."


class DocumentKind(StrEnum):
    CONVENTION = "convention"  # between the organiser and the DSO
    PARTICIPATION_AGREEMENT = "participation_agreement"  # accord de participation
    SALE_CONTRACT = "sale_contract"  # between a producer and its consumers
    INVOICING_MANDATE = "invoicing_mandate"  # the organiser invoices for a producer
    SUPPLY_AUTHORISATION = "supply_authorisation"  # or a mandate to somebody with one (L333-1)


class SignatureState(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    SIGNED = "signed"
    DECLINED = "declined"


_ENDS = {SignatureState.SIGNED, SignatureState.DECLINED}


@dataclass(frozen=True, kw_only=True)
class Document:
    """A paper over ``[valid_from, valid_to)``, local days; None is open-ended.

    member_id: its owner, None for a convention. Raises DocumentUnfit.
    """

    id: UUID
    operation_id: OperationId
    kind: DocumentKind
    title: str
    member_id: UUID | None
    valid_from: date
    valid_to: date | None

    def __post_init__(self) -> None:
        if self.kind == DocumentKind.CONVENTION and self.member_id is not None:
            raise DocumentUnfit("A convention is the organiser's: leave member_id out.")
        if self.kind != DocumentKind.CONVENTION and self.member_id is None:
            raise DocumentUnfit("Say whose it is: give a member_id.")
        if self.valid_to is not None and self.valid_to <= self.valid_from:
            raise DocumentUnfit(
                f"valid_to {self.valid_to} must be after valid_from {self.valid_from}."
            )

    def check_same_when_signed(self, signed: "Document") -> None:
        """Raises DocumentSigned if more changes than the title and the end."""
        if (self.kind, self.member_id, self.valid_from) != (
            signed.kind,
            signed.member_id,
            signed.valid_from,
        ):
            raise DocumentSigned


@dataclass(frozen=True, kw_only=True)
class Signature:
    """A version was sent to a party, or signed or declined by it, on a local day."""

    version: int
    state: SignatureState
    day: date
    party: str


def state_of(signatures: Sequence[Signature], version: int) -> SignatureState:
    """Return a version's latest state; a draft if there is no signature."""
    states = {signature.state for signature in signatures if signature.version == version}
    order = (SignatureState.SIGNED, SignatureState.DECLINED, SignatureState.SENT)
    return next((state for state in order if state in states), SignatureState.DRAFT)


def check_follows(signatures: Sequence[Signature], addition: Signature, *, today: date) -> None:
    """Raises SignatureUnfit."""
    if addition.day > today:
        raise SignatureUnfit(f"{addition.day} is to come: record it on that day.")
    signatures_of_version = [
        signature for signature in signatures if signature.version == addition.version
    ]
    final = next(
        (signature for signature in signatures_of_version if signature.state in _ENDS), None
    )
    if final is not None:
        raise SignatureUnfit(f"The version was {final.state} on {final.day}: send another version.")
    if any(signature.state == addition.state for signature in signatures_of_version):
        raise SignatureUnfit("The version was sent already: record that it was signed or declined.")
    if any(signature.day > addition.day for signature in signatures_of_version):
        raise SignatureUnfit(f"{addition.day} is before the version was sent.")


def media_type_of(head: bytes, tail: bytes) -> str:
    """Return a file's type by its content; head and tail: its first and last bytes, some kilobytes.

    Raises MediaTypeUnknown.
    """
    for start, media_type in _STARTS.items():
        if head.startswith(start):
            return media_type
    if head.startswith(b"PK\x03\x04"):
        # OpenDocument begins with its type, uncompressed; OOXML is recognised by a part's name in
        # the directory at the end. Nothing sent by a stranger needs to be unpacked.
        if head[30:].startswith(b"mimetype" + ODT.encode()):
            return ODT
        if b"word/document.xml" in tail:
            return DOCX
    raise MediaTypeUnknown


PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
ODT = "application/vnd.oasis.opendocument.text"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXTENSIONS = {PDF: "pdf", PNG: "png", JPEG: "jpg", ODT: "odt", DOCX: "docx"}
_STARTS = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG}
