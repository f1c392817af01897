"""Servers of SMTP that want encryption and a log-in, and a folder."""

import os
import ssl
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from libs.common.settings import Settings
from services.community.mail.outlets import (
    Outlet,
    Postponed,
    delete_old_files,
    open_outlet,
)
from services.community.workers import workers
from tests.community.mail.emails import SENDER, made
from tests.support.smtp import PASSWORD, USER, Mailboxes, own_certificate, smtp_server


@pytest.fixture
def context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """Of a server that this process trusts."""
    context, certificate = own_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    return context


@asynccontextmanager
async def outlet_to(
    scheme: str, boxes: Mailboxes, password: str = PASSWORD
) -> AsyncIterator[Outlet]:
    url = f"{scheme}://127.0.0.1:{boxes.port}"
    outlet = open_outlet(url, user=USER, password=password, sender=SENDER)
    try:
        yield outlet
    finally:
        await outlet.close()


@pytest.mark.parametrize("scheme", ["smtp+starttls", "smtps"])
async def test_a_server_that_wants_encryption_and_a_log_in_is_sent_to(
    context: ssl.SSLContext, scheme: str
) -> None:
    secure = {"tls" if scheme == "smtps" else "starttls": context}
    async with smtp_server(**secure) as boxes, outlet_to(scheme, boxes) as outlet:
        for _ in range(2):
            await outlet.send(made())

    assert boxes.came["lucie@example.org"] == [made().content] * 2


async def test_a_wrong_password_is_not_the_recipients_fault(context: ssl.SSLContext) -> None:
    async with (
        smtp_server(tls=context) as boxes,
        outlet_to("smtps", boxes, password="wrong") as outlet,
    ):
        with pytest.raises(Postponed) as postponed:
            await outlet.send(made())

    assert type(postponed.value) is Postponed
    assert postponed.value.reason == "server-refuses-us 535 5.7.8"
    assert boxes.came == {}


async def test_a_server_that_nobody_vouches_for_gets_no_password(tmp_path: Path) -> None:
    context, _ = own_certificate(tmp_path)
    async with smtp_server(tls=context) as boxes, outlet_to("smtps", boxes) as outlet:
        with pytest.raises(Postponed, match="server-unreachable"):
            await outlet.send(made())


async def test_an_outlet_may_be_used_again_after_it_was_closed() -> None:
    async with smtp_server() as boxes:
        url = f"smtp://127.0.0.1:{boxes.port}"
        outlet = open_outlet(url, user="", password="", sender=SENDER)
        for _ in range(2):
            await outlet.send(made())
            await outlet.close()

    assert len(boxes.came["lucie@example.org"]) == 2


async def test_a_folder_that_cannot_be_written_to_postpones(tmp_path: Path) -> None:
    (tmp_path / "mails").write_text("no folder")
    outlet = open_outlet(f"folder:{tmp_path}/mails", user="", password="", sender=SENDER)

    with pytest.raises(Postponed, match="folder-not-writable"):
        await outlet.send(made())


async def test_an_email_that_cannot_be_written_leaves_no_half_of_it(tmp_path: Path) -> None:
    in_its_place = tmp_path / f"{made().addressee.message_id}-1.eml"
    in_its_place.mkdir()
    outlet = open_outlet(f"folder:{tmp_path}", user="", password="", sender=SENDER)

    with pytest.raises(Postponed, match="folder-not-writable"):
        await outlet.send(made())

    assert list(tmp_path.iterdir()) == [in_its_place]


async def test_a_folder_has_one_file_of_an_email_however_often_it_is_sent(tmp_path: Path) -> None:
    outlet = open_outlet(f"folder:{tmp_path}/mails", user="", password="", sender=SENDER)

    for _ in range(2):
        await outlet.send(made())

    (file,) = (tmp_path / "mails").iterdir()
    assert file.name == f"{made().addressee.message_id}-1.eml"
    assert file.read_bytes() == made().content


async def test_an_email_that_is_half_written_is_none_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Path] = []
    monkeypatch.setattr(os, "fsync", lambda _descriptor: seen.extend(tmp_path.iterdir()))

    await open_outlet(f"folder:{tmp_path}", user="", password="", sender=SENDER).send(made())

    assert [path.suffix for path in seen] == [".part"]


async def test_l15_a_folder_of_emails_is_its_owners_alone(tmp_path: Path) -> None:
    """L15 of the security review: they have names, and links that open accounts."""
    of_before = tmp_path / "of-before"
    of_before.mkdir(mode=0o755)
    for folder in (tmp_path / "new", of_before):
        await open_outlet(f"folder:{folder}", user="", password="", sender=SENDER).send(made())

        (file,) = folder.iterdir()
        assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)


def test_l15_emails_in_a_folder_go_after_a_month(tmp_path: Path) -> None:
    ages_days = {"old.eml": 32, ".half-of-one.part": 32, "young.eml": 30, "notes.txt": 99}
    for name, days in ages_days.items():
        (tmp_path / name).write_text("x")
        written_s = time.time() - days * 86_400
        os.utime(tmp_path / name, (written_s, written_s))

    delete_old_files(tmp_path)
    delete_old_files(tmp_path / "not there yet")

    assert {file.name for file in tmp_path.iterdir()} == {"young.eml", "notes.txt"}


@pytest.mark.parametrize(
    ("mail_url", "is_folder"), [("folder:data/mails", True), ("smtps://smtp.example.org", False)]
)
def test_l15_a_round_deletes_them_where_there_are_any(mail_url: str, *, is_folder: bool) -> None:
    settings = Settings(mail_url=mail_url, mail_from="Coop <post@coop.example>")

    assert ("delete old files of mail" in workers(settings)) is is_folder
