"""Files that cannot be used end a command with the reason in words, never with a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

import polars as pl
import typer

from libs.common.errors import Problem

_UNUSABLE = 2


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """Exit with status 2, via typer.Exit, once the reason is on standard error."""
    try:
        yield
    except Problem as problem:
        typer.echo(problem.detail, err=True)
        raise typer.Exit(_UNUSABLE) from problem
    except (OSError, pl.exceptions.PolarsError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(_UNUSABLE) from error
