"""The reason why each cell of a table differs, in the order of ``DifferenceClass``."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from libs.common.ids import Direction
from services.allocation.domain.curves import BoolArray
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.perimeter import Participant
from services.allocation.domain.reconciliation.own import FAILED, NO_READING
from services.allocation.domain.reconciliation.sides import SideEnergies, SideTable
from services.allocation.domain.reconciliation.verdicts import (
    DifferenceClass,
    DifferenceReason,
    Verdicts,
)

_ROUNDING = DifferenceReason(DifferenceClass.ROUNDING, "within tolerance")


_AS_SENT = DifferenceReason(
    DifferenceClass.COEFFICIENTS_ROUNDED,
    "the DSO's split is that of our coefficients, rounded down to their decimals",
)


class Trials(NamedTuple):
    """The results of keys on the DSO's readings, over the series and steps of a table.

    ours: with our key (None without). as_sent: with the file that tells our shares to the DSO (None
    where our key needs none). others: with each other key that was tried, by its name.
    testable: [step], where the DSO's readings are known; elsewhere there is always a cause.
    slack: [step], how many tolerances a prediction may be off: 1, or 2 where the readings have been
    rounded by the DSO.
    our_step: the reason where our key fits though no reading differs.
    """

    ours: SideEnergies | None
    as_sent: SideEnergies | None
    others: Sequence[tuple[str, SideEnergies]]
    testable: BoolArray
    slack: IntArray
    our_step: DifferenceReason | None = None


def judge(
    table: SideTable,
    *,
    revisions: Mapping[Participant, int],
    why_missing: DifferenceReason,
    trials: Callable[[], Trials],
) -> Verdicts:
    """Give every difference of the table its reason; run the trials only where needed."""
    verdicts = Verdicts(table.differs)
    _give_perimeter(table, verdicts)
    _give_missing(table, verdicts, why_missing)
    verdicts.give(~table.beyond & ~table.platform.missing & ~table.dso.missing, _ROUNDING)
    _give_late(table, verdicts, revisions)
    if verdicts.open.any():
        _give_by_trial(table, verdicts, trials())
    verdicts.give(table.platform.missing, why_missing)
    assert not verdicts.open.any(), "a difference without a reason"
    return verdicts


def causes(table: SideTable) -> list[tuple[DifferenceReason, BoolArray]]:
    """Return what makes a step's split differ for everybody, and in which steps: [step]."""
    missing = table.platform.missing | table.dso.missing
    everywhere: BoolArray = np.full(missing.shape[1], table.one_sided.any())
    lacking: BoolArray = np.any(missing[table.metered], axis=0)
    corrected: BoolArray = np.any(table.beyond[table.metered], axis=0)
    perimeter = "another point is known to one side only"
    return [
        (DifferenceReason(DifferenceClass.PERIMETER_MISMATCH, perimeter), everywhere),
        (DifferenceReason(DifferenceClass.MISSING_READING, "a reading is missing"), lacking),
        (DifferenceReason(DifferenceClass.LATE_CORRECTION, "readings differ"), corrected),
    ]


def any_cause(table: SideTable) -> BoolArray:
    """Return, for each [step], whether something makes the split differ for everybody."""
    has_cause: BoolArray = np.any([steps for _, steps in causes(table)], axis=0)
    return has_cause


def _give_perimeter(table: SideTable, verdicts: Verdicts) -> None:
    mismatch = DifferenceClass.PERIMETER_MISMATCH
    only_here, only_there = table.here & ~table.there, table.there & ~table.here
    verdicts.give(only_here[:, None], DifferenceReason(mismatch, "the DSO does not know the point"))
    verdicts.give(only_there[:, None], DifferenceReason(mismatch, "only the DSO knows the point"))


def _give_missing(table: SideTable, verdicts: Verdicts, why_missing: DifferenceReason) -> None:
    no_value = DifferenceReason(DifferenceClass.MISSING_READING, "the DSO has no value")
    verdicts.give(table.dso.missing, no_value)
    if why_missing != FAILED:
        verdicts.give(table.platform.missing & table.metered[:, None], NO_READING)
    if why_missing.difference_class != DifferenceClass.KEY_NOT_APPLIED:
        # Without a key of ours, the DSO's may still be found.
        verdicts.give(table.platform.missing, why_missing)


def _give_late(table: SideTable, verdicts: Verdicts, revisions: Mapping[Participant, int]) -> None:
    revision_by_series = np.array([revisions.get(series.participant, 1) for series in table.series])
    for revision in np.unique(revision_by_series):
        state = "as first received" if revision == 1 else f"corrected (revision {revision})"
        reason = DifferenceReason(
            DifferenceClass.LATE_CORRECTION, f"the DSO used other readings, ours are {state}"
        )
        verdicts.give(
            table.beyond & (table.metered & (revision_by_series == revision))[:, None], reason
        )


def _give_by_trial(table: SideTable, verdicts: Verdicts, trials: Trials) -> None:
    """Explain the split of each side; one trial must explain it for all points of the side."""
    for direction in Direction:
        rows = table.shared_of(direction)
        if (verdicts.open & rows[:, None]).any():
            _give_side(table, verdicts, rows, trials)


def _give_side(table: SideTable, verdicts: Verdicts, rows: BoolArray, trials: Trials) -> None:
    open_steps: BoolArray = np.any(verdicts.open & rows[:, None], axis=0)

    def give(steps: BoolArray, difference_class: DifferenceClass, evidence: str) -> None:
        verdicts.give(rows[:, None] & steps, DifferenceReason(difference_class, evidence))

    ours = _fits(table, rows, trials.ours, trials)
    as_sent = _fits(table, rows, trials.as_sent, trials)
    for reason, has_cause in causes(table):
        evidence = reason.evidence
        give(has_cause & ~trials.testable, *reason)
        give(
            has_cause & ours,
            reason.difference_class,
            f"{evidence}; our key on the DSO's readings gives its split",
        )
        # A DSO that is sent coefficients applies those, not the key that they came from.
        give(
            has_cause & as_sent,
            reason.difference_class,
            f"{evidence}; our coefficients on the DSO's readings give its split",
        )
    if trials.our_step is not None:
        give(ours, *trials.our_step)
    others = [(_AS_SENT, as_sent)] + [
        (_another_key(name), _fits(table, rows, predicted, trials))
        for name, predicted in trials.others
    ]
    # The key that explains most of the day goes first, so that one name stands for the day.
    for reason, fits in sorted(others, key=lambda trial: -int((trial[1] & open_steps).sum())):
        give(fits, *reason)
    tried = ", ".join(sorted(name for name, _ in trials.others)) or "no other"
    unexplained = f"neither our key nor another gives the DSO's split (tried: {tried})"
    verdicts.give(
        rows[:, None] & ~table.platform.missing,
        DifferenceReason(DifferenceClass.UNEXPLAINED, unexplained),
    )


def _another_key(name: str) -> DifferenceReason:
    return DifferenceReason(DifferenceClass.KEY_NOT_APPLIED, f"the DSO's split is that of {name}")


def _fits(
    table: SideTable, rows: BoolArray, predicted: SideEnergies | None, trials: Trials
) -> BoolArray:
    """Return, for each [step], whether the prediction is the DSO's split for all these points.

    It must also be nearer to it than our split: the slack allows for rounded readings, not for a
    key that gives the same as ours.
    """
    if predicted is None:
        return np.zeros(table.dso.missing.shape[1], dtype=np.bool_)
    deviation_wmin = np.abs(predicted.energy_wmin - table.dso.energy_wmin)
    is_near = (deviation_wmin <= table.tolerance_wmin[:, None] * trials.slack) & ~predicted.missing
    is_near &= ~table.beyond | (deviation_wmin < np.abs(table.difference_wmin))
    fits: BoolArray = np.all((is_near | table.dso.missing)[rows], axis=0)
    return fits
