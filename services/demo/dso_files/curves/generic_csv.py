"""Our own CSV: stamps of the starts, with an offset (docs/use/generic-push.md)."""

from collections.abc import Iterator

from services.demo.dso_files.shape import Shape

NAME = "generic CSV"


def write(shape: Shape) -> Iterator[bytes]:
    yield b"prm,direction,start,step_min,power_w,nature,doubtful,published_at\n"
    stamps = [start.isoformat() for start in shape.local_starts]
    published_at = shape.published_at.isoformat()
    for curve in shape.curves():
        yield "".join(
            f"{curve.prm},{shape.direction},{stamp},{shape.step_min},{value},0,{published_at}\n"
            for stamp, value in zip(stamps, map(_value, curve.power_w), strict=True)
        ).encode()


def _value(power_w: int | None) -> str:
    return ",missing" if power_w is None else f"{power_w},measured"
