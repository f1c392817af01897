"""``elocoop readings``: CSV out, rejections on standard error, an exit status that says which."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from libs.common.settings import get_settings
from services.cli.readings import readings
from services.ingest.formats import FORMATS
from tests.ingest.formats.encrypting import SETTING, encrypt
from tests.ingest.formats.files import PRM, hdm, pdc, r50, r63, r63_row, zipped

HEADER = "prm,direction,start,step_min,power_w,nature,doubtful"


def _run(*files: Path) -> Result:
    app = typer.Typer()
    app.command()(readings)
    return CliRunner().invoke(app, [str(file) for file in files])


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
    known = _write(
        tmp_path,
        "b.csv",
        hdm([("2026-07-01T00:30:00+02:00", "1"), ("2026-07-01T01:00:00+02:00", "2")]),
    )

    result = _run(unknown, known)

    assert result.exit_code == 2
    assert len(result.stdout.splitlines()) == 3
    supported = ", ".join(one.name for one in FORMATS)
    assert result.stderr == f"{unknown}: The file is none of: {supported}.\n"


def test_a_file_that_cannot_be_read_is_not_understood(tmp_path: Path) -> None:
    result = _run(tmp_path / "absent.csv")

    assert result.exit_code == 2
    assert "cannot be read" in result.stderr
    assert result.stdout.splitlines() == [HEADER]
