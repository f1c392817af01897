"""No real meter is named in this repository: invented ones start with 99, as no real one does."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from tests.support.places import ROOT

_FOLDERS = ("deploy", "docs", "libs", "services", "tests")
_FOURTEEN_DIGITS = re.compile(r"(?<![\d.])\d{14}(?!\d)", re.ASCII)
_MADE_OF_FOURTEEN = re.compile(r"\{[^{}]*:0?14d?\}|zfill\(14\)")

_NO_PRMS = {
    ("tests/ingest/formats/test_r63_csv.py", "09000000000017"),  # some do start with zeros
    ("tests/ingest/formats/test_publication.py", "20261302083000"),  # a stamp with a 13th month
}
_OF_COMPANIES = {"tests/common/test_company_numbers.py"}  # a SIRET has 14 digits too


def test_every_prm_in_the_repository_starts_with_99() -> None:
    rows = {
        (path, number)
        for path, text in _texts()
        if path not in _OF_COMPANIES
        for number in _FOURTEEN_DIGITS.findall(text)
        if not number.startswith("99") and not _is_stamp(number)
    }

    assert rows - _NO_PRMS == set()


def test_no_test_makes_prms_that_start_otherwise() -> None:
    makers = {path for path, text in _texts() if _MADE_OF_FOURTEEN.search(text)}

    assert makers == set()


def _is_stamp(number: str) -> bool:
    """Whether it is an instant of this century, as the names of the DSO's files end in one."""
    try:
        datetime.strptime(number, "%Y%m%d%H%M%S")  # noqa: DTZ007 - only its form matters
    except ValueError:
        return False
    return number.startswith("20")


def _texts() -> Iterator[tuple[str, str]]:
    tops = [path for path in ROOT.iterdir() if path.is_file() and path.name != "uv.lock"]
    inner = (path for folder in _FOLDERS for path in (ROOT / folder).rglob("*"))
    for path in (*tops, *inner):
        if path.is_file() and "__pycache__" not in path.parts and path != Path(__file__):
            try:
                yield path.relative_to(ROOT).as_posix(), path.read_text()
            except UnicodeDecodeError:
                continue  # a compressed file, a picture
