"""The parts of an explanation: one entry per step, with the rule that decided it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

import numpy as np

from libs.common.calendar import PARIS
from libs.common.ids import Prm
from services.allocation.domain.curves import Curve
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.metered import Metered


class Rule(StrEnum):
    """The rule that decided a step; the codes are stable: docs/use/explanations.md."""

    NO_PRODUCTION = "no-production"
    NO_CONSUMPTION = "no-consumption"
    KEY_GIVES_NOTHING = "key-gives-nothing"
    EVERYONE_SERVED = "everyone-served"
    PRORATA_OF_CONSUMPTION = "prorata-of-consumption"
    FIXED_SHARE = "fixed-share"
    FIXED_SHARE_CAPPED = "fixed-share-capped"
    REDISTRIBUTED = "redistributed"
    SHARE_OF_STEP = "share-of-step"
    SHARE_OF_STEP_CAPPED = "share-of-step-capped"
    RANK_SERVED_IN_FULL = "rank-served-in-full"
    RANK_SHARES_WHAT_IS_LEFT = "rank-shares-what-is-left"
    WEIGHT_OF_RANK = "weight-of-rank"
    WEIGHT_OF_RANK_CAPPED = "weight-of-rank-capped"
    RANK_GETS_NOTHING = "rank-gets-nothing"


class Reading(StrEnum):
    """The source of the point's own energy of a step."""

    METERED = "metered"
    ESTIMATED = "estimated"  # by ingest
    RECONSTRUCTED = "reconstructed"  # an equal part of a coarser reading
    MISSING = "missing"  # it counted as no energy


@dataclass(frozen=True)
class ProducerOffer:
    """One producer's offer to a consumer in a step, if the key has an offer for each producer."""

    coefficient: Fraction
    offered_wmin: int


@dataclass(frozen=True)
class ShareReason:
    """The reason for a consumer's share of one step.

    coefficient: its part of the consumption (of its rank) where that decides, else its share of
    the production (its weight in what is left for its rank); None where the key needs neither.
    offered_wmin: before the cap of its own consumption; None where the key gives what is consumed.
    rank, counted from 1, and left_wmin, what the ranks before left, exist for priority keys only.
    offers: by producer, or empty.
    """

    rule: Rule
    coefficient: Fraction | None = None
    offered_wmin: int | None = None
    rank: int | None = None
    left_wmin: int | None = None
    offers: Sequence[ProducerOffer] = ()


@dataclass(frozen=True, eq=False)
class Consumer:
    """One consumer among all the points of a day; share_wmin: its share, [step]."""

    metered: Metered
    prm: Prm
    share_wmin: IntArray

    @cached_property
    def row(self) -> int:
        return self.metered.consumers.index(self.prm)

    @property
    def consumption_wmin(self) -> IntArray:
        """[step]."""
        consumption_wmin: IntArray = self.metered.consumption_wmin[self.row]
        return consumption_wmin


@dataclass(frozen=True)
class ProducerPart:
    """One producer's part in a consumer's step; offer: None where the offer is of the pool."""

    producer: Prm
    share_wmin: int
    offer: ProducerOffer | None = None


@dataclass(frozen=True)
class ConsumerStep:
    """production_wmin: of all producers together; None where it is withheld."""

    start: datetime
    consumption_wmin: int
    production_wmin: int | None
    share_wmin: int
    capped: bool
    reason: ShareReason
    parts: Sequence[ProducerPart]
    reading: Reading = Reading.METERED

    @property
    def complement_wmin(self) -> int:
        return self.consumption_wmin - self.share_wmin

    @property
    def local_time(self) -> str:
        return _local_time(self.start)


@dataclass(frozen=True)
class ProducerStep:
    """sold_wmin: to all consumers together; None where it is withheld."""

    start: datetime
    production_wmin: int
    sold_wmin: int | None
    reading: Reading = Reading.METERED

    @property
    def surplus_wmin(self) -> int | None:
        return None if self.sold_wmin is None else self.production_wmin - self.sold_wmin

    @property
    def local_time(self) -> str:
        return _local_time(self.start)


def instants(starts_epoch_min: IntArray) -> list[datetime]:
    return [datetime.fromtimestamp(60 * start, UTC) for start in starts_epoch_min.tolist()]


def _local_time(start: datetime) -> str:
    """Format as ``02:30+01:00``: on the day of 25 hours 02:30 comes twice."""
    return start.astimezone(PARIS).isoformat(timespec="minutes")[11:]


def readings_of(curve: Curve) -> list[Reading]:
    """Return one per step."""
    readings = np.select(
        [curve.missing, curve.estimated, curve.reconstructed],
        [Reading.MISSING, Reading.ESTIMATED, Reading.RECONSTRUCTED],
        Reading.METERED,
    )
    return [Reading(reading) for reading in readings.tolist()]
