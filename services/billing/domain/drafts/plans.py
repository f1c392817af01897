"""Plans: the new invoices and the corrections of one seller to one buyer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from libs.common.calendar import Month
from libs.common.ids import Prm
from services.billing.domain.corrections.corrections import (
    Group,
    correct,
    find_differences,
    group_standing,
)
from services.billing.domain.corrections.frozen_prices import (
    FrozenPrices,
    LineBucket,
    billed_classes,
    buckets_of,
    offer_as_billed,
)
from services.billing.domain.corrections.standing import (
    StandingLine,
    frozen_lines,
    months_of_waived_fees,
    standing_lines,
)
from services.billing.domain.drafts.charges import Charges, PricedHours
from services.billing.domain.invoices.documents import Cause, CorrectionPolicy, DocumentKind
from services.billing.domain.invoices.invoices import ClassesOfMonth, Invoice
from services.billing.domain.invoices.lines import InvoiceLine, charge_month
from services.billing.domain.invoices.periods import months_between
from services.billing.domain.invoices.writing import Header, write_invoice
from services.billing.domain.prices.pricing import (
    NO_HOURS,
    Attribution,
    DayEnergy,
    attribute,
    attribute_to,
    join,
)
from services.billing.domain.prices.sales import Parties, Sales


@dataclass(frozen=True)
class DraftPlan:
    """The energies as settled now, beside the standing lines of issued documents."""

    parties: Parties
    months: Sequence[Month]
    energies: Mapping[Month, Sequence[DayEnergy]]
    issued: Sequence[Invoice]
    charges: Charges
    policy: CorrectionPolicy

    @cached_property
    def standing(self) -> Sequence[StandingLine]:
        return standing_lines(self.issued)

    @cached_property
    def groups(self) -> Sequence[Group]:
        """The groups of standing lines of the plan's months."""
        groups = group_standing(self.standing)
        return [group for group in groups if set(group.months) & set(self.months)]

    @cached_property
    def fresh_months(self) -> list[Month]:
        """The months of which nothing is billed."""
        billed = {month for group in self.groups for month in group.months}
        return [month for month in self.months if month not in billed]

    @cached_property
    def fresh_fees(self) -> list[InvoiceLine]:
        """Fees of fresh months, unless waived; a billed month has its fees, or had none due."""
        fees, waived = self.charges.fees, months_of_waived_fees(self.issued)
        months = [month for month in self.fresh_months if month not in waived]
        return [fee for month in months for fee in fees.get(month, {}).get(self.parties, ())]

    @property
    def attributions(self) -> Iterable[Attribution]:
        """All energy that the plan bills or corrects, at its prices or without one."""
        return self._attributions.values()

    @cached_property
    def needs_names(self) -> bool:
        """Whether the plan makes an invoice, for which both members must be known."""
        if self.fresh_fees or any(self.energies.get(month) for month in self.fresh_months):
            return True
        if any(
            attribution.unpriced or attribution.unknown_hours for attribution in self.attributions
        ):
            return True
        replaces = self.policy == CorrectionPolicy.REPLACE
        return any(
            find_differences(group, target) and (target or (replaces and group.fees))
            for group, target in self._targets
        )

    def documents(self, header: Header | None) -> list[Invoice]:
        """Write the plan's documents. header: None only if ``needs_names`` is false."""
        corrections = [
            document
            for group, target in self._targets
            for document in correct(
                group, target, policy=self.policy, issued=self.issued, header=header
            )
        ]
        return [
            self._with_classes(document)
            for document in (*corrections, *self._fresh_invoices(header))
        ]

    @property
    def _attributions(self) -> Mapping[Month, Attribution]:
        return self._as_billed if self.issued else self._listed

    @cached_property
    def _listed(self) -> Mapping[Month, Attribution]:
        """Attributions at the prices of the list, for plans without issued documents."""
        return {
            month: attribute(
                self.energies.get(month, ()),
                self.charges.prices,
                member_id=self.parties.customer_id,
                hours=self.charges.hours.get(month, NO_HOURS),
            )
            for month in self.fresh_months
        }

    @cached_property
    def _as_billed(self) -> Mapping[Month, Attribution]:
        """Attributions at the prices of issued lines, or of the list where there are none."""
        frozen = FrozenPrices(frozen_lines(self.issued))
        corrected = [month for group in self.groups for month in group.months]
        attributions = {}
        for month in sorted({*self.fresh_months, *corrected}):
            pieces = []
            for priced, energies in self._by_classes(month, frozen):
                offer = offer_as_billed(frozen, priced.prices, self.parties.customer_id)
                hours = priced.hours.get(month, NO_HOURS)
                pieces.append(attribute_to(energies, offer, priced.prices, hours=hours))
            attributions[month] = join(pieces)
        return attributions

    def _by_classes(
        self, month: Month, frozen: FrozenPrices
    ) -> list[tuple[PricedHours, Sequence[DayEnergy]]]:
        """The energies of a month by the hour classes by which their days were billed.

        Days not billed by hour classes, or by unknown ones, use the classes of the list.
        """
        listed, energies = self.charges.listed, self.energies.get(month, ())
        billed = [
            self.charges.as_billed.get(tuple(entry.classes), listed)
            for entry in self._classes_billed(month)
        ]
        if all(priced is listed for priced in billed):
            return [(listed, energies)]
        classes_of = billed_classes(frozen, listed.prices, self.parties.customer_id)
        groups: list[tuple[PricedHours, list[DayEnergy]]] = [(priced, []) for priced in billed]
        groups.append((listed, []))
        for energy in energies:
            names = classes_of(energy)
            fitting = (group for priced, group in groups if names and names <= priced.names)
            next(fitting, groups[-1][1]).append(energy)
        return [(priced, group) for priced, group in groups if group]

    def _classes_billed(self, month: Month) -> list[ClassesOfMonth]:
        """The classes by which a month was billed, those of the newest invoice first."""
        newest_first = sorted(
            self.issued, key=lambda document: (document.issue_date, document.number), reverse=True
        )
        entries = (entry for document in newest_first for entry in document.hour_classes)
        return [entry for entry in entries if entry.month == str(month)]

    def _with_classes(self, draft: Invoice) -> Invoice:
        """Add to an invoice the definitions of its hour classes, for later corrections."""
        if draft.kind == DocumentKind.CREDIT_NOTE:
            return draft
        names: defaultdict[Month, set[str]] = defaultdict(set)
        for line in draft.lines:
            if line.hour_class:
                names[Month.of(line.valid_from)].add(line.hour_class)
        if not names:
            return draft
        return replace(
            draft,
            hour_classes=[
                entry for month in sorted(names) for entry in self._with_names(month, names[month])
            ],
        )

    def _with_names(self, month: Month, names: AbstractSet[str]) -> list[ClassesOfMonth]:
        """The classes by which the month was or is billed, where they have one of these names."""
        classes = sorted(self.charges.prices.hour_classes, key=lambda hour_class: hour_class.name)
        candidates = [*self._classes_billed(month), ClassesOfMonth(str(month), classes)]
        entries: list[ClassesOfMonth] = []
        for entry in candidates:
            if entry not in entries and names & {hour_class.name for hour_class in entry.classes}:
                entries.append(entry)
        return entries

    def _buckets(self, months: Iterable[Month]) -> dict[LineBucket, Mapping[date, int]]:
        buckets: dict[LineBucket, Mapping[date, int]] = {}
        for month in months:
            buckets |= buckets_of(self._as_billed[month], month)
        return buckets

    @cached_property
    def _targets(self) -> Sequence[tuple[Group, Mapping[LineBucket, Mapping[date, int]]]]:
        """The lines that each group should bill."""
        return [(group, self._buckets(group.months)) for group in self.groups]

    def _fresh_invoices(self, header: Header | None) -> list[Invoice]:
        energy = [
            line
            for month in self.fresh_months
            for line in charge_month(self._attributions[month], month)
        ]
        lines = [*energy, *self.fresh_fees]
        if not lines:
            return []
        assert header is not None
        period = months_between(
            self.fresh_months[0].first_day, self.fresh_months[-1].next_first_day
        )
        earlier = [document for document in self.issued if document.overlaps(period)]
        draft = write_invoice(
            header, lines, months=period, earlier=[document.reference for document in earlier]
        )
        standing = {line.document.id for line in self.standing}
        credited = [
            document.reference
            for document in earlier
            if document.kind == DocumentKind.INVOICE and document.id not in standing
        ]
        if not credited:
            return [draft]
        references = sorted(
            credited, key=lambda reference: (reference.issue_date, reference.number)
        )
        return [replace(draft, cause=Cause.REPLACE, refers_to=references)]


def make_plans(
    months: Mapping[Month, Sales],
    issued: Iterable[Invoice],
    charges: Charges,
    policy: CorrectionPolicy,
) -> list[DraftPlan]:
    """Make one plan per seller and buyer of these sales, fees or issued documents, in order."""
    energies: defaultdict[Parties, dict[Month, Sequence[DayEnergy]]] = defaultdict(dict)
    for month, sales in months.items():
        for parties, sold in sales.sold.items():
            energies[parties][month] = sold
    documents: defaultdict[Parties, list[Invoice]] = defaultdict(list)
    for document in issued:
        documents[document.parties].append(document)
    charged = {parties for month_fees in charges.fees.values() for parties in month_fees}
    return [
        DraftPlan(parties, list(months), energies[parties], documents[parties], charges, policy)
        for parties in sorted({*energies, *documents, *charged})
    ]


def find_unbalanced(
    plans: Iterable[DraftPlan],
    documents: Iterable[Invoice],
    months: Iterable[Month],
    settled_wmin: Mapping[tuple[Prm, Prm], int],
) -> list[tuple[Prm, Prm, int, int]]:
    """Pairs whose energy in issued documents and drafts differs from the settled one, with both.

    settled_wmin: by pair, without members' use of their own production.
    """
    wanted_months = set(months)
    issued = [document for plan in plans for document in plan.issued]
    sums: defaultdict[tuple[Prm, Prm], int] = defaultdict(int)
    for document in (*issued, *documents):
        for line in document.lines:
            if Month.of(line.valid_from) in wanted_months:
                sums[line.producer, line.consumer] += document.kind.sign * line.energy_wmin
    return [
        (*pair, sums.get(pair, 0), settled_wmin.get(pair, 0))
        for pair in sorted({*sums, *settled_wmin})
        if sums.get(pair, 0) != settled_wmin.get(pair, 0)
    ]
