"""Files of any packaging: what is told from content, and what is refused."""

import gzip
import io

import pytest

from services.ingest.formats import (
    FORMATS,
    FORMATS_TABLE,
    UNKNOWN,
    FileMalformed,
    FileTooLarge,
    FormatUnknown,
    check_supported,
    parse,
    parsed,
    recognise,
)
from services.ingest.formats.files import archives
from tests.ingest.formats.files import (
    c15,
    hdm,
    pdc,
    r4x_of,
    r4x_point,
    r50,
    r63,
    r63_row,
    r151,
    r171,
)
from tests.ingest.formats.files import zipped as _zip
from tests.ingest.formats.json_files import (
    data_connect,
    data_connect_point,
    generic_csv,
    generic_curve,
    generic_json,
    generic_row,
    r63_json_of,
    r63_point,
    r64,
    r67,
)
from tests.support.places import ROOT

R63 = r63([r63_row("2026-07-01 00:30:00")])
R50 = r50([pdc("2026-07-01T00:30:00+02:00")])
R4X = r4x_of([r4x_point("2026-07-01T00:30:00+02:00")])
R63_JSON = r63_json_of([r63_point("2026-07-01 00:30:00")])
DATA_CONNECT = data_connect([data_connect_point("2026-07-01 00:30:00")])
GENERIC_CSV = generic_csv([generic_row("2026-07-01T00:30:00Z")])
GENERIC_JSON = generic_json([generic_curve([{"start": "2026-07-01T00:30:00Z", "value": 1}])])
HDM = hdm([("2026-07-01T00:30:00+02:00", "1"), ("2026-07-01T01:00:00+02:00", "2")])


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (R63, "R63 CSV"),
        (R63_JSON, "R63 JSON"),
        (R50, "R50 XML"),
        (R4X, "R4x XML"),
        (HDM, "HDM CSV"),
        (DATA_CONNECT, "Data Connect JSON"),
        (GENERIC_CSV, "generic CSV"),
        (GENERIC_JSON, "generic JSON"),
        (r151([]), "R151 XML"),
        (r171([]), "R171 XML"),
        (r64([]), "R64 JSON"),
        (r67([]), "R67 JSON"),
        (c15([]), "C15 XML"),
    ],
)
def test_a_format_is_told_from_content(content: bytes, name: str) -> None:
    format_ = recognise(content)

    assert format_ is not None
    assert format_.name == name
    check_supported(io.BytesIO(content))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01",
        b"a;b;c\n1;2;3\n",
        b"<R16><PRM/></R16>",
        b"<!-- R50 --><R4x/>",
        b"{}",
        b'[{"meter_reading": {}}]',
        b'{"format": "elocoop.readings.v2", "curves": []}',
        _zip({}),
        _zip({"a.txt": b"hello", "b.txt": b""}),
        "an orphan".encode("utf-16"),
    ],
    ids=[
        "empty",
        "binary",
        "csv",
        "R16",
        "R4x",
        "json",
        "daily",
        "generic v2",
        "empty zip",
        "zip",
        "utf-16",
    ],
)
def test_an_unknown_format_is_refused_with_what_is_supported(content: bytes) -> None:
    for refuse in (parse, lambda content: check_supported(io.BytesIO(content))):
        with pytest.raises(FormatUnknown) as refusal:
            refuse(content)

        assert refusal.value.status == 415
        assert refusal.value.facts["supported"] == [file_format.name for file_format in FORMATS]
        assert refusal.value.detail


def test_a_member_without_a_name_is_read_like_any_other() -> None:
    content = _zip({"a.csv": R63}).replace(b"a.csv", b"\x00.csv")  # which Python reads as none

    (document,) = parse(content)

    assert document.readings.height == 1


def test_every_member_of_a_zip_is_read() -> None:
    parsed = parse(_zip({"a.csv": R63, "folder/b.xml": R50, "__MACOSX/._a.csv": b"?"}))

    assert [(parsed_file.member, parsed_file.format) for parsed_file in parsed] == [
        ("a.csv", "R63 CSV"),
        ("folder/b.xml", "R50 XML"),
    ]


def test_archives_in_archives_are_read() -> None:
    inner = _zip({"a.csv": R63, "a.json": R63_JSON})
    parsed = parse(_zip({"inner.zip": inner, "b.csv.gz": gzip.compress(HDM)}))

    assert [parsed_file.member for parsed_file in parsed] == [
        "inner.zip/a.csv",
        "inner.zip/a.json",
        "b.csv.gz",
    ]
    assert parse(gzip.compress(_zip({"a.csv": R63})))[0].readings.height == 1


def test_a_member_that_is_not_understood_is_rejected_beside_the_others() -> None:
    readme, readings, cut = parse(_zip({"readme.txt": b"hi", "a.csv": R63, "b.xml": R50[:-9]}))

    assert readme.rejected[0].position == "readme.txt"
    assert readme.rejected[0].record == "hi"
    assert (readme.record_count, readings.record_count) == (1, 1)
    assert "cut" in cut.rejected[0].reason


_LEADING_OUT = ["../../etc/x.csv", "a/../x.csv", "..", "/etc/x.csv", "C:/x.csv", "C:x.csv"]
_LEADING_OUT += ["..\\x.csv", "a\\..\\x.csv", "\\\\host\\x.csv", "C:\\x.csv"]


@pytest.mark.parametrize("name", _LEADING_OUT)
def test_a_member_whose_name_leads_out_of_the_archive_is_rejected_beside_the_others(
    name: str,
) -> None:
    refused, read = parse(_zip({name: R63, "a..csv/..b.csv": R63}))

    assert (refused.format, refused.readings.height, refused.record_count) == (UNKNOWN, 0, 1)
    assert refused.rejected[0].position == name
    assert "leads out of the archive" in refused.rejected[0].reason
    assert (read.member, read.readings.height) == ("a..csv/..b.csv", 1)


@pytest.mark.parametrize(
    "content",
    [_zip(dict.fromkeys(_LEADING_OUT, R63)), _zip({"a.zip": _zip({"../x.csv": R63})})],
    ids=["zip", "zip in a zip"],
)
def test_an_archive_of_nothing_but_names_that_lead_out_is_refused(content: bytes) -> None:
    for refuse in (parse, lambda content: check_supported(io.BytesIO(content))):
        with pytest.raises(FormatUnknown, match="leads out of the archive"):
            refuse(content)


def test_a_zip_of_one_damaged_document_says_what_is_wrong_with_it() -> None:
    with pytest.raises(FileMalformed, match=r"^b\.xml: "):
        parse(_zip({"b.xml": R50[:-9]}))


@pytest.mark.parametrize(
    "content",
    [
        _zip({"a.csv": R63 * 50})[:-30],
        _zip({"a.csv": R63})[:60],
        gzip.compress(R63)[:-12],
        gzip.compress(R63)[:20] + b"xx",
    ],
    ids=["zip without its end", "zip's beginning", "gzip's beginning", "gzip with noise"],
)
def test_a_damaged_archive_is_refused_and_says_so(content: bytes) -> None:
    with pytest.raises(FormatUnknown, match=r"damaged"):
        parse(content)


def test_an_encrypted_member_is_refused() -> None:
    content = bytearray(_zip({"a.csv": R63}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1  # the flag that says "encrypted"

    with pytest.raises(FormatUnknown, match="encrypted"):
        parse(bytes(content))


def test_archives_nested_too_deep_are_refused() -> None:
    content = R63
    for _ in range(archives.MAX_DEPTH + 1):
        content = _zip({"a": content})

    with pytest.raises(FormatUnknown, match="nested"):
        parse(content)


@pytest.mark.parametrize("pack", [gzip.compress, lambda content: _zip({"a": content, "b": b"x"})])
def test_a_bomb_is_refused_before_it_unfolds(
    pack: "type[bytes]", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_BYTES", 1024**2)
    content = pack(b"0" * 1024**2 * 3)

    with pytest.raises(FileTooLarge) as refusal:
        parse(content)

    assert refusal.value.status == 413


def test_the_limit_counts_all_members_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_BYTES", 2 * len(R63))
    parse(_zip({"a.csv": R63, "b.csv": R63}))

    with pytest.raises(FileTooLarge):
        parse(_zip({"a.csv": R63, "b.csv": R63, "c.csv": b"x"}))


def test_what_is_read_as_a_whole_has_a_limit_and_what_is_read_in_parts_has_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parsed, "WHOLE_BYTES", 1024**2)
    document = r63_json_of([])
    largest = document + b" " * (1024**2 - len(document))

    parse(largest)
    with pytest.raises(FileMalformed, match="is read as a whole, up to 1 MiB: send it in parts"):
        parse(largest + b" ")
    rows = [r63_row("2026-07-01 00:30:00", "1")] * 20_000
    (csv,) = parse(r63(rows))

    assert len(r63(rows)) > 1024**2
    assert csv.record_count == len(rows)


def test_checking_support_reads_only_heads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_BYTES", 10_000)

    for long in (
        r63([r63_row("2026-07-01 00:30:00")] * 1_000),
        r63_json_of([r63_point("2026-07-01 00:30:00")] * 1_000),
        data_connect([data_connect_point("2026-07-01 00:30:00")] * 1_000),
    ):
        check_supported(io.BytesIO(_zip({"a": long})))


def test_the_document_lists_every_format() -> None:
    assert FORMATS_TABLE in (ROOT / "docs" / "use" / "deliveries.md").read_text()
