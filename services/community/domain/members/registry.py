"""Members, operations and keys, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias
from uuid import UUID

from libs.common.ids import Direction, OperationId, Prm
from services.community.domain.messages.messages import Language

MemberKind = Literal["household", "company", "public_body"]
ProductionKind = Literal["solar", "wind", "hydro", "biomass"]
StepMin = Literal[5, 10, 15, 30, 60]
Jwk: TypeAlias = dict[str, str | list[str]]
"""A JSON Web Key (RFC 7517)."""


@dataclass(frozen=True, kw_only=True)
class Member:
    """A person or body that takes part with its points; addresses are lines of text.

    delivery_address: where it takes the energy it buys, None if at its address (CGI ann. II art.
    242 nonies A, décret 2022-1299). language: of letters to it.
    """

    id: UUID
    kind: MemberKind
    name: str
    address: str
    email: str | None
    siren: str | None
    vat_number: str | None
    language: Language = "fr"
    delivery_address: str | None = None


@dataclass(frozen=True, kw_only=True)
class Point:
    """A delivery point; its powers and its production kind are None where not recorded."""

    prm: Prm
    label: str
    subscribed_power_va: int | None = None
    installed_power_w: int | None = None
    production_kind: ProductionKind | None = None

    @property
    def powers_and_kind(self) -> tuple[int | None, int | None, ProductionKind | None]:
        """The facts that are published about the point, with the perimeters it is in.

        Of a producing point its label is published too.
        """
        return self.subscribed_power_va, self.installed_power_w, self.production_kind

    def power_limit_w(self, direction: Direction) -> int | None:
        """Return the most it can draw or produce; real power never exceeds the apparent power."""
        if direction == Direction.CONSUMPTION:
            return self.subscribed_power_va
        return self.installed_power_w

    def kind_of_plant(self, direction: Direction) -> ProductionKind | None:
        return self.production_kind if direction == Direction.PRODUCTION else None

    def name_of_plant(self, direction: Direction) -> str | None:
        return self.label if direction == Direction.PRODUCTION else None


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
