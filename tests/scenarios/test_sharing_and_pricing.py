"""Runs the scenarios of sharing and pricing through the command line, as an analyst would.

A folder with ``when/key.json`` is allocated, on the step of ``when/step.txt`` if there is one; a
folder with ``when/tariff.json`` is priced, from its own ``when/shares.csv`` or from what was just
allocated. ``then/`` holds the expected output, or ``refusal.txt``: phrases of the explanation.
"""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from services.cli.allocate import allocate
from services.cli.price import price

_HERE = Path(__file__).parent
_SCENARIOS = sorted(
    {
        path.parents[1].name
        for name in ("key", "tariff")
        for path in _HERE.glob(f"*/when/{name}.json")
    }
)
_COMMANDS = typer.Typer()
_COMMANDS.command()(allocate)
_COMMANDS.command()(price)


@pytest.mark.parametrize("scenario", _SCENARIOS)
def test_scenario(scenario: str, tmp_path: Path) -> None:
    when, then = _HERE / scenario / "when", _HERE / scenario / "then"
    shares = when / "shares.csv"

    if (when / "key.json").exists():
        shares = tmp_path / "shares.csv"
        inputs = {"curves": when / "curves.csv", "key": when / "key.json", "shares": shares}
        result = _run("allocate", **inputs, **_step(when))
        if _is_refused(result, then):
            assert not shares.exists()
            return
        assert json.loads(result.stdout) == json.loads((then / "summary.json").read_text())
        assert shares.read_text() == (then / "shares.csv").read_text()

    if (when / "tariff.json").exists():
        result = _run("price", shares=shares, tariff=when / "tariff.json")
        if not _is_refused(result, then):
            assert json.loads(result.stdout) == json.loads((then / "invoices.json").read_text())


def _step(when: Path) -> dict[str, str]:
    asked = when / "step.txt"
    return {"step": asked.read_text().strip()} if asked.exists() else {}


def _run(command: str, **options: Path | str) -> Result:
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    return CliRunner().invoke(_COMMANDS, [command, *words])


def _is_refused(result: Result, then: Path) -> bool:
    refusal = then / "refusal.txt"
    if not refusal.exists():
        assert result.exit_code == 0, result.stderr
        return False
    assert result.exit_code == 2
    assert result.stdout == ""
    for phrase in refusal.read_text().splitlines():
        assert phrase in result.stderr
    return True
