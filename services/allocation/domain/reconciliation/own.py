"""Our side of one day: our readings and shares, and our knowledge of both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from libs.common.calendar import steps_in_day
from libs.common.ids import Direction
from services.allocation.domain.curves import Curve
from services.allocation.domain.days import DayFacts, DayStatus, metered_curves
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys import SharingKey
from services.allocation.domain.perimeter import Participant
from services.allocation.domain.reconciliation.sides import (
    QuantitySeries,
    SideEnergies,
    three_of_point,
)
from services.allocation.domain.reconciliation.verdicts import DifferenceClass, DifferenceReason
from services.allocation.domain.share_frames import StepShares


@dataclass(frozen=True, eq=False)
class OwnDay:
    """A day as we have it; shared_wmin is None when it has no shares.

    revisions: the highest of the readings of each point. other_keys: those that the DSO may have
    applied in place of that of the facts, by what its evidence calls them, the most likely first.
    """

    facts: DayFacts
    status: DayStatus
    metered: Mapping[Participant, Curve]
    shares: Sequence[StepShares]
    shared_wmin: Mapping[Participant, IntArray] | None
    revisions: Mapping[Participant, int]
    other_keys: Mapping[str, SharingKey]

    @property
    def day(self) -> date:
        return self.facts.day

    @property
    def step_min(self) -> int:
        return self.facts.step_min

    @property
    def key(self) -> SharingKey | None:
        return self.facts.key

    @property
    def energies(self) -> dict[QuantitySeries, SideEnergies]:
        """The three quantities of each participant."""
        nothing = np.zeros(steps_in_day(self.day, self.step_min), dtype=np.int64)
        return {
            series: energies
            for participant, curve in self.metered.items()
            for series, energies in three_of_point(
                participant,
                SideEnergies(self.step_min, curve.energy_wmin, curve.missing),
                None if self.shared_wmin is None else self.shared_wmin.get(participant, nothing),
            )
        }

    @property
    def why_missing(self) -> DifferenceReason:
        """The reason why an energy of ours is missing."""
        match self.status:
            case DayStatus.ALLOCATED:
                return NO_READING
            case DayStatus.NO_KEY:
                return NO_KEY
            case DayStatus.KEY_INCOMPLETE:
                return KEY_INCOMPLETE
            case DayStatus.FAILED:
                return FAILED
            case _:
                return INCOMPLETE


NO_READING = DifferenceReason(DifferenceClass.MISSING_READING, "we have no reading")
INCOMPLETE = DifferenceReason(
    DifferenceClass.MISSING_READING, "our day is incomplete, it has no shares"
)
NO_KEY = DifferenceReason(DifferenceClass.KEY_NOT_APPLIED, "no key of ours is in force")
KEY_INCOMPLETE = DifferenceReason(
    DifferenceClass.KEY_NOT_APPLIED, "our key says nothing of some steps"
)
FAILED = DifferenceReason(DifferenceClass.UNEXPLAINED, "our day could not be allocated")


def own_day(
    facts: DayFacts,
    status: DayStatus,
    shares: Sequence[StepShares],
    *,
    revisions: Mapping[Participant, int],
    other_keys: Mapping[str, SharingKey],
) -> OwnDay:
    """Build our side of a day. shares: those of the day, in its step; none if not allocated."""
    if status == DayStatus.FAILED:  # what we have of it cannot be relied on
        nothing = Curve.nothing(steps_in_day(facts.day, facts.step_min))
        metered = dict.fromkeys(facts.participants, nothing)
    else:
        metered = metered_curves(facts)
    is_allocated = status == DayStatus.ALLOCATED
    return OwnDay(
        facts=facts,
        status=status,
        metered=metered,
        shares=shares,
        shared_wmin=_by_participant(shares) if is_allocated else None,
        revisions=revisions,
        other_keys=other_keys,
    )


def _by_participant(shares: Sequence[StepShares]) -> dict[Participant, IntArray]:
    """Return the energy that each point gave or took, [step]."""
    totals: dict[Participant, IntArray] = {}
    for share in shares:
        energy_wmin = np.array(share.energy_wmin, dtype=np.int64)
        for participant in (
            Participant(share.producer, Direction.PRODUCTION),
            Participant(share.consumer, Direction.CONSUMPTION),
        ):
            totals[participant] = (
                totals[participant] + energy_wmin if participant in totals else energy_wmin
            )
    return totals
