"""Files whose records are rubbish by the million: refused, with what is wrong, in little memory."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable

import pytest

from services.ingest.formats import check_supported, parse, verdicts
from services.ingest.formats.files import archives
from services.ingest.formats.problems import FileMalformed, FileTooLarge
from tests.ingest.formats.files import (
    hdm,
    pdc,
    r4x,
    r4x_body,
    r4x_of,
    r4x_point,
    r50,
    r63,
    r63_row,
)
from tests.ingest.formats.json_files import (
    data_connect,
    generic_csv,
    generic_curve,
    generic_json,
    r63_json_of,
)
from tests.ingest.formats.result_files import long, wide


def _in_envelope(body: bytes) -> bytes:
    beginning = b'{"source":"enedis-acc","operation":"ACC00000101","resource":'
    return beginning + b'"definitive_load_curves","body":' + body + b"}"


def test_millions_of_tiny_lines_are_refused_before_they_become_a_table() -> None:
    header = r63([]).rstrip(b"\n")

    with pytest.raises(FileMalformed, match="too short to be records"):
        parse(header + b"\n1" * 2_000_000)


def test_more_bad_records_than_can_be_kept_refuse_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(verdicts, "MOST_REJECTED", 3)
    bad = [r63_row("yesterday", "478", prm="99000000000001") for _ in range(4)]

    with pytest.raises(
        FileMalformed, match="4 of 4 records cannot be read; the first, line 2: the"
    ):
        parse(r63(bad))


def test_more_bad_records_than_can_be_kept_refuse_an_archive_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(verdicts, "MOST_REJECTED", 3)
    bad = r63([r63_row("yesterday"), r63_row("yesterday")])

    assert len(parse(_zip([bad]))[0].rejected) == 2
    with pytest.raises(FileMalformed, match="More than 3 records of the file"):
        parse(_zip([bad, bad]))


def test_the_members_of_archives_in_archives_are_counted_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBERS", 5)
    inner = _zip([b"x", b"y"])

    with pytest.raises(FileTooLarge, match="more than 5 members"):
        check_supported(io.BytesIO(_zip([inner, inner])))


@pytest.mark.parametrize(
    "make",
    [
        lambda: b"\n".join([r63([]).rstrip(), *[b"12345678901234567"] * 200_000]),
        lambda: b"\n".join([hdm([]).rstrip(), *[b"1;1"] * 200_000]),
        lambda: r50(["<PDC/>" * 200_000]),
        lambda: r50(["<PDC><H>1</H><V>22</V></PDC>" * 200_000]),
        lambda: r4x_of(["<a/>" * 200_000]),
        lambda: r4x_of(['<Donnees_Point_Mesure Horodatage="1"/>' * 200_000]),
        lambda: r63_json_of([{}] * 200_000),
        lambda: r63_json_of([1] * 200_000),
        lambda: r63_json_of([{"d": [], "v": "1"}] * 200_000),
        lambda: r63_json_of([{"d": "1", "v": "1"}] * 200_000),
        lambda: data_connect([{"date": "1"}] * 200_000),
        lambda: generic_json([generic_curve([{"start": "1"}] * 200_000)]),
        lambda: generic_csv(["1,1,1,1,1,1,1"] * 200_000),
    ],
    ids=[
        *["R63", "HDM", "elements", "PDCs", "R4x elements", "R4x points"],
        *["R63 JSON empty", "R63 JSON numbers", "R63 JSON arrays", "R63 JSON", "Data Connect"],
        *["generic JSON", "generic CSV"],
    ],
)
def test_records_too_short_to_be_any_are_refused_by_the_hundred_thousand(
    make: Callable[[], bytes],
) -> None:
    with pytest.raises(FileMalformed, match="too short to be records"):
        parse(make())


def test_the_shortest_records_of_each_format_are_read_by_the_hundred_thousand() -> None:
    count = 110_000
    naive = "2026-07-01 00:30:00"
    row = ";".join([*["99000000000017", "", "", "PA", "CONS", "", "W"], "2026-07-01 00:30:00"])
    files = [
        r63([f"{row};;B;PT5M;;"] * count),
        hdm([("2026-07-01T00:30:00+02:00", "")] * count, step="30"),
        r50([pdc("2026-07-01T00:30:00+02:00", None).replace("<IV>0</IV>", "")] * count),
        r4x_of(['<Donnees_Point_Mesure Horodatage="2026-07-01T00:30:00+02:00"/>'] * count),
        _compact(r63_json_of([{"v": "", "d": naive, "p": "PT5M", "n": "B"}] * count)),
        _compact(data_connect([{"value": "", "date": naive, "interval_length": "PT5M"}] * count)),
        _compact(generic_json([generic_curve([{"start": "20260701T003000Z"}] * count)])),
        generic_csv(
            ["99000000000017,cons,20260701T003000Z,5,"] * count,
            header="prm,direction,start,step_min,power_w",
        ),
    ]

    for content in files:
        assert parse(content)[0].readings.height == count


@pytest.mark.parametrize(
    "make",
    [
        lambda: _in_envelope(b"[" * 5_000_000),
        lambda: _in_envelope(b"[" + b"{}," * 3_000_000 + b"{}]"),
        lambda: _in_envelope(b"[" + b"10," * 3_000_000 + b"10]"),
        lambda: _in_envelope(b'{"quantities":[{"points":[' + b"0," * 3_000_000 + b"0]}]}"),
        lambda: _in_envelope(b'{"quantities":[{"points":[' + b"0," * 250_000 + b"0]}]}"),
        lambda: _in_envelope(b"9" * 5_000_000),
        lambda: _in_envelope(b'"' + b"\\u0000" * 500_000 + b'"'),
        lambda: _in_envelope(b"[]" + b" " * 20_000_000),
    ],
    ids=["deep", "objects", "numbers", "points", "bad points", "digits", "NUL", "large"],
)
def test_an_answer_of_the_api_that_is_rubbish_is_refused(make: Callable[[], bytes]) -> None:
    with pytest.raises(FileMalformed):
        parse(make())


@pytest.mark.parametrize(
    "make",
    [
        lambda: wide([";;1;1;1;1;1"] * 100_000),
        lambda: wide([f"{99_000_000_000_000 + n};01/07/2026 00:00;1;;;;" for n in range(30_000)]),
        lambda: wide(["99000000000017;01/07/2026 00:00;1;1;1;1;1"] * 100_000),
        lambda: long(["1;1;1;1;1;1;1;1;1"] * 250_000),
        lambda: long(["1"] * 200_000),
    ],
    ids=["empty", "points", "repeated", "bad", "short"],
)
def test_a_csv_of_an_operation_that_is_rubbish_is_refused(make: Callable[[], bytes]) -> None:
    with pytest.raises(FileMalformed):
        parse(make())


@pytest.mark.parametrize(
    "kind",
    [
        *["R63", "R50", "R63 JSON", "ACC CSV"],
        *(
            pytest.param(kind, marks=pytest.mark.nightly)
            for kind in ("R50 tags", "R4x", "generic CSV", "ACC API")
        ),
    ],
)
@pytest.mark.parametrize(
    "record", ["x" * 48, pytest.param("1", marks=pytest.mark.nightly)], ids=["longest", "shortest"]
)
def test_40_mb_of_rubbish_take_less_than_600_mb(kind: str, record: str) -> None:
    """Of the longest records that are refused one by one, and of the shortest."""
    peak_mb = subprocess.run(
        [sys.executable, "-c", _MEASURE, kind, record], check=True, capture_output=True
    ).stdout

    assert int(peak_mb) < 600


@pytest.mark.parametrize(
    "make",
    [
        lambda: r50([]).replace(b"<Id_PRM>", b"<Donnees_Releve/>" * 300_000 + b"<Id_PRM>"),
        lambda: r4x([r4x_body([])]).replace(
            b"<Identifiant_PRM>", b"<Donnees_Courbe/>" * 300_000 + b"<Identifiant_PRM>"
        ),
    ],
    ids=["R50", "R4x"],
)
def test_hundreds_of_thousands_of_empty_curves_are_each_looked_at_once(
    make: Callable[[], bytes],
) -> None:
    """Searching their siblings for the PRM took minutes."""
    assert parse(make())[0].record_count == 0


@pytest.mark.parametrize(
    "make",
    [
        lambda: r50([pdc("2026-07-01T00:30:00+02:00")] * 10_000, prm="9" * 1_000_000),
        lambda: r4x_of([r4x_point("2026-07-01T00:30:00+02:00")] * 10_000, prm="9" * 1_000_000),
    ],
    ids=["R50", "R4x"],
)
def test_a_prm_of_a_megabyte_is_not_repeated_with_each_value(make: Callable[[], bytes]) -> None:
    (parsed,) = parse(make())

    assert len(parsed.rejected) == 10_000
    assert max(len(rejected.position) for rejected in parsed.rejected) < 300


_MEASURE = """
import re, sys
from pathlib import Path
from services.ingest.formats import FileMalformed, parse
from tests.ingest.formats.files import r4x_of, r50, r63
from tests.ingest.formats.json_files import generic_csv, r63_json_of
from tests.ingest.formats.result_files import enveloped, wide
kind, record = sys.argv[1:]
if kind == "R50":
    content = r50([f"<PDC><H>{record}</H></PDC>" * (40_000_000 // (len(record) + 18))])
elif kind == "R50 tags":
    tags = f"<PDC{record}" * (13_000_000 // (len(record) + 4))
    content = f"<R50>{f'<PRM><Id_PRM>1</Id_PRM>{tags}</PRM>' * 3}</R50>".encode()
    del tags
elif kind == "R4x":
    point = f"<Donnees_Point_Mesure Horodatage='{record}'/>"
    content = r4x_of([point * (40_000_000 // len(point))])
elif kind == "R63 JSON":
    point = f'{{"d":"{record}"}}'.encode()
    points = b'"points": [' + (point + b",") * (40_000_000 // len(point)) + point
    content = r63_json_of([]).replace(b'"points": [', points)
    del points
elif kind == "generic CSV":
    content = generic_csv([]) + f"{record}\\n".encode() * (40_000_000 // (len(record) + 1))
elif kind == "ACC CSV":
    content = wide([";;1;1;1;1;1"] * 299_000)
elif kind == "ACC API":
    content = enveloped("perimeter", [[]] * 3_000_000)
else:
    content = r63([record]) + f"{record}\\n".encode() * (40_000_000 // (len(record) + 1))
try:
    parse(content)
except FileMalformed:
    pass
else:
    sys.exit("not refused")
# Not getrusage: its peak is inherited from the process that started this one.
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


def _compact(content: bytes) -> bytes:
    return content.replace(b'": ', b'":').replace(b", ", b",")


def _zip(members: list[bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, content in enumerate(members):
            archive.writestr(f"{number}.csv", content)
    return buffer.getvalue()
