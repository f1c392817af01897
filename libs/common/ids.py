"""The identifiers that services share; each is a plain string with one meaning."""

from enum import StrEnum
from typing import Annotated, NewType

from pydantic import StringConstraints

PRM_PATTERN = r"^[0-9]{14}$"
OPERATION_PATTERN = r"^ACC[0-9]{8}$"

Prm = NewType("Prm", str)
"""A delivery point: 14 digits, leading zeros are real. No checksum rule is published."""

OperationId = NewType("OperationId", str)
"""A collective self-consumption operation: ACC and 8 digits, given by the DSO."""

PrmField = Annotated[Prm, StringConstraints(pattern=PRM_PATTERN)]
OperationIdField = Annotated[OperationId, StringConstraints(pattern=OPERATION_PATTERN)]
Sha256Field = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""The hash of a file's or text's bytes, in lower-case hexadecimal, which identifies it."""


class Direction(StrEnum):
    """The direction in which energy crosses the meter, seen from the point's owner."""

    CONSUMPTION = "consumption"
    PRODUCTION = "production"


class Quantity(StrEnum):
    """An energy of a point, as the DSO names it; its own word (Enedis) beside each."""

    CONSUMPTION = "consumption"  # cons: everything that a consumer's meter counted
    PRODUCTION = "production"  # prod: everything that a producer's meter counted
    SELF_CONSUMED = "self_consumed"  # autocons: the part of either that was shared
    SURPLUS = "surplus"  # surplus: the rest of a production
    COMPLEMENT = "complement"  # complement: the rest of a consumption
