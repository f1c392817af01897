"""The DSO's monthly CSV of an operation, in any of the known layouts.

A record is one value: a cell of a wide layout, a row of a long one. A column that is empty in all
rows of a point says nothing about it; where it has a value anywhere, an empty cell is a missing
one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl

from libs.common.ids import Direction
from services.ingest.domain.readings.readings import READINGS
from services.ingest.domain.results.results import RESULT_VALUES
from services.ingest.formats import columns
from services.ingest.formats.acc.layouts import VALUE_OF, AccLayout, read_layouts
from services.ingest.formats.acc.result_verdicts import (
    VALUE_CHECKS,
    RecordTexts,
    check_count,
    separate,
)
from services.ingest.formats.acc.stamps import with_intervals
from services.ingest.formats.csv.table import Lines, read_columns
from services.ingest.formats.energy import decimals_by_unit, unit, with_energies
from services.ingest.formats.parsed import Format, Parsed, Rejected
from services.ingest.formats.problems import FileMalformed, FormatUnknown

NAME = "ACC CSV"
MOST_VALUES = 1_500_000
"""The most values of one file, to bound the memory: a month of 300 points in half-hours has fewer.
"""

_LAYOUTS = read_layouts()
_SLICE_ROWS = 50_000
_SHORTEST_RECORD_BYTES = 10  # a stamp, a separator
_NAMED_COLUMNS, _WORD_CHARS = 5, 40
_STRING, _INTEGER, _FLAG = pl.String(), pl.Int32(), pl.Boolean()


def recognises(head: bytes) -> bool:
    return _find_layout(Lines.of(head)) is not None


def read(content: bytes) -> Parsed:
    """Read a document.

    Raises FormatUnknown if no layout has its header, FileMalformed if it has too many values.
    """
    lines = Lines.of(content)
    layout = _find_layout(lines)
    if layout is None:
        raise FormatUnknown("No known layout has these columns: see docs/use/acc-csv-layouts.md.")
    return read_as(layout, lines)


FORMAT = Format.of_whole(NAME, "the DSO's split of an operation, by step", recognises, read)


def read_as(layout: AccLayout, lines: Lines) -> Parsed:
    """Read the lines in this layout. Raises as ``read``."""
    values_per_row = 1 if layout.is_long else len(layout.quantities)
    if lines.content.count(b"\n") * values_per_row > MOST_VALUES:
        raise FileMalformed(f"It may hold more than {MOST_VALUES} values: send fewer points.")
    rows = read_columns(
        replace(lines, separator=layout.separator),
        layout.header,
        header_line=1,
        shortest_bytes=_SHORTEST_RECORD_BYTES,
    )
    rows = _with_point(with_intervals(_named(rows, layout), layout), layout)
    place = pl.format(*(("line {}", "line") if layout.is_long else ("line {}, {}", "line", "word")))
    decimals = decimals_by_unit(pl.concat(_cells(rows, layout)))
    accepted, rejected = [pl.DataFrame(schema=RESULT_VALUES)], list[Rejected]()
    # In slices, as the values of a wide row take many times its bytes.
    for rows_slice in rows.iter_slices(_SLICE_ROWS):
        values = with_energies(_values(rows_slice, layout), decimals)
        good, bad = separate(values, VALUE_CHECKS, RESULT_VALUES, _texts(lines), place)
        accepted.append(good)
        rejected += bad
        check_count(*_first(rejected), len(rejected))
    values = pl.concat(accepted)
    return Parsed(
        format=f"{NAME} {layout.name}",
        readings=pl.DataFrame(schema=READINGS),
        rejected=tuple(rejected),
        record_count=values.height + len(rejected),
        notes=tuple(_notes(layout, lines)),
        result_values=values,
        name_pattern=layout.file_name,
    )


def _texts(lines: Lines) -> RecordTexts:
    return lambda refused: lines.texts(refused["line"])


def _first(rejected: Sequence[Rejected]) -> tuple[list[str], list[str]]:
    return [record.position for record in rejected[:1]], [record.reason for record in rejected[:1]]


def _find_layout(lines: Lines) -> AccLayout | None:
    return next(
        (layout for layout in _LAYOUTS if set(layout.header.values()) <= _header(layout, lines)),
        None,
    )


def _header(layout: AccLayout, lines: Lines) -> set[str]:
    return {columns.plain(cell) for cell in replace(lines, separator=layout.separator).cells(1)}


def _notes(layout: AccLayout, lines: Lines) -> Iterator[str]:
    unknown = sorted(_header(layout, lines) - set(layout.header.values()) - {""})
    if unknown:
        examples = ", ".join(repr(word[:_WORD_CHARS]) for word in unknown[:_NAMED_COLUMNS])
        yield f"{len(unknown)} columns are not known and were passed over, such as {examples}"


def _named(rows: pl.DataFrame, layout: AccLayout) -> pl.DataFrame:
    """Add what the rows are of: prm, operation_id, definitive, side, unit, step_min, and series.

    Null where it is unreadable, or where the file's name is to supply it; series distinguishes the
    curves of one point.
    """
    translate, has = columns.translate, set(rows.columns)
    definitive = layout.definitive
    words = (
        {columns.plain(word): is_so for word, is_so in definitive.items()}
        if isinstance(definitive, dict)
        else {}
    )
    readers = {
        "prm": ("prm", columns.prm, _STRING, None),
        "operation_id": ("operation", columns.operation, _STRING, layout.operation),
        "side": ("direction", columns.direction, _STRING, None),
        "unit": ("unit", unit, _STRING, layout.unit),
        "step_min": ("step", columns.step_min, _INTEGER, layout.fixed_step_min),
        "definitive": (
            "definitive",
            lambda text: words.get(columns.plain(text)),
            _FLAG,
            definitive,
        ),
    }
    named_columns = {
        name: translate(rows[column], meaning, dtype)
        if column in has
        else pl.Series(name, [constant], dtype).new_from_index(0, rows.height)
        for name, (column, meaning, dtype, constant) in readers.items()
    }
    return rows.with_columns(
        **named_columns,
        series=translate(rows["quantity"], columns.plain, _STRING)
        if layout.is_long
        else pl.lit(""),
        named_elsewhere=pl.lit("prm" not in has),
        of_operation_elsewhere=pl.lit("operation" not in has),
    )


def _with_point(rows: pl.DataFrame, layout: AccLayout) -> pl.DataFrame:
    """Add what all rows of a point show: its_side str, and which columns have any value.

    Keeps only the columns that values need.
    """
    value_columns = _value_columns(layout)
    stripped = rows.with_columns(pl.col(name).str.strip_chars() for name in value_columns)
    has = {f"has {name}": (pl.col(name) != "").any().over("prm") for name in value_columns}
    on_side = {side: pl.col("side") == side for side in Direction}
    for word, (_, direction) in layout.meanings.items():
        if direction is not None:
            has_value = _has_value(word, layout)
            on_side[direction] |= pl.col("side").is_null() & has_value
    consumes, produces = (
        on_side[side].fill_null(value=False).any().over("prm") for side in Direction
    )
    return stripped.with_columns(
        **has,
        its_side=pl.when(consumes & ~produces)
        .then(pl.lit(Direction.CONSUMPTION.value))
        .when(produces & ~consumes)
        .then(pl.lit(Direction.PRODUCTION.value)),
    ).drop("stamp", "local", "stamped_at", strict=False)


def _value_columns(layout: AccLayout) -> list[str]:
    """Return the names of the columns of values."""
    if layout.is_long:
        return ["value"]
    return [f"{VALUE_OF}{word}" for word in layout.meanings]


def _has_value(word: str, layout: AccLayout) -> pl.Expr:
    return pl.col("series") == word if layout.is_long else pl.col(f"{VALUE_OF}{word}") != ""


def _cells(rows: pl.DataFrame, layout: AccLayout) -> Iterator[pl.DataFrame]:
    for name in _value_columns(layout):
        yield rows.select("unit", value=name)


def _values(rows: pl.DataFrame, layout: AccLayout) -> pl.DataFrame:
    """Return one row per value, in file order: quantity and direction str, value, position."""
    meanings = layout.meanings
    if layout.is_long:
        values = rows.with_columns(word="series")
    else:
        value_columns = _value_columns(layout)
        kept_columns = [name for name in rows.columns if not name.startswith((VALUE_OF, "has "))]
        values = pl.concat(
            rows.filter(f"has {name}").select(
                *kept_columns, value=name, word=pl.lit(name.removeprefix(VALUE_OF))
            )
            for name in value_columns
        ).sort("line", maintain_order=True)
    quantities = {word: meaning.quantity.value for word, meaning in meanings.items()}
    directions = {word: meaning.direction for word, meaning in meanings.items()}
    words = pl.col("word")
    return values.with_columns(
        quantity=words.replace_strict(quantities, default=None, return_dtype=_STRING),
        direction=pl.coalesce(
            "side",
            words.replace_strict(directions, default=None, return_dtype=_STRING),
            "its_side",
        ),
        position=pl.format("line {}", "line"),
    )
