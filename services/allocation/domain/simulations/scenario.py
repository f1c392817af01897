"""A what-if: a key, and points that join or leave, on the curves of a period."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from libs.common.ids import Prm
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys import SharingKey, check_points
from services.allocation.domain.simulations.problems import ScenarioInvalid


class Span(NamedTuple):
    """Steps ``[first, end)``, and their key; without one nothing is shared."""

    first: int
    end: int
    key: SharingKey | None


@dataclass(frozen=True, eq=False)
class Curves:
    """Energy of each point in watt-minutes per step, all on one grid of steps.

    step_min: [step], the length of each: an operation may change its step. starts_epoch_min:
    [step], in minutes since 1970 UTC. in_force: the keys by which the energy was really shared,
    where known: one span after the other, over all steps.
    """

    step_min: IntArray
    starts_epoch_min: IntArray
    productions: Mapping[Prm, IntArray]
    consumptions: Mapping[Prm, IntArray]
    in_force: Sequence[Span] = ()

    @property
    def steps(self) -> int:
        return len(self.starts_epoch_min)

    @property
    def prms(self) -> set[Prm]:
        return {*self.productions, *self.consumptions}


@dataclass(frozen=True, eq=False)
class Scenario:
    """A key on the curves, with some points added and some removed.

    key: None for those in force; their shares for removed points are surplus. Added curves are on
    the same steps. A removed point disappears on both sides.
    """

    name: str
    key: SharingKey | None
    added_productions: Mapping[Prm, IntArray] = field(default_factory=dict)
    added_consumptions: Mapping[Prm, IntArray] = field(default_factory=dict)
    removed: frozenset[Prm] = frozenset()

    def applied_to(self, curves: Curves) -> Curves:
        """Raise ScenarioInvalid, or KeyInvalid when the key names a point that is absent."""
        self.check(curves.productions, curves.consumptions)
        return Curves(
            step_min=curves.step_min,
            starts_epoch_min=curves.starts_epoch_min,
            productions=self._applied(curves.productions, self.added_productions),
            consumptions=self._applied(curves.consumptions, self.added_consumptions),
            in_force=curves.in_force,
        )

    def check(self, producers: Collection[Prm], consumers: Collection[Prm]) -> None:
        """Check that it can be applied to these points; raises like ``applied_to``."""
        present = {*producers, *consumers}
        if unknown := sorted(self.removed - present):
            raise self._refused(f"removes {', '.join(unknown)}: no such point", unknown)
        added = {*self.added_productions, *self.added_consumptions}
        if duplicates := sorted(added & (present - self.removed)):
            raise self._refused(f"adds {', '.join(duplicates)}: already there", duplicates)
        gone = self.removed
        producers = {*producers} - gone | {*self.added_productions}
        consumers = {*consumers} - gone | {*self.added_consumptions}
        if not producers or not consumers:
            raise self._refused("leaves no producer or no consumer", [])
        if self.key is not None:
            check_points(self.key, producers=producers, consumers=consumers)

    def spans(self, curves: Curves) -> Sequence[Span]:
        """Return the key of each span of steps. Raises ScenarioInvalid where none is known."""
        if self.key is not None:
            return [Span(0, curves.steps, self.key)]
        if not curves.in_force:
            raise no_keys_in_force(self.name)
        return curves.in_force

    def _applied(
        self, present: Mapping[Prm, IntArray], added: Mapping[Prm, IntArray]
    ) -> dict[Prm, IntArray]:
        remaining = {prm: energy for prm, energy in present.items() if prm not in self.removed}
        return {**remaining, **added}

    def _refused(self, why: str, prms: list[Prm]) -> ScenarioInvalid:
        return ScenarioInvalid(f"The scenario {self.name!r} {why}.", prms=prms)


def stretches(step_min: IntArray) -> list[slice]:
    """Return the ranges of steps of one length: one begins where an operation changes its step."""
    cuts = (np.flatnonzero(np.diff(step_min)) + 1).tolist()
    return [slice(first, end) for first, end in pairwise([0, *cuts, len(step_min)])]


def no_keys_in_force(name: str) -> ScenarioInvalid:
    return ScenarioInvalid(
        f"The scenario {name!r} has no key: only an operation's own readings have keys in force."
    )
