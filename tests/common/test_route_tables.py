"""The READMEs' tables of routes: complete, and true about who may call."""

from collections.abc import Mapping

from tests.support.routes import Roles, all_routes, roles_in_readmes

_OF_NO_SERVICE = {"GET /health", "GET /metrics"}


def test_every_route_has_a_line_in_the_readme_of_its_service() -> None:
    lacking = sorted(_asked().keys() - roles_in_readmes().keys())

    assert lacking == [], "add these to the table, with their roles"


def test_every_route_of_a_readme_exists() -> None:
    assert sorted(roles_in_readmes().keys() - _asked().keys()) == []


def test_a_readme_names_the_roles_that_its_route_asks_for() -> None:
    asked, told = _asked(), roles_in_readmes()
    both = sorted(asked.keys() & told.keys())

    differing = {name: (told[name], asked[name]) for name in both if told[name] != asked[name]}
    assert differing == {}, "the README, and what require(…) lets through"


def _asked() -> Mapping[str, Roles]:
    return {route.name: route.roles for route in all_routes() if route.name not in _OF_NO_SERVICE}
