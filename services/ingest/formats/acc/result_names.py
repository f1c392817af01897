"""The operation and the point that a file's name gives to the values in it."""

import re

import polars as pl

from services.ingest.formats.columns import operation, prm
from services.ingest.formats.parsed import Parsed

_NAME_CHARS = 255
_LACKING = {
    "operation_id": "neither the file nor its name states the operation: ACC and 8 digits",
    "prm": "only the file's name states the point: send it in a zip, which keeps it",
}


def told_by_name(document: Parsed, file_name: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the values with their operation and point, and those that lack one, with the reason.

    For a member of an archive, its own name counts first, then that of the archive. The archive
    must name the point: two files of the same bytes are one delivery, whatever their names, and two
    points that consumed nothing have the same bytes.
    """
    values = document.result_values
    if document.name_pattern and not values.is_empty():
        member, sent = _last_part(document.member), _last_part(file_name)
        values = values.with_columns(
            pl.col("operation_id").fill_null(
                pl.lit(_find(document.name_pattern, "operation", [member, sent]), pl.String)
            ),
            pl.col("prm").fill_null(
                pl.lit(_find(document.name_pattern, "prm", [member]), pl.String)
            ),
        )
    reason = pl.coalesce(
        pl.when(pl.col(name).is_null()).then(pl.lit(words)) for name, words in _LACKING.items()
    )
    judged = values.with_columns(reason=reason)
    return (
        judged.filter(pl.col("reason").is_null()).drop("reason"),
        judged.filter(pl.col("reason").is_not_null()),
    )


def _last_part(path: str) -> str:
    return re.split(r"[/\\]", path)[-1][:_NAME_CHARS]


def _find(pattern: str, group: str, names: list[str]) -> str | None:
    readers = {"operation": operation, "prm": prm}
    for name in names:
        match = re.search(pattern, name, re.ASCII)
        value = match.groupdict().get(group) if match else None
        if value is not None:
            return readers[group](value)
    return None
