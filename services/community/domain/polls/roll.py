"""The electoral roll: the voters of a poll, and their weights."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import assert_never
from uuid import UUID

from services.community.domain.polls.poll import Weighting
from services.community.domain.polls.problems import RollUnfit


def make_roll(
    weighting: Weighting,
    participants: Collection[UUID],
    weights: Mapping[UUID, int],
    *,
    capital_shares: Mapping[UUID, int],
    day: date,
) -> dict[UUID, int]:
    """Return the voters' weights: 1 each, those given, or the shares that they hold.

    weights: those given, which must name exactly the participants.
    day: the local day on which they take part, and hold shares. A member with 0 has no vote.
    Raises RollUnfit.
    """
    if weighting != Weighting.GIVEN and weights:
        raise RollUnfit("In this poll the weights are known: give none.")
    match weighting:
        case Weighting.ONE_EACH:
            roll = dict.fromkeys(participants, 1)
        case Weighting.GIVEN:
            _check_complete(participants, weights, day)
            roll = {member_id: weight for member_id, weight in weights.items() if weight > 0}
        case Weighting.CAPITAL_SHARES:
            holdings = {member_id: capital_shares.get(member_id, 0) for member_id in participants}
            roll = {member_id: weight for member_id, weight in holdings.items() if weight > 0}
        case _:
            assert_never(weighting)
    if not roll:
        raise RollUnfit(f"Nobody who takes part on {day} has a vote.")
    return roll


def _check_complete(participants: Collection[UUID], weights: Mapping[UUID, int], day: date) -> None:
    missing = sorted(map(str, set(participants) - weights.keys()))
    unknown = sorted(map(str, weights.keys() - set(participants)))
    if missing or unknown:
        raise RollUnfit(
            f"Give each member who takes part on {day}, and nobody else, a weight; 0 is no vote.",
            missing=missing,
            unknown=unknown,
        )
