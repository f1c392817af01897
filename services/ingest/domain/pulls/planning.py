"""The questions to ask the DSO: every day, every month, and when somebody asks."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from libs.common.calendar import PARIS, Month
from libs.common.ids import Direction, OperationId, Prm
from services.ingest.domain.pulls.questions import PullSource, Question, Resource
from services.ingest.domain.readings.coverage import Participation

DAYS_PER_CALL = 7
"""The most days of one question to Data Connect (domain: §2.9)."""

_READY_AT = time(8)  # local: from then on Data Connect has the day before
_CATCH_UP_DAYS = 28
_DEFINITIVE = (Resource.DEFINITIVE_LOAD_CURVES, Resource.DEFINITIVE_ACTIVE_ENERGY)
_PROVISIONAL = (Resource.PROVISIONAL_LOAD_CURVES, Resource.PROVISIONAL_ACTIVE_ENERGY)

DaySpan = tuple[date, date]
PointSide = tuple[Prm, Direction]


def may_pull(question: Question, participations: Iterable[Participation]) -> bool:
    """Return whether we may ask this of the DSO: the only place that decides it.

    Load curves of a point: if it takes part on each of the days. Results of an operation: if the
    point takes part in it on any of them, as they come by whole months.
    """
    if question.prm is None or question.direction is None:
        return True
    ours = [
        participation
        for participation in participations
        if question.operation_id in {None, participation.operation_id}
    ]
    point, asked_period = (question.prm, question.direction), (question.from_day, question.to_day)
    covered = days_in(ours, point, asked_period)
    return bool(covered) if question.source == PullSource.ACC else covered == [asked_period]


def days_in(
    participations: Iterable[Participation], point: PointSide, period: DaySpan
) -> list[DaySpan]:
    """Return the days of a period on which a point takes part, as few ranges in order."""
    ranges: list[DaySpan] = []
    for start, end in sorted(_overlaps(participations, point, period)):
        if ranges and start <= ranges[-1][1]:
            ranges[-1] = ranges[-1][0], max(end, ranges[-1][1])
        else:
            ranges.append((start, end))
    return ranges


def _overlaps(
    participations: Iterable[Participation], point: PointSide, period: DaySpan
) -> Iterator[DaySpan]:
    for participation in participations:
        start = max(participation.valid_from, period[0])
        end = min(participation.valid_to or period[1], period[1])
        if (participation.prm, participation.direction) == point and start < end:
            yield start, end


def curve_questions(participations: Sequence[Participation], period: DaySpan) -> list[Question]:
    """Return Data Connect's questions for every point, on the days on which it takes part."""
    participations_by_point: dict[PointSide, list[Participation]] = {}
    for participation in participations:
        participations_by_point.setdefault((participation.prm, participation.direction), []).append(
            participation
        )
    return [
        Question(PullSource.DATA_CONNECT, Resource.LOAD_CURVE, None, *point, start, end)
        for point, ours in sorted(participations_by_point.items())
        for covered in days_in(ours, point, period)
        for start, end in split(covered)
    ]


def split(period: DaySpan) -> Iterator[DaySpan]:
    """Split a period into those that one question may be about."""
    start, end = period
    while start < end:
        next_start = min(start + timedelta(days=DAYS_PER_CALL), end)
        yield start, next_start
        start = next_start


def result_questions(
    operation_id: OperationId,
    participations: Sequence[Participation],
    months: Iterable[Month],
    *,
    provisional: bool = False,
) -> list[Question]:
    """Return the ACC API's questions about an operation: its perimeter, curves and energies.

    One per month for the perimeter; one per month and point for curves and for energies.
    """
    ours = [
        participation
        for participation in participations
        if participation.operation_id == operation_id
    ]
    points = sorted({(participation.prm, participation.direction) for participation in ours})
    questions = []
    for month in months:
        period = month.first_day, month.next_first_day
        questions.append(
            Question(PullSource.ACC, Resource.PERIMETER, operation_id, None, None, *period)
        )
        questions += [
            Question(PullSource.ACC, resource, operation_id, *point, *period)
            for resource in (_PROVISIONAL if provisional else _DEFINITIVE)
            for point in points
            if days_in(ours, point, period)
        ]
    return questions


def due_days(planned_to: date | None, now: datetime) -> DaySpan | None:
    """Return the days to plan now, whose readings Data Connect should have; None if there are none.

    planned_to: the day after the last that was planned; at first only yesterday is planned. After a
    longer absence the last four weeks are caught up on, and older gaps are left to re-requests.
    """
    local = now.astimezone(PARIS)
    end = local.date() if local.time() >= _READY_AT else local.date() - timedelta(days=1)
    start = max(planned_to, end - timedelta(days=_CATCH_UP_DAYS)) if planned_to else None
    start = end - timedelta(days=1) if start is None else start
    return (start, end) if start < end else None


def next_due_days(now: datetime) -> datetime:
    """Return when ``due_days`` will have another day."""
    local = now.astimezone(PARIS)
    day = local.date() + timedelta(days=local.time() >= _READY_AT)
    return datetime.combine(day, _READY_AT, tzinfo=PARIS).astimezone(UTC)


def due_months(planned_to: date | None, now: datetime, *, from_day_of_month: int) -> list[Month]:
    """Return the months to plan now, whose results the DSO should have.

    planned_to: the first day of the month after the last that was planned; at first only the last
    month is planned. After a longer absence a year is caught up on.
    """
    today = now.astimezone(PARIS).date()
    last = Month.of(today).earlier(1)
    if today.day < from_day_of_month:
        last = last.earlier(1)
    months = [last]
    while planned_to and months[0].first_day > planned_to and len(months) < 12:  # noqa: PLR2004
        months.insert(0, months[0].earlier(1))
    return [] if planned_to and last.first_day < planned_to else months


def whole_months(period: DaySpan) -> list[Month] | None:
    """Return the months of a period; None unless it begins and ends with one."""
    start, end = period
    months = []
    while start < end:
        month = Month.of(start)
        if start != month.first_day:
            return None
        months.append(month)
        start = month.next_first_day
    return months if start == end else None
