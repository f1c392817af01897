"""The four OpenAPI documents are promises: schemathesis asks the services for what they say."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from libs.common.auth.principals import Role
from services.cli.processes import NAMES
from tests.access.coops import Coop, given_coop
from tests.openapi.known_ids import KNOWN_IDS
from tests.support.databases import migrated_database
from tests.support.places import ROOT
from tests.support.platform import Platform, all_services

_COMMAND = str(Path(sys.executable).with_name("schemathesis"))
_CONFIG = str(Path(__file__).with_name("schemathesis.toml"))
_ALWAYS_THE_SAME = ("--generation-deterministic", "--seed=20261101")
_LONGER = {
    "bounds": ["--phases=examples,coverage"],
    "sequences": ["--phases=stateful", "--max-examples=100"],
    **{f"random {number}": ["--phases=fuzzing", "--max-examples=8"] for number in range(12)},
}


@dataclass(frozen=True)
class Promising:
    """A platform on which a co-op has had its first month."""

    platform: Platform
    coop: Coop


@pytest.fixture(scope="module")
async def promising(database_url: str) -> AsyncIterator[Promising]:
    """With a database of its own: what is made up here would disturb other tests."""
    async with migrated_database(database_url) as url, all_services(database_url=url) as platform:
        yield Promising(platform, await given_coop(platform))


@pytest.mark.gate
@pytest.mark.parametrize("service", NAMES)
async def test_a_service_answers_staff_as_it_says(
    promising: Promising, service: str, tmp_path: Path
) -> None:
    options = ["--phases=examples,fuzzing", "--max-examples=1", *_ALWAYS_THE_SAME]
    await _run(promising, service, Role.OPERATOR, tmp_path, *options)


@pytest.mark.gate
async def test_ingest_answers_feeds_as_it_says(promising: Promising, tmp_path: Path) -> None:
    options = ["--include-path=/ingest/deliveries", "--max-examples=30", *_ALWAYS_THE_SAME]
    await _run(promising, "ingest", Role.FEED, tmp_path, *options)


@pytest.mark.nightly
@pytest.mark.parametrize("options", _LONGER.values(), ids=_LONGER)
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("service", NAMES)
async def test_a_service_answers_everybody_as_it_says(
    promising: Promising,
    service: str,
    role: Role,
    *,
    options: Sequence[str],
    seed: int,
    tmp_path: Path,
) -> None:
    await _run(promising, service, role, tmp_path, *options, f"--seed={seed}")


async def _run(promising: Promising, service: str, role: Role, folder: Path, *options: str) -> None:
    platform = promising.platform
    async with promising.coop.client(platform, role) as client:
        token = client.headers["authorization"].removeprefix("Bearer ")
    process = await asyncio.create_subprocess_exec(
        *_command(f"http://127.0.0.1:{platform.ports[service]}/{service}/openapi.json", options),
        cwd=folder,  # it leaves a cache
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "ELOCOOP_TOKEN": token,
            KNOWN_IDS: json.dumps(promising.coop.known),
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    assert process.returncode == 0, output.decode()


def _command(url: str, options: Sequence[str]) -> Sequence[str]:
    return [_COMMAND, f"--config-file={_CONFIG}", "run", url, "--no-color", *options]
