"""A large XML that is not written plainly: where its points are, and what is refused."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.ingest.formats import FileMalformed, parse_parts
from services.ingest.formats.files import text_parts
from services.ingest.formats.parsed import Parsed
from tests.ingest.formats.files import pdc, r4x, r4x_body, r4x_curve, r4x_point, r50

_STAMPS = [f"2026-10-25T0{hour}:30:00+02:00" for hour in range(3)]
_COMMENT = b"<!-- </PRM> <PRM> -->\n"


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a file of some kilobytes is a large one."""
    monkeypatch.setattr(text_parts, "PART_BYTES", 1500)


def _file(*, points: int, between: Iterable[tuple[int, bytes]] = ()) -> bytes:
    """Some points after each other; between: what stands before the point of a number."""
    content = r50([pdc(stamp, "478") for stamp in _STAMPS])
    head, begin, rest = content.partition(b"<PRM>")
    body, end, tail = rest.partition(b"</PRM>")
    inserted = dict(between)
    bodies = [inserted.get(number, b"") + begin + body + end for number in range(points)]
    return head + b"\n".join(bodies) + tail


def _counts(content: bytes) -> list[int]:
    """Of the readings of each part."""
    return [file_part.parsed.readings.height for file_part in parse_parts(BytesIO(content))]


@pytest.mark.parametrize("number", [0, 1, 20, 39])
def test_a_comment_anywhere_leaves_the_file_in_parts(number: int) -> None:
    counts = _counts(_file(points=40, between=[(number, _COMMENT)]))

    assert sum(counts) == 40 * len(_STAMPS)
    assert len(counts) > 5


def test_lines_are_those_of_the_file() -> None:
    bad = r50([pdc(_STAMPS[0], "x")]).partition(b"<PRM>")[2].partition(b"</PRM>")[0]
    content = _file(points=40, between=[(5, _COMMENT), (30, b"<PRM>" + bad + b"</PRM>")])

    (rejected,) = [
        rejection
        for file_part in parse_parts(BytesIO(content))
        for rejection in file_part.parsed.rejected
    ]

    line = content[: content.index(b"<V>x</V>")].count(b"\n") + 1
    assert rejected.position.startswith(f"line {line},")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (
            lambda content: content.replace(b"<R50", b"<!DOCTYPE R50 [<!ENTITY a 'aa'>]><R50", 1),
            "DOCTYPE",
        ),
        (
            lambda content: content.replace(_COMMENT, b"<!-- never closed "),
            "damaged or cut at line",
        ),
        (lambda content: content.replace(_COMMENT, b"</PRM>"), "damaged or cut at line"),
        (lambda content: content.replace(_COMMENT, b"&later;"), "damaged or cut at line"),
        (lambda content: content[: content.rindex(b"</R50>")], "damaged or cut at line"),
    ],
    ids=["doctype", "comment", "end", "entity", "cut"],
)
def test_what_cannot_be_told_apart_is_refused(spoil: object, said: str) -> None:
    content = spoil(_file(points=40, between=[(20, _COMMENT)]))  # type: ignore[operator]

    with pytest.raises(FileMalformed, match=said):
        list(parse_parts(BytesIO(content)))


@pytest.mark.parametrize("number", [1, 20, 39, 40])
@pytest.mark.parametrize(
    "said",
    [
        "<Pas_Publication>10</Pas_Publication>",
        "<p:Pas_Publication>10</p:Pas_Publication>",
        "<Pas_Publication>60</Pas_Publication><x><Pas_Publication> 10 </Pas_Publication></x>",
        "<Pas_Publication>&#49;<![CDATA[0]]></Pas_Publication>",
    ],
    ids=["plain", "prefix", "twice", "escaped"],
)
def test_what_is_said_of_all_points_may_come_behind_any(
    monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    plain = _file(points=40, between=[(number, said.encode())])
    if number == 40:
        plain = plain.replace(b"</R50>", said.encode() + b"</R50>")
    content = plain.replace(b"<R50", b'<R50 xmlns:p="urn:x"')

    in_parts = list(parse_parts(BytesIO(content)))
    monkeypatch.setattr(text_parts, "PART_BYTES", len(content))
    (whole,) = parse_parts(BytesIO(content))

    assert len(in_parts) > 5
    readings = pl.concat([file_part.parsed.readings for file_part in in_parts])
    assert readings["step_min"].unique().to_list() == [10]
    assert readings.equals(whole.parsed.readings)


@pytest.mark.parametrize("comes", ["before", "behind"])
def test_an_r4x_of_corrected_curves_may_say_so_behind_them(
    monkeypatch: pytest.MonkeyPatch, comes: str
) -> None:
    curve = r4x_curve([r4x_point(_STAMPS[0], letter=None)])
    content = r4x([r4x_body([curve])] * 10)
    said = b"<Nature_De_Courbe_Demandee>Corrigee</Nature_De_Courbe_Demandee>"
    place = b"<Corps>" if comes == "before" else b"</Courbe>"
    content = content.replace(place, said + place, 1)

    in_parts = [file_part.parsed.readings for file_part in parse_parts(BytesIO(content))]
    monkeypatch.setattr(text_parts, "PART_BYTES", len(content))
    (whole,) = parse_parts(BytesIO(content))

    assert len(in_parts) > 2
    assert pl.concat(in_parts)["nature"].unique().to_list() == ["corrected"]
    assert pl.concat(in_parts).equals(whole.parsed.readings)


def test_elements_that_never_end_are_refused_before_they_fill_the_memory() -> None:
    content = _file(points=40, between=[(20, _COMMENT + b"<a>" * 300)])

    with pytest.raises(FileMalformed, match="nested more than 256 deep"):
        list(parse_parts(BytesIO(content)))


_DAY = f"<Donnees_Releve>{pdc(_STAMPS[0], '7')}</Donnees_Releve>".encode()
_WITH_POINT = b"<Id_PRM>99000000000025</Id_PRM>" + _DAY


def _read_both_ways(monkeypatch: pytest.MonkeyPatch, content: bytes) -> tuple[list[Parsed], Parsed]:
    """In parts, and as a whole."""
    in_parts = [file_part.parsed for file_part in parse_parts(BytesIO(content))]
    with monkeypatch.context() as patch:
        patch.setattr(text_parts, "PART_BYTES", len(content))
        (whole,) = parse_parts(BytesIO(content))
    return in_parts, whole.parsed


def _check_same(in_parts: list[Parsed], whole: Parsed) -> None:
    assert pl.concat([file_part.readings for file_part in in_parts]).equals(whole.readings)
    assert [rejection for file_part in in_parts for rejection in file_part.rejected] == [
        *whole.rejected
    ]
    assert sum(file_part.record_count for file_part in in_parts) == whole.record_count


@pytest.mark.parametrize("number", [0, 20, 39])
@pytest.mark.parametrize(
    ("lost", "counts"),
    [
        (_DAY, (0, 1)),
        (_WITH_POINT, (1, 0)),
        (b"<Id_PRM>99000000000025</Id_PRM>", (0, 0)),
        (pdc(_STAMPS[0]).encode(), (0, 1)),
        (_COMMENT + _DAY, (0, 1)),
        (b"<p:PRM xmlns:p='urn:x'/>" + _DAY, (0, 1)),
        (b"<x a='1 &lt; 2&#10;'>" + _WITH_POINT + _DAY + b"</x>", (2, 0)),
    ],
    ids=["day", "point and day", "point", "value", "comment", "prefix", "element"],
)
def test_records_outside_of_any_point_are_read_once_as_in_a_small_file(
    monkeypatch: pytest.MonkeyPatch, lost: bytes, counts: tuple[int, int], number: int
) -> None:
    content = _file(points=40, between=[(number, lost)])

    in_parts, whole = _read_both_ways(monkeypatch, content)

    _check_same(in_parts, whole)
    assert len(in_parts) > 5
    assert whole.readings.height == 40 * len(_STAMPS) + counts[0]
    assert len(whole.rejected) == counts[1]


def test_a_curve_outside_of_any_point_of_an_r4x_is_read_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    curve = r4x_curve([r4x_point(_STAMPS[0])])
    content = r4x([curve, *[r4x_body([curve])] * 10])

    in_parts, whole = _read_both_ways(monkeypatch, content)

    _check_same(in_parts, whole)
    assert (whole.readings.height, len(whole.rejected)) == (10, 1)


def test_a_value_is_never_given_to_a_point_that_was_named_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = [f"<Id_PRM>9900000000000{number}</Id_PRM>".encode() for number in range(2)]
    lost = b"".join(name + pdc(_STAMPS[0], "7").encode() for name in names)

    in_parts, whole = _read_both_ways(monkeypatch, _file(points=40, between=[(0, lost)]))

    _check_same(in_parts, whole)
    assert len(whole.rejected) == 2
    assert 7 not in whole.readings["power_w"]


_UNITS = st.sampled_from(
    [
        r50([pdc(stamp, "478") for stamp in _STAMPS])
        .partition(b"<PRM>")[2]
        .partition(b"</PRM>")[0],
        _WITH_POINT,
        _DAY,
        _DAY.replace(b"<V>7", b"\n<V>x"),
        b"<Id_PRM>\n99000000000026 </Id_PRM>",
        b"<p:Id_PRM>990000000000&amp;7</p:Id_PRM>\n",
        pdc(_STAMPS[1]).encode(),
        b"<Pas_Publication>30</Pas_Publication>",
        b"<q><Inconnu/></q>",
    ]
)
_LAYOUTS = st.recursive(
    _UNITS | _UNITS.map(lambda units: b"<PRM>" + units + b"</PRM>\n"),
    lambda inner: st.tuples(
        st.sampled_from([b"PRM", b"Liste", b"p:Groupe", b"Inconnu"]),
        st.lists(inner, min_size=1, max_size=8),
    ).map(lambda made: b"<%b n='&quot;\n'>%b</%b>" % (made[0], b"".join(made[1]), made[0])),
    max_leaves=60,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(layout=st.lists(_LAYOUTS, min_size=1, max_size=30), part_bytes=st.integers(200, 3000))
def test_whatever_its_layout_a_large_file_has_the_records_of_a_small_one(
    monkeypatch: pytest.MonkeyPatch, layout: list[bytes], part_bytes: int
) -> None:
    head, _, rest = r50([pdc(_STAMPS[0])]).partition(b"<PRM>")
    head = head.replace(b"<R50", b"<R50 xmlns:p='urn:x'")
    content = head + b"".join(layout) + rest.partition(b"</PRM>")[2]

    with monkeypatch.context() as patch:
        patch.setattr(text_parts, "PART_BYTES", part_bytes)
        in_parts = [file_part.parsed for file_part in parse_parts(BytesIO(content))]
        patch.setattr(text_parts, "PART_BYTES", len(content))
        (whole,) = parse_parts(BytesIO(content))

    def rows(parts: list[Parsed]) -> tuple[Sequence[object], Sequence[object]]:
        readings = [row for document in parts for row in document.readings.drop("position").rows()]
        return sorted(readings), sorted(
            rejection.record for document in parts for rejection in document.rejected
        )

    assert rows(in_parts) == rows([whole.parsed])


@pytest.mark.parametrize("lost", [_DAY, _WITH_POINT], ids=["day", "point and day"])
def test_records_between_points_are_read_once(lost: bytes) -> None:
    content = _file(points=40, between=[(20, lost)])

    parts = [file_part.parsed for file_part in parse_parts(BytesIO(content))]

    assert sum(document.record_count for document in parts) == 40 * len(_STAMPS) + 1


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "windows-1252", "UTF-8"])
def test_a_root_with_a_prefix_ends_in_each_part_in_the_encoding_of_the_file(encoding: str) -> None:
    plain = _file(points=40).decode().replace("UTF-8", encoding).replace("</R50", "</é:R50")
    content = plain.replace("<R50", '<é:R50 xmlns:é="urn:x"').encode(encoding)

    counts = _counts(content)

    assert sum(counts) == 40 * len(_STAMPS)
    assert len(counts) > 5
