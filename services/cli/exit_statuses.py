"""Exit statuses of commands that look for waiting work: scripts see it is not a failure."""

from typing import NoReturn

import typer

_NOTHING_WAITS, _SOMETHING_WAITS = 0, 3
"""A command that crashes ends with 1, one that is called wrongly with 2."""


def exit_by_what_waits(count: int) -> NoReturn:
    """Exit with status 3 when something waits, else with 0, via typer.Exit."""
    raise typer.Exit(_SOMETHING_WAITS if count else _NOTHING_WAITS)
