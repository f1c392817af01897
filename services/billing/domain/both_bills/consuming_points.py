"""Past and present holders of a consuming point, each with their own supplier and bills."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from libs.common.calendar import Month
from libs.common.errors import Problem
from libs.common.ids import OperationId
from services.billing.domain.both_bills.bills_unavailable import unavailable
from services.billing.domain.prices.sales import Participation


class PointUnknown(Problem):
    status, slug, title = 404, "point-unknown", "Nobody takes part with this point as a consumer"
    example_detail = "No operation has or had this point among its consumers."


@dataclass(frozen=True)
class HeldPoint:
    """A member's hold on a point in an operation, over the days of a participation."""

    operation_id: OperationId
    participation: Participation

    @property
    def member_id(self) -> UUID:
        return self.participation.member_id


@dataclass(frozen=True)
class HeldMonth:
    """The days of a month, in order, on which a point was one member's and nobody else's.

    power_limit_w: the most it could draw on the last of these days, None if unknown.
    """

    operation_id: OperationId
    member_id: UUID
    month: Month
    days: Sequence[date]
    power_limit_w: int | None = None


def holder_on(held: Sequence[HeldPoint], day: date) -> UUID:
    """The member who has the point on a day, else the next to have it, else the last.

    held: at least one stay.
    """
    ordered = sorted(held, key=lambda stay: stay.participation.valid_from)
    candidates = [
        stay
        for stay in ordered
        if stay.participation.valid_to is None or stay.participation.valid_to > day
    ]
    return (candidates or ordered[-1:])[0].member_id


def held_on(held: Sequence[HeldPoint], day: date, member_id: UUID | None) -> HeldPoint:
    """The stay that covers a day. member_id: only this member's; None means anybody's.

    Raises BillsUnavailable: `point-not-held`.
    """
    for stay in held:
        if stay.participation.covers(day) and member_id in (None, stay.member_id):
            return stay
    raise unavailable(
        "point-not-held", f"The point takes no part on {day}, or not for this member."
    )


def held_in(held: Sequence[HeldPoint], month: Month, member_id: UUID | None) -> HeldMonth:
    """The days of a month on which the point was one member's.

    member_id: only this member's days; None means anybody's. Raises BillsUnavailable if anybody
    else had the point in the month, for its metered energy is one sum over all its days.
    """
    days: defaultdict[tuple[OperationId, UUID], set[date]] = defaultdict(set)
    for stay in held:
        if covered := {day for day in month.days if stay.participation.covers(day)}:
            days[stay.operation_id, stay.member_id] |= covered
    holders = {holder for _, holder in days}
    if not holders or (member_id is not None and member_id not in holders):
        raise unavailable(
            "point-not-held", f"The point did not take part in {month}, or not for this member."
        )
    if len(days) > 1:
        raise unavailable(
            "point-handed-over",
            f"The point changed hands or operations in {month}, and the energy it metered before"
            " and after is not known separately.",
        )
    ((operation_id, holder), covered) = days.popitem()
    last_day = max(covered)
    power_limit_w = next(
        stay.participation.power_limit_w for stay in held if stay.participation.covers(last_day)
    )
    return HeldMonth(operation_id, holder, month, sorted(covered), power_limit_w)
