"""Draws the pictures of docs/use/allocation.md from its worked tables.

Run ``uv run python -m docs.pictures.draw`` after changing one. A test runs the engine on the
tables, and fails when a picture is stale.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import numpy as np

from services.allocation.domain.curves import starts_of_day
from services.allocation.domain.keys import Priority, parse_key
from services.allocation.domain.keys.ranks import points_of
from services.allocation.domain.metered import Metered

DOCUMENT = Path(__file__).parents[1] / "use" / "allocation.md"

_STYLE = """
    text { font: 14px system-ui, sans-serif; fill: #1f2328 }
    .quiet { fill: #59636e }
    .page { fill: #ffffff }
    .bar { fill: none; stroke: #59636e }
    .first { fill: #e3a008 }
    .second { fill: #2f8f6b }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 }
      .quiet { fill: #9198a1 }
      .page { fill: #0d1117 }
      .bar { stroke: #9198a1 }
      .first { fill: #d29922 }
      .second { fill: #3fb081 }
    }
"""
_WIDTH, _ROW, _LEFT, _KWH, _HOUR = 640, 34, 260, 50, 14
_COLOURS = ("first", "second")
_FIRST = "town hall"


@dataclass(frozen=True)
class Section:
    """A key of the document: its definition, coefficients if any, tables and picture.

    tables: rows of cells, the first row being the header.
    """

    definition: Mapping[str, Any]
    coefficients: str | None
    table: Sequence[Sequence[str]]
    picture: Path
    alternative: str


def document_points() -> dict[str, tuple[str, Decimal]]:
    """The points of the example by name: prm and kWh."""
    rows = next(_tables(_text()))[1:]
    return {name: (prm.strip("`"), Decimal(kwh)) for name, prm, _, kwh in rows}


def document_overview() -> Sequence[Sequence[str]]:
    """The table that compares the keys."""
    return list(_tables(_text()))[1]


def document_sections() -> list[Section]:
    return [_section(text) for text in _text().split("\n### ")[1:]]


def pictures() -> dict[Path, str]:
    """The text of each picture."""
    return {section.picture: _picture(section) for section in document_sections()}


def _text() -> str:
    return DOCUMENT.read_text(encoding="utf-8").split("\n## Keys\n")[1].split("\n## ")[0]


def _tables(text: str) -> Iterator[Sequence[Sequence[str]]]:
    for table in re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE):
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.split("\n")]
        yield [row for row in rows[:-1] if not re.fullmatch(r":?-+:?", row[0])]


def _section(text: str) -> Section:
    (definition,) = re.findall(r"^```json\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    coefficients = re.findall(r"^```csv\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    ((alternative, picture),) = re.findall(r"^!\[(.*)\]\((.*)\)$", text, re.MULTILINE)
    (table,) = _tables(text)
    return Section(
        definition=json.loads(definition),
        coefficients=coefficients[0] if coefficients else None,
        table=table,
        picture=DOCUMENT.parent / picture,
        alternative=alternative,
    )


def _picture(section: Section) -> str:
    if "schedules" in section.definition:
        return _svg(section.alternative, _week(section), rows=9)
    return _svg(section.alternative, _bars(section), rows=len(section.table) + 1)


def _svg(alternative: str, shapes: Iterator[str], *, rows: int) -> str:
    height = rows * _ROW + 20
    drawn = "\n".join(f"  {shape}" for shape in shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" role="img" aria-labelledby="title">\n'
        f'  <title id="title">{escape(alternative)}</title>\n'
        f"  <style>{_STYLE}  </style>\n"
        f'  <rect class="page" width="{_WIDTH}" height="{height}" rx="6"/>\n'
        f"{drawn}\n</svg>\n"
    )


def _bars(section: Section) -> Iterator[str]:
    """What was produced; for each consumer, what it got of what it consumed; the surplus."""
    header, *rows = section.table
    producers = [column.removeprefix("from ") for column in header[2:4]]
    produced = [document_points()[name][1] for name in producers]
    yield from _legend(producers)
    yield from _bar(
        1, "produced", produced, sum(produced), f"{_number(sum(produced, Decimal()))} kWh"
    )
    for place, (name, consumption, *cells, share, _) in enumerate(rows, start=2):
        parts = [Decimal(cell) for cell in cells]
        words = f"{share} of {consumption} kWh" if consumption else f"{share} kWh"
        note = _note(section.definition, section.coefficients, document_points().get(name))
        yield from _bar(place, f"{name}{note}", parts, Decimal(consumption or share), words)


def _legend(producers: Sequence[str]) -> Iterator[str]:
    for place, (name, colour) in enumerate(zip(producers, _COLOURS, strict=True)):
        x = _LEFT + place * 110
        yield f'<rect class="{colour}" x="{x}" y="12" width="14" height="14"/>'
        yield f'<text class="quiet" x="{x + 20}" y="24">{escape(name)}</text>'


def _bar(
    row: int, label: str, parts: Sequence[Decimal], length: Decimal, words: str
) -> Iterator[str]:
    x, y = Decimal(_LEFT), row * _ROW + 10
    yield f'<text x="12" y="{y + 15}">{escape(label)}</text>'
    for part, colour in zip(parts, _COLOURS, strict=True):
        width = part * _KWH
        if part:
            yield (
                f'<rect class="{colour}" x="{_number(x)}" y="{y}" '
                f'width="{_number(width)}" height="20"/>'
            )
        x += width
    end = _LEFT + length * _KWH
    if length:
        yield (
            f'<rect class="bar" x="{_LEFT}" y="{y}" width="{_number(length * _KWH)}" height="20"/>'
        )
    yield f'<text class="quiet" x="{_number(end + 8)}" y="{y + 15}">{words}</text>'


def _note(
    definition: Mapping[str, Any], coefficients: str | None, point: tuple[str, Decimal] | None
) -> str:
    """What the key says of a consumer, in a few signs."""
    if point is None:
        return ""
    prm = point[0]
    for place, rank in enumerate(definition.get("ranks", []), start=1):
        if prm in (rank["weights"] if isinstance(rank, Mapping) else rank):
            return f" · rank {place}"
    if share := definition.get("shares", {}).get(prm):
        return f" · {_percent(share)}"
    shares = re.findall(rf"Z,(?:(\d+),)?{prm},([\d.]+)$", coefficients or "", re.MULTILINE)
    names = {prm: f"{name} " for name, (prm, _) in document_points().items()}
    told = ", ".join(f"{names.get(giver, '')}{_percent(share)}" for giver, share in shares)
    return f" · {told}" if told else ""


def _percent(share: str) -> str:
    return f"{_number(Decimal(share) * 100)} %"


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _week(section: Section) -> Iterator[str]:
    """Who is served first in each hour of a week in June, without public holidays."""
    key = parse_key(section.definition)
    assert isinstance(key, Priority), "only priority keys have schedules"
    (town_hall, _), *_ = (point for name, point in document_points().items() if name == _FIRST)
    for place, words in enumerate([f"{_FIRST} first", "households first"]):
        x = _LEFT + place * 150
        yield f'<rect class="{_COLOURS[place]}" x="{x}" y="12" width="14" height="14"/>'
        yield f'<text class="quiet" x="{x + 20}" y="24">{words}</text>'
    for hour in (0, 6, 12, 18, 24):
        x = _LEFT + hour * _HOUR
        yield f'<text class="quiet" x="{x}" y="{9 * _ROW - 5}" text-anchor="middle">{hour} h</text>'
    for place in range(7):
        day = date(2026, 6, 8) + timedelta(days=place)
        y = (place + 1) * _ROW + 10
        yield f'<text x="12" y="{y + 15}">{day:%A}</text>'
        starts = starts_of_day(day, 60)
        energy = {town_hall: np.zeros(len(starts), dtype=np.int64)}
        chosen = key.chosen(Metered.of(energy, energy, starts)).tolist()
        for hour, choice in enumerate(chosen):
            colour = _COLOURS[0 if town_hall in points_of(key.choices[choice][:1]) else 1]
            x = _LEFT + hour * _HOUR
            yield f'<rect class="{colour}" x="{x}" y="{y}" width="{_HOUR}" height="20"/>'


if __name__ == "__main__":
    for path, text in pictures().items():
        path.write_text(text, encoding="utf-8")
