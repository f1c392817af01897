"""``elocoop openapi``: the HTTP contract of each service."""

import json
from pathlib import Path
from typing import Annotated

import typer

from libs.common.health import service_openapi
from services.cli.loading import load_services


def openapi(
    folder: Annotated[
        Path | None, typer.Option(help="Write NAME.json files there instead of standard output.")
    ] = None,
) -> None:
    """Print the OpenAPI documents of the four services as one JSON object by service name."""
    documents = {
        service.name: service_openapi(service.name, service.router) for service in load_services()
    }
    if folder is None:
        typer.echo(json.dumps(documents, indent=2, ensure_ascii=False))
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name, document in documents.items():
        text = json.dumps(document, indent=2, ensure_ascii=False)
        (folder / f"{name}.json").write_text(f"{text}\n")
        typer.echo(f"{folder / name}.json")
