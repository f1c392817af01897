"""Ids that nothing else has in a run of the tests."""

import secrets

from libs.common.ids import Prm

_given: set[str] = set()


def new_operation_id() -> str:
    """By chance alone, two of the thousands of a run would be the same now and then.

    Nor is it one of those that tests write out, which begin with other digits.
    """
    while (operation_id := f"ACC{10**7 + secrets.randbelow(8 * 10**7)}") in _given:
        pass
    _given.add(operation_id)
    return operation_id


def new_prm() -> Prm:
    """Return one of 10¹²: by chance alone, no two of a run are the same."""
    return Prm(f"99{secrets.randbelow(10**12):012}")
