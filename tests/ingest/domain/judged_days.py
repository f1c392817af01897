"""Givens: blocks by hand, and what rules find in them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from libs.common.calendar import steps_in_day
from services.ingest.domain.readings.merging import BLOCKS
from services.ingest.domain.rules import RuleAction
from services.ingest.domain.rules.judging import BEFORE, PARTICIPATIONS, Context, flags
from services.ingest.domain.rules.settings import DEFAULTS, RuleSettings, SettingChange, changed

PRM = "99000000000017"
DAY = date(2026, 7, 1)


@dataclass(frozen=True)
class Curve:
    """One block; a step that is not given has ``otherwise``."""

    values: Mapping[int, int | None] = field(default_factory=dict)
    otherwise: int | None = None
    direction: str = "consumption"
    day: date = DAY
    step_min: int = 30
    prm: str = PRM

    @property
    def power_w(self) -> list[int | None]:
        slots = range(steps_in_day(self.day, self.step_min))
        return [self.values.get(slot, self.otherwise) for slot in slots]


def blocks(curves: Iterable[Curve]) -> pl.DataFrame:
    """Schema BLOCKS."""
    rows = [
        (
            curve.prm,
            curve.direction,
            curve.day,
            curve.step_min,
            1,
            curve.power_w,
            "".join("." if value is None else "m" for value in curve.power_w),
            [False] * len(curve.power_w),
            [0],
        )
        for curve in curves
    ]
    frame = pl.DataFrame(rows, schema=BLOCKS, orient="row")
    return frame.sort("prm", "direction", "day", "step_min")


def context(
    *settings: RuleSettings,
    limits_w: Mapping[str, int | None] | None = None,
    before: Sequence[tuple[str, str, date, int, int]] = (),
) -> Context:
    """limits_w: of the points that take part, by prm; the last settings are those of them all."""
    rows = [
        (prm, direction, date(2026, 1, 1), None, limit_w, len(settings or (1,)) - 1)
        for prm, limit_w in (limits_w or {}).items()
        for direction in ("consumption", "production")
    ]
    return Context(
        settings or (DEFAULTS,),
        pl.DataFrame(rows, schema=PARTICIPATIONS, orient="row"),
        pl.DataFrame(before, schema=BEFORE, orient="row"),
    )


def only(
    code: str, action: RuleAction = RuleAction.FLAG, parameters: Mapping[str, float] | None = None
) -> RuleSettings:
    """Settings in which one rule is on."""
    off = {rule: SettingChange(RuleAction.OFF) for rule in DEFAULTS}
    return changed(DEFAULTS, {**off, code: SettingChange(action, parameters or {})})


def found(code: str, *curves: Curve, **parameters: float) -> list[list[int]]:
    """The steps that a rule flags in each block that has any, in the order of blocks."""
    flagged = flags(blocks(curves), context(only(code, parameters=parameters)))
    return [slots.to_list() for slots in flagged["slots"]]
