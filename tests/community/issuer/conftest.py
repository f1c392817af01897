"""A co-op with an issuer of its own, and a browser of its page."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.community.issuer.at_issuer import Coop, given_coop
from tests.support.platform import Platform


@pytest.fixture
async def coop(platform: Platform) -> AsyncIterator[Coop]:
    async with given_coop(platform) as coop:
        yield coop


@pytest.fixture
async def browser(coop: Coop) -> AsyncIterator[httpx.AsyncClient]:
    async with coop.here.client() as client:
        yield client
