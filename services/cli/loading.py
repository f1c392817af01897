"""The services, for commands that run them.

Importing all four takes more than a second, which a command's help should not.
"""

from collections.abc import Sequence
from importlib import import_module

from libs.common.app import Service
from libs.common.memory import lasting_imports
from services.cli.processes import NAMES


def load_services(names: Sequence[str] = NAMES) -> tuple[Service, ...]:
    with lasting_imports():
        return tuple(import_module(f"services.{name}.main").service for name in names)
