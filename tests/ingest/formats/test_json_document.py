"""JSON that is damaged, hostile or huge: refused with its place, or read in little memory."""

import json

import pytest

from services.ingest.formats import FileMalformed, parse
from services.ingest.formats.json import document as json_document
from tests.ingest.formats.files import (
    PRM,
)
from tests.ingest.formats.json_files import (
    r63_json_of,
    r63_point,
)

STAMP = "2026-07-01 00:30:00"
POINT = json.dumps(r63_point(STAMP)).encode()
GOOD = r63_json_of([r63_point(STAMP)])


def _lines(content: bytes) -> bytes:
    """One point per line."""
    return content.replace(b"}, {", b"},\n{")


@pytest.mark.parametrize("end", range(-1, -60, -7))
def test_a_cut_document_is_refused_and_told_where(end: int) -> None:
    with pytest.raises(FileMalformed, match=r"damaged or cut at line 1, column \d+") as refusal:
        parse(GOOD[:end])

    assert refusal.value.facts["line"] == 1


def test_damage_among_the_points_is_told_with_its_line_in_the_file() -> None:
    content = _lines(r63_json_of([r63_point(STAMP)] * 40_000))
    line = content.count(b"\n", 0, 2_000_000) + 1
    begin = content.rfind(b"\n", 0, 2_000_000) + 1
    damaged = content[:begin] + content[begin:].replace(b'"v":', b'"v"', 1)

    with pytest.raises(FileMalformed) as refusal:
        parse(damaged)

    assert refusal.value.facts["line"] == line
    assert refusal.value.facts["column"] == len('{"v" ') + 1


def test_damage_behind_the_points_is_told_with_its_line_in_the_file() -> None:
    content = _lines(r63_json_of([r63_point(STAMP)] * 1_000))

    with pytest.raises(FileMalformed) as refusal:
        parse(content + b" x")

    assert refusal.value.facts["line"] == 1_000
    assert refusal.value.facts["column"] == len(content) - content.rfind(b"\n") + 1


@pytest.mark.parametrize("separator", [b"} {", b"},, {", b"}; {"])
def test_points_that_are_not_separated_by_one_comma_are_refused(
    separator: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = r63_json_of([r63_point(STAMP), r63_point(STAMP)])
    for piece_bytes in (10, 1024**2):
        monkeypatch.setattr(json_document, "_PIECE_BYTES", piece_bytes)

        with pytest.raises(FileMalformed, match="damaged"):
            parse(content.replace(b"}, {", separator))


def test_pieces_add_up_to_the_points(monkeypatch: pytest.MonkeyPatch) -> None:
    content = r63_json_of([r63_point(STAMP, str(number)) for number in range(100)])

    for piece_bytes in (1, 70, 71, 1000):
        monkeypatch.setattr(json_document, "_PIECE_BYTES", piece_bytes)
        (parsed,) = parse(content)

        assert parsed.readings["power_w"].to_list() == list(range(100))
        assert "points[99]" in parsed.readings["position"][99]


@pytest.mark.parametrize(
    "content",
    [
        GOOD.replace(b'"v": "478"', b'"v": "478", "v": "479"'),
        GOOD.replace(b'"v": "478"', b'"v": "478", "\\u0076": "479"'),
        GOOD.replace(b'"idPrm"', b'"idPrm": "99000000000099", "idPrm"'),
        GOOD.replace(b'"mesures"', b'"mesures": [], "mesures"'),
        GOOD.replace(b'"points"', b'"points": [], "points"'),
    ],
)
def test_a_key_that_comes_twice_in_an_object_is_refused(content: bytes) -> None:
    with pytest.raises(FileMalformed, match=r"The key '\w+' comes twice"):
        parse(content)


def test_texts_that_look_like_json_are_texts() -> None:
    point = r63_point(STAMP) | {"x": 'a"points": [{"v":1}]', "y": '":":":', "z": "<cut 0>"}

    (parsed,) = parse(r63_json_of([point, point]))

    assert parsed.readings["power_w"].to_list() == [478, 478]


def test_a_mark_that_was_in_the_file_is_no_mark() -> None:
    content = r63_json_of([r63_point(STAMP)]).replace(PRM.encode(), b"<cut 0>")

    (parsed,) = parse(content)

    assert (parsed.record_count, len(parsed.rejected)) == (1, 1)


@pytest.mark.parametrize("nested", [b"[" * 90_000, b'{"a":' * 90_000, b'{"points":[' * 40_000])
def test_deep_nesting_is_refused_with_its_place(nested: bytes) -> None:
    content = GOOD.replace(b'"mesures"', b'"x": ' + nested + b', "mesures"')

    with pytest.raises(FileMalformed, match="nested more than 100 deep at line 1, column"):
        parse(content)


def test_half_a_surrogate_pair_and_a_nul_never_reach_a_frame() -> None:
    content = GOOD.replace(b'"478"', b'"\\ud800\\u0000"').replace(PRM.encode(), b"\\udc00")

    (parsed,) = parse(content)

    (rejected,) = parsed.rejected
    assert "\ud800" not in rejected.record
    rejected.position.encode()


def test_gigantic_numbers_are_no_powers_and_cost_nothing() -> None:
    content = GOOD.replace(b'"478"', b"9" * 2_000_000)

    (parsed,) = parse(content)

    assert "not a number" in parsed.rejected[0].reason
    assert len(parsed.rejected[0].record) == 200


def test_what_stands_beside_the_points_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_document, "_MOST_AROUND_BYTES", 10_000)
    content = GOOD.replace(b'"mesures"', b'"x": "' + b"y" * 10_000 + b'", "mesures"')

    with pytest.raises(FileMalformed, match="are no values"):
        parse(content)
    assert parse(r63_json_of([r63_point(STAMP)] * 1_000))[0].record_count == 1_000


@pytest.mark.parametrize("value", [b"[],", b"{},", b"1,", b'"",'])
def test_millions_of_tiny_values_are_refused_before_they_become_a_tree(value: bytes) -> None:
    content = GOOD.replace(b'"mesures"', b'"x": [' + value * 1_000_000 + b'0], "mesures"')

    with pytest.raises(FileMalformed, match="too short to be records"):
        parse(content)
