"""A server of SMTP on the loopback that answers as a test wants; the servers of others, in one."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.smtp import SMTP, Envelope, Session

_OK = "250 OK"


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

    async def handle_DATA(  # noqa: N802 - idem
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        for address in envelope.rcpt_tos:
            self.came.setdefault(address, []).append(envelope.content)
        return _OK

    async def wait_for(self, address: str) -> EmailMessage:
        async with asyncio.timeout(60):
            while address not in self.came:
                await asyncio.sleep(0.05)
        return read_email(self.came[address][-1])


def read_email(content: bytes) -> EmailMessage:
    email = message_from_bytes(content, policy=default)
    assert isinstance(email, EmailMessage)
    assert not email.defects
    return email


def read_body(email: EmailMessage) -> str:
    """With line ends as files have them."""
    body = email.get_body()
    assert body is not None
    text: str = body.get_content()
    return text.replace("\r\n", "\n")


@asynccontextmanager
async def smtp_server() -> AsyncIterator[Mailboxes]:
    boxes = Mailboxes()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(boxes, enable_SMTPUTF8=False, hostname="mail.test"), host="127.0.0.1", port=0
    )
    boxes.port = server.sockets[0].getsockname()[1]
    try:
        yield boxes
    finally:
        server.close()
