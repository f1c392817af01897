"""Records that are taken out before XML is parsed: the same readings as with none taken out."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.formats import FileMalformed, FormatUnknown, Parsed
from services.ingest.formats.xml import cut as xml_cut
from services.ingest.formats.xml import r4x_xml, r50_xml
from tests.ingest.formats.files import (
    OTHER_PRM,
    pdc,
    r4x,
    r4x_body,
    r4x_curve,
    r4x_of,
    r4x_point,
    r50,
)

_STAMPS = [f"2026-07-01T{hour:02}:30:00+02:00" for hour in range(20)]
_ODD = ["2026-07-01T00:30:00", "x", "", "2026-07-01T00:31:00+02:00"]


def _r50() -> bytes:
    first = r50([*map(pdc, _STAMPS), pdc(_STAMPS[0], None), pdc(_STAMPS[1], "x"), *map(pdc, _ODD)])
    second = r50([f"\n{pdc(stamp, '7', '1')}" for stamp in _STAMPS], prm=OTHER_PRM)
    return first.replace(b"</R50>", second[second.index(b"<PRM>") :])


def _r4x() -> bytes:
    points = [*map(r4x_point, _STAMPS), r4x_point(_STAMPS[0], None), r4x_point(_STAMPS[1], "x")]
    odd = [*map(r4x_point, _ODD), r4x_point(_STAMPS[2], "1", None), r4x_point(_STAMPS[3], "1", "?")]
    reactive = r4x_curve(map(r4x_point, _STAMPS), physical="ERI", unit="kVAr")
    bodies = [
        r4x_body([r4x_curve(f"\n{point}" for point in points)], prm=OTHER_PRM),
        r4x_body([r4x_curve([*points, *odd]), reactive]),
    ]
    return r4x(bodies)


_FORMATS = [
    pytest.param(r50_xml.read, _r50(), pdc(_STAMPS[0]).encode(), id="R50"),
    pytest.param(r4x_xml.read, _r4x(), r4x_point(_STAMPS[0]).encode(), id="R4x"),
]
_Read = Callable[[bytes], Parsed]


def _outcome(read: _Read, content: bytes) -> tuple[object, ...]:
    try:
        parsed = read(content)
    except (FileMalformed, FormatUnknown) as refusal:
        return (type(refusal), refusal.detail)
    return (parsed.readings.rows(), parsed.rejected, parsed.record_count)


def _outcomes(read: _Read, content: bytes) -> tuple[tuple[object, ...], tuple[object, ...]]:
    with pytest.MonkeyPatch.context() as patch:
        for module in (r50_xml, r4x_xml):
            patch.setattr(module, "cut", xml_cut.uncut)
        whole = _outcome(read, content)
    return _outcome(read, content), whole


@pytest.mark.parametrize(("read", "content", "record"), _FORMATS)
def test_records_are_really_taken_out(read: _Read, content: bytes, record: bytes) -> None:
    del record
    pattern = r50_xml._USUAL if read is r50_xml.read else r4x_xml._USUAL

    document = xml_cut.cut(content, pattern)

    assert len(document.rest) < len(content) * 0.8
    assert len(document.runs) > 1


@pytest.mark.parametrize(("read", "content", "record"), _FORMATS)
def test_the_outcome_is_the_same(read: _Read, content: bytes, record: bytes) -> None:
    del record
    cut, whole = _outcomes(read, content)

    assert cut == whole


@pytest.mark.parametrize(("read", "content", "record"), _FORMATS)
@pytest.mark.parametrize(
    "wrapping",
    [
        (b"<!-- ", b" -->"),
        (b"<![CDATA[", b"]]>"),
        (b"<?cut 0?>", b"<?cut 99?>"),
        (b"<?", b"?>"),
        (b"<a>", b"</a>"),
        (b"<a", b"></a>"),
        (b"<a b='", b"'/>"),
        (b"<a xmlns='urn:a'>", b"</a>"),
        (b"<PDCX/>", b""),
        (b"<PDC ><IV/></PDC>", b""),
        (b"<Donnees_Point_MesureX/>", b""),
        (b"&lt;", b"&amp;"),
        (b"\x00", b""),
        (b"\xe9", b""),
    ],
    ids=lambda wrapping: wrapping[0].decode("latin-1"),
)
def test_a_record_in_an_odd_place_has_the_same_outcome(
    read: _Read, content: bytes, record: bytes, wrapping: tuple[bytes, bytes]
) -> None:
    before, after = wrapping
    odd = before + record + after
    for place in (content.index(record), content.rindex(b"</"), len(content)):
        cut, whole = _outcomes(read, content[:place] + odd + content[place:])

        assert cut == whole


@pytest.mark.parametrize(
    ("read", "content", "element"),
    [
        (r50_xml.read, r50(map(pdc, _STAMPS)), b"PRM"),
        (r50_xml.read, r50(map(pdc, _STAMPS)), b"Donnees_Releve"),
        (r4x_xml.read, r4x_of(map(r4x_point, _STAMPS)), b"Donnees_Courbe"),
        (r4x_xml.read, r4x_of(map(r4x_point, _STAMPS)), b"Corps"),
    ],
)
def test_usual_records_below_an_element_with_a_prefix_have_the_same_outcome(
    read: _Read, content: bytes, element: bytes
) -> None:
    content = content.replace(b"<%s>" % element, b"<p:%s xmlns:p='urn:p'>" % element)
    content = content.replace(b"</%s>" % element, b"</p:%s>" % element)

    cut, whole = _outcomes(read, content)

    assert cut == whole


@pytest.mark.parametrize("usual", [r50_xml._USUAL, r4x_xml._USUAL], ids=["R50", "R4x"])
@pytest.mark.parametrize("cut", [xml_cut.cut, xml_cut.uncut])
def test_tags_too_short_to_begin_records_are_refused_before_each_has_its_place(
    cut: Callable[[bytes, xml_cut.Usual], xml_cut.Cut], usual: xml_cut.Usual
) -> None:
    with pytest.raises(FileMalformed, match="too short to be records"):
        cut(usual.tag.encode() * 200_000, usual)


@pytest.mark.parametrize("encoding", ["UTF-16", "UTF-7", "ISO-2022-JP", "ISO-8859-1", "nonsense"])
@pytest.mark.parametrize(("read", "content", "record"), _FORMATS)
def test_an_encoding_that_is_stated_has_the_same_outcome(
    read: _Read, content: bytes, record: bytes, encoding: str
) -> None:
    del record
    cut, whole = _outcomes(read, content.replace(b"UTF-8", encoding.encode()))

    assert cut == whole


@pytest.mark.parametrize(("read", "content", "record"), _FORMATS)
@given(data=st.data())
def test_a_mutated_file_has_the_same_outcome(
    read: _Read, content: bytes, record: bytes, data: st.DataObject
) -> None:
    del record
    mutated = bytearray(content)
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(60, len(mutated)))
        end = start + data.draw(st.integers(0, 40))
        mutated[start:end] = data.draw(
            st.binary(max_size=4) | st.sampled_from([b"<", b">", b"</", b"/>", b'"', b" ", b"\n"])
        )

    cut, whole = _outcomes(read, bytes(mutated))

    assert cut == whole
