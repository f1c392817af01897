"""The progress of a requested simulation."""

from dataclasses import dataclass
from enum import StrEnum


class SimulationState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


UNDER_WAY = (SimulationState.QUEUED, SimulationState.RUNNING)


@dataclass(frozen=True)
class SimulationFailure:
    """A problem as people see it."""

    type: str
    title: str
    detail: str
