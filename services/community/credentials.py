"""Passwords and tokens: the cryptography of logging in, without any I/O."""

import asyncio
import hashlib
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from joserfc import jwt
from joserfc.jwk import ECKey
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from libs.common.auth.principals import Rights
from services.community.domain.members.registry import Jwk
from services.community.domain.problems import TooManyLogIns

_Outcome = TypeVar("_Outcome")

_ALGORITHM = "ES256"
_passwords = PasswordHash((Argon2Hasher(time_cost=3, memory_cost=65536, parallelism=4),))
# The hash of a random password that nobody knows, with the parameters above: checking a password
# takes as long when there is no such account, so that time does not reveal who has one.
_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$eyfwT9AcZ3AU+XDTw0CuLA"
    "$oqkihYYmcVxq3NpJEj2cvnpthUKVueH3RXU8qjGkqQE"
)


# Anybody may ask for a log-in, so memory and processors need a limit, and the queue an end.
_HASHES_AT_ONCE = 4
CHECKS_AT_ONCE = _HASHES_AT_ONCE + 32
_hashing = ThreadPoolExecutor(_HASHES_AT_ONCE, thread_name_prefix="password")
_in_turn: set[asyncio.Future[Any]] = set()


async def hash_password(password: str) -> str:
    """Takes some 50 ms and 64 MiB, in one of a few threads."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_hashing, _passwords.hash, password)


async def hash_in_turn(password: str) -> str:
    """Hash for a caller who is not authenticated yet.

    Raises TooManyLogIns when too many others wait already.
    """
    return await _take_turn(partial(_passwords.hash, password))


async def check_password(password: str, password_hash: str | None) -> bool:
    """Compare with a hash; None, for no account, takes the same time and is always False.

    Raises TooManyLogIns when too many others wait already.
    """
    fits = await _take_turn(partial(_passwords.verify, password, password_hash or _NOBODY))
    return fits and password_hash is not None


async def _take_turn(work: Callable[[], _Outcome]) -> _Outcome:
    if len(_in_turn) >= CHECKS_AT_ONCE:
        raise TooManyLogIns("Try again in a few seconds.")
    turn = asyncio.get_running_loop().run_in_executor(_hashing, work)
    _in_turn.add(turn)
    turn.add_done_callback(_in_turn.discard)
    return await turn


def new_signing_key() -> Jwk:
    """Return a private JWK; its kid is the RFC 7638 thumbprint."""
    key = ECKey.generate_key("P-256", {"use": "sig", "alg": _ALGORITHM}, auto_kid=True)
    return key.as_dict(private=True)


def public_jwk(private_jwk: Jwk) -> Jwk:
    return ECKey.import_key(private_jwk).as_dict(private=False)


def sign_token(
    private_jwk: Jwk,
    *,
    issuer: str,
    audience: str,
    now: datetime,
    life: timedelta,
    account_id: UUID,
    session_id: UUID,
    stepped_up_at: datetime | None = None,
    rights: Rights,
) -> str:
    """Return a JWT with the claims that libs/common/auth/tokens.py reads."""
    claims = {
        "iss": issuer,
        "aud": audience,
        "sub": str(account_id),
        "sid": str(session_id),
        "iat": int(now.timestamp()),
        "exp": int((now + life).timestamp()),
        "roles": sorted(rights.roles),
        "operations": sorted(rights.operations),
        "member_id": rights.member_id and str(rights.member_id),
    }
    if stepped_up_at is not None:
        claims["auth_time"] = int(stepped_up_at.timestamp())  # OpenID Connect Core, 2
    header = {"alg": _ALGORITHM, "kid": private_jwk["kid"]}
    return jwt.encode(header, claims, ECKey.import_key(private_jwk), algorithms=[_ALGORITHM])


def new_secret() -> str:
    """Return 256 bits that nobody guesses, so that keeping a plain hash is enough."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    # A path may hold bytes that are no UTF-8; those are nobody's secret.
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
