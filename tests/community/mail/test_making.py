import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.community.domain.letters.templates import one_line
from services.community.mail.making import (
    _ADDRESS,
    find_addressee,
    is_usable,
    read_sender,
)
from services.community.mail.outlets import open_outlet
from tests.community.mail.emails import ADDRESSEE, SENDER, made
from tests.support.smtp import read_body, read_email


def test_an_email_is_the_same_bytes_whenever_it_is_made() -> None:
    assert made().content == made().content


def test_an_email_says_who_what_and_in_which_language() -> None:
    email = read_email(made(body="Énergie locale : 1,08 €\n").content)

    assert email["From"] == "Les Volts <no-reply@volts.test>"
    assert email["To"] == "lucie@example.org"
    assert email["Message-ID"] == f"<{ADDRESSEE.message_id}.1@volts.test>"
    body = email.get_body(("plain",))
    assert body is not None
    assert body["Content-Language"] == "fr"
    assert email["Auto-Submitted"] == "auto-generated"
    assert read_body(email) == "Énergie locale : 1,08 €\n"
    (pdf,) = email.iter_attachments()
    assert (pdf.get_filename(), pdf.get_content_type()) == ("F2026-00001.pdf", "application/pdf")
    assert pdf.get_content() == b"%PDF\r\n\x00\xff"


def test_a_letter_is_a_page_too_in_which_texts_of_others_are_no_markup() -> None:
    link = "https://volts.test/i?a=1&b=2"
    body = f"Bonjour <b>Lucie</b>,\n\nTotal TTC\u00a0: 1,08\u00a0€\nVoir\u00a0: {link}\n"

    page = read_email(made(body=body).content).get_body(("html",))

    assert page is not None
    assert (page["Content-Language"], page.get_content_type()) == ("fr", "text/html")
    html = page.get_content()
    assert "<p>Bonjour &lt;b&gt;Lucie&lt;/b&gt;,</p>" in html
    assert "Total TTC\u00a0:</span> <strong>1,08\u00a0€</strong>" in html
    assert '<a href="https://volts.test/i?a=1&amp;b=2"' in html


def test_an_answer_goes_to_the_organiser() -> None:
    email = read_email(made(reply_to="bureau@volts.test").content)

    assert email["Reply-To"] == "bureau@volts.test"
    assert read_email(made().content)["Reply-To"] is None


def test_an_email_needs_no_server_that_takes_more_than_ascii() -> None:
    content = made("Énergie de Šárka · 太陽", "Énergie de Šárka · 太陽\n").content

    assert content.isascii()
    assert read_email(content)["Subject"] == "Énergie de Šárka · 太陽"


@given(st.text(max_size=300))
@example("0 ࠀࠀࠀࠀࠀࠀࠀࠀࠀ࢘࢘ ¡ ¡")  # of which Python's own way to cut it loses a space
def test_no_text_adds_a_header(text: str) -> None:
    subject = one_line(f"Facture {text}")

    email = read_email(made(subject=subject).content)

    assert email.keys() == read_email(made().content).keys()
    assert email["Subject"] == subject


def test_a_subject_with_a_line_break_is_never_sent() -> None:
    with pytest.raises(ValueError, match="linefeed"):
        made(subject="Facture\r\nBcc: all@example.org")


@pytest.mark.parametrize(
    ("address", "usable"),
    [
        ("lucie@example.org", True),
        ("o'neill+volts@example.org", True),
        ("lucie@example.org,all@example.org", False),
        ("<lucie@example.org>", False),
        ("lucie(@example.org", False),
        ("lucie", False),
        ("@example.org", False),
        ("", False),
        ("lucie@éxample.org", False),
        ("=?utf-8?q?a?=@example.org", False),
        ("=?utf-8?b?a?=@example.org", False),
        ("=?nope?b?YQ==?=@example.org", False),
        ("lucie=?utf-8?q?a?=@example.org", False),
        ("lucie@example.org\r\nBcc: all@example.org", False),
    ],
)
def test_what_is_no_address_is_not_written_to(address: str, usable: bool) -> None:  # noqa: FBT001 - a table
    assert is_usable(address) == usable


@given(st.from_regex(_ADDRESS, fullmatch=True))
def test_whoever_can_be_written_to_is_the_only_one_who_is(address: str) -> None:
    assert read_email(made(to=address).content)["To"] == address


def test_the_message_of_an_email_is_found_by_its_message_id() -> None:
    email = read_email(made().content)

    assert find_addressee(str(email["Message-ID"])) == ADDRESSEE
    assert find_addressee("<20261105.x@example.org>") is None


@pytest.mark.parametrize(
    "text",
    ["Les Volts <box@volts.test>", '"Les Volts" <box@volts.test>', "Les Volts<box@volts.test>"],
)
def test_a_sender_may_have_a_name(text: str) -> None:
    sender = read_sender(text)

    assert (sender.display_name, sender.addr_spec) == ("Les Volts", "box@volts.test")
    assert read_sender("<box@volts.test>") == read_sender(" box@volts.test ")


@pytest.mark.parametrize("text", ["Les Volts", "", "Les Volts <no-reply>", "a@b.test, c@d.test"])
def test_a_sender_has_an_address(text: str) -> None:
    with pytest.raises(ValueError, match="MAIL_FROM"):
        read_sender(text)


@pytest.mark.parametrize(
    "url", ["", "mails", "http://mail.test", "smtp://", "smtp://user:word@mail.test"]
)
def test_a_setting_that_names_no_outlet_stops_the_start(url: str) -> None:
    with pytest.raises(ValueError, match="MAIL_URL"):
        open_outlet(url, user="", password="", sender=SENDER)


def test_a_password_is_never_sent_in_the_clear() -> None:
    with pytest.raises(ValueError, match="MAIL_PASSWORD"):
        open_outlet("smtp://mail.test", user="volts", password="secret", sender=SENDER)


def test_nobody_writes_to_the_world_as_example_org() -> None:
    with pytest.raises(ValueError, match="MAIL_FROM"):
        open_outlet("smtps://mail.test", user="", password="", sender=read_sender("a@example.org"))
