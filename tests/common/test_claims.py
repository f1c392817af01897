"""Where claims are found, and which roles they give."""

import json

import pytest
from pydantic import ValidationError

from libs.common.claims import ClaimNames
from libs.common.settings import Settings
from services.cli.processes import _environment

_KEYCLOAK = {
    "sub": "f3a1",
    "realm_access": {"roles": ["acc-staff", "offline_access"]},
    "https://example.org/roles": ["acc-member"],
    "operations": "ACC00000101",
}


@pytest.mark.parametrize(
    ("path", "roles"),
    [
        ("realm_access.roles", ["operator"]),
        ("https://example.org/roles", ["member"]),
        ("roles", []),
        ("realm_access.groups", []),
        ("sub.roles", []),
    ],
)
def test_roles_are_found_by_a_path_and_mapped(path: str, roles: list[str]) -> None:
    names = ClaimNames(roles=path, role_map={"acc-staff": "operator", "acc-member": "member"})

    assert names.roles_in(_KEYCLOAK) == roles


def test_without_a_map_the_words_are_ours() -> None:
    assert ClaimNames().roles_in({"roles": ["member", 5]}) == ["member"]


def test_a_single_operation_may_be_no_list() -> None:
    assert ClaimNames().operations_in(_KEYCLOAK) == ["ACC00000101"]


@pytest.mark.parametrize(
    ("role_map", "roles"), [("", {}), ('{"acc-staff": "operator"}', {"acc-staff": "operator"})]
)
def test_the_map_is_json_in_the_environment(
    monkeypatch: pytest.MonkeyPatch, role_map: str, roles: dict[str, str]
) -> None:
    monkeypatch.setenv("AUTH_ROLE_MAP", role_map)

    assert Settings().auth_role_map == roles


@pytest.mark.parametrize("role_map", ["[]", "nonsense", '{"acc-staff": "king"}'])
def test_a_map_that_cannot_be_understood_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, role_map: str
) -> None:
    monkeypatch.setenv("AUTH_ROLE_MAP", role_map)

    with pytest.raises(ValidationError):
        Settings()


def test_the_own_issuer_has_its_own_words() -> None:
    mapped = {"auth_roles_claim": "groups", "auth_role_map": {"a": "operator"}}

    assert Settings.model_validate(mapped).claim_names == ClaimNames()
    theirs = Settings.model_validate({**mapped, "auth_issuer": "https://login.example.org"})
    assert theirs.claim_names == ClaimNames(roles="groups", role_map={"a": "operator"})


def test_an_external_issuer_without_a_map_stops_the_start() -> None:
    """Else whoever is operator of another of its applications would be staff here."""
    with pytest.raises(ValidationError, match="AUTH_ISSUER needs AUTH_ROLE_MAP"):
        Settings.model_validate({"auth_issuer": "https://login.example.org"})


def test_the_page_is_among_the_clients_whose_tokens_count_once_some_are_named() -> None:
    theirs = {
        "auth_issuer": "https://login.example.org",
        "auth_role_map": {"a": "operator"},
        "auth_client_id": "page",
    }

    assert Settings.model_validate(theirs).claim_names.clients == frozenset()
    values = {**theirs, "auth_allowed_clients": "feed-1, feed-2"}
    clients = Settings.model_validate(values).claim_names.clients
    assert clients == frozenset({"feed-1", "feed-2", "page"})


def test_an_issuer_that_docker_compose_leaves_empty_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else log-ins were told to be elsewhere, and no sign-up was invited to open one."""
    monkeypatch.setenv("AUTH_ISSUER", "")

    assert Settings().auth_issuer is None


def test_another_process_gets_the_same_map() -> None:
    settings = Settings(auth_role_map={"acc-staff": "operator"})

    assert json.loads(_environment(settings)["AUTH_ROLE_MAP"]) == {"acc-staff": "operator"}
