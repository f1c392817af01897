"""``elocoop readings``: CSV out, rejections on standard error, an exit status that says which."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from libs.common.settings import get_settings
from services.cli.readings import readings
from services.ingest.formats import CURVE_FORMATS, FORMATS, parse
from tests.ingest.formats.clock_changes import DAYS, FILES, file_of
from tests.ingest.formats.encrypting import SETTING, encrypt
from tests.ingest.formats.files import (
    PARIS,
    PRM,
    hdm,
    pdc,
    r50,
    r63,
    r63_row,
    r151,
    r151_class,
    r151_day,
    zipped,
)
from tests.ingest.formats.samples import SAMPLES

HEADER = "prm,direction,start,step_min,power_w,nature,doubtful"


def _run(*arguments: Path | str) -> Result:
    app = typer.Typer()
    app.command()(readings)
    return CliRunner().invoke(
        app, [str(argument) for argument in arguments], env={"COLUMNS": "400"}
    )


def _write(folder: Path, name: str, content: bytes) -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


@pytest.fixture
def _keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DECRYPTION_KEYS", SETTING)
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


@pytest.mark.usefixtures("_keys")
def test_an_encrypted_file_is_read_with_the_keys_of_the_settings(tmp_path: Path) -> None:
    content = r63([r63_row("2026-10-25 04:00:00", "7")])
    files = [
        _write(tmp_path, f"{number}.zip", encrypt(zipped({"a.csv": content}), key))
        for number, key in enumerate(get_settings().file_keys)
    ]

    result = _run(*files)

    assert result.exit_code == 0
    row = f"{PRM},consumption,2026-10-25T02:30:00Z,30,7,measured,0"
    assert result.stdout.splitlines() == [HEADER, row, row]


def test_readings_of_all_files_come_out_sorted(tmp_path: Path) -> None:
    later = _write(tmp_path, "a.csv", r63([r63_row("2026-10-25 04:00:00", "", nature="E")]))
    earlier = _write(tmp_path, "b.xml", r50([pdc("2026-10-25T03:00:00+02:00", "7", "1")]))

    result = _run(later, earlier)

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        HEADER,
        f"{PRM},consumption,2026-10-25T00:30:00Z,30,7,measured,1",
        f"{PRM},consumption,2026-10-25T02:30:00Z,30,,missing,0",
    ]
    assert result.stderr == ""


def test_every_reading_that_was_read_is_printed_even_twice(tmp_path: Path) -> None:
    file = _write(tmp_path, "a.csv", r63([r63_row("2026-10-25 04:00:00")]))

    assert len(_run(file, file).stdout.splitlines()) == 3


def test_a_rejected_record_is_one_line_on_standard_error(tmp_path: Path) -> None:
    file = _write(
        tmp_path,
        "a.csv",
        r63([r63_row("2026-10-25 04:00:00"), r63_row("2026-10-25 04:00:00", "x")]),
    )

    result = _run(file)

    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"{file}:line 3: the value is not a number")


def test_a_file_that_is_not_understood_does_not_hide_the_others(tmp_path: Path) -> None:
    unknown = _write(tmp_path, "a.txt", b"hello")
    path = _write(
        tmp_path,
        "b.csv",
        hdm([("2026-07-01T00:30:00+02:00", "1"), ("2026-07-01T01:00:00+02:00", "2")]),
    )

    result = _run(unknown, path)

    assert result.exit_code == 2
    assert len(result.stdout.splitlines()) == 3
    supported = ", ".join(file_format.name for file_format in FORMATS)
    assert result.stderr == f"{unknown}: The file is none of: {supported}.\n"


def test_help_names_the_formats_whose_documents_have_readings() -> None:
    parsed = [document for content in SAMPLES for document in parse(content)]
    with_readings = {document.format for document in parsed if document.readings.height}

    output = _run("--help").stdout

    assert {file_format.name for file_format in CURVE_FORMATS} == with_readings
    names = re.findall(r"Files of (.+); zipped or not", output)
    assert [set(name.split(", ")) for name in names] == [with_readings]


def test_a_file_that_cannot_be_read_is_not_understood(tmp_path: Path) -> None:
    result = _run(tmp_path / "absent.csv")

    assert result.exit_code == 2
    assert "cannot be read" in result.stderr
    assert result.stdout.splitlines() == [HEADER]


def test_notes_go_to_standard_error_and_leave_the_status_alone(tmp_path: Path) -> None:
    content = r63([r63_row("2026-07-01 00:30:00")]).replace(b"Etat compl", b"Neuf;Etat compl")
    file = _write(tmp_path, "a.csv", content)

    result = _run(file)

    assert result.exit_code == 0
    assert result.stderr == f"{file}: unknown column 'Neuf'\n"


def test_what_is_printed_is_read_again_as_the_same_readings(tmp_path: Path) -> None:
    rows = [r63_row("2026-10-25 04:00:00", "", nature="E"), r63_row("2026-10-25 04:30:00")]
    file = _write(tmp_path, "a.csv", r63([*rows, r63_row("2026-10-25 03:30:00", likelihood="1")]))
    printed = _run(file).stdout

    again = _run(_write(tmp_path, "b.csv", printed.encode()))

    assert (again.exit_code, again.stdout) == (0, printed)
    assert parse(printed.encode())[0].format == "generic CSV"


@pytest.mark.parametrize("zone", ["UTC", "Europe/Paris", "Asia/Tokyo"])
def test_no_time_zone_of_the_process_changes_a_reading(tmp_path: Path, zone: str) -> None:
    """A file of each format for each of the two days on which clocks change."""
    days = [(name, day) for name in FILES for day in DAYS]
    files = [
        _write(tmp_path, f"{number}", file_of(name, day, 30, f"99{number:012}"))
        for number, (name, day) in enumerate(days)
    ]
    expected = {
        f"99{number:012}": _half_hours(day, hours=DAYS[day]) for number, (_, day) in enumerate(days)
    }

    printed = subprocess.run(
        [str(Path(sys.executable).with_name("elocoop")), "readings", *map(str, files)],
        env=os.environ | {"TZ": zone},
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )

    rows = [line.split(",") for line in printed.stdout.splitlines()[1:]]
    values = {prm: [row[2] for row in rows if row[0] == prm] for prm in expected}
    assert values == expected
    assert len(rows) == sum(map(len, expected.values()))


def _half_hours(day: str, *, hours: int) -> list[str]:
    """The starts of a local day in UTC."""
    first = datetime.fromisoformat(day).replace(tzinfo=PARIS).astimezone(UTC)
    return [f"{first + timedelta(minutes=30 * n):%Y-%m-%dT%H:%M:%SZ}" for n in range(2 * hours)]


def test_a_file_of_something_else_than_readings_says_so(tmp_path: Path) -> None:
    indexes = _write(tmp_path, "r151.xml", r151([r151_day("2026-10-25", [r151_class(1, "5")])]))

    result = _run(indexes)

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [HEADER]
    assert result.stderr == f"{indexes}: R151 XML holds no readings: push it to ingest\n"
