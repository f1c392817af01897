"""docs/use/command-line.md has each command and names only options that there are."""

import re
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import typer
from typer.core import TyperGroup

from services.cli import _COMMANDS


class _Section(NamedTuple):
    group: str
    text: str


def _sections() -> dict[str, _Section]:
    """The page's section of each command, and the heading that it is under."""
    page = Path("docs/use/command-line.md").read_text()
    return {
        match["name"]: _Section(group.partition("\n")[0], match["text"])
        for group in page.split("\n## ")[1:]
        for match in re.finditer(
            r"^### (?P<text>`elocoop (?P<name>[\w-]+).*?)(?=^###|\Z)",
            group,
            re.MULTILINE | re.DOTALL,
        )
    }


def _options() -> dict[str, set[str]]:
    app = typer.Typer()
    for name in _COMMANDS:
        module = name.replace("-", "_")
        app.command(name)(getattr(import_module(f"services.cli.{module}"), module))
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    return {
        name: {option for parameter in command.params for option in parameter.opts}
        for name, command in group.commands.items()
    }


def test_each_command_has_a_section_under_the_heading_of_the_help() -> None:
    headings = [(name, section.group) for name, section in _sections().items()]

    assert headings == list(_COMMANDS.items())


def test_the_page_names_options_that_there_are() -> None:
    options = _options()
    unknown = {
        name: absent
        for name, section in _sections().items()
        if (absent := set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", section.text)) - options[name])
    }

    assert unknown == {}
