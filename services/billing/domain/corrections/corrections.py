"""Corrections of issued documents: credit notes, and the invoices that follow them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from libs.common.calendar import Month
from services.billing.domain.corrections.credit_notes import Take, credit_note
from services.billing.domain.corrections.frozen_prices import LineBucket, charge_buckets
from services.billing.domain.corrections.standing import StandingLine
from services.billing.domain.invoices.documents import Cause, CorrectionPolicy, DocumentReference
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.invoices.lines import InvoiceLine, charge
from services.billing.domain.invoices.mentions import with_mentions
from services.billing.domain.invoices.periods import months_between
from services.billing.domain.invoices.usage import EnergyChange
from services.billing.domain.invoices.writing import Header, write_invoice

DailyWmin = Mapping[date, int]


@dataclass(frozen=True)
class Group:
    """Standing lines of one seller to one buyer that belong together, as their periods overlap."""

    months: tuple[Month, ...]
    standing: tuple[StandingLine, ...]

    @property
    def energy(self) -> list[StandingLine]:
        return [line for line in self.standing if not line.is_fee]

    @property
    def fees(self) -> list[InvoiceLine]:
        """Fees, due once: they stay when energy is corrected, and move to a new document."""
        return [line.line for line in self.standing if line.is_fee]

    @property
    def documents(self) -> list[Invoice]:
        """The documents of these lines, the oldest first."""
        return list({line.document.id: line.document for line in self.standing}.values())


def group_standing(standing: Iterable[StandingLine]) -> list[Group]:
    """Group standing lines by overlapping periods, in the order of these."""
    groups: list[tuple[set[Month], list[StandingLine]]] = []
    for line in standing:
        months = set(months_between(line.document.period_from, line.document.period_to))
        lines = [line]
        for other in [group for group in groups if group[0] & months]:
            groups.remove(other)
            months, lines = months | other[0], [*other[1], *lines]
        groups.append((months, lines))
    return sorted(
        (Group(tuple(sorted(months)), tuple(lines)) for months, lines in groups),
        key=lambda group: group.months,
    )


def find_differences(
    group: Group, target: Mapping[LineBucket, DailyWmin]
) -> dict[LineBucket, DailyWmin]:
    """The change of each line, by day; a line whose total energy stays the same is left out."""
    changes: defaultdict[LineBucket, Counter[date]] = defaultdict(Counter)
    for bucket, days in target.items():
        changes[bucket].update(days)
    for line in group.energy:
        changes[_bucket(line)].subtract(line.left_days)
    return {
        bucket: {day: change for day, change in sorted(days.items()) if change}
        for bucket, days in sorted(changes.items(), key=lambda item: item[0].order)
        if days.total()
    }


def replace_documents(
    group: Group,
    target: Mapping[LineBucket, DailyWmin],
    issued: Sequence[Invoice],
    header: Header | None,
) -> list[Invoice]:
    """Credit all that is left, and write one corrective invoice unless nothing is to bill."""
    credited = [
        credit_note(
            [Take.all_of(line) for line in group.standing if line.document.id == document.id],
            issued,
            cause=Cause.REPLACE,
        )
        for document in group.documents
    ]
    lines = charge_buckets(target)
    if not lines and not group.fees:
        return credited
    charged = [*lines, *group.fees]
    draft = _write(group, charged, months=group.months, issued=issued, header=header)
    return [*credited, replace(draft, cause=Cause.REPLACE, refers_to=_followed(group, lines))]


def bill_differences(
    group: Group,
    differences: Mapping[LineBucket, DailyWmin],
    issued: Sequence[Invoice],
    header: Header | None,
) -> list[Invoice]:
    """Credit each document that billed too much, and invoice energy that was not billed.

    Energy is taken back from the newest document first.
    """
    takes: defaultdict[UUID, list[Take]] = defaultdict(list)
    more: list[InvoiceLine] = []
    for bucket, days in differences.items():
        lines = [line for line in reversed(group.energy) if _bucket(line) == bucket]
        if sum(days.values()) < 0:
            for take in _takes(lines, days):
                takes[take.line.document.id].append(take)
        else:
            more.append(_charge_more(group, bucket, days))
    credited = [
        credit_note(
            sorted(takes[document.id], key=lambda take: take.line.position),
            issued,
            cause=Cause.DIFFERENCE,
        )
        for document in group.documents
        if document.id in takes
    ]
    if not more:
        return credited
    months = sorted(
        {bucket.month for bucket, days in differences.items() if sum(days.values()) > 0}
    )
    period = months_between(months[0].first_day, months[-1].next_first_day)
    draft = _write(group, more, months=period, issued=issued, header=header)
    return [*credited, replace(draft, cause=Cause.DIFFERENCE, refers_to=_followed(group, more))]


def _charge_more(group: Group, bucket: LineBucket, days: DailyWmin) -> InvoiceLine:
    """A line that adds to the newest line of its price, else of its points and month.

    Energy may have moved from another hour class, whose line bills the same days.
    """
    nearby_lines = [line for line in reversed(group.energy) if _bucket(line)[:3] == bucket[:3]]
    bucket_lines = [line for line in nearby_lines if _bucket(line) == bucket]
    corrects = next((line.reference for line in (*bucket_lines, *nearby_lines)), None)
    return charge(bucket.producer, bucket.consumer, bucket.price, days, corrects=corrects)


def _bucket(line: StandingLine) -> LineBucket:
    month = months_between(line.line.valid_from, line.line.valid_to)[0]
    return LineBucket(month, line.line.producer, line.line.consumer, line.line.price)


def _takes(lines: Iterable[StandingLine], days: DailyWmin) -> Iterable[Take]:
    """Take back a change whose total is negative, from these lines in turn."""
    rest = Counter({day: -change for day, change in days.items()})
    for line in lines:
        if rest.total() < line.left_wmin:
            yield Take(line, rest.total(), dict(rest))
            return
        yield Take.all_of(line)
        rest.subtract(line.left_days)
        if not rest.total():
            return


def _write(
    group: Group,
    lines: Sequence[InvoiceLine],
    *,
    months: Sequence[Month],
    issued: Sequence[Invoice],
    header: Header | None,
) -> Invoice:
    assert header is not None
    earlier = [document.reference for document in issued if document.overlaps(group.months)]
    return write_invoice(header, lines, months=months, earlier=earlier)


def _followed(group: Group, lines: Iterable[InvoiceLine]) -> list[DocumentReference]:
    """The documents to whose lines these add; all those of the group if they add to none."""
    added_to = {line.corrects.document_id for line in lines if line.corrects}
    documents = [
        document for document in group.documents if not added_to or document.id in added_to
    ]
    return [document.reference for document in documents]


def correct(
    group: Group,
    target: Mapping[LineBucket, DailyWmin],
    *,
    policy: CorrectionPolicy,
    issued: Sequence[Invoice],
    header: Header | None,
) -> list[Invoice]:
    """Return the documents to issue so that the group bills its target, to the watt-minute.

    Empty if it does already. issued: all documents of the parties. header: None only if there is
    no invoice to write.
    """
    differences = find_differences(group, target)
    if not differences:
        return []
    if policy == CorrectionPolicy.REPLACE:
        documents = replace_documents(group, target, issued, header)
    else:
        documents = bill_differences(group, differences, issued, header)
    changes = _changes(group, target)
    return [with_mentions(replace(document, changes=changes)) for document in documents]


def _changes(group: Group, target: Mapping[LineBucket, DailyWmin]) -> list[EnergyChange]:
    """Over all points and prices: what the customer sees of it."""
    changed: Counter[date] = Counter()
    for days in target.values():
        changed.update(days)
    for line in group.energy:
        changed.subtract(line.left_days)
    return [
        EnergyChange(day, energy_wmin)
        for day, energy_wmin in sorted(changed.items())
        if energy_wmin
    ]
