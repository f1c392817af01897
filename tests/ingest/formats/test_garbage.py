"""Files whose records are rubbish by the million: refused, with what is wrong, in little memory."""

import io
import subprocess
import sys
import zipfile

import pytest

from services.ingest.formats import archives, check_supported, parse, verdicts
from services.ingest.formats.problems import FileMalformed, FileTooLarge
from tests.ingest.formats.files import hdm, pdc, r50, r63, r63_row


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
    with pytest.raises(FileMalformed, match="More than 3 records of the archive"):
        parse(_zip([bad, bad]))


def test_the_members_of_archives_in_archives_are_counted_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBERS", 5)
    inner = _zip([b"x", b"y"])

    with pytest.raises(FileTooLarge, match="more than 5 members"):
        check_supported(_zip([inner, inner]))


@pytest.mark.parametrize(
    "content",
    [
        b"\n".join([r63([]).rstrip(), *[b"12345678901234567"] * 200_000]),
        b"\n".join([hdm([]).rstrip(), *[b"1;1"] * 200_000]),
        r50(["<PDC/>" * 200_000]),
        r50(["<PDC><H>1</H><V>22</V></PDC>" * 200_000]),
    ],
    ids=["R63", "HDM", "elements", "PDCs"],
)
def test_records_too_short_to_be_any_are_refused_by_the_hundred_thousand(content: bytes) -> None:
    with pytest.raises(FileMalformed, match="too short to be records"):
        parse(content)


def test_the_shortest_records_of_each_format_are_read_by_the_hundred_thousand() -> None:
    count = 110_000
    row = ";".join([*["99000000000017", "", "", "PA", "CONS", "", "W"], "2026-07-01 00:30:00"])
    files = [
        r63([f"{row};;B;PT5M;;"] * count),
        hdm([("2026-07-01T00:30:00+02:00", "")] * count, step="30"),
        r50([pdc("2026-07-01T00:30:00+02:00", None).replace("<IV>0</IV>", "")] * count),
    ]

    for content in files:
        assert parse(content)[0].readings.height == count


@pytest.mark.parametrize("kind", ["R63", "R50"])
def test_40_mb_of_rubbish_take_less_than_600_mb(kind: str) -> None:
    """Of the longest records that are refused one by one, and of the shortest."""
    peak_mb = subprocess.run(
        [sys.executable, "-c", _MEASURE, kind], check=True, capture_output=True, timeout=60
    ).stdout

    assert int(peak_mb) < 600


_MEASURE = """
import re, sys
from pathlib import Path
from services.ingest.formats import FileMalformed, parse
from tests.ingest.formats.files import r50, r63
for record in ("x" * 48, "1"):
    if sys.argv[1] == "R50":
        content = r50([f"<PDC><H>{record}</H></PDC>" * (40_000_000 // (len(record) + 18))])
    else:
        content = r63([record]) + f"{record}\\n".encode() * (40_000_000 // (len(record) + 1))
    try:
        parse(content)
    except FileMalformed:
        continue
    sys.exit("not refused")
# Not getrusage: its peak is inherited from the process that started this one.
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


def _zip(members: list[bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, content in enumerate(members):
            archive.writestr(f"{number}.csv", content)
    return buffer.getvalue()
