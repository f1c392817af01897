"""Files in UTF-16 are read as the same ones in UTF-8."""

from dataclasses import fields
from io import BytesIO

import polars as pl
import pytest

from services.ingest.formats import (
    FileMalformed,
    Parsed,
    check_supported,
    parse,
    parse_parts,
    recognise,
)
from services.ingest.formats.files import text_parts, utf_16
from tests.ingest.formats.files import pdc, r50, r63, r63_row, zipped
from tests.ingest.formats.samples import SAMPLES

_XML = [content for content in SAMPLES if content.startswith(b"<?xml")]
_R50 = r50([pdc("2026-07-01T00:30:00+02:00"), pdc("2026-07-01T01:00:00+02:00", "x")])


def _told(parsed_file: Parsed) -> tuple[object, ...]:
    """All that a document says."""
    values = [getattr(parsed_file, field.name) for field in fields(parsed_file)]
    return tuple(value.rows() if isinstance(value, pl.DataFrame) else value for value in values)


@pytest.mark.parametrize("content", SAMPLES, ids=range(len(SAMPLES)))
def test_a_file_with_a_byte_order_mark_is_read_as_in_utf_8(content: bytes) -> None:
    for codec in ("utf-16-le", "utf-16-be"):
        wide = ("\ufeff" + content.decode()).encode(codec)

        assert [_told(parsed_file) for parsed_file in parse(wide)] == [
            _told(parsed_file) for parsed_file in parse(content)
        ]
        assert recognise(wide) == recognise(content)
        check_supported(BytesIO(wide))


@pytest.mark.parametrize("declared", ["UTF-16", "utf-16le", "ISO-8859-1", "UTF-8"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["without mark", "with mark"])
@pytest.mark.parametrize("content", _XML, ids=range(len(_XML)))
def test_a_declaration_is_enough_whatever_it_says(content: bytes, mark: str, declared: str) -> None:
    text = mark + content.decode().replace("UTF-8", declared)

    for codec in ("utf-16-le", "utf-16-be"):
        wide = [_told(parsed_file) for parsed_file in parse(text.encode(codec))]
        assert wide == [_told(parsed_file) for parsed_file in parse(content)]


def test_a_large_one_is_read_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    head, begin, rest = _R50.partition(b"<PRM>")
    body, end, tail = rest.partition(b"</PRM>")
    content = head + (begin + body + end) * 60 + tail
    monkeypatch.setattr(text_parts, "PART_BYTES", 1500)
    monkeypatch.setattr(utf_16, "_READ_AT_ONCE_BYTES", 777)  # which cuts characters in two

    parts = [
        file_part.parsed for file_part in parse_parts(BytesIO(content.decode().encode("utf-16")))
    ]

    assert len(parts) > 5
    assert sum(document.readings.height for document in parts) == 60
    assert [rejection for document in parts for rejection in document.rejected] == list(
        parse(content)[0].rejected
    )


def test_one_in_an_archive_is_read_too() -> None:
    wide = r63([r63_row("2026-07-01 00:30:00")]).decode().encode("utf-16")

    (document,) = parse(zipped({"a.csv": wide}))

    assert document.readings.height == 1


def test_a_cut_character_spoils_its_record_only() -> None:
    rows = [r63_row(f"2026-07-01 0{hour}:00:00") for hour in (1, 2)]
    wide = r63(rows).decode().rstrip("\n").encode("utf-16")

    (document,) = parse(wide[:-1])

    assert document.readings.height == 2  # of the last row, it is a column that nobody reads
    assert document.record_count == 2


def test_a_cut_xml_is_damaged() -> None:
    with pytest.raises(FileMalformed, match="damaged or cut"):
        parse(_R50.decode().encode("utf-16")[:-11])


def test_a_prefix_with_letters_that_ascii_has_not_is_recognised() -> None:
    text = _R50.decode().replace("</R50", "</é:R50").replace("<R50", '<é:R50 xmlns:é="urn:x"')

    for encoding in ("UTF-8", "ISO-8859-1", "UTF-16"):
        content = text.replace("UTF-8", encoding).encode(encoding)
        assert [parsed_file.readings.height for parsed_file in parse(content)] == [1]
