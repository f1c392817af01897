"""The gateway has the limits that routes declare: read from its file, no nginx is needed."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pytest
import yaml

from libs.common.http.body_limits import OF_CALLERS, PATIENCE_S
from services.cli.processes import NAMES
from services.cli.running import MOST_CONNECTIONS
from tests.support.places import ROOT
from tests.support.routes import Route, all_routes

_CONF = (ROOT / "deploy" / "gateway.conf").read_text()
_LOCATION = re.compile(r"^    location ~ (\S+) \{\n(.*?)^    \}", re.MULTILINE | re.DOTALL)
_UNITS: Mapping[str, int] = {"k": 1024, "m": 1024**2}


class _Location(NamedTuple):
    path: re.Pattern[str]
    directives: str


def _locations() -> list[_Location]:
    """In their order: nginx takes the first that fits."""
    return [_Location(re.compile(path), inside) for path, inside in _LOCATION.findall(_CONF)]


def _location_of(route: Route) -> _Location:
    path = re.sub(r"\{[^}]+\}", "x1", route.path)
    return next(location for location in _locations() if location.path.search(path))


def _bytes_in(directives: str) -> int | None:
    size = re.search(r"client_max_body_size (\d+)([km]);", directives)
    return int(size[1]) * _UNITS[size[2]] if size else None


def _server_directives() -> str:
    return _CONF.partition("server {")[2].partition("    location ")[0]


def _routes_with_bodies() -> Iterator[Route]:
    return (route for route in all_routes() if "requestBody" in route.operation)


def test_h5_each_route_gets_what_it_takes_and_no_more() -> None:
    standard = _bytes_in(_server_directives())
    differing = {
        route.name: (let_through, route.operation["x-body-limit-bytes"])
        for route in _routes_with_bodies()
        if (let_through := _bytes_in(_location_of(route).directives) or standard)
        != route.operation["x-body-limit-bytes"]
    }

    assert standard == OF_CALLERS.bytes_by_default
    assert differing == {}, "of the gateway, and as declared beside the route"


def test_each_larger_limit_is_of_a_route_that_exists() -> None:
    used = {_location_of(route).path.pattern for route in _routes_with_bodies()}

    unused = [
        location.path.pattern
        for location in _locations()
        if _bytes_in(location.directives) and location.path.pattern not in used
    ]
    assert unused == []


def test_l8_the_gateway_is_as_patient_as_the_services() -> None:
    directives = _server_directives()

    assert f"client_body_timeout {PATIENCE_S:.0f}s;" in directives
    assert "client_header_timeout" in directives
    assert "server_tokens off;" in directives
    assert re.search(r"limit_conn at_once \d+;", directives)


@pytest.mark.parametrize("service", NAMES)
def test_l8_a_service_takes_as_many_connections_as_one_that_is_served(service: str) -> None:
    command = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"][service][
        "command"
    ]

    assert command[command.index("--limit-concurrency") + 1] == str(MOST_CONNECTIONS)
