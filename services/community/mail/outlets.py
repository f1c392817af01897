"""Outlets of e-mails: an SMTP server, or a folder."""

import asyncio
import os
import time
from contextlib import suppress
from email.headerregistry import Address
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple, Protocol
from urllib.parse import urlsplit

import aiosmtplib

from libs.common.http.plain_start import DoesNotStart
from libs.common.settings import Settings
from services.community.domain.messages.messages import NotSentReason
from services.community.mail.making import Email, find_code, read_sender

_TIMEOUT_S = 30.0
_PROBE_S = 5.0
_SUFFIX = ".eml"
_SUFFIX_OF_HALF = ".part"
"""Of a file being written: programs that watch for e-mails ignore it."""
_OWNER_ONLY = 0o700
_FILES_KEPT_S = 31 * 24 * 3600.0
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_NOWHERE = "example.org"
_PERMANENT = 500  # RFC 5321, 4.2.1: trying again is useless


class Postponed(Exception):  # noqa: N818 - an event, not an error
    """Not sent now, but perhaps later; the reason holds no address."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class RecipientRefused(Postponed):
    """Never to be sent: the recipient's server refuses it."""


class Outlet(Protocol):
    """The outlet of one process, which sends its e-mails one after another."""

    async def send(self, email: Email) -> None:
        """Hand it on; when this returns, it is accepted. Raises Postponed, RecipientRefused."""
        ...

    async def ask(self) -> None:
        """Return when it takes e-mails. Raises OSError, SMTPException."""
        ...

    async def close(self) -> None:
        """Close the connection until there is more to send."""
        ...


def open_outlet(url: str, *, user: str, password: str, sender: Address) -> Outlet:
    """Open the outlet of MAIL_URL. Raises ValueError."""
    if (folder := find_folder(url)) is not None:
        return FolderOutlet(folder)
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname or parts.username:
        message = "MAIL_URL is none of folder:PATH, smtp+starttls://host, smtps://host, smtp://host"
        raise ValueError(message)
    if bool(user) != bool(password):
        message = "Set both MAIL_USER and MAIL_PASSWORD, or none"
        raise ValueError(message)
    if parts.scheme == "smtp" and password:
        message = "MAIL_PASSWORD would be sent in the clear: use smtp+starttls:// or smtps://"
        raise ValueError(message)
    if sender.domain == _NOWHERE:
        message = "Set MAIL_FROM: a server sends e-mails from an address of your own only"
        raise ValueError(message)
    port = parts.port or _PORTS[parts.scheme]
    return SmtpOutlet(parts.hostname, port, scheme=parts.scheme, user=user, password=password)


def outlet_of(settings: Settings) -> Outlet:
    """Open the outlet that the settings name. Raises DoesNotStart."""
    try:
        return open_outlet(
            settings.mail_url,
            user=settings.mail_user,
            password=settings.mail_password.get_secret_value(),
            sender=read_sender(settings.mail_from),
        )
    except ValueError as error:
        raise DoesNotStart(str(error)) from error


def find_folder(url: str) -> Path | None:
    """Return the folder of MAIL_URL; None where a server sends."""
    return Path(url.removeprefix("folder:")) if url.startswith("folder:") else None


def delete_old_files(folder: Path) -> None:
    """Delete e-mails older than a month: they hold names, and links that open accounts."""
    written_before_s = time.time() - _FILES_KEPT_S
    for suffix in (_SUFFIX, _SUFFIX_OF_HALF):
        for file in folder.glob(f"*{suffix}"):
            with suppress(FileNotFoundError):  # a half-written file, complete by now
                if file.stat().st_mtime < written_before_s:
                    file.unlink()


class FolderOutlet:
    """Writes a file for each e-mail, which mail programs open; written again, it is the same file.

    Only the owner may look into the folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def send(self, email: Email) -> None:
        try:
            await asyncio.to_thread(self._write, email)
        except OSError as error:
            raise Postponed(NotSentReason.FOLDER_NOT_WRITABLE) from error

    async def ask(self) -> None:
        await asyncio.to_thread(self._try_file)

    async def close(self) -> None:
        return

    def _try_file(self) -> None:
        self._folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self._folder, prefix=".", suffix=_SUFFIX_OF_HALF):
            pass

    def _write(self, email: Email) -> None:
        """Write it elsewhere, then rename it: nobody ever sees half a file."""
        self._folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
        with suppress(PermissionError):  # a folder made by somebody else, which we may write
            self._folder.chmod(_OWNER_ONLY)
        name = f"{email.addressee.message_id}-{email.addressee.number}{_SUFFIX}"
        file = NamedTemporaryFile(  # noqa: SIM115 - below
            dir=self._folder, prefix=".", suffix=_SUFFIX_OF_HALF, delete=False
        )
        try:
            with file:
                file.write(email.content)
                file.flush()
                os.fsync(file.fileno())
            Path(file.name).replace(self._folder / name)
        except OSError:
            Path(file.name).unlink(missing_ok=True)
            raise


class _Server(NamedTuple):
    host: str
    port: int
    uses_tls: bool


class SmtpOutlet:
    """Keeps one connection for as long as there is something to send."""

    def __init__(self, host: str, port: int, *, scheme: str, user: str, password: str) -> None:
        self._server = _Server(host, port, uses_tls=scheme == "smtps")
        self._client = aiosmtplib.SMTP(
            hostname=host,
            port=port,
            username=user or None,
            password=password or None,
            use_tls=self._server.uses_tls,
            start_tls=scheme == "smtp+starttls",
            timeout=_TIMEOUT_S,
        )

    async def send(self, email: Email) -> None:
        try:
            if not self._client.is_connected:
                await self._client.connect()
            await self._client.sendmail(email.sender, [email.to], email.content)
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise _answer(error.recipients[0]) from error
        except aiosmtplib.SMTPDataError as error:
            raise _answer(error) from error
        except aiosmtplib.SMTPResponseException as error:  # log-in, sender, greeting
            raise Postponed(f"{NotSentReason.SERVER_REFUSES_US} {_code(error)}") from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise Postponed(NotSentReason.SERVER_UNREACHABLE) from error

    async def ask(self) -> None:
        """Ask whether the server answers, without a log-in: servers count log-ins."""
        client = aiosmtplib.SMTP(
            hostname=self._server.host,
            port=self._server.port,
            use_tls=self._server.uses_tls,
            start_tls=False,
            timeout=_PROBE_S,
        )
        try:
            await client.connect()
            await client.noop()
        finally:
            client.close()  # without a good-bye, which may hang as well

    async def close(self) -> None:
        if self._client.is_connected:
            with suppress(aiosmtplib.SMTPException, OSError):
                await self._client.quit()
        self._client.close()


def _answer(error: aiosmtplib.SMTPResponseException) -> Postponed:
    code = _code(error)
    return RecipientRefused(code) if error.code >= _PERMANENT else Postponed(code)


def _code(error: aiosmtplib.SMTPResponseException) -> str:
    """``550 5.1.1``, or ``550``."""
    return " ".join(filter(None, [str(error.code), find_code(error.message)]))
