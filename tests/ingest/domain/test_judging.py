"""Judging readings that come: what is held back, and what is flagged, in whatever order."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import day_start
from services.ingest.domain.readings.merging import BLOCKS
from services.ingest.domain.readings.placing import place, take_on_grid
from services.ingest.domain.readings.readings import READINGS
from services.ingest.domain.refusals import RefusalCode
from services.ingest.domain.rules import RuleAction
from services.ingest.domain.rules.judging import (
    FLAGS,
    Context,
    JudgedReadings,
    flags,
    merge_flagged,
    merge_judged,
)
from services.ingest.domain.rules.settings import DEFAULTS, RuleSettings, SettingChange, changed
from tests.ingest.domain.judged_days import DAY, PRM, Curve, blocks, context, only

_NOTHING = pl.DataFrame(schema=BLOCKS)
_SPIKES = only("spike", RuleAction.QUARANTINE)


def _placed(*values: tuple[int, int | None], prm: str = PRM, published_us: int = 1) -> pl.DataFrame:
    """values: slot and power, in the order of the file."""
    rows = [
        (
            prm,
            "consumption",
            day_start(DAY) + slot * timedelta(minutes=30),
            30,
            power_w,
            "missing" if power_w is None else "measured",
            False,
            f"line {line}",
            published_us,
        )
        for line, (slot, power_w) in enumerate(values, start=2)
    ]
    readings = pl.DataFrame(rows, schema=READINGS | {"published_us": pl.Int64()}, orient="row")
    return take_on_grid(place(readings)).readings


def _after(judged: JudgedReadings, stored: pl.DataFrame) -> pl.DataFrame:
    """What is stored then; schema BLOCKS."""
    key = ["prm", "direction", "day", "step_min"]
    latest = pl.concat([stored, judged.merge.confirmed, judged.merge.blocks.select(BLOCKS.names())])
    return latest.unique(key, keep="last", maintain_order=True).sort(key)


def test_a_reading_that_a_rule_quarantines_is_not_taken() -> None:
    placed = _placed((0, 5), (1, 99_000), (2, 6))

    judged = merge_judged(placed, _NOTHING, context(_SPIKES))

    (block,) = judged.merge.blocks.rows(named=True)
    assert block["power_w"][:4] == [5, None, 6, None]
    (refused,) = judged.refused.rows(named=True)
    assert (refused["code"], refused["position"]) == ("spike", "line 3")
    assert refused["reason"] == "The value is far above those before and after it"
    assert refused["record"] == f"{PRM},consumption,2026-06-30T22:30:00Z,30,99000,measured,0"
    assert (refused["day"], refused["power_w"], refused["published_us"]) == (DAY, 99_000, 1)
    assert judged.flags.is_empty()


def test_every_record_of_the_quarantined_value_is_held_and_another_value_takes_its_place() -> None:
    placed = _placed((0, 5), (1, 99_000), (1, 99_000), (1, 7), (2, 6))

    judged = merge_judged(placed, _NOTHING, context(_SPIKES))

    assert judged.refused["position"].to_list() == ["line 3", "line 4"]
    assert judged.merge.blocks["power_w"][0].to_list()[:3] == [5, 7, 6]
    assert (judged.merge.accepted, judged.merge.duplicate) == (3, 0)


def test_what_stands_is_not_held_back_when_it_comes_again_but_flagged() -> None:
    file = _placed((0, 5), (1, 99_000), (2, 6))
    released = merge_flagged(file, _NOTHING, context(_SPIKES))
    stored = _after(released, _NOTHING)

    again = merge_judged(file, stored, context(_SPIKES))
    more = merge_judged(_placed((1, 99_000), (4, 1), published_us=2), stored, context(_SPIKES))

    assert released.flags["slots"].to_list() == [[1]]
    assert again.refused.is_empty()
    assert again.merge.duplicate == 3
    assert more.refused.is_empty()
    assert more.flags["slots"].to_list() == [[1]]


def test_a_correction_of_a_value_takes_its_flag_away() -> None:
    flagging = context(only("spike"))
    first = merge_judged(_placed((0, 5), (1, 99_000), (2, 6)), _NOTHING, flagging)

    second = merge_judged(_placed((1, 9), published_us=2), _after(first, _NOTHING), flagging)

    assert first.flags["slots"].to_list() == [[1]]
    assert first.renewed.is_empty()
    assert second.flags.is_empty()
    assert second.renewed.rows() == [(PRM, "consumption", DAY)]


def test_the_neighbours_that_are_stored_count_too() -> None:
    stored = _after(merge_judged(_placed((0, 5), (2, 6)), _NOTHING, context(_SPIKES)), _NOTHING)

    judged = merge_judged(_placed((1, 99_000)), stored, context(_SPIKES))

    assert judged.refused["code"].to_list() == ["spike"]
    assert judged.merge.accepted == 0


def test_a_record_is_given_to_the_first_of_several_rules() -> None:
    both = changed(
        _SPIKES,
        {
            "above-power": SettingChange(RuleAction.QUARANTINE),
            "frozen": SettingChange(RuleAction.FLAG),
        },
    )

    judged = merge_judged(
        _placed((0, 5), (1, 99_000), (2, 6)), _NOTHING, context(both, limits_w={PRM: 6000})
    )

    assert judged.refused["code"].to_list() == ["above-power"]


def test_a_point_that_takes_part_nowhere_can_be_quarantined_whole() -> None:
    settings = only("point-unknown", RuleAction.QUARANTINE)
    other = "99000000000018"
    placed = pl.concat([_placed((0, 5), (1, None), (2, 5)), _placed((0, 5), prm=other)])
    placed = placed.with_columns(row=pl.int_range(placed.height, dtype=pl.UInt32))

    judged = merge_judged(placed, _NOTHING, context(settings, limits_w={other: None}))

    assert judged.refused["code"].to_list() == ["point-unknown"] * 3
    assert judged.merge.blocks["prm"].to_list() == [other]


def test_each_operation_has_its_own_settings_on_the_days_of_its_points() -> None:
    curve = _placed((0, 5), (1, 99_000), (2, 6))
    settings = (only("gap"), only("spike"))
    theirs = context(*settings, limits_w={PRM: None})
    ended = theirs.participations.with_columns(valid_to=pl.lit(DAY))

    inside = merge_judged(curve, _NOTHING, theirs)
    after = merge_judged(curve, _NOTHING, Context(settings, ended, theirs.before))

    assert inside.flags["code"].to_list() == ["spike"]
    assert after.flags.is_empty()


def test_what_we_estimated_ourselves_is_not_judged() -> None:
    curves = blocks(
        [Curve({1: 99_000, 3: 99_000}, otherwise=5), Curve(day=DAY + timedelta(days=1))]
    )
    estimated = curves.with_columns(natures=pl.col("natures").str.replace("mm", "mi"))

    before, after = (
        flags(frame, context(only("spike"))).select("day", "slots").rows()
        for frame in (curves, estimated)
    )

    assert (before, after) == ([(DAY, [1, 3])], [(DAY, [3])])
    gaps = flags(estimated, context(only("gap")))
    assert gaps.select("day", "slots").rows() == [(DAY, [1])]


def test_a_rule_is_not_for_the_points_that_are_excepted() -> None:
    other = "99000000000018"
    placed = pl.concat([_placed((0, 5), (1, 99_000)), _placed((0, 5), (1, 99_000), prm=other)])
    placed = placed.with_columns(row=pl.int_range(placed.height, dtype=pl.UInt32))
    excepting = changed(_SPIKES, {"spike": SettingChange(except_prms=frozenset({PRM}))})

    judged = merge_judged(placed, _NOTHING, context(excepting))

    assert judged.refused["prm"].to_list() == [other]
    assert judged.merge.accepted == 3


def test_the_day_before_may_be_in_another_operation() -> None:
    tomorrow = DAY + timedelta(days=1)
    curves = blocks([Curve(otherwise=1), Curve(otherwise=1, day=tomorrow, step_min=60)])
    settings = (only("gap"), only("step-change"))
    theirs = context(*settings, limits_w={PRM: None})
    begins = theirs.participations.with_columns(valid_from=pl.lit(tomorrow))

    flagged = flags(curves, Context(settings, begins, theirs.before))

    assert flagged.select("day", "code").rows() == [(tomorrow, "step-change")]


def test_steps_that_ended_together_are_the_same_days_before_whichever_is_judged() -> None:
    tomorrow = DAY + timedelta(days=1)
    today = [Curve(otherwise=1), Curve(otherwise=1, step_min=60)]
    settings = only("step-change")
    before = [(PRM, "consumption", DAY, step_min, 1440) for step_min in (30, 60)]

    together = flags(blocks([*today, Curve(otherwise=1, day=tomorrow)]), context(settings))
    alone = flags(blocks([Curve(otherwise=1, day=tomorrow)]), context(settings, before=before))

    assert together.filter(day=tomorrow).is_empty()
    assert alone.is_empty()


def _settings() -> st.SearchStrategy[RuleSettings]:
    codes = ("spike", "frozen", "gap", "overlap", "step-change")
    actions = st.sampled_from([RuleAction.OFF, RuleAction.FLAG])
    return st.fixed_dictionaries(dict.fromkeys(codes, actions)).map(
        lambda chosen: changed(
            DEFAULTS, {code: SettingChange(action) for code, action in chosen.items()}
        )
    )


_VALUES = st.lists(
    st.tuples(st.integers(0, 20), st.sampled_from([None, 0, 5, 5, 5, 90_000])), max_size=30
)


@given(st.lists(_VALUES, max_size=4), _settings())
def test_every_record_is_accepted_duplicate_or_refused(
    files: Sequence[list[tuple[int, int | None]]], settings: RuleSettings
) -> None:
    held = changed(
        settings,
        {
            "spike": SettingChange(RuleAction.QUARANTINE),
            "frozen": SettingChange(RuleAction.QUARANTINE),
        },
    )
    stored = _NOTHING
    for number, values in enumerate(files):
        placed = _placed(*values, published_us=number)

        judged = merge_judged(placed, stored, context(held))

        merged = judged.merge
        refused = merged.refused.height + judged.refused.height
        assert merged.accepted + merged.duplicate + refused == len(values)
        assert RefusalCode.CONTRADICTION not in judged.refused["code"]
        stored = _after(judged, stored)


_STEPS = st.tuples(
    st.integers(0, 2),  # days after DAY
    st.sampled_from([30, 60]),
    st.integers(0, 23),
    st.sampled_from([None, 0, 5, 5, 90_000]),
)


@given(st.lists(st.lists(_STEPS, max_size=12), min_size=1, max_size=4), _settings(), st.randoms())
def test_flags_are_those_of_what_stands_in_whatever_order_it_came(
    files: Sequence[list[tuple[int, int, int, int | None]]], settings: RuleSettings, random: Random
) -> None:
    numbered = list(enumerate(files))
    shuffled = sorted(numbered, key=lambda _: random.random())
    seen = []
    for order in (numbered, shuffled):
        stored, kept = _NOTHING, pl.DataFrame(schema=FLAGS)
        for number, steps in order:
            placed = _placed_steps(steps, published_us=number)
            judged = merge_judged(placed, stored, _context_of(stored, settings))
            kept = kept.join(judged.renewed, on=["prm", "direction", "day"], how="anti")
            kept = pl.concat([kept, judged.flags]).sort("day", "step_min", "code")
            stored = _after(judged, stored)
        assert kept.rows() == flags(stored, _context_of(stored, settings)).rows()
        seen.append(kept.rows())

    assert seen[0] == seen[1]


def _placed_steps(
    steps: Sequence[tuple[int, int, int, int | None]], *, published_us: int
) -> pl.DataFrame:
    """The first value that is given for each step."""
    distinct = {step[:3]: step for step in reversed(steps)}
    rows = [
        (
            PRM,
            "consumption",
            day_start(DAY + timedelta(days=day)) + slot * timedelta(minutes=step_min),
            step_min,
            power_w,
            "missing" if power_w is None else "measured",
            False,
            "line 1",
            published_us,
        )
        for day, step_min, slot, power_w in distinct.values()
    ]
    readings = pl.DataFrame(rows, schema=READINGS | {"published_us": pl.Int64()}, orient="row")
    return take_on_grid(place(readings)).readings


def _context_of(stored: pl.DataFrame, settings: RuleSettings) -> Context:
    """With what the store would tell of the days before."""
    before = [
        (prm, direction, day, step_min, len(natures.rstrip(".x")) * step_min)
        for prm, direction, day, step_min, natures in stored.select(
            "prm", "direction", "day", "step_min", "natures"
        ).iter_rows()
    ]
    return context(settings, before=[row for row in before if row[-1]])


@given(_VALUES)
def test_a_flag_names_steps_of_its_block_in_order(values: list[tuple[int, int | None]]) -> None:
    judged = merge_judged(_placed(*values), _NOTHING, context())

    for slots in judged.flags["slots"]:
        assert slots.to_list() == sorted(set(slots))
        assert set(slots) <= set(range(48))
