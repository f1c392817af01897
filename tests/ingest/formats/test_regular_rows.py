"""A CSV that is read as arrays of bytes gives what it gives when it is read column by column."""

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.demo.dso_files import Shape, written
from services.ingest.formats import Parsed, parse
from services.ingest.formats.csv import r63_csv, regular_rows
from services.ingest.formats.csv.grid import CsvGrid, Irregular
from services.ingest.formats.csv.table import Lines
from tests.ingest.formats.files import OTHER_PRM, PRM, r63, r63_row
from tests.support.nightly import parts

_WANTED = r63_csv._REQUIRED | r63_csv._LIKELIHOOD
_DATES = ["2026-10-24", "2026-10-25", "2026-10-26", "2026-03-29", "2026-02-30", "1999-12-31"]
_ODD = [b" ", b"\r\n", b"\n", b"\n\n", b";", b"9", b"x", b"-", b"\xe9", b"\xff", b"\x00", b":"]


@st.composite
def _regular(draw: st.DrawFn) -> list[str]:
    """Rows as a machine writes them: of one step, a point after the other."""
    step, letter = draw(st.sampled_from([("PT30M", "B"), ("PT10M", "R"), ("PT1H", "E")]))
    minutes = ["00"] if step == "PT1H" else ["00", "30"]
    return [
        r63_row(
            f"{day} {hour:02}:{minute}:00",
            draw(st.sampled_from(["0", "478", "0478", "99999999", ""])),
            prm=prm,
            step=step,
            nature=letter,
        )
        for prm in (PRM, OTHER_PRM)
        for day in draw(st.lists(st.sampled_from(_DATES[:4]), min_size=1, max_size=3))
        for hour in range(draw(st.integers(0, 2)), draw(st.integers(3, 24)))
        for minute in minutes
    ]


@st.composite
def _mutated(draw: st.DrawFn) -> bytes:
    rows = draw(_regular())
    if draw(st.booleans()):
        rows = draw(st.permutations(rows))
    content = bytearray(r63(rows))
    for _ in range(draw(st.integers(0, 2))):
        start = draw(st.integers(0, len(content)))
        end = start + draw(st.integers(0, 20))
        content[start:end] = draw(st.sampled_from([*_ODD, *map(str.encode, _DATES)]))
    return bytes(content)


@contextmanager
def _column_by_column() -> Iterator[None]:
    def none(*_: object, **__: object) -> None:
        raise Irregular

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(regular_rows, "readings", none)
        patch.setattr(regular_rows, "read_relevant_rows", none)
        yield


def _told(content: bytes) -> tuple[object, ...]:
    (parsed,) = parse(content)
    return parsed.readings.rows(), parsed.rejected, parsed.record_count, parsed.notes


def _outcome(content: bytes) -> tuple[object, ...]:
    try:
        return _told(content)
    except Exception as refusal:  # noqa: BLE001 - whatever it is, it must be the same
        return type(refusal), str(refusal)


@pytest.mark.parametrize("_part", parts(6))
@given(rows=_regular() | st.just([]))
def test_regular_rows_are_the_same_readings(_part: int, rows: list[str]) -> None:
    content = r63(rows)

    with _column_by_column():
        expected = _outcome(content)

    assert _outcome(content) == expected


@pytest.mark.parametrize("_part", parts(6))
@given(content=_mutated())
def test_a_mutated_file_has_the_same_outcome(_part: int, content: bytes) -> None:
    with _column_by_column():
        expected = _outcome(content)

    assert _outcome(content) == expected


@pytest.mark.parametrize("step_min", [10, 30, 60])
def test_a_generated_file_is_really_read_so(step_min: int) -> None:
    shape = Shape(points=3, days=300, step_min=step_min)
    lines = Lines.of(written("R63 CSV", shape))

    readings = regular_rows.readings(lines, _WANTED, context=None)

    with _column_by_column():
        expected: Parsed = r63_csv.read(lines.content)
    assert readings.equals(expected.readings)


@pytest.mark.parametrize("end", [b"\n", b""])
def test_lines_of_separators_are_left_to_the_slow_way_before_each_has_its_place(
    end: bytes,
) -> None:
    content = r63([]) + b"\n".join([b";" * 4_000_000] * 2) + end
    tracemalloc.start()

    with pytest.raises(Irregular):
        CsvGrid(Lines.of(content), _WANTED)

    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak_bytes < 5 * len(content)  # their places alone have eight bytes each


@pytest.mark.parametrize("stray", ["\xff", "\xe9", ""])
@pytest.mark.parametrize("prm", [f"\xa0{PRM}", PRM])
def test_an_encoding_is_one_of_the_whole_file(prm: str, stray: str) -> None:
    rows = r63([r63_row(f"2026-07-01 {hour:02}:00:00", prm=prm) for hour in range(24)])
    content = rows.replace(b"BRUT", b"BRUT" + stray.encode("latin-1"), 1)

    with _column_by_column():
        expected = _outcome(content)

    assert _outcome(content) == expected


@pytest.mark.parametrize(
    "row",
    [
        r63_row("2026-07-01 00:30:00", "47.8"),
        r63_row("2026-07-01 00:30:00", "123456789"),
        r63_row("2026-07-01 00:30:00", nature="?"),
        r63_row("2026-07-01 00:30:00", physical="PRI"),
        r63_row("2026-07-01 00:30:00", step="PT10M"),
        r63_row("2026-07-01 00:31:00"),
        r63_row("2026-03-29 02:30:00"),
        r63_row("2026-07-01T00:30:00"),
        r63_row("2026-W27-3 00:30:00"),
    ],
)
def test_any_other_row_is_left_to_the_slow_way(row: str) -> None:
    lines = Lines.of(r63([r63_row("2026-07-01 01:00:00"), row]))

    with pytest.raises(Irregular):
        regular_rows.readings(lines, _WANTED, context=None)
