"""The points of many curves of a JSON document, gathered into one frame of text columns."""

import json
from collections.abc import Mapping, Sequence

import polars as pl

from services.ingest.formats.json.document import Json, as_text
from services.ingest.formats.parsed import RECORD_CHARS
from services.ingest.formats.problems import FileMalformed

_FEW_POINTS = 100_000
_MOST_UNKNOWN = 1_000
_TEXT = {str, type(None)}


class Points:
    """Filled curve by curve; a point that is no object has no field.

    fields: key in the document → name of its column. shortest_bytes: no point has fewer.
    passed_over: keys that are known, and not read.
    """

    def __init__(
        self,
        document: Json,
        fields: Mapping[str, str],
        *,
        shortest_bytes: int,
        passed_over: Sequence[str] = (),
    ) -> None:
        self.unknown: set[str] = set()  # keys in neither
        self._document = document
        self._fields = fields
        self._known = {*fields, *passed_over}
        self._most = max(_FEW_POINTS, len(document.content) // shortest_bytes)
        self._count = 0
        self._frames: list[pl.DataFrame] = []
        self._begin_lists()

    def add(self, value: object, curve: int, place: str) -> None:
        """Add the points of one curve, where ``value`` is what the document has in their place.

        Raises FileMalformed if it is no array, damaged, or too short to be points of curves.
        """
        number = 0
        for points in self._document.pieces(value, place):
            self._take(points)
            self._curves.extend([curve] * len(points))
            self._numbers.extend(range(number, number + len(points)))
            number += len(points)
            self._count += len(points)
            if self._count > self._most:
                raise FileMalformed(f"Its {self._count} points are too short to be records.")
            if len(self._curves) > _FEW_POINTS:
                self._flush()

    def rows(self, headings: pl.DataFrame) -> pl.DataFrame:
        """Return one row per point, in order: its fields, '' if absent, and its curve's heading.

        headings: one row per curve — prm str, place str, and more. Returns these columns, the
        fields, all str, and position str.
        """
        self._flush()
        points = pl.concat(self._frames, rechunk=True)
        self._frames = []
        rows = pl.concat([points, headings[points["curve"]]], how="horizontal")
        stamp = pl.col("stamp").str.head(RECORD_CHARS)
        return rows.with_columns(
            position=pl.format("{}[{}], PRM {}/{}", "place", "point", "prm", stamp)
        ).drop("curve", "point", "place")

    def texts(self, refused: pl.DataFrame) -> list[str]:
        """Return the points of some rows as they were, except for spaces; numbers are texts."""
        fields = refused.select(pl.col(name).alias(key) for key, name in self._fields.items())
        return [
            json.dumps(point, ensure_ascii=False)[:RECORD_CHARS]
            for point in fields.iter_rows(named=True)
        ]

    def _take(self, points: list[object]) -> None:
        """Add a piece of points.

        This sets the pace of the parser: only odd values cost a call of ours.
        """
        point_objects = [point if isinstance(point, dict) else {} for point in points]
        if len(self.unknown) < _MOST_UNKNOWN:
            self.unknown |= set().union(*point_objects) - self._known
        for key, column in self._lists.items():
            values = [point.get(key) for point in point_objects]
            if not set(map(type, values)) <= _TEXT:
                values = [as_text(value) for value in values]
            column.extend(values)

    def _flush(self) -> None:
        columns = {"curve": self._curves, "point": self._numbers} | {
            name: self._lists[key] for key, name in self._fields.items()
        }
        schema = dict.fromkeys(columns, pl.String()) | {"curve": pl.Int64(), "point": pl.Int64()}
        frame = pl.DataFrame(columns, schema=schema)
        self._frames.append(frame.with_columns(pl.col(pl.String()).fill_null("")))
        self._begin_lists()

    def _begin_lists(self) -> None:
        self._curves: list[int] = []
        self._numbers: list[int] = []
        self._lists: dict[str, list[str | None]] = {key: [] for key in self._fields}
