"""The services, for commands that run them.

Importing all four takes more than a second, which neither a command's help should, nor the first
line that it prints.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from libs.common.memory import lasting_imports
from libs.common.settings import Settings
from services.cli.processes import NAMES

if TYPE_CHECKING:
    from fastapi import FastAPI

    from libs.common.app import Service


def load_services(names: Sequence[str] = NAMES) -> "tuple[Service, ...]":
    with lasting_imports():
        return tuple(import_module(f"services.{name}.main").service for name in names)


def load_app(names: Sequence[str], settings: Settings) -> "FastAPI":
    """Return the application of these services."""
    services = load_services(names)
    app: FastAPI = import_module("libs.common.app").create_app(*services, settings=settings)
    return app
