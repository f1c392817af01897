from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.community.mail.bounces import Bounce, BounceUnreadable, read_bounce
from services.community.mail.making import Addressee
from tests.community.mailing import report

ADDRESSEE = Addressee(UUID("0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10"), 2)
MESSAGE_ID = f"<{ADDRESSEE.message_id}.2@volts.test>"


@pytest.mark.parametrize("original", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_tells_whose_message_failed_and_why(original: str) -> None:
    assert read_bounce(report(MESSAGE_ID, original=original)) == Bounce(ADDRESSEE, True, "5.1.1")


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_a_report_of_another_action_is_no_failure(action: str) -> None:
    assert not read_bounce(report(MESSAGE_ID, action=action)).has_failed


def test_of_a_status_only_its_numbers_are_kept() -> None:
    assert read_bounce(report(MESSAGE_ID, status="5.2.2 (lucie is away)")).code == "5.2.2"
    assert read_bounce(report(MESSAGE_ID, status="lucie@example.org")).code == "5.0.0"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Subject: hello\r\n\r\nNo report\r\n",
        report("<somebody.else@example.org>"),
        report(MESSAGE_ID).replace(b"message/delivery-status", b"text/plain"),
        report(MESSAGE_ID).replace(b"message/rfc822", b"text/plain"),
    ],
    ids=["nothing", "a letter", "not ours", "no status", "no original"],
)
def test_what_is_no_report_on_a_message_of_ours_is_refused(content: bytes) -> None:
    with pytest.raises(BounceUnreadable):
        read_bounce(content)


@pytest.mark.parametrize(
    "mime_part",
    [
        b"Content-Type: message/rfc822\r\n\r\n",
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n",
    ],
)
def test_parts_within_parts_within_parts_are_refused(mime_part: bytes) -> None:
    with pytest.raises(BounceUnreadable):
        read_bounce(mime_part * 5_000)


_MIXED = b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n'


@pytest.mark.parametrize(
    "content",
    [
        _MIXED * 3_000,
        _MIXED.replace(b" boundary", b"\r\n boundary\t") * 3_000,
        _MIXED.replace(b"boundary", b"BOUNDARY*0") * 3_000,
        b"Content-Type: message/rfc822\r\n\r\n" * 3_000,
        _MIXED * 10 + b"\n" * 900_000,
    ],
    ids=["nested", "folded", "continued", "messages", "many short lines"],
)
def test_l5_what_would_take_the_parser_long_is_not_parsed(content: bytes) -> None:
    with pytest.raises(BounceUnreadable, match="too many parts"):
        read_bounce(content)


def test_a_report_on_a_long_letter_with_attachments_is_read() -> None:
    content = report(MESSAGE_ID) + _MIXED * 8 + (b"QUJD" * 18 + b"\r\n") * 12_000

    assert len(content) > 850_000
    assert read_bounce(content).has_failed


@given(st.data())
def test_a_damaged_report_is_refused_or_read_never_an_error(data: st.DataObject) -> None:
    content = bytearray(report(MESSAGE_ID))
    for _ in range(data.draw(st.integers(1, 10))):
        position = data.draw(st.integers(0, len(content) - 1))
        content[position : position + data.draw(st.integers(0, 30))] = data.draw(
            st.binary(max_size=10)
        )
        if not content:
            break

    try:
        read_bounce(bytes(content))
    except BounceUnreadable:
        return
