"""The READMEs' tables of routes: complete, and true about who may call."""

import pytest

from tests.support.routes import ROUTES, roles_in_readmes

_OF_NO_SERVICE = {"GET /health", "GET /metrics"}
_TOLD = roles_in_readmes()
_ASKED = {route.name: route.roles for route in ROUTES if route.name not in _OF_NO_SERVICE}


def test_every_route_has_a_line_in_the_readme_of_its_service() -> None:
    assert sorted(_ASKED.keys() - _TOLD.keys()) == [], "add these to the table, with their roles"


def test_every_route_of_a_readme_exists() -> None:
    assert sorted(_TOLD.keys() - _ASKED.keys()) == []


@pytest.mark.parametrize("name", sorted(_ASKED.keys() & _TOLD.keys()))
def test_a_readme_names_the_roles_that_its_route_asks_for(name: str) -> None:
    assert _TOLD[name] == _ASKED[name], "the README, and what require(…) lets through"
