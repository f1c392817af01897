"""`elocoop simulate` on files."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from services.allocation.domain.keys import parse_key
from services.cli.simulate import simulate
from tests.support.commands import elocoop
from tests.support.documents import blocks
from tests.support.places import ROOT

ROOF, ANNA, BRUNO = "99000000000001", "99000000000002", "99000000000003"
_PRICES = {"local_eur_per_kwh": "0.12", "supplier_eur_per_kwh": "0.20"}
_TODAY = {"name": "today", "key": {"type": "default_dynamic"}}
_APP = typer.Typer()
_APP.command()(simulate)


@pytest.fixture
def curves(tmp_path: Path) -> Path:
    """Two hours: 4 and 2 kW made; Anna uses 2 and 2, Bruno 6 and 0."""
    rows = ["prm,direction,start,step_min,power_w,nature,doubtful"]
    for prm, direction, powers in (
        (ROOF, "production", (4000, 2000)),
        (ANNA, "consumption", (2000, 2000)),
        (BRUNO, "consumption", (6000, 0)),
    ):
        for hour, power_w in enumerate(powers, start=10):
            rows.append(f"{prm},{direction},2026-06-15T{hour}:00:00Z,60,{power_w},measured,0")
    path = tmp_path / "curves.csv"
    path.write_text("\n".join(rows))
    return path


def run(curves: Path, scenarios: object, *options: str, columns: str = "120") -> Result:
    path = curves.parent / "scenarios.json"
    path.write_text(scenarios if isinstance(scenarios, str) else json.dumps(scenarios))
    arguments = ["--curves", str(curves), "--scenarios", str(path), *options]
    return CliRunner().invoke(_APP, arguments, env={"COLUMNS": columns})


def study(*scenarios: dict[str, Any]) -> dict[str, Any]:
    return {"prices": _PRICES, "scenarios": scenarios}


def test_scenarios_are_compared_in_a_table(curves: Path) -> None:
    half = {"type": "static", "shares": {ANNA: "0.5", BRUNO: "0.5"}}

    done = run(curves, study(_TODAY, {"name": "halves", "key": half}))

    assert done.exit_code == 0, done.stderr
    row = next(line for line in done.stdout.splitlines() if "shared, kWh" in line)
    assert [cell.strip() for cell in row.split("│")[2:4]] == ["6.0", "5.0"]
    row = next(line for line in done.stdout.splitlines() if "savings, €" in line)
    assert [cell.strip() for cell in row.split("│")[2:4]] == ["0.48", "0.40"]


def test_json_has_everything_and_proposals_are_keys(curves: Path) -> None:
    school = {"prm": "99000000000004", "profile": "school", "annual_kwh": "40000"}
    roof = {"prm": "99000000000005", "power_kwp": "9", "tilt_deg": 30}
    place = {"latitude_deg": 43.6, "longitude_deg": 1.44}
    more = {**_TODAY, "name": "more", "added_consumers": [school], "added_plants": [roof | place]}

    done = run(curves, study(_TODAY, more), "--search", "energy", "--json")

    assert done.exit_code == 0, done.stderr
    result = json.loads(done.stdout)
    assert [consumer["shared_wmin"] for consumer in result["scenarios"][0]["consumers"]] == [
        180_000
    ] * 2
    assert len(result["scenarios"][1]["consumers"]) == 3
    assert result["scenarios"][1]["producers"][1]["production_wmin"] > 0
    assert result["proposals"][0]["proposal"] is True
    parse_key(result["proposals"][0]["definition"])


def test_the_solver_prints_nothing_between_the_json(curves: Path) -> None:
    """What it prints itself, only a process of its own shows."""
    scenarios = curves.parent / "scenarios.json"
    scenarios.write_text(json.dumps(study(_TODAY)))
    files = "--curves", str(curves), "--scenarios", str(scenarios)

    done = elocoop("simulate", *files, "--search", "energy", "--json")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["proposals"]


def test_where_pvlib_is_not_installed_a_plant_is_refused_in_words(
    curves: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pvlib", None)
    roof = {"prm": "99000000000005", "power_kwp": "9", "tilt_deg": 30}
    place = {"latitude_deg": 43.6, "longitude_deg": 1.44}

    done = run(curves, study(_TODAY | {"added_plants": [roof | place]}))

    assert done.exit_code == 2
    assert "uv sync --all-extras" in done.stderr


def test_a_key_by_step_finds_its_coefficients_beside_the_scenarios(curves: Path) -> None:
    rows = [f"2026-06-15T{hour}:00:00Z,{BRUNO},0.25" for hour in (10, 11)]
    (curves.parent / "quarter.csv").write_text("\n".join(["start,consumer,share", *rows]))
    key = {"type": "dynamic", "coefficients": "quarter.csv"}

    done = run(curves, study({"name": "quarter", "key": key}), "--json")

    assert done.exit_code == 0, done.stderr
    (outcome,) = json.loads(done.stdout)["scenarios"]
    assert [consumer["shared_wmin"] for consumer in outcome["consumers"]] == [0, 60_000]


def test_coefficients_finer_than_the_curves_are_refused(curves: Path) -> None:
    rows = [f"2026-06-15T10:{minute}:00Z,{BRUNO},0.25" for minute in ("00", "30")]
    (curves.parent / "finer.csv").write_text("\n".join(["start,consumer,share", *rows]))
    key = {"type": "dynamic", "coefficients": "finer.csv"}

    done = run(curves, study({"name": "finer", "key": key}))

    assert done.exit_code == 2
    assert "2026-06-15T10:30:00Z" in done.stderr


@pytest.mark.parametrize(
    ("scenarios", "reason"),
    [
        ("{", "not JSON"),
        ({"prices": _PRICES, "scenarios": []}, "scenarios"),
        (study(_TODAY, _TODAY), "one name"),
        (study(_TODAY | {"removed": ["99000000000099"]}), "99000000000099"),
        (study(_TODAY | {"key": {"type": "lottery"}}), "lottery"),
        (study(_TODAY | {"key": {"type": "dynamic", "coefficients": "no.csv"}}), "no.csv"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(
    curves: Path, scenarios: object, reason: str
) -> None:
    done = run(curves, scenarios)

    assert done.exit_code == 2
    assert reason in done.stderr


def test_the_worked_example_of_the_documentation_is_what_is_printed(tmp_path: Path) -> None:
    document = ROOT / "docs/use/simulations.md"
    (table,), (scenarios,), (printed,) = (
        blocks(document, language) for language in ("csv", "json", "text")
    )
    curves = tmp_path / "curves.csv"
    curves.write_text(table)

    done = run(curves, scenarios, columns="80")

    assert _trimmed(done.stdout) == _trimmed(printed)


def _trimmed(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines()]
