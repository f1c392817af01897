"""Two co-ops that know nothing of one another, and a third for what changes them."""

import asyncio
from dataclasses import dataclass

import pytest

from tests.access.coops import Coop, given_coop
from tests.support.platform import Platform


@dataclass(frozen=True)
class Coops:
    ours: Coop
    theirs: Coop
    spent: Coop
    """Whose own people do all that they may."""


@pytest.fixture(scope="session")
async def coops(platform: Platform) -> Coops:
    return Coops(*await asyncio.gather(*(given_coop(platform) for _ in range(3))))
