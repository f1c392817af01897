"""R4x that is cut, hostile or very long: refused, or read to the right line."""

import pytest

from services.ingest.formats import FileMalformed, parse, recognise
from services.ingest.formats.files import text_parts
from tests.ingest.formats.files import r4x, r4x_body, r4x_curve, r4x_of, r4x_point

STAMP = "2026-07-01T00:10:00+02:00"


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE Courbe>",
        '<!DOCTYPE Courbe SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE Courbe [<!ENTITY a "9"><!ENTITY power "&a;&a;&a;&a;">]>',
    ],
)
def test_a_doctype_is_refused_before_any_entity_is_read(doctype: str) -> None:
    content = r4x_of([r4x_point(STAMP, "&power;")]).decode().replace("?>\n", f"?>\n{doctype}")

    with pytest.raises(FileMalformed, match="DOCTYPE"):
        parse(content.encode())


def test_an_undefined_entity_is_refused() -> None:
    with pytest.raises(FileMalformed):
        parse(r4x_of([r4x_point(STAMP, "&power;")]))


def test_a_curve_without_an_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_parts, "PART_BYTES", 64 * 1024**2)
    with pytest.raises(FileMalformed, match="more than 8 MiB"):
        parse(r4x_of(["<!-- -->", *[r4x_point(STAMP)] * 100_000]))


def test_a_file_that_is_cut_is_refused_with_the_line() -> None:
    lines = r4x_of([f"{r4x_point(STAMP)}\n"] * 20).splitlines(keepends=True)

    with pytest.raises(FileMalformed, match="line 15") as refusal:
        parse(b"".join(lines[:14]) + b"<Donnees_Point_Mesure Horo")

    assert refusal.value.facts["line"] == 15


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_the_line_is_right_beyond_what_16_bits_can_count(between: str) -> None:
    curve = r4x_curve(f"{between}{r4x_point(STAMP, 'x')}" for _ in range(1_000))
    content = r4x([r4x_body([curve] * 70)])

    rejected = parse(content)[0].rejected

    lines = content.split(b"\n")
    expected = [number for number, line in enumerate(lines, start=1) if b"<Donnees_Po" in line]
    assert expected[-1] > 2**16
    assert [rejection.position.split(",")[0] for rejection in rejected] == [
        f"line {n}" for n in expected
    ]


@pytest.mark.parametrize("content", [b"<a><Courbe/></a>", b"<Courbes/>", b"<!-- <Courbe > --><b/>"])
def test_a_curve_in_another_document_is_no_r4x(content: bytes) -> None:
    assert recognise(content) is None
