"""Which questions to ask the DSO: every day, every month, and when somebody wants to know."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from libs.common.calendar import PARIS, Month
from libs.common.ids import Direction, OperationId, Prm
from services.ingest.domain.coverage import Participation
from services.ingest.domain.pulls.questions import PullSource, Question, Resource

DAYS_PER_CALL = 7
"""Most days of one question to Data Connect (domain: §2.9)."""

_READY_AT = time(8)  # local: from then on Data Connect has the day before
_CATCH_UP_DAYS = 28
_DEFINITIVE = (Resource.DEFINITIVE_LOAD_CURVES, Resource.DEFINITIVE_ACTIVE_ENERGY)
_PROVISIONAL = (Resource.PROVISIONAL_LOAD_CURVES, Resource.PROVISIONAL_ACTIVE_ENERGY)

Period = tuple[date, date]
Point = tuple[Prm, Direction]


def may_pull(question: Question, participations: Iterable[Participation]) -> bool:
    """Whether we may ask this of the DSO: the one place that decides, for plans and for people.

    Load curves of a point: if it takes part on each of the days. Results of an operation: if the
    point takes part in it on one of them, as they come by whole months.
    """
    if question.prm is None or question.direction is None:
        return True
    ours = [one for one in participations if question.operation_id in {None, one.operation_id}]
    point, asked = (question.prm, question.direction), (question.from_day, question.to_day)
    covered = days_in(ours, point, asked)
    return bool(covered) if question.source == PullSource.ACC else covered == [asked]


def days_in(participations: Iterable[Participation], point: Point, period: Period) -> list[Period]:
    """The days of a period on which a point takes part, as few ranges in order as there are."""
    found: list[Period] = []
    for start, end in sorted(_overlaps(participations, point, period)):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _overlaps(
    participations: Iterable[Participation], point: Point, period: Period
) -> Iterator[Period]:
    for one in participations:
        start = max(one.valid_from, period[0])
        end = min(one.valid_to or period[1], period[1])
        if (one.prm, one.direction) == point and start < end:
            yield start, end


def curve_questions(participations: Sequence[Participation], period: Period) -> list[Question]:
    """Data Connect's load curves of every point, on the days on which it takes part."""
    of_point: dict[Point, list[Participation]] = {}
    for one in participations:
        of_point.setdefault((one.prm, one.direction), []).append(one)
    return [
        Question(PullSource.DATA_CONNECT, Resource.LOAD_CURVE, None, *point, start, end)
        for point, ours in sorted(of_point.items())
        for covered in days_in(ours, point, period)
        for start, end in split(covered)
    ]


def split(period: Period) -> Iterator[Period]:
    """Into parts that one question may be about."""
    start, end = period
    while start < end:
        after = min(start + timedelta(days=DAYS_PER_CALL), end)
        yield start, after
        start = after


def result_questions(
    operation_id: OperationId,
    participations: Sequence[Participation],
    months: Iterable[Month],
    *,
    provisional: bool = False,
) -> list[Question]:
    """The ACC API's perimeter, load curves and energies of an operation, by point and month."""
    ours = [one for one in participations if one.operation_id == operation_id]
    points = sorted({(one.prm, one.direction) for one in ours})
    found = []
    for month in months:
        period = month.first_day, month.next_first_day
        found.append(
            Question(PullSource.ACC, Resource.PERIMETER, operation_id, None, None, *period)
        )
        found += [
            Question(PullSource.ACC, resource, operation_id, *point, *period)
            for resource in (_PROVISIONAL if provisional else _DEFINITIVE)
            for point in points
            if days_in(ours, point, period)
        ]
    return found


def due_days(planned_to: date | None, now: datetime) -> Period | None:
    """The days to plan now, of which Data Connect should have the readings; None if there are none.

    planned_to: the day after the last that was planned; at first only yesterday is. After a longer
    absence four weeks are caught up with, and older gaps are left to re-requests.
    """
    local = now.astimezone(PARIS)
    end = local.date() if local.time() >= _READY_AT else local.date() - timedelta(days=1)
    start = max(planned_to, end - timedelta(days=_CATCH_UP_DAYS)) if planned_to else None
    start = end - timedelta(days=1) if start is None else start
    return (start, end) if start < end else None


def next_due_days(now: datetime) -> datetime:
    """When ``due_days`` will tell another day."""
    local = now.astimezone(PARIS)
    day = local.date() + timedelta(days=local.time() >= _READY_AT)
    return datetime.combine(day, _READY_AT, tzinfo=PARIS).astimezone(UTC)


def due_months(planned_to: date | None, now: datetime, *, from_day_of_month: int) -> list[Month]:
    """The months to plan now, of which the DSO should have its results.

    planned_to: the first day of the month after the last that was planned; at first only the last
    month is. After a longer absence a year is caught up with.
    """
    today = now.astimezone(PARIS).date()
    last = Month.of(today).earlier(1)
    if today.day < from_day_of_month:
        last = last.earlier(1)
    months = [last]
    while planned_to and months[0].first_day > planned_to and len(months) < 12:  # noqa: PLR2004
        months.insert(0, months[0].earlier(1))
    return [] if planned_to and last.first_day < planned_to else months


def whole_months(period: Period) -> list[Month] | None:
    """The months of a period; None unless it begins and ends with one."""
    start, end = period
    months = []
    while start < end:
        month = Month.of(start)
        if start != month.first_day:
            return None
        months.append(month)
        start = month.next_first_day
    return months if start == end else None
