"""The commands that run the platform, as a deployment calls them."""

import json
import re

import pytest

from services.cli.processes import NAMES
from tests.support.commands import elocoop
from tests.support.platform import Platform


@pytest.fixture
def servers(platform: Platform) -> dict[str, str]:
    """The variables with which a process finds the platform's servers."""
    return {
        "DATABASE_URL": platform.database_url,
        "EVENT_LOG_URL": platform.settings.event_log_url,
    }


def test_help_names_every_command() -> None:
    done = elocoop("--help")

    assert done.returncode == 0
    matches = set(re.findall(r"^\W+(\w+) {2,}\w", done.stdout, flags=re.MULTILINE))
    assert matches == {
        *("demo", "serve", "migrate", "replay", "openapi", "bench", "backup", "restore"),
        "today",
        *("readings", "allocate", "coefficients", "price", "simulate", "reparse"),
    }


def test_openapi_documents_four_services_with_their_gateways_paths() -> None:
    documents = json.loads(elocoop("openapi").stdout)

    assert set(documents) == set(NAMES)
    for name, document in documents.items():
        assert all(path.startswith(f"/{name}/") for path in document["paths"])


def test_migrating_again_changes_nothing(servers: dict[str, str]) -> None:
    done = elocoop("migrate", **servers)

    assert done.returncode == 0, done.stderr
    assert done.stdout.count("schema up to date") == 4


def test_an_unknown_service_is_refused_in_words() -> None:
    done = elocoop("serve", "accounting")

    assert done.returncode == 2
    assert "ingest" in done.stderr


def test_a_service_without_the_issuer_of_tokens_is_refused_in_words() -> None:
    done = elocoop("serve", "billing")

    assert done.returncode == 2
    assert "AUTH_JWKS_URL" in done.stderr


@pytest.mark.system
def test_bench_measures_every_stage(servers: dict[str, str]) -> None:
    size = ["--operations", "2", "--points", "4", "--days", "2", "--step", "30", "--json"]

    done = elocoop("bench", *size, **servers)

    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["readings"] == 2 * 4 * 2 * 48
    assert len(figures["stages"]) == 7
    assert figures["peak_memory_mib"] > 0


@pytest.mark.nightly
@pytest.mark.system
def test_bench_asks_as_members_do(servers: dict[str, str]) -> None:
    size = ["--operations", "3", "--points", "4", "--step", "60", "--months", "1"]

    done = elocoop("bench", "--reads", *size, "--requests", "2", "--json", **servers)

    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["days"] == 31
    assert {(reading["clients"], reading["requests"]) for reading in figures["reads"]} == {
        (1, 2),
        (8, 2),
    }
    answers = {reading["kind"]: reading["bytes_median"] for reading in figures["reads"]}
    assert len(answers) == 7
    assert answers["shares of a month by step"] > answers["shares of a month by day"] > 1000
