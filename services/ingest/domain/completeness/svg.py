"""Completeness as a picture: a row per point, a square per local day, coloured by what has come."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

import polars as pl

_SIDE, _GAP = 18, 2
_LEFT, _TOP, _LEGEND = 180, 64, 74
_NARROWEST = 820  # which the legend and the title need
_SUNDAY = 7

_CLASSES = (
    # Each class: the least share of the day that has come, in percent. The colours go from blue to
    # red by way of yellow: people who cannot tell green from red can tell these.
    (100, "#1f5a99", "all has come"),
    (95, "#79aede", "95 % or more"),
    (50, "#f5dc8c", "half or more"),
    (1, "#ec9a4c", "less than half"),
    (0, "#b2352b", "nothing"),
)
_ATTRIBUTES = (
    'xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc"'
    ' font-family="system-ui, sans-serif" font-size="11" fill="#1b1b1b"'
)
_VERBS = {"consumption": "consumes", "production": "produces"}


def completeness_svg(title: str, days: Sequence[date], counts: pl.DataFrame) -> str:
    """Draw a calendar heat map.

    days: the columns, in order. counts: schema COMPLETENESS, of these days.
    """
    rows = [
        (prm, direction, {cell["day"]: cell for cell in row})
        for (prm, direction), row in groupby(
            counts.iter_rows(named=True), key=lambda cell: (cell["prm"], cell["direction"])
        )
    ]
    width = max(_NARROWEST, _LEFT + len(days) * (_SIDE + _GAP) + 20)
    height = _TOP + len(rows) * (_SIDE + _GAP) + _LEGEND
    return "\n".join(
        [
            f'<svg {_ATTRIBUTES} viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
            f'<title id="title">{title}</title>',
            f'<desc id="desc">{_description(counts)}</desc>',
            f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
            f'<text x="16" y="24" font-size="15" font-weight="600">{title}</text>',
            *_heading(days),
            *(
                line
                for number, (prm, direction, cells) in enumerate(rows)
                for line in _row(number, f"{prm} {_VERBS[direction]}", days, cells)
            ),
            *_legend(height - _LEGEND + 26),
            "</svg>",
            "",
        ]
    )


def _description(counts: pl.DataFrame) -> str:
    expected, received, dso_estimates, our_estimates, missing = (
        counts[name].sum()
        for name in ("expected", "received", "estimated_by_dso", "estimated_by_us", "missing")
    )
    return (
        f"Of {expected} expected steps {received} were received, {dso_estimates} estimated by the"
        f" network operator, {our_estimates} estimated by us, and {missing} are missing."
    )


def _heading(days: Sequence[date]) -> Iterator[str]:
    for column, day in enumerate(days):
        weight = "700" if day.isoweekday() == _SUNDAY else "400"
        yield (
            f'<text x="{_x(column) + _SIDE // 2}" y="{_TOP - 8}" text-anchor="middle"'
            f' font-weight="{weight}">{day.day}</text>'
        )


def _row(
    number: int, label: str, days: Sequence[date], cells: Mapping[date, Mapping[str, int]]
) -> Iterator[str]:
    y = _TOP + number * (_SIDE + _GAP)
    yield f'<text x="{_LEFT - 8}" y="{y + 13}" text-anchor="end">{label}</text>'
    for column, day in enumerate(days):
        cell = cells.get(day)
        if cell is None:
            yield _square(_x(column), y, "#f1f1f1")
            continue
        yield _square(_x(column), y, _colour(cell), f"{label}, {day}: {_tip(cell)}")
        if cell["estimated_by_us"]:
            yield _dot(_x(column), y)


def _tip(cell: Mapping[str, int]) -> str:
    return (
        f"{cell['received']} of {cell['expected']} steps received,"
        f" {cell['estimated_by_dso']} estimated by the network operator,"
        f" {cell['estimated_by_us']} by us, {cell['missing']} missing"
    )


def _colour(cell: Mapping[str, int]) -> str:
    steps_received = cell["received"] + cell["estimated_by_dso"]
    return next(
        colour
        for percent, colour, _ in _CLASSES
        # One step of many is not nothing, though it is less than one percent.
        if steps_received * 100 >= percent * cell["expected"] or (percent == 1 and steps_received)
    )


def _legend(y: int) -> Iterator[str]:
    x = 16
    entries = [(colour, words) for _, colour, words in _CLASSES]
    entries.append(("#f1f1f1", "takes no part, or day not over"))
    for colour, words in entries:
        yield _square(x, y, colour)
        yield f'<text x="{x + _SIDE + 5}" y="{y + 13}">{words}</text>'
        x += _SIDE + 14 + 7 * len(words)
    yield _square(16, y + _SIDE + 6, "#b2352b") + _dot(16, y + _SIDE + 6)
    yield (
        f'<text x="{16 + _SIDE + 5}" y="{y + _SIDE + 19}">some steps are our own estimates,'
        " which do not count as come; what the network operator estimated does</text>"
    )


def _square(x: int, y: int, colour: str, tip: str = "") -> str:
    shape = f'<rect x="{x}" y="{y}" width="{_SIDE}" height="{_SIDE}" rx="2" fill="{colour}"'
    return f"{shape}><title>{tip}</title></rect>" if tip else f"{shape}/>"


def _dot(x: int, y: int) -> str:
    middle = _SIDE // 2
    return (
        f'<circle cx="{x + middle}" cy="{y + middle}" r="4" fill="#ffffff" stroke="#1b1b1b"'
        ' pointer-events="none"/>'
    )


def _x(column: int) -> int:
    return _LEFT + column * (_SIDE + _GAP)
