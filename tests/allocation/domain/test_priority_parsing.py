"""Definitions of priority keys: what is read, what is refused and why."""

from decimal import Decimal

import pytest

from libs.common.day_kinds import DayKind
from libs.common.ids import Prm
from services.allocation.domain.keys import KeyInvalid, Priority, parse_key
from services.allocation.domain.keys.ranks import WeightedRank
from services.allocation.domain.keys.schedules import ClockWindow, RankSchedule

A, B = (Prm(f"99{i:012}") for i in (1, 2))


def test_ranks_are_lists_or_weights() -> None:
    definition = {"type": "priority", "ranks": [[A], {"weights": {B: "0.6"}}]}

    assert parse_key(definition) == Priority(((A,), WeightedRank({B: Decimal("0.6")})))


def test_schedules_are_read_in_order_with_their_conditions() -> None:
    definition = {
        "type": "priority",
        "ranks": [[A], [B]],
        "schedules": [
            {
                "months": [11, 12, 1],
                "days": ["mon", "working_day", "holiday"],
                "hours": [["08:00", "18:30"], ["22:00", "06:00"], ["20:00", "24:00"]],
                "ranks": [[B]],
            },
            {"hours": [["00:00", "00:01"]], "ranks": [[A]]},
        ],
    }

    assert parse_key(definition) == Priority(
        ((A,), (B,)),
        (
            RankSchedule(
                ((B,),),
                months={1, 11, 12},
                days={DayKind.MON, DayKind.WORKING_DAY, DayKind.HOLIDAY},
                hours=(ClockWindow(480, 1110), ClockWindow(1320, 360), ClockWindow(1200, 1440)),
            ),
            RankSchedule(((A,),), hours=(ClockWindow(0, 1),)),
        ),
    )


@pytest.mark.parametrize(
    ("ranks", "status", "words"),
    [
        (None, 422, "ranks"),
        ([], 422, "ranks"),
        ({"weights": {A: "1"}}, 422, "ranks"),
        ([A], 422, "ranks[0]"),
        ([[A], []], 422, "ranks[1]"),
        ([[A], ["7"]], 422, "ranks[1], '7' is not a prm"),
        ([[A], [99000000000002]], 422, "14 digits, as text"),
        ([[A, A]], 409, f"more than once in ranks: {A}"),
        ([[A], [B, A]], 409, f"more than once in ranks: {A}"),
        ([[A], {"weights": {A: "1"}}], 409, f"more than once in ranks: {A}"),
        ([[f"99{i:012}"] for i in range(5001)], 409, "5000"),
        ([{}], 422, "ranks[0].weights"),
        ([{"weights": {}}], 422, "ranks[0].weights"),
        ([{"weights": [A]}], 422, "ranks[0].weights"),
        ([{"weights": {A: "1"}, "colour": 1}], 422, "colour"),
        ([{"weights": {"7": "1"}}], 422, "ranks[0].weights, '7'"),
        ([{"weights": {A: "0"}}], 409, f"weight of {A} is 0"),
        ([{"weights": {A: "0.000000000"}}], 409, f"weight of {A}"),
        ([{"weights": {A: "-0.5"}}], 409, f"weight of {A} is -0.5"),
        ([{"weights": {A: "4999999.9", B: "0.2"}}], 409, "add up to 5000000.1"),
        ([{"weights": {A: "999999999"}}], 409, "5000000 is the most"),
        ([{"weights": {A: "0.1234567891"}}], 422, f"weight of {A}"),
        ([{"weights": {A: 0.5}}], 422, f"weight of {A} is 0.5: write a decimal text"),
        ([{"weights": {A: 1}}], 422, f"weight of {A}"),
        ([{"weights": {A: True}}], 422, f"weight of {A}"),
        ([{"weights": {A: "NaN"}}], 422, f"weight of {A}"),
        ([{"weights": {A: "Infinity"}}], 422, f"weight of {A}"),
        ([{"weights": {A: "1e-3"}}], 422, f"weight of {A}"),
        ([{"weights": {A: "0,5"}}], 422, f"weight of {A}"),
        ([{"weights": {A: "٠.٥"}}], 422, f"weight of {A}"),
    ],
)
def test_ranks_that_cannot_be_are_refused(ranks: object, status: int, words: str) -> None:
    definition = {"type": "priority"} | ({} if ranks is None else {"ranks": ranks})

    with pytest.raises(KeyInvalid) as refusal:
        parse_key(definition)

    assert (refusal.value.status, refusal.value.slug) == (status, "key-invalid")
    assert words in refusal.value.detail


@pytest.mark.parametrize(
    ("conditions", "status", "words"),
    [
        ({}, 409, "schedules[0] has no months, days or hours"),
        ({"months": [1], "ranks": []}, 422, "schedules[0].ranks"),
        ({"months": [1], "ranks": [[A], [A]]}, 409, "schedules[0].ranks"),
        (
            {"months": [1], "ranks": [[B], {"weights": {A: "0"}}]},
            409,
            f"schedules[0].ranks[1]: The weight of {A}",
        ),
        (
            {"months": [1], "ranks": [{"weights": {A: 1.5}}]},
            422,
            f"schedules[0].ranks[0]: The weight of {A} is 1.5",
        ),
        ({"season": "winter"}, 422, "season"),
        ({"months": []}, 422, "schedules[0].months"),
        ({"months": 1}, 422, "schedules[0].months"),
        ({"months": None}, 422, "schedules[0].months"),
        ({"months": [0]}, 422, "0 is not a month"),
        ({"months": [13]}, 422, "13 is not a month"),
        ({"months": [1.0]}, 422, "1.0 is not a month"),
        ({"months": [True]}, 422, "True is not a month"),
        ({"months": ["1"]}, 422, "'1' is not a month"),
        ({"days": []}, 422, "schedules[0].days"),
        ({"days": "mon"}, 422, "schedules[0].days"),
        ({"days": ["Monday"]}, 422, "'Monday' is not a day, one of mon"),
        ({"days": [1]}, 422, "1 is not a day"),
        ({"days": [["mon"]]}, 422, "is not a day"),
        ({"hours": []}, 422, "schedules[0].hours"),
        ({"hours": ["08:00", "18:00"]}, 422, "schedules[0].hours[0]"),
        ({"hours": [["08:00"]]}, 422, "schedules[0].hours[0]"),
        ({"hours": [["06:00", "07:00"], ["08:00", "18:00", "19:00"]]}, 422, "hours[1]"),
        ({"hours": [["8:00", "18:00"]]}, 422, "8:00"),
        ({"hours": [["08:00", "18h"]]}, 422, "18h"),
        ({"hours": [["08:60", "18:00"]]}, 422, "08:60"),
        ({"hours": [["24:00", "06:00"]]}, 422, "24:00"),
        ({"hours": [["08:00", "24:01"]]}, 422, "24:01"),
        ({"hours": [["08:00", "25:00"]]}, 422, "25:00"),
        ({"hours": [["08:00\n", "18:00"]]}, 422, "hours[0]"),
        ({"hours": [[8, 18]]}, 422, "hours[0]"),
        ({"hours": [["08:00", "08:00"]]}, 409, "a whole day is 00:00 to 24:00"),
        ({"hours": [["00:00", "00:01"]] * 25}, 409, "24 are the most"),
    ],
)
def test_a_schedule_that_cannot_be_is_refused(
    conditions: dict[str, object], status: int, words: str
) -> None:
    schedule = {"ranks": [[B]], **conditions}

    with pytest.raises(KeyInvalid) as refusal:
        parse_key({"type": "priority", "ranks": [[A]], "schedules": [schedule]})

    assert (refusal.value.status, refusal.value.slug) == (status, "key-invalid")
    assert words in refusal.value.detail


@pytest.mark.parametrize(
    ("schedules", "status", "words"),
    [
        ({}, 422, "list"),
        (None, 422, "list"),
        (["winter"], 422, "schedules[0]"),
        ([{"months": [1], "ranks": [[A]]}, {"months": [1]}], 422, "schedules[1].ranks"),
        ([{"months": [1], "ranks": [[A]]}] * 51, 409, "50 are the most"),
    ],
)
def test_schedules_that_cannot_be_are_refused(schedules: object, status: int, words: str) -> None:
    with pytest.raises(KeyInvalid) as refusal:
        parse_key({"type": "priority", "ranks": [[A]], "schedules": schedules})

    assert (refusal.value.status, refusal.value.slug) == (status, "key-invalid")
    assert words in refusal.value.detail


def test_a_refusal_does_not_repeat_a_book() -> None:
    with pytest.raises(KeyInvalid) as refusal:
        parse_key({"type": "priority", "ranks": [["9" * 100_000]]})

    assert len(refusal.value.detail) < 200
