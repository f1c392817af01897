"""A question to one of the DSO's APIs; sources: domain §2.1 (ACC), §2.9 (Data Connect)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from libs.common.ids import Direction, OperationId, Prm


class PullSource(StrEnum):
    """An API that is asked; each has its own credentials and its own limits."""

    DATA_CONNECT = "data-connect"
    ACC = "acc"

    @property
    def sender(self) -> str:
        """The sender of the deliveries that come from it."""
        return f"pull:{self.value}"

    @property
    def setting(self) -> Literal["data_connect", "acc"]:
        """The prefix of the names of its settings."""
        return "acc" if self is PullSource.ACC else "data_connect"


class Resource(StrEnum):
    """The resources of the APIs; those of the ACC API have their names there."""

    LOAD_CURVE = "load_curve"  # the only one of Data Connect
    PERIMETER = "perimeter"
    DEFINITIVE_LOAD_CURVES = "definitive_load_curves"
    DEFINITIVE_ACTIVE_ENERGY = "definitive_active_energy"
    PROVISIONAL_LOAD_CURVES = "provisional_load_curves"  # inferred from the word "definitive"
    PROVISIONAL_ACTIVE_ENERGY = "provisional_active_energy"  # inferred likewise


class PullState(StrEnum):
    WAITING = "waiting"  # to be asked, or to be asked again
    DONE = "done"  # its answer is a delivery
    REFUSED = "refused"  # the DSO does not answer this question
    FAILED = "failed"  # tried too often
    WITHDRAWN = "withdrawn"  # no longer allowed


@dataclass(frozen=True, order=True)
class Question:
    """A question about local days ``[from_day, to_day)``, of a point except for the perimeter.

    operation_id: for the ACC API only; Data Connect knows points.
    """

    source: PullSource
    resource: Resource
    operation_id: OperationId | None
    prm: Prm | None
    direction: Direction | None
    from_day: date
    to_day: date
