"""Texts of people: what is seen is what there is, on a page and in a spreadsheet."""

import re
from typing import Annotated

import pytest
from pydantic import StringConstraints, TypeAdapter, ValidationError

from libs.common.spreadsheets import spreadsheet_text
from libs.common.texts import AS_SEEN, LineField, RawLineField
from tests.support.places import ROOT

_line: TypeAdapter[str] = TypeAdapter(LineField)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Lucie\u202edniblitne", "Luciedniblitne"),  # as if written from right to left
        ("Lu\u200bcie\ufeff", "Lucie"),
        ("auto\u00adconsommation", "autoconsommation"),
        ("Lucie\u2028Brindille\u2029", "Lucie Brindille"),
        ("\U000e0041Lucie", "Lucie"),
        ("Zoé Łukasz-O’Neill 太陽 🌻", "Zoé Łukasz-O’Neill 太陽 🌻"),
    ],
)
def test_l7_a_line_is_kept_as_it_is_seen(text: str, kept: str) -> None:
    assert _line.validate_python(text) == kept


def test_a_narrower_line_is_measured_as_it_is_seen() -> None:
    narrow: TypeAdapter[str] = TypeAdapter(
        Annotated[RawLineField, StringConstraints(max_length=5), AS_SEEN]
    )

    assert narrow.validate_python("Lu\u200bcie") == "Lucie"
    with pytest.raises(ValidationError, match="at most 5 characters"):
        narrow.validate_python("Lucie B")


@pytest.mark.parametrize("text", ["\u200b", "\u202e\u2028", "a\x00", "é" * 201, 12])
def test_what_is_then_no_line_is_refused(text: object) -> None:
    with pytest.raises(ValidationError):
        _line.validate_python(text)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_l1_a_formula_is_shown_as_text(start: str) -> None:
    assert spreadsheet_text(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"
    assert spreadsheet_text(f"Lucie{start}") == f"Lucie{start}"


def test_l1_whatever_writes_a_table_for_spreadsheets_knows_of_formulas() -> None:
    writers = [
        path
        for folder in ("libs", "services")
        for path in (ROOT / folder).rglob("*.py")
        if re.search(r"csv\.(writer|DictWriter)\(", path.read_text(encoding="utf-8"))
    ]

    assert len(writers) >= 4
    assert [path for path in writers if "spreadsheet_text(" not in path.read_text()] == []


def test_m15_no_file_of_passwords_gets_into_the_repository() -> None:
    assert ".env*" in (ROOT / ".gitignore").read_text().splitlines()
