"""Answers of Enedis' ACC API: an operation's curves, its monthly energies, its perimeter."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import islice

import polars as pl

from libs.common.calendar import PARIS, Month
from services.ingest.domain.readings.readings import READINGS
from services.ingest.domain.results.results import DSO_POINTS, RESULT_ENERGIES, RESULT_VALUES
from services.ingest.formats import columns
from services.ingest.formats.acc import envelope as acc_envelope
from services.ingest.formats.acc.envelope import AccEnvelope, AccResource, elements, open_envelope
from services.ingest.formats.acc.result_verdicts import (
    ENERGY_CHECKS,
    POINT_CHECKS,
    VALUE_CHECKS,
    separate,
)
from services.ingest.formats.acc.shapes import (
    KNOWN_KEYS,
    QUANTITY_OF_TYPE,
    AccEnergy,
    AccParticipant,
    Value,
    energies_of,
    participants_of,
    values_of,
)
from services.ingest.formats.energy import decimals_by_unit, unit, with_energies
from services.ingest.formats.notes import keys_in, unknown
from services.ingest.formats.parsed import Format, Parsed
from services.ingest.formats.problems import FileMalformed
from services.ingest.formats.stamps import read_offset

NAME = "ACC API"

MOST_RECORDS = 300_000
"""The most records of one answer: a month of 60 points in half-hours has fewer."""

_STRING = pl.String()
_CLASS = re.compile(r"[A-Za-z0-9_-]{1,32}", re.ASCII)
_YEARS = range(2000, 2100)
_LAST_MINUTE = (23, 59)


def read(content: bytes) -> Parsed:
    """Read an answer. Raises FileMalformed, FormatUnknown."""
    envelope = open_envelope(content)
    match envelope.resource:
        case AccResource.PERIMETER:
            return _parsed(envelope, _perimeter(envelope), DSO_POINTS, POINT_CHECKS)
        case AccResource.DEFINITIVE_ACTIVE_ENERGY | AccResource.PROVISIONAL_ACTIVE_ENERGY:
            return _parsed(envelope, _energies(envelope), RESULT_ENERGIES, ENERGY_CHECKS)
        case AccResource.DEFINITIVE_LOAD_CURVES | AccResource.PROVISIONAL_LOAD_CURVES:
            return _parsed(envelope, _values(envelope), RESULT_VALUES, VALUE_CHECKS)


FORMAT = Format.of_whole(
    NAME,
    "the DSO's split, monthly energies and perimeter of an operation",
    acc_envelope.recognises,
    read,
)


def _parsed(
    envelope: AccEnvelope, records: pl.DataFrame, schema: pl.Schema, checks: Mapping[str, pl.Expr]
) -> Parsed:
    if records.is_empty():
        raise FileMalformed(
            f"Its `body` has nothing of the documented form of {envelope.resource}:"
            " see docs/use/acc-api.md."
        )
    accepted, rejected = separate(records, checks, schema, _texts)
    frames = [
        accepted if frame_schema is schema else pl.DataFrame(schema=frame_schema)
        for frame_schema in (RESULT_VALUES, RESULT_ENERGIES, DSO_POINTS)
    ]
    return Parsed(
        format=f"{NAME} {envelope.resource}",
        readings=pl.DataFrame(schema=READINGS),
        rejected=rejected,
        record_count=records.height,
        published_at=envelope.retrieved_at,
        notes=tuple(_notes(envelope, records)),
        result_values=frames[0],
        result_energies=frames[1],
        dso_points=frames[2],
    )


def _notes(envelope: AccEnvelope, records: pl.DataFrame) -> Iterator[str]:
    yield from unknown("key", envelope.unknown | (keys_in(envelope.body) - KNOWN_KEYS))
    valued_points = records["place"].n_unique()
    points = len(elements(envelope.body))
    if envelope.resource != AccResource.PERIMETER and valued_points < points:
        yield (
            f"{points - valued_points} of {points} points of the body have no value of the"
            " documented form"
        )


def _values(envelope: AccEnvelope) -> pl.DataFrame:
    rows = _with_point(_frame(Value, values_of(envelope)), envelope)
    start = read_offset(rows["stamp"])
    rows = rows.with_columns(
        columns.translate(rows["unit"], unit, _STRING),
        step_min=columns.translate(rows["step"], columns.step_min, pl.Int32()),
        start=start,
        is_stamped=start.is_not_null(),
        is_too_near=pl.lit(value=False),
    )
    return with_energies(rows, decimals_by_unit(rows))


def _energies(envelope: AccEnvelope) -> pl.DataFrame:
    rows = _with_point(_frame(AccEnergy, energies_of(envelope)), envelope)
    periods = list(rows.select("start", "end").iter_rows())
    months = {period: _month(*period) for period in set(periods)}
    rows = rows.with_columns(
        columns.translate(rows["unit"], unit, _STRING),
        columns.translate(rows["tariff_class"], _tariff_class, _STRING),
        month=pl.Series([months[period] for period in periods], dtype=_STRING),
        step_min=pl.lit(None, pl.Int32()),
    )
    return with_energies(rows, decimals_by_unit(rows))


def _perimeter(envelope: AccEnvelope) -> pl.DataFrame:
    rows = _with_point(_frame(AccParticipant, participants_of(envelope)), envelope)
    dates = {
        name: pl.Series([_day(text) for text in rows[source]], dtype=pl.Date())
        for name, source in (("valid_from", "start"), ("valid_to", "end"))
    }
    is_dated = pl.Series(
        [
            all(not text or _day(text) for text in period)
            for period in rows.select("start", "end").iter_rows()
        ],
        dtype=pl.Boolean(),
    )
    return rows.with_columns(**dates, is_dated=is_dated)


def _frame(
    kind: type[Value | AccEnergy | AccParticipant], rows: Iterable[tuple[object, ...]]
) -> pl.DataFrame:
    schema = {name: pl.Int64() if name == "place" else _STRING for name in kind._fields}
    listed = list(islice(rows, MOST_RECORDS + 1))
    if len(listed) > MOST_RECORDS:
        raise FileMalformed(
            f"It has more than {MOST_RECORDS} values: ask the API for fewer points or days."
        )
    return pl.DataFrame(listed, schema=schema, orient="row")


def _with_point(rows: pl.DataFrame, envelope: AccEnvelope) -> pl.DataFrame:
    quantity = {kind: quantity.value for kind, quantity in QUANTITY_OF_TYPE.items()}
    words = rows["type"] if "type" in rows.columns else pl.repeat("", rows.height, eager=True)
    return rows.with_columns(
        columns.translate(rows["prm"], columns.prm, _STRING),
        quantity=columns.translate(words, quantity.get, _STRING),
        operation_id=pl.lit(envelope.operation_id),
        definitive=pl.lit(envelope.resource.is_definitive),
        named_elsewhere=pl.lit(value=False),
        of_operation_elsewhere=pl.lit(value=False),
    )


def _texts(refused: pl.DataFrame) -> list[str]:
    """Return what the sender wrote of each record, in the order of ``shapes``."""
    columns_read = [
        name for name in ("stamp", "start", "end", "step", "unit", "value") if name in refused
    ]
    return [
        " ".join(str(cell) for cell in row if cell is not None)
        for row in refused.select(columns_read).iter_rows()
    ]


def _tariff_class(text: str) -> str | None:
    return text if _CLASS.fullmatch(text) else None


def _month(start: str, end: str) -> str | None:
    """Return the month that a period is; its end may be its last local day or the day after."""
    first, last = _day(start), _day(end)
    if first is None or last is None or first.year not in _YEARS or first.day != 1:
        return None
    month = Month.of(first)
    is_whole = last in {month.days[-1], month.days[-1] + timedelta(days=1)}
    return str(month) if is_whole else None


def _day(text: str) -> date | None:
    """Return a date, or the local day of a midnight or of the last minute before one."""
    try:
        moment = datetime.fromisoformat(text)
        local = moment.astimezone(PARIS) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return None
    is_bound = local.time() == time() or (local.hour, local.minute) == _LAST_MINUTE
    return local.date() if is_bound and local.year in _YEARS else None
