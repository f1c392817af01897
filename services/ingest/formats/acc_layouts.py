"""The layouts of the DSO's monthly CSV of an operation: one YAML file each, in ``layouts/``.

The real header is published nowhere (domain: §2.1), so that a new one must be a matter of minutes:
docs/acc-csv-layouts.md shows how to write a layout.
"""

import re
from datetime import datetime
from enum import StrEnum
from importlib.resources import files
from typing import Annotated, Literal, NamedTuple, Self

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from libs.common.ids import OPERATION_PATTERN, Direction, Quantity
from services.ingest.domain.readings import STEPS_MIN
from services.ingest.domain.results import EnergyUnit
from services.ingest.formats.columns import plain

FROM_STAMPS = "from_stamps"
VALUE_OF = "value of "
"""Begins the names of the columns of values in a wide layout."""

_OF = " of "
_SAMPLE = datetime(2026, 10, 25, 23, 30)  # noqa: DTZ001 - a naive stamp, to try formats on


class LayoutError(Exception):
    """A layout cannot be used; the message names its file and what to correct."""


class Meaning(NamedTuple):
    """What a column or a word stands for; of a part that was shared, the side may be open."""

    quantity: Quantity
    direction: Direction | None


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Zone(StrEnum):
    """How stamps say where on Earth they are."""

    LOCAL = "local"  # naive local time of Paris
    OFFSET = "offset"  # ISO 8601 with an offset


class StampRule(_Strict):
    """How intervals are stamped; format (strptime) is for local time only."""

    marks: Literal["start", "end"]
    zone: Zone
    format: str = "%Y-%m-%d %H:%M:%S"

    @model_validator(mode="after")
    def _tells_the_minute(self) -> Self:
        try:
            kept = datetime.strptime(_SAMPLE.strftime(self.format), self.format)  # noqa: DTZ007
        except ValueError:
            kept = None
        if kept != _SAMPLE:
            msg = f"the format {self.format!r} does not keep a stamp to the minute, as {_SAMPLE}"
            raise ValueError(msg)
        return self


class ColumnNames(_Strict):
    """The header's words; a column that is absent is told by another rule."""

    stamp: str
    prm: str | None = None
    operation: str | None = None
    direction: str | None = None
    step: str | None = None
    unit: str | None = None
    definitive: str | None = None
    quantity: str | None = None
    value: str | None = None


class Layout(_Strict):
    """One version of the CSV; ``quantities`` are columns of a wide one, words of a long one."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
    separator: Literal[";", ",", "\t", "|"] = ";"
    columns: ColumnNames
    quantities: dict[str, str] = Field(min_length=1)
    stamp: StampRule
    step_min: int | Literal["from_stamps"] | None = None
    unit: EnergyUnit | None = None
    definitive: bool | dict[str, bool]
    operation: Annotated[str, StringConstraints(pattern=OPERATION_PATTERN)] | None = None
    file_name: str = r"(?P<operation>ACC[0-9]{8})"

    @property
    def is_long(self) -> bool:
        return self.columns.quantity is not None

    @property
    def fixed_step_min(self) -> int | None:
        return self.step_min if isinstance(self.step_min, int) else None

    @property
    def header(self) -> dict[str, str]:
        """What each column is in the result, and its plain word in the header."""
        named = {
            name: plain(word) for name, word in self.columns.model_dump(exclude_none=True).items()
        }
        wide = {} if self.is_long else self.meanings
        return named | {f"{VALUE_OF}{word}": word for word in wide}

    @property
    def meanings(self) -> dict[str, Meaning]:
        """By plain word."""
        return {plain(word): _meaning(text) for word, text in self.quantities.items()}

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        problems = list(_problems(self))
        if problems:
            raise ValueError("; ".join(problems))
        return self


def _meaning(text: str) -> Meaning:
    """Of ``self_consumed``, ``self_consumed of production`` or ``surplus``. Raises ValueError."""
    word, _, side = text.partition(_OF)
    sides = {
        Quantity.CONSUMPTION: Direction.CONSUMPTION,
        Quantity.COMPLEMENT: Direction.CONSUMPTION,
        Quantity.PRODUCTION: Direction.PRODUCTION,
        Quantity.SURPLUS: Direction.PRODUCTION,
    }
    quantity = Quantity(word)
    return Meaning(quantity, Direction(side) if side else sides.get(quantity))


def _problems(layout: Layout) -> list[str]:
    columns, found = layout.columns, []
    either = {
        "step": (columns.step, layout.step_min),
        "unit": (columns.unit, layout.unit),
    }
    for name, (column, constant) in either.items():
        if (column is None) == (constant is None):
            found.append(f"tell the {name} by a column or by a constant, not both")
    if isinstance(layout.step_min, int) and layout.step_min not in STEPS_MIN:
        found.append(f"step_min is one of {', '.join(map(str, STEPS_MIN))} or {FROM_STAMPS}")
    if (columns.quantity is None) != (columns.value is None):
        found.append("a long layout has both a column of quantities and a column of values")
    if (columns.definitive is None) == isinstance(layout.definitive, dict):
        found.append("definitive is true or false, or words with a column of its own")
    found += _problems_of_words(layout) + _problems_of_name(layout)
    return found


def _problems_of_words(layout: Layout) -> list[str]:
    found = []
    for word, text in layout.quantities.items():
        try:
            _meaning(text)
        except ValueError:
            known = ", ".join(one.value for one in Quantity)
            found.append(
                f"{word!r} stands for {text!r}, which is none of {known};"
                " a share may be 'self_consumed of consumption' or 'self_consumed of production'"
            )
    if not found and len(layout.meanings) < len(layout.quantities):
        found.append("two quantities differ by accents or capitals only")
    header = list(layout.header.values()) if not found else []
    if len(set(header)) < len(header):
        found.append("two columns have the same word")
    return found


def _problems_of_name(layout: Layout) -> list[str]:
    try:
        groups = re.compile(layout.file_name, re.ASCII).groupindex
    except re.error as error:
        return [f"file_name is not a regular expression: {error}"]
    if set(groups) - {"operation", "prm"}:
        return ["the groups of file_name are called operation and prm"]
    if layout.columns.prm is None and "prm" not in groups:
        return ["tell the point by a column or by the group prm of file_name"]
    told = layout.columns.operation or layout.operation or "operation" in groups
    return [] if told else ["tell the operation by a column, a constant or the file's name"]


def read_layout(text: str, source: str) -> Layout:
    """Raises LayoutError; source names the file in it."""
    try:
        return Layout.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise LayoutError(f"{source} is not YAML: {error}") from error
    except ValidationError as error:
        what = "; ".join(
            f"{'.'.join(map(str, one['loc'])) or 'layout'}: {one['msg']}" for one in error.errors()
        )
        raise LayoutError(f"{source}: {what}") from error


def read_layouts() -> tuple[Layout, ...]:
    """Those that are shipped, the one with most columns first. Raises LayoutError."""
    folder = files("services.ingest.formats") / "layouts"
    layouts = [
        read_layout(one.read_text("utf-8"), one.name)
        for one in sorted(folder.iterdir(), key=lambda one: one.name)
        if one.name.endswith(".yaml")
    ]
    headers = [(one.separator, frozenset(one.header.values())) for one in layouts]
    for number, header in enumerate(headers):
        if header in headers[:number]:
            other = layouts[headers.index(header)]
            raise LayoutError(
                f"the layouts {other.name} and {layouts[number].name} have the same header"
            )
    return tuple(sorted(layouts, key=lambda one: len(one.header), reverse=True))
