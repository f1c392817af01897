"""What a server tells when it could not deliver what it had taken (RFC 3464)."""

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
"""What each part that may hold others has in its heading."""
_MOST_NESTS = 20
_MOST_LINES_OF_NESTS = 1_000_000
"""The parser compares each line with the boundary of each part around it."""
_ORIGINALS = ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers")


class BounceUnreadable(Problem):
    status: ClassVar = 409
    slug: ClassVar = "bounce-unreadable"
    title: ClassVar = "This is no report on a message of ours"
    example_detail = (
        "Send the report as it came: a multipart/report with a message/delivery-status and the"
        " original message, or its headers."
    )


@dataclass(frozen=True)
class Bounce:
    """A report; it failed, or it was only delayed, relayed, delivered."""

    addressee: Addressee
    has_failed: bool
    code: str


def read_bounce(content: bytes) -> Bounce:
    """Of the bytes of an e-mail. Raises BounceUnreadable."""
    _check_nests(content)
    try:
        # Of the old policy, whose headers are text as it came: the new one stumbles over odd ones.
        parts = list(message_from_bytes(content).walk())
    except RecursionError as error:  # parts within parts within parts
        raise BounceUnreadable(BounceUnreadable.example_detail) from error
    fields = next((one for part in parts for one in _delivery_fields(part)), None)
    addressee = next((one for part in parts if (one := _original(part))), None)
    if fields is None or addressee is None:
        raise BounceUnreadable(BounceUnreadable.example_detail)
    action, code = (str(fields.get(name, "")).strip().lower() for name in ("Action", "Status"))
    return Bounce(addressee, action == "failed", find_code(code) or _NO_CODE)


def _check_nests(content: bytes) -> None:
    """Before it is parsed: three thousand parts within one another took seconds.

    They are counted without looking how they stand, so siblings count, too: a report has about
    five, with those of the original. Raises BounceUnreadable.
    """
    nests = len(_NESTS.findall(content))
    lines = content.count(b"\n") + content.count(b"\r")
    if nests > _MOST_NESTS or nests * lines > _MOST_LINES_OF_NESTS:
        raise BounceUnreadable("It has too many parts within parts: send the report as it came.")


def _delivery_fields(part: Message) -> Iterator[Message]:
    """The blocks of a report that are about a recipient."""
    if part.get_content_type() == "message/delivery-status" and part.is_multipart():
        blocks = (one for one in part.get_payload() if isinstance(one, Message))
        yield from (one for one in blocks if "Action" in one)


def _original(part: Message) -> Addressee | None:
    """Whose message the report is about, by the Message-ID that it repeats."""
    if part.get_content_type() not in _ORIGINALS:
        return None
    if part.is_multipart():
        originals = [one for one in part.get_payload() if isinstance(one, Message)]
        return find_addressee(str(originals[0].get("Message-ID", ""))) if originals else None
    payload = part.get_payload(decode=True)
    return find_addressee(payload.decode("latin-1")) if isinstance(payload, bytes) else None
