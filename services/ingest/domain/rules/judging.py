"""Judge readings by the validation rules: which are flagged, and which are quarantined.

Whole local days are judged, as they would be stored, without our own estimates. So flags are a
function of what has come, in whatever order, and the same readings once more change none.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from services.ingest.domain.readings.blocks import ESTIMATED_BY_US
from services.ingest.domain.readings.merging import BLOCKS, Merge, merge, slots
from services.ingest.domain.refusals import REFUSED, refused
from services.ingest.domain.rules import RULES, Days, RuleAction
from services.ingest.domain.rules.settings import RuleSettings

_DAY = ["prm", "direction", "day"]
_BLOCK = [*_DAY, "step_min"]
_SLOT = [*_BLOCK, "slot"]
_FLAGGING = [rule.code for rule in RULES.values() if RuleAction.FLAG in rule.actions]

PARTICIPATIONS = pl.Schema(
    {
        "prm": pl.String(),
        "direction": pl.String(),
        "valid_from": pl.Date(),
        "valid_to": pl.Date(),
        "limit_w": pl.Int64(),  # what the point can have in that direction, null if unknown
        "setting": pl.UInt32(),  # of its operation: the place in ``Context.settings``
    }
)
BEFORE = pl.Schema({**{name: BLOCKS[name] for name in _BLOCK}, "last_min": pl.Int64()})
FLAGS = pl.Schema(
    {
        **{name: BLOCKS[name] for name in _BLOCK},
        "code": pl.String(),
        "slots": pl.List(pl.Int16()),
    }
)
"""One row per block and rule that applies to it; slots: the steps, from 0, in order."""

_FINDINGS = pl.Schema(
    {
        **{name: BLOCKS[name] for name in _BLOCK},
        "slot": pl.Int64(),
        "power_w": pl.Int64(),
        "code": pl.String(),
    }
)


@dataclass(frozen=True)
class Context:
    """The context of points that rules need.

    settings: of the platform, then of operations that have their own.
    participations: schema PARTICIPATIONS, of all points that are judged.
    before: schema BEFORE — the blocks that points have on days before those that are judged;
    last_min: minutes from the start of the day to the end of the block's last value.
    """

    settings: Sequence[RuleSettings]
    participations: pl.DataFrame
    before: pl.DataFrame


@dataclass(frozen=True)
class JudgedReadings:
    """The verdict of the rules on readings that are laid over what is stored.

    merge: of the readings that are taken.
    refused: schema REFUSED — those that a rule quarantines.
    """

    merge: Merge
    refused: pl.DataFrame
    _stored: pl.DataFrame
    _context: Context

    @cached_property
    def flags(self) -> pl.DataFrame:
        """All flags that now apply to the days of changed blocks and to the days after them.

        Schema FLAGS. Computing them, on first use, takes as long as the merge.
        """
        return flags(self._days, self._context)

    @cached_property
    def renewed(self) -> pl.DataFrame:
        """The days with readings stored before, which may have had other flags.

        prm str, direction str, day date: one row per day.
        """
        days = self._days.select(_DAY).unique(maintain_order=True)
        return days.join(self._stored, on=_DAY, how="semi")

    @cached_property
    def _days(self) -> pl.DataFrame:
        return _days_of(self.merge, self._stored)


def merge_judged(
    placed: pl.DataFrame, stored: pl.DataFrame, context: Context, *, is_again: bool = False
) -> JudgedReadings:
    """Lay readings over what is stored, except those that a rule quarantines.

    placed: as in ``placing.Placed``. stored: as for ``merge``, with every block of the days that
    the readings are of and of the days after them. A reading that is stored already is not
    quarantined.
    is_again: as for ``merge``.
    """
    merged = merge(placed, stored, is_again=is_again)
    suspects = _find(_days_of(merged, stored), context, {RuleAction.QUARANTINE})
    held_back = _new_suspects(placed, stored, suspects)
    if not held_back.is_empty():
        accepted = placed.join(held_back, on="row", how="anti")
        merged = merge(accepted, stored, is_again=is_again)
    return JudgedReadings(merged, refused(held_back), stored, context)


def merge_flagged(placed: pl.DataFrame, stored: pl.DataFrame, context: Context) -> JudgedReadings:
    """Lay readings that somebody has accepted over what is stored: no rule quarantines any."""
    return JudgedReadings(merge(placed, stored), pl.DataFrame(schema=REFUSED), stored, context)


def flags(blocks: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Return the flags of whole days. blocks: schema BLOCKS. Returns schema FLAGS.

    Stored values that would be quarantined if they came now are flagged too.
    """
    return (
        _find(blocks, context, {RuleAction.FLAG, RuleAction.QUARANTINE})
        .filter(pl.col("code").is_in(_FLAGGING))
        .group_by(*_BLOCK, "code")
        .agg(slots=pl.col("slot").cast(pl.Int16).sort())
        .sort(*_BLOCK, "code")
        .select(FLAGS.names())
    )


def _days_of(merged: Merge, stored: pl.DataFrame) -> pl.DataFrame:
    """Return every block of the changed days, as it will be stored; schema BLOCKS.

    The days after them are included, as a change of step may begin or no longer begin there.
    """
    changed = merged.blocks.select(BLOCKS.names())
    touched = pl.concat(
        [changed.select(_DAY), changed.select(*_DAY[:2], pl.col("day") + pl.duration(days=1))]
    )
    unchanged = stored.join(changed, on=_BLOCK, how="anti").join(touched, on=_DAY, how="semi")
    return changed if unchanged.is_empty() else pl.concat([changed, unchanged]).sort(_BLOCK)


def _new_suspects(
    placed: pl.DataFrame, stored: pl.DataFrame, suspects: pl.DataFrame
) -> pl.DataFrame:
    """Return the readings whose values are suspect and new; placed's columns, reason and code."""
    if suspects.is_empty():
        return placed.clear().with_columns(reason=pl.lit(""), code=pl.lit(""))
    first = suspects.unique(_SLOT, keep="first", maintain_order=True)
    titles = {rule.code: rule.title for rule in RULES.values()}
    stored_values = slots(stored).filter(pl.col("letter") != ESTIMATED_BY_US)
    new_values = first.join(stored_values, on=[*_SLOT, "power_w"], how="anti", nulls_equal=True)
    return placed.join(
        new_values.with_columns(reason=pl.col("code").replace_strict(titles)),
        on=[*_SLOT, "power_w"],
        nulls_equal=True,
    ).sort("row")


def _find(blocks: pl.DataFrame, context: Context, actions: AbstractSet[RuleAction]) -> pl.DataFrame:
    """Return what the rules with these actions find; schema _FINDINGS."""
    is_judged = [
        any(setting.action in actions for setting in settings.values())
        for settings in context.settings
    ]
    nothing = pl.DataFrame(schema=_FINDINGS)
    if blocks.is_empty() or not any(is_judged):
        return nothing
    points_blocks = _with_points(blocks, context)
    days_before = context.before.join(points_blocks, on=_DAY, how="anti")
    if len(context.settings) == 1:
        groups = {0: points_blocks}
    else:
        # The day before may belong to another operation.
        days_before = pl.concat([days_before, _ends(points_blocks)])
        parts = points_blocks.partition_by("setting", as_dict=True)
        groups = {number: blocks_of_setting for (number,), blocks_of_setting in parts.items()}
    findings = [
        finding
        for number, group in groups.items()
        if is_judged[number]
        for finding in _find_in(_days(group, days_before), context.settings[number], actions)
    ]
    return pl.concat([nothing, *findings])


def _find_in(
    days: Days, settings: RuleSettings, actions: AbstractSet[RuleAction]
) -> Iterator[pl.DataFrame]:
    for code, rule in RULES.items():
        if settings[code].action not in actions:
            continue
        is_found = rule.find(days, settings[code].parameters)
        excepted = settings[code].except_prms
        if excepted and is_found.any():
            is_found &= ~days.of_block("prm").is_in(sorted(excepted))
        if is_found.any():
            steps = days.steps.filter(is_found)
            yield pl.concat(
                [
                    days.blocks.select(_BLOCK)[steps["block"]],
                    steps.select(pl.col("slot").cast(pl.Int64), "power_w", code=pl.lit(code)),
                ],
                how="horizontal",
            )


def _days(blocks: pl.DataFrame, days_before: pl.DataFrame) -> Days:
    steps = _steps(blocks)
    return Days(blocks.drop("power_w"), steps, days_before.join(blocks, on=_DAY, how="anti"))


def _steps(blocks: pl.DataFrame) -> pl.DataFrame:
    """Return one row per step, as ``Days.steps`` has them."""
    places = pl.int_ranges(pl.col("power_w").list.len(), dtype=pl.UInt32)
    numbered = blocks.with_row_index("block").select("block", "power_w", slot=places)
    return numbered.explode("power_w", "slot")


def _ends(blocks: pl.DataFrame) -> pl.DataFrame:
    """Return where the values of these blocks end; schema BEFORE."""
    last = _steps(blocks).drop_nulls("power_w").group_by("block").agg(pl.col("slot").max())
    last_min = (pl.col("slot").cast(pl.Int64) + 1) * pl.col("step_min")
    blocks_with_last = blocks.with_row_index("block").join(last, on="block")
    return blocks_with_last.select(*_BLOCK, last_min=last_min.cast(pl.Int64))


def _measured(blocks: pl.DataFrame) -> pl.DataFrame:
    """Remove the values that we estimated ourselves; schema BLOCKS."""
    is_ours = blocks["natures"].str.contains(ESTIMATED_BY_US, literal=True)
    if not is_ours.any():
        return blocks
    masked = [
        [
            None if letter == ESTIMATED_BY_US else power_w
            for letter, power_w in zip(natures, powers_w, strict=True)
        ]
        for natures, powers_w in blocks.filter(is_ours).select("natures", "power_w").iter_rows()
    ]
    schema = {"place": pl.UInt32(), "power_w": BLOCKS["power_w"]}
    changed = pl.DataFrame({"place": is_ours.arg_true(), "power_w": masked}, schema=schema)
    powers = blocks.select("power_w").with_row_index("place").update(changed, on="place")
    return blocks.with_columns(powers.sort("place")["power_w"])


def _with_points(blocks: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Add what is known of each point. blocks: schema BLOCKS.

    Returns _BLOCK, power_w, limit_w, is_known and setting.
    """
    numbered = _measured(blocks).select(*_BLOCK, "power_w").with_row_index("place")
    covering = (
        numbered.select("place", *_DAY)
        .join(context.participations, on=["prm", "direction"])
        .filter(
            (pl.col("day") >= pl.col("valid_from"))
            & (pl.col("valid_to").is_null() | (pl.col("day") < pl.col("valid_to")))
        )
        .unique("place", keep="first", maintain_order=True)
        .select("place", "limit_w", "setting")
    )
    is_known = numbered["prm"].is_in(context.participations["prm"].unique().to_list())
    return (
        numbered.join(covering, on="place", how="left", maintain_order="left")
        .with_columns(pl.col("setting").fill_null(0), is_known=is_known)
        .drop("place")
    )
