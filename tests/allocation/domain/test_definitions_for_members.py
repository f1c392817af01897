"""A member sees how a key treats the own points, and nothing of other people's."""

import json
import re

from libs.common.ids import Prm
from services.allocation.domain.keys.timeline import only_points

MINE, THEIRS, ALSO_THEIRS = (Prm(f"99{i:012}") for i in (1, 2, 3))


def test_shares_of_others_are_hidden() -> None:
    definition = {"type": "static", "shares": {MINE: "0.2", THEIRS: "0.8"}, "redistribute": True}

    assert only_points(definition, {MINE}) == {
        "type": "static",
        "shares": {MINE: "0.2"},
        "redistribute": True,
    }


def test_ranks_weights_and_schedules_of_others_are_hidden() -> None:
    definition = {
        "type": "priority",
        "ranks": [[THEIRS], {"weights": {MINE: "3", ALSO_THEIRS: "1"}}],
        "schedules": [
            {"months": [1], "hours": [["08:00", "18:00"]], "ranks": [[THEIRS, MINE]]},
            {"days": ["holiday"], "ranks": [{"weights": {THEIRS: "1"}}, [ALSO_THEIRS]]},
        ],
    }

    assert only_points(definition, {MINE}) == {
        "type": "priority",
        "ranks": [[], {"weights": {MINE: "3"}}],
        "schedules": [
            {"months": [1], "hours": [["08:00", "18:00"]], "ranks": [[MINE]]},
            {"days": ["holiday"], "ranks": [{"weights": {}}, []]},
        ],
    }
    assert definition["ranks"][0] == [THEIRS]


def test_a_point_of_others_is_hidden_wherever_a_key_to_come_may_name_it() -> None:
    definition = {"type": "auction", "first": THEIRS, "bids": [{"by": THEIRS, "points": [[MINE]]}]}

    shown = only_points(definition, {MINE})

    assert set(re.findall(r"\d{14}", json.dumps(shown))) == {MINE}
