"""The register of a co-operative's shares: subscriptions, transfers and repayments, by day.

Variable capital (loi 47-1775 art. 7 and 18; Code de commerce art. L231-1): members come and go, so
only the register shows what each holds.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import accumulate
from uuid import UUID

from services.community.domain.capital.problems import (
    CapitalMovementUnfit,
    CapitalSharesMissing,
    NominalDiffers,
)


class MovementKind(StrEnum):
    SUBSCRIPTION = "subscription"  # the co-operative gives new shares
    REPAYMENT = "repayment"  # it takes them back
    TRANSFER = "transfer"  # from a member to another


@dataclass(frozen=True, kw_only=True)
class CapitalMovement:
    """A number of shares that change hands on a local day. Raises CapitalMovementUnfit.

    document_reference: of the signed paper or the decision, kept elsewhere.
    """

    id: UUID
    organiser_id: UUID
    kind: MovementKind
    day: date
    from_member_id: UUID | None
    to_member_id: UUID | None
    capital_shares: int
    nominal_cents: int
    document_reference: str

    def __post_init__(self) -> None:
        gives, receives = self.from_member_id is not None, self.to_member_id is not None
        if gives == (self.kind == MovementKind.SUBSCRIPTION):
            raise CapitalMovementUnfit(
                "from_member_id names the giver of shares: never in a subscription, else always."
            )
        if receives == (self.kind == MovementKind.REPAYMENT):
            raise CapitalMovementUnfit(
                "to_member_id names the receiver of shares: never in a repayment, else always."
            )
        if self.from_member_id == self.to_member_id:
            raise CapitalMovementUnfit("A transfer is from one member to another.")

    def change_for(self, member_id: UUID) -> int:
        """Return what it adds to the shares of this member; negative if it takes shares away."""
        if member_id == self.to_member_id:
            return self.capital_shares
        return -self.capital_shares if member_id == self.from_member_id else 0


def check_nominal(movement: CapitalMovement, nominal_cents: int | None) -> None:
    """nominal_cents: of the shares there are; None before the first. Raises NominalDiffers."""
    if nominal_cents not in {None, movement.nominal_cents}:
        raise NominalDiffers(
            f"All shares of the co-operative have a nominal value of {nominal_cents} cents.",
            nominal_cents=nominal_cents,
        )


def check_holding(member_id: UUID, movements: Iterable[CapitalMovement]) -> None:
    """Check that the member never holds fewer than no shares at the end of any day.

    movements: all that count and name the member, in any order. Raises CapitalSharesMissing.
    """
    changes = defaultdict[date, int](int)
    for movement in movements:
        changes[movement.day] += movement.change_for(member_id)
    days = sorted(changes)
    for day, holding in zip(days, accumulate(changes[day] for day in days), strict=True):
        if holding < 0:
            raise CapitalSharesMissing(
                f"On {day} the member would hold {holding} shares.",
                member_id=str(member_id),
                day=day.isoformat(),
                capital_shares=holding,
            )
