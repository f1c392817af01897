"""Ids that nothing else has in a run of the tests."""

import secrets

_given: set[str] = set()


def new_operation_id() -> str:
    """By chance alone, two of the thousands of a run would be the same now and then.

    Nor is it one of those that tests write out, which begin with other digits.
    """
    while (found := f"ACC{10**7 + secrets.randbelow(8 * 10**7)}") in _given:
        pass
    _given.add(found)
    return found
