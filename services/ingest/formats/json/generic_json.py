"""Our own JSON, for operators and meters whose files have no parser (docs/use/generic-push.md).

``{"format": "elocoop.readings.v1", "published_at": …, "curves": […]}``; a curve has ``prm``,
``direction``, ``step_min``, ``unit`` and ``readings``, each of which has ``start`` and ``value``,
and may have ``nature`` and ``doubtful``.
"""

import re
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

import polars as pl

from services.ingest.formats import generic_records
from services.ingest.formats.json.document import is_json, load, objects, text_in
from services.ingest.formats.json.points import Points
from services.ingest.formats.notes import unknown
from services.ingest.formats.parsed import RECORD_CHARS, Format, Parsed
from services.ingest.formats.problems import FileMalformed
from services.ingest.formats.stamps import iso_instant
from services.ingest.formats.verdicts import parsed

NAME = "generic JSON"

VERSION = "elocoop.readings.v1"
_VERSION = re.compile(rb'"format"\s*+:\s*+"' + re.escape(VERSION).encode() + rb'"')
_FIELDS = {"start": "stamp", "value": "value", "nature": "letter", "doubtful": "likelihood"}
_SHORTEST_POINT_BYTES = 28  # {"start":""} and a stamp of 16
_KNOWN = {"format", "published_at", "curves"}
_KNOWN_CURVE = {"prm", "direction", "step_min", "unit", "readings"}


def recognises(head: bytes) -> bool:
    return is_json(head) and _VERSION.search(head) is not None


def read(content: bytes) -> Parsed:
    """Read a document. Raises FileMalformed, with the place, if it is cut or of another shape."""
    document = load(content, "readings")
    (root,) = objects([document.root], "The document")
    points = Points(document, _FIELDS, shortest_bytes=_SHORTEST_POINT_BYTES)
    curves, unknown_keys = _curves(root, points)
    records = generic_records.records(points.rows(_headings(curves)))
    outcome = parsed(NAME, records, points.texts)
    return replace(
        outcome,
        published_at=_published_at(root),
        notes=unknown("key", unknown_keys | points.unknown),
    )


FORMAT = Format.of_whole(NAME, "load curves of any operator or meter", recognises, read)


class _Curve(NamedTuple):
    """The statements of a curve about its readings, as received."""

    prm: str
    direction: str
    step: str
    unit: str
    place: str


def _curves(root: dict[str, object], points: Points) -> tuple[list[_Curve], set[str]]:
    """Return the curves, adding their readings in passing, and the unknown keys."""
    curves: list[_Curve] = []
    unknown_keys = root.keys() - _KNOWN
    for number, curve in enumerate(objects(root.get("curves"), "curves")):
        unknown_keys |= curve.keys() - _KNOWN_CURVE
        place = f"curves[{number}].readings"
        unit = text_in(curve, "unit")
        if unit not in generic_records.UNITS:
            raise FileMalformed(
                f"curves[{number}].unit is none of {', '.join(generic_records.UNITS)}."
            )
        points.add(curve.get("readings"), number, place)
        prm = text_in(curve, "prm")[:RECORD_CHARS]
        direction, step = text_in(curve, "direction"), text_in(curve, "step_min")
        curves.append(_Curve(prm, direction, step, unit, place))
    return curves, unknown_keys


def _headings(curves: list[_Curve]) -> pl.DataFrame:
    return pl.DataFrame(curves, schema=dict.fromkeys(_Curve._fields, pl.String()), orient="row")


def _published_at(root: dict[str, object]) -> datetime | None:
    stamp = text_in(root, "published_at")
    published_at = iso_instant(stamp)
    if stamp and not published_at:
        raise FileMalformed("published_at is no date and time with an offset.")
    return published_at
