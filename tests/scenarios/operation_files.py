"""Reads the scenarios of operations over days; their format: operations/README.md."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import polars as pl

from libs.common.calendar import PARIS, day_bounds, step_starts, steps_in_day
from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.curves import Block
from services.allocation.domain.days import DayFacts
from services.allocation.domain.keys import SharingKey, parse_key
from services.allocation.domain.keys.policy import DEFAULT_POLICY, MissingReadings
from services.allocation.domain.keys.timeline import KeyPeriod, Timeline, definition_on, place_key
from services.allocation.domain.perimeter import (
    Participant,
    Participation,
    Perimeter,
    StepChange,
)

Row = Mapping[str, str]

_NOBODY = UUID(int=0)
"""Whose point it is changes no share."""


@dataclass(frozen=True)
class Operation:
    """What ``when/`` says."""

    folder: Path
    perimeter: Perimeter
    timeline: Timeline
    missing_readings: MissingReadings
    readings: Sequence[Row]

    @classmethod
    def read(cls, folder: Path) -> "Operation":
        said = json.loads((folder / "operation.json").read_text())
        perimeter = Perimeter(
            operation_id=OperationId("ACC00000001"),
            revision=1,
            name="",
            organiser_id=_NOBODY,
            step_min=said["step_min"],
            participations=list(_participations(said["participations"])),
            step_changes=[
                StepChange(date.fromisoformat(change["valid_from"]), change["step_min"])
                for change in said.get("step_changes", [])
            ],
        )
        timeline: Timeline = []
        for key in said["keys"]:
            timeline = place_key(timeline, _period(key))
        policy = MissingReadings(said.get("missing_readings", DEFAULT_POLICY.missing_readings))
        return cls(folder, perimeter, timeline, policy, rows(folder / "curves.csv"))

    def facts(self, day: date) -> DayFacts:
        """What the service would load for the day."""
        return DayFacts(
            operation_id=self.perimeter.operation_id,
            day=day,
            step_min=self.perimeter.step_on(day),
            participants=self.perimeter.participants_on(day),
            blocks=_blocks(self.readings, day),
            key=self._key_on(day),
            missing_readings=self.missing_readings,
        )

    def _key_on(self, day: date) -> SharingKey | None:
        definition = definition_on(self.timeline, day)
        if definition is None:
            return None
        if isinstance(file := definition.get("coefficients"), str):
            return parse_key(definition, coefficients=_coefficients(self.folder / file))
        return parse_key(_with_many(definition))


def rows(path: Path) -> list[Row]:
    with path.open(newline="") as lines:
        return list(csv.DictReader(lines))


def prms(text: str) -> list[Prm]:
    """One prm, or ``first..last``, or every third of them: ``first..last/3``."""
    first, _, rest = text.partition("..")
    last, _, stride = rest.partition("/")
    return [Prm(str(n)) for n in range(int(first), int(last or first) + 1, int(stride or 1))]


def window(row: Row, day: date, step_min: int) -> range:
    """The numbers of the steps of the day between the columns from and to."""
    start, end = _instant(day, row["from"]), _instant(day, row["to"])
    inside = [at for at, begins in enumerate(step_starts(day, step_min)) if start <= begins < end]
    assert inside, f"no step of {day} begins between {row['from']} and {row['to']}"
    return range(inside[0], inside[-1] + 1)


def _instant(day: date, clock: str) -> datetime:
    """Local time, with its offset from UTC where the clock says it twice: ``02:00+01:00``."""
    if clock == "24:00":
        return day_bounds(day)[1]
    at = datetime.fromisoformat(f"{day}T{clock}")
    return (at if at.tzinfo else at.replace(tzinfo=PARIS)).astimezone(UTC)


def _participations(said: Sequence[Mapping[str, Any]]) -> Iterator[Participation]:
    for participation in said:
        for prm in prms(participation["prm"]):
            yield Participation(
                prm=prm,
                direction=Direction(participation["direction"]),
                member_id=_NOBODY,
                valid_from=date.fromisoformat(participation["valid_from"]),
                valid_to=_day_or_none(participation.get("valid_to")),
            )


def _period(said: Mapping[str, Any]) -> KeyPeriod:
    valid_to = _day_or_none(said.get("valid_to"))
    return KeyPeriod(
        valid_from=date.fromisoformat(said["valid_from"]),
        valid_to=valid_to,
        open_ended=valid_to is None,
        definition=said["definition"],
    )


def _day_or_none(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _with_many(said: object) -> object:
    """A definition with ``first..last`` written out, in lists of points and as names of fields."""
    match said:
        case dict():
            return {
                name: _with_many(value) for many, value in said.items() for name in _named(many)
            }
        case list():
            return [name for many in said for name in _named(many)]
        case _:
            return said


def _named(many: object) -> Sequence[object]:
    return prms(many) if isinstance(many, str) and ".." in many else [_with_many(many)]


def _coefficients(path: Path) -> pl.DataFrame:
    """One row per consumer, all text."""
    return pl.DataFrame(
        [{**row, "consumer": prm} for row in rows(path) for prm in prms(row["consumer"])]
    )


def _blocks(readings: Sequence[Row], day: date) -> Mapping[Participant, Sequence[Block]]:
    """One block per point and step that any row of the day speaks of; later rows win."""
    powers: dict[tuple[Participant, int], list[int | None]] = {}
    estimated = defaultdict[tuple[Participant, int], set[int]](set)
    for row in readings:
        if not row["first_day"] <= day.isoformat() <= row["last_day"]:
            continue
        step_min, power = int(row["step_min"]), int(row["power_w"]) if row["power_w"] else None
        steps = window(row, day, step_min)
        for prm in prms(row["prm"]):
            series = Participant(prm, Direction(row["direction"])), step_min
            block = powers.setdefault(series, [None] * steps_in_day(day, step_min))
            block[steps.start : steps.stop] = [power] * len(steps)
            if row.get("estimated"):
                estimated[series] |= set(steps)
    blocks = defaultdict[Participant, list[Block]](list)
    for series, power_w in powers.items():
        participant, step_min = series
        blocks[participant].append(Block(step_min, power_w, sorted(estimated[series])))
    return blocks
