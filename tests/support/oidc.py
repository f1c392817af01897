"""An OIDC provider of somebody else in a process of its own, and people who log in there."""

import asyncio
import base64
import hashlib
import re
import secrets
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import yaml

from libs.common.outgoing import open_client
from libs.common.ports import free_port
from tests.support.waiting import until

CLIENT_ID = "web"
PASSWORD = "a password of theirs"
_DONE = "http://127.0.0.1/done"


@dataclass(frozen=True)
class Provider:
    """As its discovery document tells where it is."""

    metadata: Mapping[str, Any]

    async def log_in(self, user: str) -> dict[str, str]:
        """The authorization-code flow with PKCE (RFC 7636), as a browser and a web client do it."""
        verifier = secrets.token_urlsafe(48)
        state = secrets.token_urlsafe(8)
        async with open_client(silence_s=30) as client:
            page = await client.get(
                self.metadata["authorization_endpoint"],
                params={
                    "response_type": "code",
                    "client_id": CLIENT_ID,
                    "redirect_uri": _DONE,
                    "scope": "openid",
                    "state": state,
                    "code_challenge": _challenge(verifier),
                    "code_challenge_method": "S256",
                },
            )
            sent_back = await _fill_in(client, page, user)
            parameters = httpx.URL(sent_back).params
            assert sent_back.startswith(_DONE)
            assert parameters["state"] == state
            return await self._redeem(client, parameters["code"], verifier)

    async def visit(self, address: str, user: str) -> str:
        """Log in by an address that a browser was sent to; returns where it is sent back to."""
        async with open_client(silence_s=30) as client:
            return await _fill_in(client, await client.get(address), user)

    async def _redeem(self, client: httpx.AsyncClient, code: str, verifier: str) -> dict[str, str]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": _DONE,
            "client_id": CLIENT_ID,
            "code_verifier": verifier,
        }
        answer = await client.post(self.metadata["token_endpoint"], data=form)
        assert answer.status_code == 200, answer.text
        tokens: dict[str, str] = answer.json()
        return tokens


async def _fill_in(client: httpx.AsyncClient, page: httpx.Response, user: str) -> str:
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
    form = {**hidden, "username": user, "password": PASSWORD}
    sent_back: str = (await client.post(str(page.url), data=form)).headers["location"]
    return sent_back


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


@asynccontextmanager
async def running_provider(
    folder: Path,
    *,
    audience: str,
    users: Mapping[str, Mapping[str, object]],
    callback_url: str = _DONE,
) -> AsyncIterator[Provider]:
    """users: their roles and attributes, by name; all have the same password."""
    port = free_port()
    issuer = f"http://127.0.0.1:{port}"
    client = {
        "client_id": CLIENT_ID,
        "token_endpoint_auth_method": "none",
        "redirect_uris": [_DONE, callback_url],
    }
    oauth = {"issuer": issuer, "audience": audience, "clients": [client]}
    _write(folder / "settings.yaml", {"oauth": oauth})
    accounts = {name: {"password": PASSWORD, **user} for name, user in users.items()}
    _write(folder / "users.yaml", {"users": accounts})
    command = [sys.executable, "-m", "nanoidp", "--port", str(port), "--config", str(folder)]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        yield Provider(await _discover(issuer, process))
    finally:
        process.terminate()
        await process.wait()


def _write(path: Path, content: Mapping[str, object]) -> None:
    path.write_text(yaml.safe_dump({"config_version": 1, **content}))


async def _discover(issuer: str, process: asyncio.subprocess.Process) -> Mapping[str, Any]:
    async with open_client(silence_s=5) as client:

        async def document() -> Mapping[str, Any] | None:
            assert process.returncode is None, "the provider did not start"
            try:
                answer = await client.get(f"{issuer}/.well-known/openid-configuration")
            except httpx.TransportError:
                return None
            body: Mapping[str, Any] = answer.json()
            return body

        return await until("the provider starts", document)
