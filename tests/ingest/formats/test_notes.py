"""What a document holds beyond its format: passed over, and told in few, short, stable words."""

import re
from collections.abc import Iterator

import pytest

from services.ingest.formats import parse
from services.ingest.formats.notes import MOST_NOTES, unknown
from tests.ingest.formats.clock_changes import FILES, file_of
from tests.ingest.formats.files import (
    hdm,
    pdc,
    r4x,
    r4x_body,
    r4x_curve,
    r4x_of,
    r4x_point,
    r50,
    r63,
    r63_row,
    r151,
)
from tests.ingest.formats.samples import SAMPLES

END = "2026-07-01T00:30:00+02:00"


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_the_documented_form_has_no_notes(name: str) -> None:
    assert parse(file_of(name, "2026-10-25", 30))[0].notes == ()


@pytest.mark.parametrize("pdcs", [1, 3])
def test_unknown_elements_of_an_r50_are_told(pdcs: int) -> None:
    odd = pdc(END).replace("</PDC>", "<Qualité>x</Qualité></PDC>")
    content = r50([pdc(END), *[odd] * pdcs]).replace(b"<Pas", b"<x:Version y='1'/><Pas")
    content = content.replace(b"<R50>", b"<R50 xmlns:x='urn:x'>")

    (parsed,) = parse(content)

    assert parsed.readings.height == pdcs + 1
    assert parsed.notes == ("unknown element 'Qualité'", "unknown element 'Version'")


def test_unknown_elements_of_an_r4x_are_told() -> None:
    content = r4x_of([r4x_point(END)]).replace(b"<Corps>", b"<Segment>C4</Segment><Corps>")

    (parsed,) = parse(content)

    assert (parsed.readings.height, parsed.notes) == (1, ("unknown element 'Segment'",))


def test_curves_of_an_r4x_that_are_no_records_are_told() -> None:
    curves = [r4x_curve([r4x_point(END)], physical=physical) for physical in ("EA", "ERC", "ERI")]

    (parsed,) = parse(r4x([r4x_body(curves)]))

    assert parsed.record_count == 1
    assert parsed.notes == (
        "curves of ERC passed over: not active power",
        "curves of ERI passed over: not active power",
    )


def test_unknown_columns_of_a_history_are_told() -> None:
    content = hdm([(END, "5;x"), ("2026-07-01T01:00:00+02:00", "6;y")])
    content = content.replace(b"Horodate;Valeur", b"Horodate;Valeur;Qualite")
    content = content.replace(b"Pas en minutes", b"Pas en minutes;Segment")

    (parsed,) = parse(content)

    assert parsed.readings["power_w"].to_list() == [5, 6]
    assert parsed.notes == ("unknown column 'Qualite'", "unknown column 'Segment'")


def test_known_columns_whose_accents_were_encoded_twice_are_known() -> None:
    content = r63([r63_row("2026-07-01 00:30:00")]).decode("latin-1").encode()

    assert parse(content)[0].notes == ()


def test_notes_are_few_and_short() -> None:
    names = [f"{number:03} \ud800\x00" + "x" * 1_000 for number in range(100)]

    notes = unknown("key", [*names, *names, "", " "])

    assert len(notes) == MOST_NOTES
    assert max(map(len, notes)) < 100
    assert notes[-1] == f"unknown keys: {100 - MOST_NOTES + 1} more"
    assert notes == unknown("key", reversed(names))
    "".join(notes).encode()


def _with_something_odd(content: bytes) -> Iterator[bytes]:
    """The file with an element, key or column more, in each place that has a name of its own."""
    if content.startswith(b"<"):
        for end in set(re.findall(rb"</[\w]+>", content)):
            yield content.replace(end, b"<Odd/>" + end, 1)
    elif content.startswith(b"{"):
        for match in re.finditer(rb"[^{\s]\s*(?=\})", content):
            yield content[: match.end()] + b', "odd": 1' + content[match.end() :]
    else:
        separator = b";" if b";" in content else b","
        header, *rows = content.split(b"\n")
        lines = [header + separator + b"odd", *(row and row + separator + b"x" for row in rows)]
        yield b"\n".join(lines)


@pytest.mark.parametrize("content", SAMPLES, ids=range(len(SAMPLES)))
def test_something_odd_in_any_place_of_any_format_is_told_and_loses_nothing(content: bytes) -> None:
    (whole,) = parse(content)

    odd_files = list(_with_something_odd(content))

    assert odd_files
    for odd in odd_files:
        (parsed,) = parse(odd)
        assert any("'odd'" in note.lower() for note in parsed.notes), odd
        assert not any("'odd'" in note.lower() for note in whole.notes)
        assert parsed.record_count == whole.record_count
        assert len(parsed.rejected) == len(whole.rejected)


def test_a_million_names_are_not_gathered() -> None:
    odd = b"".join(b"<a%d/>" % number for number in range(50_000))

    (parsed,) = parse(r151([]).replace(b"<En_Tete_Flux>", b"<En_Tete_Flux>" + odd))

    assert len(parsed.notes) == MOST_NOTES
    assert parsed.notes[-1] == f"unknown elements: {1000 - MOST_NOTES + 1} more"
