"""Which problem makes a command refuse its files; whoever calls it is told in words."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from libs.common.errors import Problem
from services.cli.allocate import allocate
from services.cli.price import price
from services.cli.simulate import simulate

ROOF, ANNA = "99000000000001", "99000000000002"
_NOON = "2026-06-15T12:00:00Z"
_PRODUCED = f"{ROOF},production,{_NOON},60,4000"
_CONSUMED = f"{ANNA},consumption,{_NOON},60,2000"
_SHARED = f"{_NOON},{ROOF},{ANNA},120000"


def refusal_of(command: Callable[..., None], **files: Path) -> tuple[str, str]:
    """The slug and the detail of what ended the command."""
    with pytest.raises(typer.Exit) as ended:
        command(**files)
    problem = ended.value.__cause__
    assert isinstance(problem, Problem)
    assert ended.value.exit_code == 2
    return problem.slug, problem.detail


def written(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines))
    return path


def curve_file(folder: Path, *rows: str) -> Path:
    return written(folder / "curves.csv", "prm,direction,start,step_min,power_w", *rows)


@pytest.mark.parametrize(
    ("rows", "lacking"), [([_CONSUMED], "no producer"), ([_PRODUCED], "no consumer")]
)
def test_curves_of_one_side_are_not_allocated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: list[str], lacking: str
) -> None:
    key = written(tmp_path / "key.json", json.dumps({"type": "default_dynamic"}))

    slug, detail = refusal_of(allocate, curves=curve_file(tmp_path, *rows), key=key)

    assert slug == "nothing-to-allocate"
    assert lacking in detail
    assert capsys.readouterr().err.strip() == detail


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["start,producer,consumer", _SHARED.rsplit(",", 1)[0]], "no column energy_wmin"),
        (["start,producer,consumer,energy_wmin", _SHARED, f"{_SHARED}.5"], "line 3 cannot be read"),
    ],
)
def test_shares_that_cannot_be_read_are_not_priced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lines: list[str], why: str
) -> None:
    entry = {"price_eur_per_kwh": "0.1250", "vat_rate": "0.20", "valid_from": "2026-01-01"}
    tariff = written(tmp_path / "tariff.json", json.dumps({"entries": [entry]}))

    shares = written(tmp_path / "shares.csv", *lines)
    slug, detail = refusal_of(price, shares=shares, tariff=tariff)

    assert slug == "shares-refused"
    assert why in detail
    assert capsys.readouterr().err.strip() == detail


@pytest.mark.parametrize(("text", "why"), [("{", "JSON"), ('{"scenarios": []}', "prices")])
def test_scenarios_that_cannot_be_read_are_not_simulated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, why: str
) -> None:
    curves = curve_file(tmp_path, _PRODUCED, _CONSUMED)

    scenarios = written(tmp_path / "scenarios.json", text)
    slug, detail = refusal_of(simulate, curves=curves, scenarios=scenarios)

    assert slug == "scenarios-refused"
    assert why in detail
    assert capsys.readouterr().err.strip() == detail
