"""Which values of a block are the DSO's, where an organiser's stand in it, too."""

from datetime import date

import pytest

from libs.common.ids import Direction, Prm
from services.ingest.domain.readings.blocks import NOTHING, Block
from services.ingest.domain.readings.organisers import list_dso_steps, rank_below_dso
from services.ingest.domain.readings.revisions import block_frame

_DSO_US, _ORGANISER_US = 5, rank_below_dso(7)


def _block(natures: str, published_us: list[int]) -> Block:
    return Block(
        prm=Prm("99000000000001"),
        direction=Direction.CONSUMPTION,
        day=date(2026, 10, 5),
        step_min=60,
        revision=1,
        power_w=[None if letter in {"x", NOTHING} else 100 for letter in natures],
        natures=natures,
        doubtful=[False] * len(natures),
        published_us=published_us,
    )


@pytest.mark.parametrize(
    ("natures", "published_us", "is_given"),
    [
        ("m" * 24, [_DSO_US], True),
        ("m" * 24, [_ORGANISER_US], False),
        ("x" * 24, [_DSO_US], False),
        ("m" + "x" * 23, [_ORGANISER_US] + [_DSO_US] * 23, False),
        ("m" * 24, [_ORGANISER_US] * 23 + [_DSO_US], True),
        ("m" + "." * 23, [_ORGANISER_US] + [0] * 23, False),
    ],
    ids=["its own", "an organiser's", "missing", "an organiser's, else missing", "both", "begun"],
)
def test_the_dso_has_given_a_day_if_one_value_is_its_own(
    *, natures: str, published_us: list[int], is_given: bool
) -> None:
    blocks = block_frame([_block(natures, published_us)])

    assert list_dso_steps(blocks).height == int(is_given)
