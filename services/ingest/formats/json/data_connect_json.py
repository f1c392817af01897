"""Load curves of Data Connect v5, which households consent to (Enedis' OpenAPI; domain: §2.9).

``meter_reading`` of one point, with ``interval_reading``: ``{value, date, interval_length,
measure_type}``. Stamps are the **end** of the interval whatever its length, in naive local time:
the OpenAPI calls them UTC, yet its days run from local midnight to local midnight. A document whose
stamps begin before its own first day is refused, because they cannot be local then.

The body is the same for consumption and for production: only the address that was asked
distinguishes them. So a body comes under the name of its address, alone or as a list of them::

    {"production_load_curve": {"meter_reading": {"usage_point_id": "99000000000017", …}},
     "retrieved_at": "2026-11-02T08:30:00Z"}

``retrieved_at`` is optional: of two answers, the one retrieved later counts. A body by itself is
refused: a curve in the wrong direction would be worse than none.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

import polars as pl

from services.ingest.formats import local_rows
from services.ingest.formats.json.document import Json, is_json, load, objects, text_in
from services.ingest.formats.json.points import Points
from services.ingest.formats.notes import unknown
from services.ingest.formats.parsed import RECORD_CHARS, Format, Parsed
from services.ingest.formats.problems import FileMalformed, FormatUnknown
from services.ingest.formats.stamps import iso_instant, read_local
from services.ingest.formats.verdicts import parsed

NAME = "Data Connect JSON"

ADDRESSES = {"consumption_load_curve": "consommation", "production_load_curve": "production"}
_FIELDS = {
    "date": "stamp",
    "value": "value",
    "measure_type": "letter",
    "interval_length": "step",
}
_SHORTEST_POINT_BYTES = 60  # {"value":"","date":"","interval_length":""} and a stamp of 19
_KNOWN = {"usage_point_id", "start", "end", "quality", "reading_type", "interval_reading"}
_KNOWN_TYPE = {"measurement_kind", "unit", "aggregate"}


def recognises(head: bytes) -> bool:
    return is_json(head) and b'"meter_reading"' in head and b'"interval_reading"' in head


def read(content: bytes) -> Parsed:
    """Read a document. Raises FileMalformed, with the place, if it is cut or of another shape.

    Raises FormatUnknown if the direction is not stated, or if it holds daily energies or powers.
    """
    document = load(content, "interval_reading")
    points = Points(document, _FIELDS, shortest_bytes=_SHORTEST_POINT_BYTES)
    curves, unknown_keys = _curves(document, points)
    rows = _rows(points, curves)
    _check_that_stamps_are_local(rows)
    at_start = pl.Series([False]).new_from_index(0, rows.height)
    records = local_rows.records(rows, is_stamped_at_start=at_start)
    outcome = parsed(NAME, records, points.texts)
    return replace(
        outcome,
        published_at=_retrieved_at(document.root),
        notes=unknown("key", unknown_keys | points.unknown),
    )


FORMAT = Format.of_whole(NAME, "load curve that a household has consented to", recognises, read)


class _Curve(NamedTuple):
    """The statements of a meter_reading about its points, as received."""

    prm: str
    direction: str
    unit: str
    first_day: str
    place: str
    physical: str = "PA"
    likelihood: str = ""


def _curves(document: Json, points: Points) -> tuple[list[_Curve], set[str]]:
    """Return the curves, adding their points in passing, and the unknown keys."""
    curves: list[_Curve] = []
    unknown_keys: set[str] = set()
    for place, direction, body in _bodies(document.root, unknown_keys):
        unknown_keys |= body.keys() - {"meter_reading"}
        (reading,) = objects([body.get("meter_reading")], f"{place}.meter_reading")
        unknown_keys |= reading.keys() - _KNOWN
        (kind,) = objects([reading.get("reading_type", {})], f"{place}.meter_reading.reading_type")
        unknown_keys |= kind.keys() - _KNOWN_TYPE
        if text_in(kind, "measurement_kind") not in {"", "power"}:
            raise FormatUnknown("It holds no load curve, but daily values: ask for a load curve.")
        where = f"{place}.meter_reading.interval_reading"
        points.add(reading.get("interval_reading"), len(curves), where)
        prm = text_in(reading, "usage_point_id")[:RECORD_CHARS]
        first_day = text_in(reading, "start")
        curves.append(_Curve(prm, direction, text_in(kind, "unit"), first_day, where))
    return curves, unknown_keys


def _bodies(root: object, unknown_keys: set[str]) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Yield place, direction and body of every answer in the document."""
    (tree,) = objects([root], "The document")
    if "meter_reading" in tree:
        raise FormatUnknown(
            "It does not say whether it is consumption or production: send it as "
            '{"consumption_load_curve": …} or {"production_load_curve": …}.'
        )
    unknown_keys |= tree.keys() - ADDRESSES.keys() - {"retrieved_at"}
    for address, direction in ADDRESSES.items():
        answers = tree.get(address, [])
        is_list = isinstance(answers, list)
        for number, body in enumerate(objects(answers if is_list else [answers], address)):
            yield f"{address}[{number}]" if is_list else address, direction, body


def _retrieved_at(root: object) -> datetime | None:
    stamp = text_in(root, "retrieved_at") if isinstance(root, dict) else ""
    retrieved_at = iso_instant(stamp)
    if stamp and not retrieved_at:
        raise FileMalformed("retrieved_at is no date and time with an offset.")
    return retrieved_at


def _rows(points: Points, curves: list[_Curve]) -> pl.DataFrame:
    schema = dict.fromkeys(_Curve._fields, pl.String())
    rows = points.rows(pl.DataFrame(curves, schema=schema, orient="row"))
    # The letter is optional: quality is always BRUT.
    return rows.with_columns(letter=rows["letter"].replace("", "B"))


def _check_that_stamps_are_local(rows: pl.DataFrame) -> None:
    first_day = read_local(rows["first_day"] + " 00:00:00")
    if (read_local(rows["stamp"]) < first_day).any():
        raise FileMalformed(
            "Stamps begin before the first day of their document: load curves are stamped in the "
            "local time of Paris, not in UTC."
        )
