"""Passwords cost little in the services that run in the tests' process.

Hashed with the product's parameters, those of a whole run take minutes of processor.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from services.community import credentials

_CHEAP = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
_IN_TESTS: dict[str, Any] = {"_passwords": _CHEAP, "_NOBODY": _CHEAP.hash("of nobody")}
_IN_THE_PRODUCT = {name: getattr(credentials, name) for name in _IN_TESTS}


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        _set(patch, _IN_TESTS)
        yield


@pytest.fixture
def dear_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the product, for tests of what a password costs."""
    _set(monkeypatch, _IN_THE_PRODUCT)


def _set(patch: pytest.MonkeyPatch, values: dict[str, Any]) -> None:
    for name, value in values.items():
        patch.setattr(credentials, name, value)
