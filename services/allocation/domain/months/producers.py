"""The plants of an operation and their owners, as its members may read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias
from uuid import UUID

from libs.common.ids import Direction, Prm
from services.allocation.domain.perimeter import Participation, Perimeter
from services.allocation.domain.plants import SMALL_W

OwnerKind: TypeAlias = Literal["household", "company", "public_body"]


@dataclass(frozen=True)
class Owner:
    """name: of a company or public body, whose invoices show it anyway."""

    kind: OwnerKind
    name: str | None


@dataclass(frozen=True)
class Producer:
    """A plant while it belongs to one member.

    number: the plant's rank among all of the operation, in order of arrival; a plant without a name
    is "plant 2". owner: None if community has published nothing about them yet.
    """

    number: int
    stay: Participation
    owner: Owner | None

    @property
    def name(self) -> str | None:
        return self.owner.name if self.owner else None

    @property
    def shown_power_w(self) -> int | None:
        """None for a small plant (``domain/plants.py``) and for a household's, however large.

        An owner about whom nothing has been published may be a household.
        """
        power_w = self.stay.power_limit_w
        if self.owner is None or self.owner.kind == "household":
            return None
        return power_w if power_w is not None and power_w >= SMALL_W else None


def owners_of_plants(perimeter: Perimeter) -> set[UUID]:
    return {stay.member_id for stay in _plants(perimeter)}


def list_producers(perimeter: Perimeter, owners: Mapping[UUID, Owner]) -> list[Producer]:
    """Return the plants in order of number, then of time."""
    stays = sorted(_plants(perimeter), key=lambda stay: (stay.valid_from, stay.prm))
    numbers = dict[Prm, int]()
    for stay in stays:
        numbers.setdefault(stay.prm, len(numbers) + 1)
    return sorted(
        (Producer(numbers[stay.prm], stay, owners.get(stay.member_id)) for stay in stays),
        key=lambda producer: (producer.number, producer.stay.valid_from),
    )


def _plants(perimeter: Perimeter) -> list[Participation]:
    return [stay for stay in perimeter.participations if stay.direction == Direction.PRODUCTION]
