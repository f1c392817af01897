"""The ``elocoop`` command: thin shells over the same code as the services."""

import typer

from services.cli.allocate import allocate
from services.cli.bench import bench
from services.cli.demo import demo
from services.cli.migrate import migrate
from services.cli.openapi import openapi
from services.cli.price import price
from services.cli.readings import readings
from services.cli.replay import replay
from services.cli.serve import serve

app = typer.Typer(
    name="elocoop",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    help="""The open platform of collective self-consumption: neighbours share local electricity.

    Start with **elocoop demo**. On files: **readings** | **allocate** | **price**, each reads what
    the one before prints. To run the platform: **serve**, **migrate**, **replay**, **openapi**.
    """,
)
app.command(rich_help_panel="See it work")(demo)
app.command(rich_help_panel="Run the platform")(serve)
app.command(rich_help_panel="Run the platform")(migrate)
app.command(rich_help_panel="Run the platform")(replay)
app.command(rich_help_panel="Run the platform")(openapi)
app.command(rich_help_panel="Run the platform")(bench)
app.command(rich_help_panel="Work on files")(readings)
app.command(rich_help_panel="Work on files")(allocate)
app.command(rich_help_panel="Work on files")(price)


def main() -> None:
    """Entry point of the ``elocoop`` script."""
    app()
