"""The monthly CSV of a shape's one point: stamps of the starts, with an offset; W.

Only its name states the operation and the point: see ``file_name``.
"""

from collections.abc import Iterator

from services.demo.dso_files.results import WORDS, split
from services.demo.dso_files.shape import Shape

NAME = "ACC CSV one-point-power"


def write(shape: Shape) -> Iterator[bytes]:
    """Raises ValueError if the shape has several points: such a file has one."""
    (curve,) = shape.curves()
    yield f"Horodate;{';'.join(WORDS)}\n".encode()
    power_by_word = split(shape, curve)
    nothing = [None] * len(shape.starts)
    rows = zip(*(power_by_word.get(word, nothing) for word in WORDS), strict=True)
    yield "".join(
        f"{start.isoformat()};{';'.join('' if value is None else str(value) for value in row)}\n"
        for start, row in zip(shape.local_starts, rows, strict=True)
    ).encode()


def file_name(shape: Shape) -> str:
    return f"{shape.operation_id}_{shape.prms[0]}.csv"
