"""The events of a point's contract, and those at which it leaves its operation."""

from enum import StrEnum

import polars as pl

CONTRACT_EVENTS = pl.Schema(
    {
        "prm": pl.String(),
        "happened_at": pl.Datetime("us", "UTC"),
        "kind": pl.String(),  # the DSO's code: RES, MES, PMES, CFNE, CFNS, MCT, …
        "affair": pl.String(),  # the DSO's number of the affair; empty if it has none
        "collective": pl.String(),  # part in collective self-consumption: consumer, producer, both
        "state": pl.String(),  # in_service, terminated, or empty
        "position": pl.String(),
    }
)
"""One row per event of a contract (flow C15, domain: §1.4), in the order of the file."""

CONTRACT_KEY = ["prm", "happened_at", "kind", "affair"]
CONTRACT_VALUE = ["collective", "state"]


class Departure(StrEnum):
    """The reason why a point leaves its operation although nobody asked for that."""

    TERMINATED = "terminated"  # its contract ended (RES)
    NEW_OCCUPANT = "new_occupant"  # another person's contract began (MES, PMES)


_DEPARTURES = {
    "RES": Departure.TERMINATED,
    "MES": Departure.NEW_OCCUPANT,
    "PMES": Departure.NEW_OCCUPANT,
}


def departure(kind: str) -> Departure | None:
    """Return why a point leaves at an event of this kind; None keeps it in (a new supplier)."""
    return _DEPARTURES.get(kind)
