"""A file that is read in parts is read as it would be in one piece."""

import random
import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.ingest.formats import Parsed, parse
from services.ingest.formats.files import text_parts
from tests.ingest.formats.files import (
    OTHER_PRM,
    PRM,
    pdc,
    r4x,
    r4x_body,
    r4x_point,
    r50,
    r63,
    r63_row,
)
from tests.support.nightly import parts

_END = b"\n"  # of a line


@st.composite
def _r63(draw: st.DrawFn) -> bytes:
    """Rows of the day on which clocks go back, of two points, in any order or sorted.

    Some are of ten minutes, some bad, some of reactive power; a column may be unknown.
    """
    hours = st.one_of(st.integers(0, 5), st.integers(0, 23))
    rows = [
        r63_row(
            f"2026-10-25 {draw(hours):02}:{draw(st.sampled_from(['00', '30', '10']))}:00",
            draw(st.sampled_from(["1", "2", "", "x"])),
            prm=draw(st.sampled_from([PRM, OTHER_PRM])),
            step=draw(st.sampled_from(["PT30M", "PT30M", "PT30M", "PT10M"])),
            nature=draw(st.sampled_from(["B", "R"])),
            physical=draw(st.sampled_from(["PA", "PA", "PA", "PRI"])),
        )
        for _ in range(draw(st.integers(1, 40)))
    ]
    if draw(st.booleans()):
        rows.sort(key=lambda row: row[row.index("2026-10-25 ") :][:19])
    content = r63(rows)
    if draw(st.booleans()):
        content = content.replace(b"\n", b";Humeur\n", 1)
    if draw(st.booleans()):
        content = b"\xef\xbb\xbf" + content
    return draw(st.sampled_from([content, content.replace(b"\n", b"\r\n"), content.rstrip()]))


@pytest.mark.parametrize("_part", parts(4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=_r63(), part_bytes=st.integers(60, 1500))
def test_a_csv_in_parts_gives_what_it_gives_in_one_piece(
    monkeypatch: pytest.MonkeyPatch, _part: int, content: bytes, part_bytes: int
) -> None:
    assert _in_parts(monkeypatch, content, part_bytes) == _told(parse(content))


@pytest.mark.parametrize("_part", parts(2))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    chance=st.randoms(use_true_random=False),
    part_bytes=st.integers(300, 3000),
    kind=st.sampled_from("54"),
)
def test_an_xml_in_parts_gives_what_it_gives_in_one_piece(
    monkeypatch: pytest.MonkeyPatch, _part: int, chance: random.Random, part_bytes: int, kind: str
) -> None:
    content = _xml(chance, kind)

    assert _in_parts(monkeypatch, content, part_bytes) == _told(parse(content))


def _xml(chance: random.Random, kind: str) -> bytes:
    stamps = [f"2026-10-25T{hour:02}:{minute}:00+02:00" for hour in range(3) for minute in (10, 30)]
    values = [chance.choice(["1", "2", None, "x"]) for _ in stamps]
    if kind == "5":
        content = r50([pdc(stamp, value) for stamp, value in zip(stamps, values, strict=True)])
        head, body, end = content.partition(b"<PRM>")[0], *_between(content, b"<PRM>", b"</PRM>")
    else:
        content = r4x(
            [
                r4x_body(
                    [r4x_point(stamp, value) for stamp, value in zip(stamps, values, strict=True)]
                )
            ]
        )
        head, body, end = (
            content.partition(b"<Corps>")[0],
            *_between(content, b"<Corps>", b"</Corps>"),
        )
    return head + b"\n".join([body] * chance.randint(1, 8)) + end


_DRESSES: dict[str, Callable[[bytes], bytes]] = {
    "comments": lambda content: content.replace(_END, _END + b"<!-- a point\n<PRM><Corps> -->"),
    "a comment": lambda content: (b"<!-- </PRM></Corps>\n -->" + _END).join(
        content.rsplit(_END, 1)
    ),
    "CDATA": lambda content: re.sub(
        rb"<(Id_PRM|Identifiant_PRM|V)>(\w*)<", rb"<\1><![CDATA[\2]]><", content
    ),
    "prefixes": lambda content: re.sub(
        rb"<r:(R50|Courbe)\b",
        rb'<r:\1 xmlns:r="urn:x"',
        re.sub(rb"<(/?)(?=\w)", rb"<\1r:", content),
    ),
    "a namespace": lambda content: re.sub(rb"<(R50|Courbe)\b", rb'<\1 xmlns="urn:x"', content),
    "instructions": lambda content: content.replace(_END, b"<?later\nthis?>" + _END),
    "a mark": lambda content: b"\xef\xbb\xbf" + content.replace(_END, _END + b"<!-- -->"),
    "CRLF": lambda content: content.replace(_END, b"<!--\n-->" + _END).replace(b"\n", b"\r\n"),
    "a tail": lambda content: content + b"<!-- the end\n" + b"." * 5000 + b"-->",
}
"""Ways to write the same, of which the bytes alone do not tell where points are."""


@pytest.mark.parametrize("_part", parts(6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    chance=st.randoms(use_true_random=False),
    part_bytes=st.integers(300, 3000),
    kind=st.sampled_from("54"),
    dress=st.sampled_from(sorted(_DRESSES)),
)
def test_a_dressed_xml_in_parts_gives_what_it_gives_in_one_piece(
    monkeypatch: pytest.MonkeyPatch,
    _part: int,
    chance: random.Random,
    part_bytes: int,
    kind: str,
    dress: str,
) -> None:
    end = b"</PRM>" if kind == "5" else b"</Corps>"
    plain = _xml(chance, kind).replace(end, end + _END)
    content = _DRESSES[dress](plain)

    whole = _told(parse(content))
    assert _in_parts(monkeypatch, content, part_bytes) == whole


def _between(content: bytes, begin: bytes, end: bytes) -> tuple[bytes, bytes]:
    cut = content.rindex(end) + len(end)
    return content[content.index(begin) : cut], content[cut:]


def _in_parts(monkeypatch: pytest.MonkeyPatch, content: bytes, part_bytes: int) -> object:
    with monkeypatch.context() as patch:
        patch.setattr(text_parts, "PART_BYTES", part_bytes)
        return _told(parse(content))


def _told(documents: list[Parsed]) -> object:
    return [
        (
            *(document.format, document.rejected, document.record_count, document.published_at),
            *(document.readings.rows(), sorted(document.notes)),
        )
        for document in documents
    ]
