"""Which keys the network operator has to be sent coefficients for, and how."""

from collections.abc import Iterable
from enum import StrEnum

from services.allocation.domain.coefficient_files.problems import CoefficientsNotNeeded
from services.allocation.domain.keys import DefaultDynamic, FullDynamic, Key, Static


class Layout(StrEnum):
    POOL = "pool"  # one file: what each consumer gets of all production
    PRODUCERS = "producers"  # one file per producer


def layout_of(keys: Iterable[Key]) -> Layout:
    """How to write the coefficients of a month in which these keys are in force.

    The operator applies static shares and the default rule by itself; whatever else we compute it
    only knows as shares by step (domain notes §1.6). A month in which one key needs the file has
    all its days in it, and one of couples has all its days by producer.
    Raises CoefficientsNotNeeded, which says what is sent instead.
    """
    in_force = list(keys)
    needed = {_layout(key) for key in in_force} - {None}
    if Layout.PRODUCERS in needed:
        return Layout.PRODUCERS
    if Layout.POOL in needed:
        return Layout.POOL
    if any(isinstance(key, Static) for key in in_force):
        raise CoefficientsNotNeeded(
            "The DSO applies static shares by itself: it is told of them once, by notice, and not "
            "every month."
        )
    raise CoefficientsNotNeeded("The DSO applies the default rule by itself: it is sent nothing.")


def _layout(key: Key) -> Layout | None:
    match key:
        case DefaultDynamic():
            return None
        case Static():
            # What capped consumers leave cannot be shared again by shares that never change.
            return Layout.POOL if key.redistribute else None
        case FullDynamic():
            return Layout.PRODUCERS
        case _:
            return Layout.POOL
