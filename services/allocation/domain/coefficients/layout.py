"""The keys whose coefficients are sent to the network operator, and the layout of the files."""

from collections.abc import Iterable
from enum import StrEnum

from services.allocation.domain.coefficients.problems import CoefficientsNotNeeded
from services.allocation.domain.keys import DefaultDynamic, FullDynamic, SharingKey, Static


class Layout(StrEnum):
    POOL = "pool"  # one file: each consumer's share of all production
    PRODUCERS = "producers"  # one file per producer


def layout_of(keys: Iterable[SharingKey]) -> Layout:
    """Return how to write the coefficients of a month in which these keys are in force.

    The operator applies static shares and the default rule by itself. It knows all other shares
    only as shares by step (domain notes §1.6). If one key of the month needs the file, the file
    covers all its days; if one key shares by couples, all days are written by producer. Raises
    CoefficientsNotNeeded, which says what is sent instead.
    """
    in_force = list(keys)
    layouts = {_layout(key) for key in in_force} - {None}
    if Layout.PRODUCERS in layouts:
        return Layout.PRODUCERS
    if Layout.POOL in layouts:
        return Layout.POOL
    if any(isinstance(key, Static) for key in in_force):
        raise CoefficientsNotNeeded(
            "The DSO applies static shares by itself: it is informed of them once, by notice, "
            "and not every month."
        )
    raise CoefficientsNotNeeded("The DSO applies the default rule by itself: it is sent nothing.")


def _layout(key: SharingKey) -> Layout | None:
    match key:
        case DefaultDynamic():
            return None
        case Static():
            # Shares that never change cannot share again what capped consumers leave.
            return Layout.POOL if key.redistribute else None
        case FullDynamic():
            return Layout.PRODUCERS
        case _:
            return Layout.POOL
