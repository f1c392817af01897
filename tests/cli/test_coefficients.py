"""From curves to the DSO's file and back, on the command line."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from libs.common.calendar import Month
from libs.common.ids import OperationId
from services.allocation.domain.coefficients.period import FilePeriod
from services.cli.allocate import allocate
from services.cli.coefficients import coefficients

ROOF, BARN = "99000000000001", "99000000000002"
ANNA, BRUNO = "99000000000101", "99000000000102"
MONTH = Month(2026, 10)
NAME = "ACC00000001_30_01102026_31102026.txt"

_COMMANDS = typer.Typer()
_COMMANDS.command()(allocate)
_COMMANDS.command()(coefficients)

Key = dict[str, object]


def run(command: str, **options: object) -> Result:
    arguments = [
        f"--{name.replace('_', '-')}" if value is True else f"--{name.replace('_', '-')}={value}"
        for name, value in options.items()
    ]
    return CliRunner().invoke(_COMMANDS, [command, *arguments])


@pytest.fixture
def curves(tmp_path: Path) -> Path:
    """Odd powers, and nobody produces at night: October in half-hours."""
    starts = FilePeriod(MONTH.days[0], MONTH.days[-1], 30).starts_epoch_min.tolist()
    lines = ["prm,direction,start,step_min,power_w,nature,doubtful"]
    for number, start in enumerate(starts):
        stamp = datetime.fromtimestamp(start * 60, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        sun = max(0, 24 - abs(24 - number % 48) - 8)
        for prm, direction, power in (
            (ROOF, "production", sun * 67),
            (BARN, "production", sun * 31),
            (ANNA, "consumption", 5_000),
            (BRUNO, "consumption", 301 + number % 7),
        ):
            lines.append(f"{prm},{direction},{stamp},30,{power},measured,0")
    path = tmp_path / "curves.csv"
    path.write_text("\n".join(lines) + "\n", encoding="ascii")
    return path


@pytest.fixture
def share(tmp_path: Path, curves: Path) -> Callable[[Key], Result]:
    """Allocate by a key, and write key.json and shares.csv."""

    def with_key(key: Key) -> Result:
        (tmp_path / "key.json").write_text(json.dumps(key), encoding="utf-8")
        files = {"curves": curves, "key": tmp_path / "key.json", "shares": tmp_path / "shares.csv"}
        result = run("allocate", **files)
        assert result.exit_code == 0, result.output
        return result

    return with_key


def write(where: Path, /, **options: object) -> Result:
    return run(
        "coefficients",
        **{
            "shares": where / "shares.csv",
            "curves": where / "curves.csv",
            "operation": OperationId("ACC00000001"),
            "month": "2026-10",
            "folder": where / "out",
        }
        | options,
    )


def test_a_file_in_the_dso_s_format_gives_the_shares_again(
    tmp_path: Path, share: Callable[[Key], Result]
) -> None:
    share({"type": "priority", "ranks": [[BRUNO], [ANNA]]})
    result = write(tmp_path, decimals=7)
    assert result.exit_code == 0, result.output
    summary = json.loads(result.stdout)
    assert [file["name"] for file in summary["files"]] == [NAME]
    first = json.loads((share({"type": "priority", "ranks": [[BRUNO], [ANNA]]})).stdout)

    again = share({"type": "dynamic", "coefficients": f"out/{NAME}"})

    losses = {prm: consumer["lost_wmin"] for prm, consumer in summary["consumers"].items()}
    for prm, consumer in json.loads(again.stdout)["consumers"].items():
        assert consumer["allocated_wmin"] == first["consumers"][prm]["allocated_wmin"] - losses[prm]
    # What has been rounded once is written the same for ever.
    key, following = tmp_path / "key.json", tmp_path / "next"
    assert write(tmp_path, decimals=7, key=key, folder=following).exit_code == 0
    assert _rows(following / NAME) == _rows(tmp_path / "out" / NAME)


def _rows(path: Path) -> list[str]:
    return path.read_text(encoding="ascii").splitlines()


@pytest.mark.parametrize(("decimals", "shown"), [(1, "45,0"), (2, "45,00")])
@pytest.mark.parametrize("with_key", [True, False])
def test_45_percent_stays_45_percent(
    tmp_path: Path,
    share: Callable[[Key], Result],
    *,
    decimals: int,
    shown: str,
    with_key: bool,
) -> None:
    share({"type": "static", "shares": {ANNA: "0.45"}})

    key = {"key": tmp_path / "key.json"} if with_key else {}
    result = write(tmp_path, decimals=decimals, **key)

    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["lost_wmin"] == 0
    zero = "0," + "0" * decimals
    shares = {row.split(";")[1] for row in _rows(tmp_path / "out" / NAME)[1:]}
    assert shares == {zero, shown}


def test_one_file_per_producer(tmp_path: Path, share: Callable[[Key], Result]) -> None:
    share({"type": "default_dynamic"})

    result = write(tmp_path, by_producer=True)

    assert result.exit_code == 0, result.output
    files = json.loads(result.stdout)["files"]
    assert [file["producer"] for file in files] == [ROOF, BARN]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        NAME.replace(".txt", f"_{prm}.txt") for prm in (ROOF, BARN)
    ]


def test_files_of_producers_give_the_shares_again(
    tmp_path: Path, share: Callable[[Key], Result]
) -> None:
    first = json.loads(share({"type": "priority", "ranks": [[BRUNO], [ANNA]]}).stdout)
    content = json.loads(write(tmp_path, by_producer=True, decimals=7).stdout)
    files = [f"out/{file['name']}" for file in content["files"]]

    again = json.loads(share({"type": "full_dynamic", "coefficients": files}).stdout)
    (tmp_path / "twice.json").write_text(
        json.dumps({"type": "full_dynamic", "coefficients": files[:1] * 2}), encoding="utf-8"
    )
    twice = run("allocate", curves=tmp_path / "curves.csv", key=tmp_path / "twice.json")

    for prm, consumer in again["consumers"].items():
        lost = content["consumers"][prm]["lost_wmin"]
        assert consumer["allocated_wmin"] == first["consumers"][prm]["allocated_wmin"] - lost
    assert (twice.exit_code, "of one producer" in twice.output) == (2, True)


@pytest.mark.parametrize("files", [[NAME], [f"out/{NAME}"], ["a.csv", 1], []])
def test_files_that_are_of_no_producer_are_refused(
    tmp_path: Path, share: Callable[[Key], Result], curves: Path, files: list[object]
) -> None:
    share({"type": "default_dynamic"})
    write(tmp_path)
    key = tmp_path / "full.json"
    key.write_text(json.dumps({"type": "full_dynamic", "coefficients": files}), encoding="utf-8")

    result = run("allocate", curves=curves, key=key)

    assert result.exit_code == 2
    assert result.output.strip()


def test_coefficients_finer_than_the_energies_count_where_they_are_alike(
    tmp_path: Path, share: Callable[[Key], Result], curves: Path
) -> None:
    share({"type": "default_dynamic"})
    assert write(tmp_path, step=15).exit_code == 0
    name = NAME.replace("_30_", "_15_")
    key = tmp_path / "dynamic.json"
    key.write_text(json.dumps({"type": "dynamic", "coefficients": f"out/{name}"}))

    alike = run("allocate", curves=curves, key=key)
    file = tmp_path / "out" / name
    rows = file.read_text().split("\n")
    stamp, *percents = rows[50].split(";")  # 12:15, when there is production
    rows[50] = ";".join([stamp, *["0"] * len(percents)])
    file.write_text("\n".join(rows))
    half_hours = run("allocate", curves=curves, key=key)
    quarters = run("allocate", curves=curves, key=key, step=15)

    assert alike.exit_code == 0, alike.output
    assert half_hours.exit_code == 2
    assert "15 minutes cannot share energies of 30" in half_hours.output
    assert quarters.exit_code == 0, quarters.output


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"month": "2026-11"}, "do not cover"),
        ({"month": "november"}, "2026-10"),
        ({"operation": "ACC1"}, "ACC and 8 digits"),
        ({"step": 7}, "choose among"),
        ({"shares": "nowhere.csv"}, "nowhere.csv"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(
    tmp_path: Path, share: Callable[[Key], Result], options: dict[str, object], why: str
) -> None:
    share({"type": "default_dynamic"})
    result = write(tmp_path, **options)
    assert result.exit_code == 2
    assert why in result.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (f"2026-10-12T10:00:00Z,30,{ROOF},{ANNA},999999999", "more than the curves have"),
        (f"2026-10-12T10:00:00Z,30,{ROOF},99000000000999,1", "without curve"),
        (f"2026-10-12T10:00:00Z,15,{ROOF},{ANNA},1", "several steps"),
        (f"yesterday,30,{ROOF},{ANNA},1", "cannot be read"),
    ],
)
def test_shares_of_other_curves_are_refused(
    tmp_path: Path, share: Callable[[Key], Result], row: str, why: str
) -> None:
    share({"type": "default_dynamic"})
    with (tmp_path / "shares.csv").open("a") as shares:
        shares.write(f"{row}\n")
    result = write(tmp_path)
    assert result.exit_code == 2
    assert why in result.output
