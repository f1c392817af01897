"""Read a server's report that it could not deliver an accepted e-mail (RFC 3464)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from typing import ClassVar

from libs.common.errors import Problem
from services.community.mail.making import Addressee, find_addressee, find_code

_NO_CODE = "5.0.0"  # RFC 3463: other undefined status
_NESTS = re.compile(rb"boundary[\s*0-9]*=|message/", re.IGNORECASE)
"""A mark in the heading of each part that may hold others."""
_MOST_NESTS = 20
_MOST_LINES_OF_NESTS = 1_000_000
"""The parser compares each line with the boundary of each part around it."""
_ORIGINALS = ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers")


class BounceUnreadable(Problem):
    status: ClassVar = 409
    slug: ClassVar = "bounce-unreadable"
    title: ClassVar = "This is not a report on a message of ours"
    example_detail = (
        "Send the report unchanged: a multipart/report with a message/delivery-status and the"
        " original message, or its headers."
    )


@dataclass(frozen=True)
class Bounce:
    """A report of a failed delivery, or of one only delayed, relayed or made."""

    addressee: Addressee
    has_failed: bool
    code: str


def read_bounce(content: bytes) -> Bounce:
    """Read the bytes of an e-mail. Raises BounceUnreadable."""
    _check_nests(content)
    try:
        # By the old policy, whose headers are unparsed text: the new one fails on odd headers.
        parts = list(message_from_bytes(content).walk())
    except RecursionError as error:  # parts within parts within parts
        raise BounceUnreadable from error
    fields = next(
        (original for mail_part in parts for original in _delivery_fields(mail_part)), None
    )
    addressee = next((block for mail_part in parts if (block := _original(mail_part))), None)
    if fields is None or addressee is None:
        raise BounceUnreadable
    action, code = (str(fields.get(name, "")).strip().lower() for name in ("Action", "Status"))
    return Bounce(addressee, action == "failed", find_code(code) or _NO_CODE)


def _check_nests(content: bytes) -> None:
    """Check before parsing: three thousand parts within one another took seconds.

    They are counted without their structure, so siblings count too: a report has about five, with
    those of the original. Raises BounceUnreadable.
    """
    nests = len(_NESTS.findall(content))
    lines = content.count(b"\n") + content.count(b"\r")
    if nests > _MOST_NESTS or nests * lines > _MOST_LINES_OF_NESTS:
        raise BounceUnreadable("It has too many parts within parts: send the report unchanged.")


def _delivery_fields(mail_part: Message) -> Iterator[Message]:
    """Yield the blocks of a report that are about a recipient."""
    if mail_part.get_content_type() == "message/delivery-status" and mail_part.is_multipart():
        blocks = (payload for payload in mail_part.get_payload() if isinstance(payload, Message))
        yield from (block for block in blocks if "Action" in block)


def _original(mail_part: Message) -> Addressee | None:
    """Return the addressee of the reported message, by the Message-ID that it repeats."""
    if mail_part.get_content_type() not in _ORIGINALS:
        return None
    if mail_part.is_multipart():
        originals = [
            payload_part
            for payload_part in mail_part.get_payload()
            if isinstance(payload_part, Message)
        ]
        return find_addressee(str(originals[0].get("Message-ID", ""))) if originals else None
    payload = mail_part.get_payload(decode=True)
    return find_addressee(payload.decode("latin-1")) if isinstance(payload, bytes) else None
