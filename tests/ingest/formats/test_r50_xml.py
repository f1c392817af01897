"""R50: XML, stamps of the end of the interval with an offset."""

import time

import pytest

from services.ingest.formats import FileMalformed, FormatUnknown, Parsed, parse, recognise
from services.ingest.formats.files import text_parts
from tests.ingest.formats.files import OTHER_PRM, PRM, pdc, r50, starts, utc

STAMP = "2026-07-01T00:30:00+02:00"


def _only(content: bytes) -> Parsed:
    (parsed,) = parse(content)
    assert parsed.format == "R50 XML"
    return parsed


def test_a_pdc_becomes_a_reading_that_starts_before_its_stamp() -> None:
    parsed = _only(r50([pdc(STAMP, "478")]))

    assert parsed.readings.rows(named=True) == [
        {
            "prm": PRM,
            "direction": "consumption",
            "start": utc("2026-06-30T22:00"),
            "step_min": 30,
            "power_w": 478,
            "nature": "measured",
            "doubtful": False,
            "position": f"line 5, PRM {PRM}/{STAMP}",
        }
    ]


def test_the_step_is_the_one_of_the_heading() -> None:
    parsed = _only(r50([pdc("2026-07-01T00:15:00+02:00")], step="15"))

    assert parsed.readings["step_min"].to_list() == [15]
    assert starts(parsed.readings) == [utc("2026-06-30T22:00")]


def test_a_pdc_without_a_value_is_missing() -> None:
    parsed = _only(r50([pdc(STAMP, None), pdc("2026-07-01T01:00:00+02:00", "")]))

    assert parsed.readings["power_w"].to_list() == [None, None]
    assert parsed.readings["nature"].unique().to_list() == ["missing"]


def test_a_likelihood_of_one_is_doubtful() -> None:
    parsed = _only(r50([pdc(STAMP, likelihood="1"), pdc(STAMP, likelihood="0")]))

    assert parsed.readings["doubtful"].to_list() == [True, False]


def test_several_points_keep_their_own_values() -> None:
    first, second = r50([pdc(STAMP, "1")]), r50([pdc(STAMP, "2")], prm=OTHER_PRM)
    point = second[second.index(b"<PRM>") : second.index(b"</R50>")]

    readings = _only(first.replace(b"</R50>", point + b"</R50>")).readings

    assert readings.select("prm", "power_w").rows() == [(PRM, 1), (OTHER_PRM, 2)]


@pytest.mark.parametrize(
    ("point", "reason"),
    [
        (pdc(STAMP, "47.5"), "not in whole watts"),
        (pdc(STAMP, "-1"), "negative"),
        (pdc("2026-07-01T00:30:00"), "not a date and time"),
        (pdc("2026-02-30T00:30:00+01:00"), "not a date and time"),
        ("<PDC><V>3</V></PDC>", "not a date and time"),
        (pdc("2026-07-01T00:31:00+02:00"), "whole number of steps"),
    ],
)
def test_a_pdc_that_is_no_reading_is_rejected_with_its_line_point_and_stamp(
    point: str, reason: str
) -> None:
    parsed = _only(r50([pdc(STAMP), point]))

    (rejected,) = parsed.rejected
    assert rejected.position.startswith(f"line 5, PRM {PRM}/")
    assert reason in rejected.reason
    assert rejected.record.startswith("<PDC>")
    assert parsed.record_count == 2


def test_a_malformed_prm_rejects_its_points() -> None:
    parsed = _only(r50([pdc(STAMP), pdc(STAMP)], prm="12"))

    assert [rejected.position for rejected in parsed.rejected] == [f"line 5, PRM 12/{STAMP}"] * 2


def test_a_pdc_outside_its_place_is_not_lost() -> None:
    content = r50([pdc(STAMP)]).replace(b"</R50>", pdc(STAMP).encode() + b"</R50>")
    content = content.replace(b"</PRM>", pdc(STAMP, "7").encode() + b"</PRM>")

    parsed = _only(content)

    assert parsed.readings["power_w"].to_list() == [478, 7]
    assert "14 digits" in parsed.rejected[0].reason


def test_a_default_namespace_is_understood() -> None:
    content = r50([pdc(STAMP)]).replace(b"<R50>", b'<R50 xmlns="urn:r50">')

    assert _only(content).readings.height == 1


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE R50>",
        '<!DOCTYPE R50 SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE R50 [<!ENTITY power SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE R50 [<!ENTITY a "9"><!ENTITY power "&a;&a;&a;&a;">]>',
    ],
)
def test_a_doctype_is_refused_before_any_entity_is_read(doctype: str) -> None:
    content = r50([pdc(STAMP, "&power;")]).decode().replace("?>\n", f"?>\n{doctype}")

    with pytest.raises(FileMalformed, match="DOCTYPE"):
        parse(content.encode())


def test_an_undefined_entity_is_refused() -> None:
    with pytest.raises(FileMalformed):
        parse(r50([pdc(STAMP, "&power;")]))


@pytest.mark.parametrize(
    "head", [b" " * 4000, b"<!-- " * 800, b"<?" * 2000, b"<!DOCTYPE a []" * 290, b"\r\n\t " * 1000]
)
def test_a_head_that_is_nearly_xml_is_told_at_once(head: bytes) -> None:
    begun_s = time.process_time()

    assert recognise(head + b"x") is None
    assert time.process_time() - begun_s < 1


def test_a_root_that_comes_after_what_looks_like_one_is_refused() -> None:
    content = b"<!DOCTYPE a [<!-- ]> <R50 > -->]><a/>"

    with pytest.raises((FileMalformed, FormatUnknown)):
        parse(content)


def test_a_day_without_an_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_parts, "PART_BYTES", 64 * 1024**2)
    with pytest.raises(FileMalformed, match="more than 8 MiB"):
        parse(r50(["<!-- -->", *[pdc(STAMP)] * 200_000]))


def test_a_file_that_is_cut_is_refused_with_the_line() -> None:
    lines = r50([f"{pdc(STAMP)}\n"] * 20).splitlines(keepends=True)

    with pytest.raises(FileMalformed, match="line 12") as refusal:
        parse(b"".join(lines[:11]) + b"<PDC><H>2026")

    assert refusal.value.status == 422
    assert refusal.value.facts["line"] == 12


def test_the_line_is_right_beyond_what_16_bits_can_count() -> None:
    content = r50([f"\n{pdc(STAMP, 'x')}" for _ in range(70_000)])

    assert _only(content).rejected[-1].position.startswith("line 70005, ")


@pytest.mark.parametrize("content", [b"<a><R50/></a>", b"<!-- <R50 > --><foo/>"])
def test_r50_in_another_document_is_not_r50(content: bytes) -> None:
    assert recognise(content) is None


@pytest.mark.parametrize("filler", [b" ", b"<!-- -->", b"<?x?>", b"<!DOCTYPE R50>"])
def test_much_before_a_root_that_never_comes_is_passed_at_once(filler: bytes) -> None:
    assert recognise(b"<!-- -->" + filler * 4_000 + b"x") is None
