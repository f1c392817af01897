"""A co-op with an issuer of its own, and a browser of its page."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.community.issuer.at_issuer import Coop, given_coop
from tests.support.platform import Platform, world_scope


@pytest.fixture(scope=world_scope)
async def coop_of_all(platform: Platform) -> AsyncIterator[Coop]:
    """To start its two services takes longer than a test."""
    async with given_coop(platform) as coop:
        yield coop


@pytest.fixture
def coop(coop_of_all: Coop) -> Coop:
    """Its clock goes on from test to test; of its issuer nobody remembers anything."""
    coop_of_all.issuer.forget()
    return coop_of_all


@pytest.fixture
async def browser(coop: Coop) -> AsyncIterator[httpx.AsyncClient]:
    async with coop.here.client() as client:
        yield client
