"""The definition of a validation rule, and the days that it examines."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import polars as pl


class RuleAction(StrEnum):
    OFF = "off"
    FLAG = "flag"  # the reading counts, and is marked
    QUARANTINE = "quarantine"  # the reading waits for somebody to decide


@dataclass(frozen=True)
class Parameter:
    name: str
    default: float
    least: float
    most: float
    text: str


@dataclass(frozen=True)
class Days:
    """Whole local days of points, with all of their steps.

    blocks: one row per block — prm str, direction str, day date, step_min i32, limit_w i64 (of the
    point in that direction, null if unknown), is_known bool (takes or took part somewhere), in that
    order; all blocks of a point, direction and day are there.
    steps: one row per step of each block, in order — block u32 (row of ``blocks``), slot u32,
    power_w i64 (null if unknown).
    before: blocks of days before — prm str, direction str, day date, step_min i32, last_min i64
    (minutes from the start of the day to the end of the last value).
    """

    blocks: pl.DataFrame
    steps: pl.DataFrame
    before: pl.DataFrame

    def of_block(self, column: str) -> pl.Series:
        """Return the value of the block's column at each step."""
        return self.blocks[column].gather(self.steps["block"])

    def nothing(self) -> pl.Series:
        """Find no step at all."""
        return pl.repeat(value=False, n=self.steps.height, dtype=pl.Boolean, eager=True)


Find: TypeAlias = Callable[[Days, Mapping[str, float]], pl.Series]
"""Find the steps to which a rule applies: one boolean per row of ``Days.steps``, never null."""


@dataclass(frozen=True)
class Rule:
    """code: stable. action: the default. text: for docs/use/validation-rules.md."""

    code: str
    title: str
    text: str
    action: RuleAction
    find: Find
    parameters: tuple[Parameter, ...] = ()
    actions: tuple[RuleAction, ...] = tuple(RuleAction)
