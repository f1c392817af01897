"""Two co-ops that know nothing of one another, and a third for what changes them."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from tests.access.coops import Coop, given_coop
from tests.support.databases import migrated_database
from tests.support.platform import Platform, all_services


@dataclass(frozen=True)
class Coops:
    ours: Coop
    theirs: Coop
    spent: Coop
    """Whose own people do all that they may."""


@pytest.fixture(scope="session")
async def platform(database_url: str) -> AsyncIterator[Platform]:
    """Of these tests alone: an operator who does all that one may also sets rules for everybody."""
    async with migrated_database(database_url) as url, all_services(database_url=url) as platform:
        yield platform


@pytest.fixture(scope="session")
async def coops(platform: Platform) -> Coops:
    return Coops(*await asyncio.gather(*(given_coop(platform) for _ in range(3))))
