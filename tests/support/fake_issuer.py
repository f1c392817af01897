"""An OIDC issuer of somebody else, in this process: it does what a test tells it to."""

import base64
import hashlib
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from joserfc import jwt
from joserfc.jwk import ECKey

from libs.common.clock import Clock
from libs.common.ports import bound_socket, port_of
from services.cli.running import running

CLIENT_ID = "elocoop page"
CLIENT_SECRET = "a secret: of the client's"  # what Basic has to encode
_HEADER = {"alg": "ES256", "kid": "theirs"}


@dataclass
class FakeIssuer:
    """Whoever comes is logged in as ``subject``, with ``roles``. It takes a code once.

    A refresh token that comes twice ends its session (RFC 9700, 4.14.2).
    """

    url: str
    clock: Clock
    subject: str = field(default_factory=lambda: f"paul-{secrets.token_hex(4)}")
    roles: list[str] = field(default_factory=lambda: ["operator"])
    member_id: str | None = None
    life_s: int = 900
    nonce: str | None = None
    """In the place of the right one."""
    audience: str = "elocoop"
    gives_refresh_tokens: bool = True
    client_auth: str = "client_secret_basic"
    """How its client shows that it is (RFC 7591, 2); ``none``: it is public, and has no secret."""
    error: str = ""
    """Why nobody is logged in, or given tokens."""
    status: int = 400
    asked: list[dict[str, str]] = field(default_factory=list)
    """What its token endpoint was asked."""
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "theirs"}))
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)
    _unspent: set[str] = field(default_factory=set)

    def forget(self) -> None:
        """All that a test told it, and whom it knew; its key stays."""
        self.__dict__ |= vars(FakeIssuer(self.url, self.clock, key=self.key))

    def authorize(self, asked: dict[str, str]) -> str:
        """Where it sends the browser back to."""
        if self.error:
            answer = {"error": self.error, "error_description": "They said no."}
        else:
            code = secrets.token_urlsafe(8)
            self._codes[code] = asked
            answer = {"code": code}
        return f"{asked['redirect_uri']}?{urlencode(answer | {'state': asked['state']})}"

    def give_tokens(self, form: dict[str, str], authorization: str | None) -> Response:
        self.asked.append(form)
        if self.error:
            return JSONResponse({"error": self.error}, self.status)
        if not self._is_client(form, authorization):
            return JSONResponse({"error": "invalid_client"}, 401)
        if form["grant_type"] == "authorization_code":
            asked = self._codes.pop(form["code"], None)
            if asked is None or not _fits(asked, form):
                return JSONResponse({"error": "invalid_grant"}, 400)
            return JSONResponse(self._tokens() | {"id_token": self._id_token(asked["nonce"])})
        if form["refresh_token"] not in self._unspent:
            self._unspent.clear()
            return JSONResponse({"error": "invalid_grant"}, 400)
        self._unspent.remove(form["refresh_token"])
        return JSONResponse(self._tokens())

    def _is_client(self, form: dict[str, str], authorization: str | None) -> bool:
        credentials = b"elocoop+page:a+secret%3A+of+the+client%27s"
        basic = f"Basic {base64.b64encode(credentials).decode()}"
        expected = {
            "client_secret_basic": (basic, None, None),
            "client_secret_post": (None, CLIENT_ID, CLIENT_SECRET),
            "none": (None, CLIENT_ID, None),
        }[self.client_auth]
        return (authorization, form.get("client_id"), form.get("client_secret")) == expected

    def _tokens(self) -> dict[str, Any]:
        tokens: dict[str, Any] = {"token_type": "Bearer", "expires_in": self.life_s}
        claims: dict[str, object] = {"aud": self.audience, "roles": self.roles}
        if self.member_id:
            claims["member_id"] = self.member_id
        tokens["access_token"] = self._sign(claims)
        if self.gives_refresh_tokens:
            tokens["refresh_token"] = secrets.token_urlsafe(16)
            self._unspent.add(tokens["refresh_token"])
        return tokens

    def _id_token(self, nonce: str) -> str:
        return self._sign({"aud": CLIENT_ID, "nonce": self.nonce or nonce})

    def _sign(self, claims: dict[str, object]) -> str:
        now_s = int(self.clock.now().timestamp())
        standard_claims = {"iss": self.url, "sub": self.subject, "exp": now_s + self.life_s}
        return jwt.encode(
            _HEADER, standard_claims | {"jti": secrets.token_hex(4)} | claims, self.key
        )


def _fits(asked: dict[str, str], form: dict[str, str]) -> bool:
    digest = hashlib.sha256(form["code_verifier"].encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return (challenge, form["redirect_uri"]) == (asked["code_challenge"], asked["redirect_uri"])


@asynccontextmanager
async def fake_issuer(clock: Clock) -> AsyncIterator[FakeIssuer]:
    listener = bound_socket()
    issuer = FakeIssuer(f"http://127.0.0.1:{port_of(listener)}", clock)
    async with running(_application(issuer), listener):
        yield issuer


def _application(issuer: FakeIssuer) -> FastAPI:
    app = FastAPI()

    @app.get("/.well-known/openid-configuration")
    async def discovery() -> dict[str, object]:
        return {
            "issuer": issuer.url,
            "authorization_endpoint": f"{issuer.url}/authorize?theme=coop",
            "token_endpoint": f"{issuer.url}/token",
            "token_endpoint_auth_methods_supported": [issuer.client_auth],
            "jwks_uri": f"{issuer.url}/jwks.json",
        }

    @app.get("/authorize")
    async def authorize(request: Request) -> Response:
        return RedirectResponse(issuer.authorize(dict(request.query_params)))

    @app.get("/jwks.json")
    async def jwks() -> dict[str, object]:
        return {"keys": [issuer.key.as_dict(private=False)]}

    @app.post("/token")
    async def token(request: Request) -> Response:
        form = {name: str(value) for name, value in (await request.form()).items()}
        return issuer.give_tokens(form, request.headers.get("authorization"))

    return app
