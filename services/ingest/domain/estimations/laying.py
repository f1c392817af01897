"""Lay estimates over what is stored, in the order of precedence of real values."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import polars as pl

from libs.common.ids import Direction, Prm
from services.ingest.domain.readings.blocks import ESTIMATED_BY_US, BlockKey
from services.ingest.domain.readings.merging import BLOCKS, merge
from services.ingest.domain.readings.readings import Nature

_BLOCK = ["prm", "direction", "day", "step_min"]


class Provenance(NamedTuple):
    """The fields of ``estimates.Estimate`` that an estimation decides, in order."""

    block: BlockKey
    method: str
    revision: int
    slots: Sequence[int]
    replaced: str
    input_days: Sequence[date]
    input_prms: Sequence[str]


def lay(estimates: pl.DataFrame, stored: pl.DataFrame) -> tuple[pl.DataFrame, list[Provenance]]:
    """Return the next revisions of the blocks that get estimates, and how these were made.

    estimates: schema ESTIMATES. stored: schema BLOCKS — the last revisions of at least the blocks
    that the estimates are of. Returns schema BLOCKS, and one provenance per block and method.
    """
    placed = estimates.with_row_index("row").with_columns(
        letter=pl.lit(ESTIMATED_BY_US),
        nature=pl.lit(Nature.ESTIMATED.value),
        doubtful=pl.lit(value=False),
        position=pl.lit("estimate"),
        published_us=pl.lit(0, pl.Int64),  # before anything that the DSO says
    )
    merged = merge(placed, stored)
    assert merged.accepted == estimates.height, "estimates fill gaps and nothing else"
    provenances = (
        estimates.sort("slot")
        .group_by(*_BLOCK, "method")
        .agg(
            "slot",
            replaced=pl.col("letter").str.join(""),
            input_days=pl.col("input_days").explode().unique().sort(),
            input_prms=pl.col("input_prms").explode().drop_nulls().unique().sort(),
        )
        .join(merged.blocks.select(*_BLOCK, "revision"), on=_BLOCK)
        .sort(*_BLOCK, "method")
    )
    columns = [*_BLOCK, "method", "revision", "slot", "replaced", "input_days", "input_prms"]
    provenance = [
        Provenance(BlockKey(Prm(row[0]), Direction(row[1]), *row[2:4]), *row[4:])
        for row in provenances.select(columns).iter_rows()
    ]
    return merged.blocks.select(BLOCKS.names()), provenance
