"""``elocoop openapi``: the HTTP contract of each service."""

import json
from pathlib import Path
from typing import Annotated

import typer

from libs.common.health.routes import service_openapi
from libs.common.openapi.route_table import route_tables
from services.cli.loading import load_services


def openapi(
    folder: Annotated[
        Path | None, typer.Option(help="Write NAME.json files there instead of standard output.")
    ] = None,
    routes: Annotated[
        bool, typer.Option("--routes", help="Print a table of all routes instead, in Markdown.")
    ] = False,
) -> None:
    """Print the OpenAPI documents of the four services as one JSON object by service name."""
    documents = {
        service.name: service_openapi(service.name, service.subjects) for service in load_services()
    }
    if routes:
        typer.echo(route_tables(documents), nl=False)
        return
    if folder is None:
        typer.echo(json.dumps(documents, indent=2, ensure_ascii=False))
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name, document in documents.items():
        text = json.dumps(document, indent=2, ensure_ascii=False)
        (folder / f"{name}.json").write_text(f"{text}\n")
        typer.echo(f"{folder / name}.json")
