"""Readings as CSV, as ``elocoop readings`` prints it and people open it in a spreadsheet."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from services.ingest.domain.readings.blocks import Block

HEADER = "prm,direction,start,step_min,power_w,nature,doubtful\n"


def curve_csv(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the header, then the readings of one local day at a time, in order of time.

    blocks: in order of prm, direction, day.
    """
    yield HEADER
    for (prm, direction, _), day in groupby(
        blocks, key=lambda block: (block.prm, block.direction, block.day)
    ):
        readings = sorted(reading for block in day for reading in block.readings())
        yield "".join(
            f"{prm},{direction},{reading.start:%Y-%m-%dT%H:%M:%SZ},{reading.step_min},"
            f"{'' if reading.power_w is None else reading.power_w},{reading.nature},"
            f"{reading.doubtful:d}\n"
            for reading in readings
        )
