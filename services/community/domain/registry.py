"""Members, operations and keys, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias
from uuid import UUID

from libs.common.ids import OperationId

MemberKind = Literal["household", "company", "public_body"]
StepMin = Literal[5, 10, 15, 30, 60]
Jwk: TypeAlias = dict[str, str | list[str]]
"""A JSON Web Key (RFC 7517)."""


@dataclass(frozen=True, kw_only=True)
class Member:
    """A person or body that takes part with its points; address is lines of text."""

    id: UUID
    kind: MemberKind
    name: str
    address: str
    email: str | None
    siren: str | None
    vat_number: str | None


@dataclass(frozen=True)
class StepChange:
    """From a local day on, the operation is settled in other steps."""

    valid_from: date
    step_min: StepMin


@dataclass(frozen=True, kw_only=True)
class Operation:
    """A collective self-consumption operation; shares are computed in steps of step_min.

    step_changes: later steps, by day; the DSO moves operations from 30 to 15 minutes at a date.
    """

    id: OperationId
    name: str
    organiser_id: UUID
    step_min: StepMin
    valid_from: date
    step_changes: Sequence[StepChange] = ()
