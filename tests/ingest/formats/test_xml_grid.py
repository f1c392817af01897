"""Records found as arrays of bytes: of usual fields, those that the pattern finds one by one."""

from collections.abc import Callable, Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.formats.xml import cut as xml_cut
from services.ingest.formats.xml import r4x_xml, r50_xml
from services.ingest.formats.xml.grid import Places, series
from tests.ingest.formats.files import pdc, r4x_of, r4x_point, r50

_USUAL_STAMPS = ["2026-07-01T00:30:00+02:00", "2026-07-01T01:00:00+02:00", "2026-07-01T01:30:00Z"]
_ODD_STAMPS = ["x" * 25, *(f"2026-07-01T02:00:00{odd}2:0{odd}" for odd in "&\0\té")]
_STAMPS = st.sampled_from(_USUAL_STAMPS) | st.sampled_from(_ODD_STAMPS)
_VALUES = st.none() | st.text("0123456789", max_size=10) | st.sampled_from(["-1", "1.5", " 7"])
_GAPS = st.sampled_from(["", "\n", "\n", " \r\n", "<IV/>", "x"])
_LETTERS = st.sampled_from(["", "", "é"])
_FORMATS = [
    pytest.param(r50_xml._USUAL, r50, pdc, "01", id="R50"),
    pytest.param(r4x_xml._USUAL, r4x_of, r4x_point, "RT", id="R4x"),
]


def _patterns_alone(content: bytes, usual: xml_cut.Usual) -> xml_cut.Cut:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xml_cut, "_FORMS", 0)
        return xml_cut.cut(content, usual)


@pytest.mark.parametrize(("usual", "document", "record", "letters"), _FORMATS)
@given(data=st.data())
def test_what_is_cut_is_what_the_pattern_alone_would_cut(
    usual: xml_cut.Usual,
    document: Callable[[Iterable[str]], bytes],
    record: Callable[..., str],
    letters: str,
    data: st.DataObject,
) -> None:
    letter = st.sampled_from(letters) | _LETTERS
    parts = data.draw(st.lists(st.tuples(_STAMPS, _VALUES, letter, _GAPS)))
    content = document(record(*fields) + gap for *fields, gap in parts * 4)

    cuts, alone = xml_cut.cut(content, usual), _patterns_alone(content, usual)

    assert cuts.rest == alone.rest
    assert cuts.runs == alone.runs
    assert cuts.lines.equals(alone.lines)
    cut = [row for first, end in cuts.runs for row in range(first, end)]
    assert cuts.fields[cut].rows() == alone.fields[cut].rows()


@pytest.mark.parametrize(("usual", "document", "record", "letters"), _FORMATS)
def test_most_records_need_no_pattern(
    usual: xml_cut.Usual,
    document: Callable[[Iterable[str]], bytes],
    record: Callable[..., str],
    letters: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    del letters
    stamps = [f"2026-07-01T{hour:02}:30:00+02:00" for hour in range(24)]
    values = [None if hour % 3 else str(10**hour % 10**8) for hour in range(24)]
    content = document(map(record, stamps, values))
    expected = _patterns_alone(content, usual).fields
    monkeypatch.setattr(xml_cut, "_matched", None)  # to call it would fail

    cuts = xml_cut.cut(content, usual)

    assert len(cuts.runs) == 1
    assert cuts.fields.rows() == expected.rows()


@pytest.mark.parametrize(("usual", "document", "record", "letters"), _FORMATS)
def test_records_may_be_far_from_each_other(
    usual: xml_cut.Usual,
    document: Callable[[Iterable[str]], bytes],
    record: Callable[..., str],
    letters: str,
) -> None:
    del letters
    record_of_one = record(_USUAL_STAMPS[0], "1", "")
    content = document(
        [
            record_of_one + " " * 5000,
            *[record_of_one] * 40,
            record_of_one + "\n" * 3000,
            record_of_one,
        ]
    )

    cuts = xml_cut.cut(content, usual)

    assert len(cuts.runs) == 1
    assert cuts.rest == _patterns_alone(content, usual).rest


def test_lines_are_counted_over_pieces_of_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"a\nb\n\nc\n d\n\n\n"
    places = np.array([at for at, sign in enumerate(content) if chr(sign).isalpha()])
    for size in range(1, len(content) + 2):
        monkeypatch.setattr("services.ingest.formats.xml.grid._PIECE_BYTES", size)

        assert Places(content).lines(places).tolist() == [1, 2, 4, 5]


@pytest.mark.parametrize("texts", [[b"1", b"", b"3"], [b"12", b"", b"3"], [b""], []])
def test_texts_are_of_any_length(texts: list[bytes]) -> None:
    assert series(np.array(texts, np.bytes_)).to_list() == [text.decode() for text in texts]
