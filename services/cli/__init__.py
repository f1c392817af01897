"""The ``elocoop`` command: thin shells over the same code as the services."""

import signal
import sys
from importlib import import_module
from typing import NoReturn

import typer

from libs.common.memory import lasting_imports

# Each is the function of that name in the module of that name, under this heading of the help.
_COMMANDS = {
    "demo": "See it work",
    "serve": "Run the platform",
    "migrate": "Run the platform",
    "rotate-signing-key": "Run the platform",
    "give-password": "Run the platform",
    "backup": "Run the platform",
    "restore": "Run the platform",
    "today": "Run the platform",
    "replay": "Run the platform",
    "reparse": "Run the platform",
    "openapi": "Run the platform",
    "bench": "Run the platform",
    "readings": "Work on files",
    "allocate": "Work on files",
    "coefficients": "Work on files",
    "price": "Work on files",
    "simulate": "Work on files",
}

app = typer.Typer(
    name="elocoop",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)


@app.callback()
def elocoop() -> None:
    """The open platform of collective self-consumption: neighbours share local electricity.

    Start with **elocoop demo**. On files: **readings**, **allocate**, **coefficients**, **price**,
    each reads what one before prints; **simulate** compares what-ifs. To run the platform:
    **serve**, **migrate**, **rotate-signing-key**, **give-password**, **backup**, **restore**,
    **today**, **replay**, **reparse**, **openapi**.
    """


def main() -> None:
    """Entry point of the ``elocoop`` script."""
    command_names = [name for name in sys.argv[1:2] if name in _COMMANDS]
    with lasting_imports():
        # A command starts sooner without the imports of the others.
        for name in command_names or _COMMANDS:
            module = name.replace("-", "_")
            function = getattr(import_module(f"services.cli.{module}"), module)
            app.command(rich_help_panel=_COMMANDS[name])(function)
    signal.signal(signal.SIGTERM, _end)
    app()


def _end(number: int, _frame: object) -> NoReturn:
    """End like Ctrl-C: child processes end too. By default Python would leave them running."""
    raise SystemExit(128 + number)
