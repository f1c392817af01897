"""The layouts of the DSO's monthly CSV of an operation: one YAML file each, beside this module.

The real header is published nowhere (domain: §2.1), so adding a new one must be a matter of
minutes: docs/use/acc-csv-layouts.md shows how to write a layout.
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
from services.ingest.domain.readings.readings import STEPS_MIN
from services.ingest.domain.results.results import EnergyUnit
from services.ingest.formats.columns import plain

FROM_STAMPS = "from_stamps"
VALUE_OF = "value of "
"""The prefix of the names of value columns in a wide layout."""

_OF = " of "
_SAMPLE = datetime(2026, 10, 25, 23, 30)  # noqa: DTZ001 - a naive stamp, to try formats on


class LayoutError(Exception):
    """A layout cannot be used; the message names its file and what to correct."""


class Meaning(NamedTuple):
    """The meaning of a column or a word; a shared quantity may leave the side open."""

    quantity: Quantity
    direction: Direction | None


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class StampZone(StrEnum):
    """The form in which stamps state their time zone."""

    LOCAL = "local"  # naive local time of Paris
    OFFSET = "offset"  # ISO 8601 with an offset


class StampRule(_Strict):
    """The stamps of intervals; format (strptime) is for local time only."""

    marks: Literal["start", "end"]
    zone: StampZone
    format: str = "%Y-%m-%d %H:%M:%S"

    @model_validator(mode="after")
    def _keeps_the_minute(self) -> Self:
        try:
            round_trip = datetime.strptime(_SAMPLE.strftime(self.format), self.format)  # noqa: DTZ007
        except ValueError:
            round_trip = None
        if round_trip != _SAMPLE:
            msg = f"the format {self.format!r} does not keep a stamp to the minute, as {_SAMPLE}"
            raise ValueError(msg)
        return self


class ColumnNames(_Strict):
    """The header's words; another rule replaces a column that is absent."""

    stamp: str
    prm: str | None = None
    operation: str | None = None
    direction: str | None = None
    step: str | None = None
    unit: str | None = None
    definitive: str | None = None
    quantity: str | None = None
    value: str | None = None


class AccLayout(_Strict):
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
        """The plain word of each column in the header, by its name in the result."""
        named_columns = {
            name: plain(word) for name, word in self.columns.model_dump(exclude_none=True).items()
        }
        wide = {} if self.is_long else self.meanings
        return named_columns | {f"{VALUE_OF}{word}": word for word in wide}

    @property
    def meanings(self) -> dict[str, Meaning]:
        """The meanings by plain word."""
        return {plain(word): _meaning(text) for word, text in self.quantities.items()}

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        problems = list(_problems(self))
        if problems:
            raise ValueError("; ".join(problems))
        return self


def _meaning(text: str) -> Meaning:
    """Read ``self_consumed``, ``self_consumed of production`` or ``surplus``. Raises ValueError."""
    word, _, side = text.partition(_OF)
    sides = {
        Quantity.CONSUMPTION: Direction.CONSUMPTION,
        Quantity.COMPLEMENT: Direction.CONSUMPTION,
        Quantity.PRODUCTION: Direction.PRODUCTION,
        Quantity.SURPLUS: Direction.PRODUCTION,
    }
    quantity = Quantity(word)
    return Meaning(quantity, Direction(side) if side else sides.get(quantity))


def _problems(layout: AccLayout) -> list[str]:
    columns, problems = layout.columns, []
    either = {
        "step": (columns.step, layout.step_min),
        "unit": (columns.unit, layout.unit),
    }
    for name, (column, constant) in either.items():
        if (column is None) == (constant is None):
            problems.append(f"state the {name} by a column or by a constant, not both")
    if isinstance(layout.step_min, int) and layout.step_min not in STEPS_MIN:
        problems.append(f"step_min is one of {', '.join(map(str, STEPS_MIN))} or {FROM_STAMPS}")
    if (columns.quantity is None) != (columns.value is None):
        problems.append("a long layout has both a column of quantities and a column of values")
    if (columns.definitive is None) == isinstance(layout.definitive, dict):
        problems.append("definitive is true or false, or words with a column of its own")
    problems += _problems_of_words(layout) + _problems_of_name(layout)
    return problems


def _problems_of_words(layout: AccLayout) -> list[str]:
    problems = []
    for word, text in layout.quantities.items():
        try:
            _meaning(text)
        except ValueError:
            quantity_words = ", ".join(quantity.value for quantity in Quantity)
            problems.append(
                f"{word!r} stands for {text!r}, which is none of {quantity_words};"
                " a share may be 'self_consumed of consumption' or 'self_consumed of production'"
            )
    if not problems and len(layout.meanings) < len(layout.quantities):
        problems.append("two quantities differ by accents or capitals only")
    header = list(layout.header.values()) if not problems else []
    if len(set(header)) < len(header):
        problems.append("two columns have the same word")
    return problems


def _problems_of_name(layout: AccLayout) -> list[str]:
    try:
        groups = re.compile(layout.file_name, re.ASCII).groupindex
    except re.error as error:
        return [f"file_name is not a regular expression: {error}"]
    if set(groups) - {"operation", "prm"}:
        return ["the groups of file_name are called operation and prm"]
    if layout.columns.prm is None and "prm" not in groups:
        return ["state the point by a column or by the group prm of file_name"]
    has_operation = layout.columns.operation or layout.operation or "operation" in groups
    return (
        [] if has_operation else ["state the operation by a column, a constant or the file's name"]
    )


def read_layout(text: str, source: str) -> AccLayout:
    """Read one layout; source names its file in errors. Raises LayoutError."""
    try:
        return AccLayout.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise LayoutError(f"{source} is not YAML: {error}") from error
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, problem['loc'])) or 'layout'}: {problem['msg']}"
            for problem in error.errors()
        )
        raise LayoutError(f"{source}: {problems}") from error


def read_layouts() -> tuple[AccLayout, ...]:
    """Read the shipped layouts, the one with most columns first. Raises LayoutError."""
    folder = files("services.ingest.formats.acc.layouts")
    layouts = [
        read_layout(file.read_text("utf-8"), file.name)
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".yaml")
    ]
    headers = [(layout.separator, frozenset(layout.header.values())) for layout in layouts]
    for number, header in enumerate(headers):
        if header in headers[:number]:
            other_layout = layouts[headers.index(header)]
            raise LayoutError(
                f"the layouts {other_layout.name} and {layouts[number].name} have the same header"
            )
    return tuple(sorted(layouts, key=lambda layout: len(layout.header), reverse=True))
