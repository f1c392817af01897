"""Whose consuming point it is, and whose it was: each has their own supplier and own bills."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from libs.common.calendar import Month
from libs.common.errors import Problem
from libs.common.ids import OperationId
from services.billing.domain.bills_unavailable import unavailable
from services.billing.domain.sales import Participation


class PointUnknown(Problem):
    status, slug, title = 404, "point-unknown", "Nobody takes part with this point as a consumer"
    example_detail = "No operation has or had this point among its consumers."


@dataclass(frozen=True)
class Held:
    """A point that is or was a member's in an operation, over the days of a participation."""

    operation_id: OperationId
    participation: Participation

    @property
    def member_id(self) -> UUID:
        return self.participation.member_id


@dataclass(frozen=True)
class HeldMonth:
    """The days of a month on which a point was one member's, in order; it was nobody else's.

    power_limit_w: what it could draw on the last of them, None if nobody has said.
    """

    operation_id: OperationId
    member_id: UUID
    month: Month
    days: Sequence[date]
    power_limit_w: int | None = None


def holder_on(held: Sequence[Held], day: date) -> UUID:
    """Who has the point on a day, else the next who gets it, else the last; of one or more."""
    ordered = sorted(held, key=lambda one: one.participation.valid_from)
    after = [
        one
        for one in ordered
        if one.participation.valid_to is None or one.participation.valid_to > day
    ]
    return (after or ordered[-1:])[0].member_id


def held_on(held: Sequence[Held], day: date, member_id: UUID | None) -> Held:
    """With whom and where the point takes part on a day; member_id: this one's, if named.

    Raises BillsUnavailable: `point-not-held`.
    """
    for stay in held:
        if stay.participation.covers(day) and member_id in (None, stay.member_id):
            return stay
    raise unavailable(
        "point-not-held", f"The point takes no part on {day}, or not for this member."
    )


def held_in(held: Sequence[Held], month: Month, member_id: UUID | None) -> HeldMonth:
    """The days of a month on which the point was one member's; member_id: this one's, if named.

    Raises BillsUnavailable unless nobody else had it in the month: what it metered is told for
    all its days together.
    """
    days: defaultdict[tuple[OperationId, UUID], set[date]] = defaultdict(set)
    for one in held:
        if covered := {day for day in month.days if one.participation.covers(day)}:
            days[one.operation_id, one.member_id] |= covered
    holders = {holder for _, holder in days}
    if not holders or (member_id is not None and member_id not in holders):
        raise unavailable(
            "point-not-held", f"The point did not take part in {month}, or not for this member."
        )
    if len(days) > 1:
        raise unavailable(
            "point-handed-over",
            f"The point changed hands or operations in {month}, and what it metered before and"
            " after is not told apart.",
        )
    ((operation_id, holder), covered) = days.popitem()
    last_day = max(covered)
    power_limit_w = next(
        stay.participation.power_limit_w for stay in held if stay.participation.covers(last_day)
    )
    return HeldMonth(operation_id, holder, month, sorted(covered), power_limit_w)
