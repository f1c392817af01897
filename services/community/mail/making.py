"""Make the bytes of an e-mail from a message, the same ones each time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address, ContentTypeHeader
from email.message import EmailMessage
from email.policy import EmailPolicy
from uuid import UUID

from services.community.domain.letters.templates import one_line
from services.community.domain.messages.messages import Letter
from services.community.mail.pages import write_page

_MESSAGE_ID = re.compile(
    r"<(?P<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(?P<number>[0-9]{1,4})@[^<>\s]+>"
)
_ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS = re.compile(
    rf"(?!.*=\?){_ATOM}(?:\.{_ATOM})*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
)  # RFC 5322, 3.4.1, without encoded words: RFC 2047, 5
_CODE = re.compile(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9.])")  # RFC 3463


@dataclass(frozen=True)
class Addressee:
    """One of the addresses a message is sent to; numbers count from 1."""

    message_id: UUID
    number: int


@dataclass(frozen=True)
class Attachment:
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Email:
    """The content for a server: the envelope, and the bytes."""

    addressee: Addressee
    sender: str
    to: str
    content: bytes


def read_sender(text: str) -> Address:
    """Read ``Name <box@domain>`` or ``box@domain``. Raises ValueError."""
    name, bracket, rest = text.strip().rpartition("<")
    address = rest.removesuffix(">") if bracket else rest
    if not is_usable(address):
        message = "MAIL_FROM is no e-mail address: Name <box@example.org>"
        raise ValueError(message)
    return Address(display_name=one_line(name).strip('"'), addr_spec=address)


def is_usable(address: str) -> bool:
    """Return whether an e-mail can be sent to it; our API also accepts text that is no address."""
    return _ADDRESS.fullmatch(address) is not None


def make_email(
    addressee: Addressee,
    letter: Letter,
    *,
    sender: Address,
    to: str,
    written_at: datetime,
    attachments: Sequence[Attachment],
    reply_to: str | None = None,
) -> Email:
    """``to`` and ``reply_to`` are usable.

    The Message-ID is the addressee's, so that receivers recognise repetitions.
    """
    email = EmailMessage(policy=_Folding(linesep="\r\n"))
    email["From"] = sender
    email["To"] = Address(addr_spec=to)
    if reply_to:
        email["Reply-To"] = Address(addr_spec=reply_to)
    email["Subject"] = letter.subject
    email["Date"] = written_at
    email["Message-ID"] = f"<{addressee.message_id}.{addressee.number}@{sender.domain}>"
    email["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notes in answer
    _add_words(email, letter)
    for attachment in attachments:
        type_, params = _read_media_type(attachment.media_type)
        main, _, sub = type_.partition("/")
        email.add_attachment(
            attachment.content, maintype=main, subtype=sub, filename=attachment.name, params=params
        )
    containers = [entity for entity in email.walk() if entity.is_multipart()]
    for number, container in enumerate(containers):
        container.set_boundary(f"=_{addressee.message_id.hex}.{number}")
    return Email(addressee, sender.addr_spec, to, email.as_bytes())


def _add_words(email: EmailMessage, letter: Letter) -> None:
    """As text, and as a page for programs that show pages."""
    email.set_content(letter.body, cte="quoted-printable")
    email.add_alternative(write_page(letter), subtype="html", cte="quoted-printable")
    for wording in email.iter_parts():
        wording["Content-Language"] = letter.language


def _read_media_type(text: str) -> tuple[str, dict[str, str]]:
    """``text/calendar; method=REQUEST``: the type and its parameters."""
    header = EmailPolicy.header_factory("Content-Type", text)
    assert isinstance(header, ContentTypeHeader)
    return header.content_type, dict(header.params)


class _Folding(EmailPolicy):
    """Fold like the parent, which loses spaces where it cuts a subject of encoded words."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if name != "Subject" or value.isascii():
            return super().fold_binary(name, value)
        folded = Header(value, "utf-8", header_name=name).encode(linesep=self.linesep)
        return f"{name}: {folded}{self.linesep}".encode("ascii")


def find_addressee(text: str) -> Addressee | None:
    """Return the addressee of the message whose Message-ID is in the text."""
    match = _MESSAGE_ID.search(text)
    return Addressee(UUID(match["id"]), int(match["number"])) if match else None


def find_code(text: str) -> str | None:
    """Return the code that begins an answer, like ``5.1.1``; the rest holds addresses."""
    match = _CODE.match(text)
    return match.group() if match else None
