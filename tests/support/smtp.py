"""A server of SMTP on the loopback that answers as a test wants; the servers of others, in one."""

import asyncio
import ssl
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.support.waiting import until

_OK = "250 OK"
USER, PASSWORD = "volts", "a password of the tests"


@dataclass
class Mailboxes:
    """What came, by address; refusals: what to answer to an address, once for each of them."""

    port: int = 0
    refusals: dict[str, list[str]] = field(default_factory=dict)
    came: dict[str, list[bytes]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        self.asked[address] += 1
        if answers := self.refusals.get(address):
            return answers.pop(0)
        envelope.rcpt_tos.append(address)
        return _OK

    async def handle_DATA(  # noqa: N802 - named by aiosmtpd
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        for address in envelope.rcpt_tos:
            self.came.setdefault(address, []).append(envelope.content)
        return _OK

    async def wait_for(self, address: str) -> EmailMessage:
        async def emails() -> list[bytes] | None:
            return self.came.get(address)

        came = await until(f"an e-mail to {address}", emails)
        return read_email(came[-1])


def read_email(content: bytes) -> EmailMessage:
    email = message_from_bytes(content, policy=default)
    assert isinstance(email, EmailMessage)
    assert not email.defects
    return email


def _authenticate(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: object
) -> AuthResult:
    fits = data == LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=fits, handled=False)


def own_certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Of a server at 127.0.0.1, and the file that makes others trust it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.test")])
    now = datetime.now(UTC)  # TLS asks this machine's clock
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    path, both = folder / "certificate.pem", folder / "both.pem"
    path.write_bytes(certificate.public_bytes(Encoding.PEM))
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    both.write_bytes(secret + path.read_bytes())
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(both)
    return context, path


def read_body(email: EmailMessage) -> str:
    """With line ends as files have them."""
    body = email.get_body(("plain",))
    assert body is not None
    text: str = body.get_content()
    return text.replace("\r\n", "\n")


@asynccontextmanager
async def smtp_server(
    *, starttls: ssl.SSLContext | None = None, tls: ssl.SSLContext | None = None
) -> AsyncIterator[Mailboxes]:
    """starttls, tls: it wants encryption, then takes a log-in of USER with PASSWORD."""
    boxes = Mailboxes()

    def conversation() -> SMTP:
        return SMTP(
            boxes,
            hostname="mail.test",
            tls_context=starttls,
            require_starttls=starttls is not None,
            authenticator=_authenticate,
            auth_required=starttls is not None,
            auth_require_tls=tls is None,
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(conversation, host="127.0.0.1", port=0, ssl=tls)
    boxes.port = server.sockets[0].getsockname()[1]
    try:
        yield boxes
    finally:
        server.close()
