"""What was sent to an address: the secrets of links, as their readers find them."""

import re

import httpx

from tests.billing.issued import until
from tests.community.mailing import eml
from tests.support.platform import MAILS
from tests.support.smtp import read_body, read_email

# Staff of the shared platform get letters about what other tests do, too: those have no secrets.
_WITH_SECRETS = ("email_change", "invitation", "log_in_link", "request", "sign_up")


async def read_secret(operator: httpx.AsyncClient, address: str, *, number: int = 1) -> str:
    """Of the newest message with a secret to the address, once there are so many."""

    async def found() -> str | None:
        answer = await operator.get("/community/messages", params={"limit": 1000})
        ids = [
            message["id"]
            for message in answer.json()
            if message["kind"] in _WITH_SECRETS
            and any(recipient["address"] == address for recipient in message["recipients"])
        ]
        if len(ids) < number or not eml(MAILS, ids[0]).exists():
            return None
        body = read_body(read_email(eml(MAILS, ids[0]).read_bytes()))
        match = re.search(r"#([A-Za-z0-9_-]{43})\b", body)
        assert match, body
        return match[1]

    return await until(found)
