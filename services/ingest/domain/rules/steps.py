"""Rules about the steps of a curve: some are missing, some overlap, some have another length."""

from collections.abc import Mapping

import polars as pl

from services.ingest.domain.rules.rule import Days, Rule, RuleAction

_ATOM_MIN = 5  # every step is a whole number of them
_DAY = ["prm", "direction", "day"]


def _is_gap(days: Days, _parameters: Mapping[str, float]) -> pl.Series:
    absent = days.steps["power_w"].is_null()
    if not absent.any():
        return absent
    bounds = (
        days.steps.filter(~absent)
        .group_by("block")
        .agg(first=pl.col("slot").min(), last=pl.col("slot").max())
    )
    rows = absent.arg_true()
    inside = days.steps[rows].join(bounds, on="block", how="left", maintain_order="left")
    is_inside = inside.select(pl.col("slot").is_between("first", "last").fill_null(value=False))
    return days.nothing().scatter(rows, is_inside.to_series())


def _is_overlap(days: Days, _parameters: Mapping[str, float]) -> pl.Series:
    blocks = days.blocks.with_row_index("block").with_columns(unit=pl.struct(_DAY).rank("dense"))
    blocks = blocks.filter(pl.col("unit").is_duplicated()).select("block", "unit", "step_min")
    if blocks.is_empty():
        return days.nothing()
    step = pl.col("step_min")
    atoms = (
        days.steps.with_row_index("row")
        .drop_nulls("power_w")
        .join(blocks, on="block")
        .with_columns(
            atom=pl.int_ranges(
                pl.col("slot") * step // _ATOM_MIN, (pl.col("slot") + 1) * step // _ATOM_MIN
            )
        )
        .explode("atom")
    )
    finest = atoms.group_by("unit", "atom").agg(finest=step.min())
    coarser = atoms.join(finest, on=["unit", "atom"]).filter(step > pl.col("finest"))
    return days.nothing().scatter(coarser["row"].unique(), values=True)


def _is_step_change(days: Days, _parameters: Mapping[str, float]) -> pl.Series:
    first = (
        days.steps.with_row_index("row")
        .drop_nulls("power_w")
        .group_by("block", maintain_order=True)
        .agg(pl.col("row").first(), pl.col("slot").first())
    )
    blocks = (
        days.blocks.with_row_index("block")
        .join(first, on="block")
        .with_columns(minute=pl.col("slot") * pl.col("step_min"))
    )
    curve = [*_DAY, "step_min"]
    # What counts is which steps there were, not which came last: two may end at the same minute.
    yesterday = pl.concat(
        [blocks.select(curve), days.before.select(curve)], how="vertical_relaxed"
    ).with_columns(pl.col("day") + pl.duration(days=1))
    anew = blocks.join(yesterday, on=curve, how="anti")
    after_yesterday = anew.join(yesterday, on=_DAY, how="semi")["row"]
    begun = blocks.group_by(_DAY).agg(first_minute=pl.col("minute").min())
    later = anew.join(begun, on=_DAY).filter(pl.col("minute") > pl.col("first_minute"))["row"]
    return days.nothing().scatter(pl.concat([after_yesterday, later]).unique(), values=True)


GAP = Rule(
    code="gap",
    title="Values are missing within the day",
    text="Steps without a value between the first and the last value of a local day. There is no "
    "record to quarantine: a gap can only be flagged.",
    action=RuleAction.FLAG,
    find=_is_gap,
    actions=(RuleAction.OFF, RuleAction.FLAG),
)
OVERLAP = Rule(
    code="overlap",
    title="A finer value covers the same instants",
    text="Two values with steps of different length cover the same instants of a point: the "
    "coarser ones are found.",
    action=RuleAction.FLAG,
    find=_is_overlap,
)
STEP_CHANGE = Rule(
    code="step-change",
    title="The step of the curve changes here",
    text="The first value of a local day at a step that the point did not have before, that day or "
    "the day before: a meter that was reprogrammed, or a file that was made with another step.",
    action=RuleAction.FLAG,
    find=_is_step_change,
)
