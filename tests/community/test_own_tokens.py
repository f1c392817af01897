"""What a token of the platform's own has to say, though it is signed with the real key."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from services.cli.processes import NAMES
from services.community.commands.accounts.signing_keys import get_signing_key
from tests.support.clock import CLOCK
from tests.support.platform import Platform

_HEADER = {"alg": "ES256"}


def _claims(platform: Platform) -> dict[str, Any]:
    """As community gives them, for as long as it may."""
    now_s = int(CLOCK.now().timestamp())
    life = timedelta(minutes=platform.settings.auth_token_minutes)
    return {
        "iss": platform.settings.issuer,
        "aud": platform.settings.auth_audience,
        "sub": str(uuid4()),
        "sid": str(uuid4()),
        "iat": now_s,
        "exp": now_s + int(life.total_seconds()),
        "roles": ["operator"],
        "operations": [],
        "member_id": None,
    }


async def _answers(platform: Platform, claims: Mapping[str, object]) -> set[int]:
    """Of all services, to a token with these claims."""
    async with platform.database("community") as database, database.transaction() as session:
        key = await get_signing_key(session, platform.settings.account_keys)
    token = jwt.encode(_HEADER | {"kid": key["kid"]}, dict(claims), ECKey.import_key(key))
    async with platform.client(token) as client:
        return {(await client.get(f"/{name}/audit")).status_code for name in NAMES}


async def test_a_token_as_community_gives_it_is_good_everywhere(platform: Platform) -> None:
    assert await _answers(platform, _claims(platform)) == {200}


@pytest.mark.parametrize("missing", ["sid", "iat", "exp"])
async def test_a_token_that_names_no_session_or_no_time_is_refused_by_every_service(
    platform: Platform, missing: str
) -> None:
    """H4: such a token could not be revoked, or would never end."""
    claims = _claims(platform)
    del claims[missing]

    assert await _answers(platform, claims) == {401}
    assert await _answers(platform, claims | {missing: None}) == {401}


@pytest.mark.parametrize(
    "beyond",
    [
        {"exp": 1},
        {"exp": 10**30},
        {"exp": 10**400},
        {"exp": float("inf")},
        {"exp": float("nan")},
        {"iat": -1},
        {"iat": -(10**400)},
        {"iat": 0.5, "exp": 10**400},
        {"iat": float("nan")},
        {"iat": "0"},
        {"iat": True},
    ],
)
async def test_a_token_that_lives_longer_than_the_setting_is_refused_by_every_service(
    platform: Platform, beyond: Mapping[str, Any]
) -> None:
    """H4. Small numbers are seconds more than what community gives."""
    good = _claims(platform)
    odd = {
        name: good[name] + value if type(value) is int and abs(value) == 1 else value
        for name, value in beyond.items()
    }

    assert await _answers(platform, good | odd) == {401}


@pytest.mark.parametrize("sid", ["", "no UUID", 5, [], {}])
async def test_an_odd_session_is_refused_by_every_service(platform: Platform, sid: object) -> None:
    assert await _answers(platform, _claims(platform) | {"sid": sid}) == {401}
