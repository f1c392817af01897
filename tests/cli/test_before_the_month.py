"""`elocoop simulate --before-the-month` on files, and on the demonstration's year."""

import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
import typer
from typer.testing import CliRunner, Result

from services.cli.simulate import simulate
from services.demo.cooperative import FILES
from services.ingest.formats import Decryption, parse_parts
from tests.support.places import ROOT

ROOF, ANNA, BRUNO = "99000000000001", "99000000000002", "99000000000003"
_APP = typer.Typer()
_DECRYPTION = Decryption((), datetime(2026, 11, 3, tzinfo=UTC))
_APP.command()(simulate)


def run(curves: Path, *options: str) -> Result:
    arguments = ["--before-the-month", "--curves", str(curves), *options]
    return CliRunner().invoke(_APP, arguments, env={"COLUMNS": "120"})


def curves_of(path: Path, first: str, end: str, **powers_w: int) -> Path:
    """Curves of whole hours, each with one power all the time."""
    starts = pl.datetime_range(
        pl.lit(first).str.to_datetime(), pl.lit(end).str.to_datetime(), "1h", eager=True
    )[:-1]
    prms = {"roof": (ROOF, "production"), "anna": (ANNA, "consumption")}
    prms["bruno"] = (BRUNO, "consumption")
    frames = [
        pl.DataFrame({"start": starts.dt.strftime("%Y-%m-%dT%H:%M:%SZ")}).select(
            pl.lit(prms[name][0]).alias("prm"),
            pl.lit(prms[name][1]).alias("direction"),
            "start",
            pl.lit(60).alias("step_min"),
            pl.lit(power_w).alias("power_w"),
        )
        for name, power_w in powers_w.items()
    ]
    pl.concat(frames).write_csv(path)
    return path


def test_who_consumes_the_same_all_the_time_is_foreseen_by_all(tmp_path: Path) -> None:
    path = tmp_path / "curves.csv"
    curves_of(path, "2026-01-31 23:00", "2026-03-31 22:00", roof=300, anna=100, bruno=300)

    done = run(path, "--json")

    assert done.exit_code == 0, done.stderr
    content = json.loads(done.stdout)
    (month,) = content["months"]
    # March has 743 hours, one of them skipped; 300 W are shared for 400.
    shared_wmin = 743 * 60 * 300
    assert month["month"] == "2026-03"
    assert month["shared_wmin"] == dict.fromkeys(content["shared_wmin"], shared_wmin)
    anna, bruno = month["consumers"]
    assert anna["shared_wmin"] == dict.fromkeys(content["shared_wmin"], shared_wmin // 4)
    assert bruno["prm"] == BRUNO


def test_a_key_of_ones_own_is_what_is_deposited(tmp_path: Path) -> None:
    path = tmp_path / "curves.csv"
    curves_of(path, "2026-01-31 23:00", "2026-03-31 22:00", roof=300, anna=100, bruno=300)
    key = tmp_path / "key.json"
    key.write_text(json.dumps({"type": "priority", "ranks": [[BRUNO], [ANNA]]}))

    month = json.loads(run(path, "--json", "--key", str(key)).stdout)["months"][0]

    anna, bruno = (consumer["shared_wmin"] for consumer in month["consumers"])
    assert (anna["forecast"], bruno["forecast"]) == (0, 743 * 60 * 300)
    assert bruno["fixed"] == bruno["default_key"] == 743 * 60 * 225


def test_curves_of_one_month_are_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "curves.csv"
    curves_of(path, "2026-02-28 23:00", "2026-03-31 22:00", roof=1, anna=1)

    done = run(path)

    assert done.exit_code == 2
    assert "No month of the curves has a whole month before it" in done.stderr


@pytest.mark.parametrize("points", [{"anna": 100, "bruno": 300}, {"roof": 300}])
def test_curves_of_which_nothing_is_shared_are_refused_in_words(
    tmp_path: Path, points: dict[str, int]
) -> None:
    path = tmp_path / "curves.csv"
    curves_of(path, "2026-01-31 23:00", "2026-03-31 22:00", **points)

    done = run(path)

    assert done.exit_code == 2
    assert "no producer, or no consumer" in done.stderr


def test_options_of_the_other_kind_of_comparison_are_refused(tmp_path: Path) -> None:
    path = curves_of(tmp_path / "c.csv", "2026-03-01 00:00", "2026-03-01 02:00", roof=1, anna=1)

    measured = run(path, "--search", "energy")
    compared = CliRunner().invoke(_APP, ["--curves", str(path), "--key", str(path)])

    assert (measured.exit_code, compared.exit_code) == (2, 2)
    assert "--search only without --before-the-month" in measured.stderr
    assert "--key only with --before-the-month" in compared.stderr


def test_without_scenarios_one_is_told_what_to_say(tmp_path: Path) -> None:
    path = curves_of(tmp_path / "c.csv", "2026-03-01 00:00", "2026-03-01 02:00", roof=1, anna=1)

    done = CliRunner().invoke(_APP, ["--curves", str(path)])

    assert done.exit_code == 2
    assert "--before-the-month" in done.stderr


@pytest.mark.parametrize(
    ("name", "patterns", "prefix"),
    [
        ("Pousse-Soleil", ["history/*DEMOAH*", "*DEMOA1*", "ERDF*", "Enedis_SGE*"], "9911"),
        ("Trois Toits", ["history/*DEMOBH*", "*DEMOB[12]*", "ERDF*", "Enedis_SGE*"], "9922"),
    ],
)
def test_the_page_says_what_the_demonstrations_year_gives(
    tmp_path: Path, name: str, patterns: list[str], prefix: str
) -> None:
    path = tmp_path / "curves.csv"
    _write_demonstration(path, patterns, prefix)

    done = run(path)

    assert done.exit_code == 0, done.stderr
    (line,) = (line for line in done.stdout.splitlines() if line.startswith("│ all "))
    best_kwh, _, *parts = (cell.strip().replace("%", " %") for cell in line.split("│")[2:-1])
    page = (ROOT / "docs" / "use" / "forecasts.md").read_text(encoding="utf-8")
    (row,) = (
        row for row in page.splitlines() if row.startswith(f"| {name}, ") and "15 days" in row
    )
    assert row.split(" | ", 1)[1] == " | ".join([f"{best_kwh} kWh", *parts]) + " |"
    forecast, last_month, fixed = (float(ratio.removesuffix(" %")) for ratio in parts)
    assert forecast > last_month > fixed


def _write_demonstration(path: Path, patterns: list[str], prefix: str) -> None:
    frames = []
    for pattern in patterns:
        for file in sorted(FILES.glob(pattern)):
            with file.open("rb") as stream:
                frames += [
                    document.parsed.readings for document in parse_parts(stream, _DECRYPTION)
                ]
    readings = pl.concat(frames).filter(pl.col("prm").str.starts_with(prefix))
    readings.select(
        "prm", "direction", pl.col("start").dt.strftime("%Y-%m-%dT%H:%M:%SZ"), "step_min", "power_w"
    ).write_csv(path)
