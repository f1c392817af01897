"""What is to be billed anew and what is to be corrected, of one seller to one buyer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from libs.common.calendar import Month
from libs.common.ids import Prm
from services.billing.domain.charges import Charges, PricedHours
from services.billing.domain.corrections import (
    Group,
    correct,
    find_differences,
    group_standing,
)
from services.billing.domain.documents import Cause, CorrectionPolicy, DocumentKind
from services.billing.domain.fees import FeeLine
from services.billing.domain.frozen_prices import (
    Bucket,
    FrozenPrices,
    billed_classes,
    buckets_of,
    charge_buckets,
    offer_as_billed,
)
from services.billing.domain.invoices import ClassesOfMonth, Invoice
from services.billing.domain.line_prices import ChargedLine, LinePrice, charge_all
from services.billing.domain.periods import months_between
from services.billing.domain.price_list import Price
from services.billing.domain.pricing import (
    NO_HOURS,
    Attribution,
    DayEnergy,
    attribute,
    attribute_to,
    join,
)
from services.billing.domain.sales import Parties, Sales
from services.billing.domain.standing import (
    StandingLine,
    frozen_lines,
    months_of_waived_fees,
    standing_lines,
)
from services.billing.domain.writing import Header, write_invoice


@dataclass(frozen=True)
class Plan:
    """Energies as they are now settled, beside what stands of issued documents."""

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
        """Those of the months in question."""
        found = group_standing(self.standing)
        return [one for one in found if set(one.months) & set(self.months)]

    @cached_property
    def fresh_months(self) -> list[Month]:
        """Those of which nothing is billed."""
        billed = {month for group in self.groups for month in group.months}
        return [month for month in self.months if month not in billed]

    @cached_property
    def fresh_fees(self) -> list[FeeLine]:
        """Fees of a month that is billed already are on its invoice, or were not due, or waived."""
        fees, waived = self.charges.fees, months_of_waived_fees(self.issued)
        months = [month for month in self.fresh_months if month not in waived]
        return [fee for month in months for fee in fees.get(month, {}).get(self.parties, ())]

    @property
    def attributions(self) -> Iterable[Attribution[Price] | Attribution[LinePrice]]:
        """All energy that it bills or corrects, at its prices or without one."""
        return (self._listed if not self.issued else self._as_billed).values()

    @cached_property
    def needs_names(self) -> bool:
        """Whether it makes an invoice, for which both members must be known."""
        if self.fresh_fees or any(self.energies.get(month) for month in self.fresh_months):
            return True
        if any(one.unpriced or one.unknown_hours for one in self.attributions):
            return True
        replaces = self.policy == CorrectionPolicy.REPLACE
        return any(
            find_differences(group, target) and (target or (replaces and group.fees))
            for group, target in self._targets
        )

    def documents(self, header: Header | None) -> list[Invoice]:
        """header: None only where ``needs_names`` is not true."""
        corrections = [
            document
            for group, target in self._targets
            for document in correct(
                group, target, policy=self.policy, issued=self.issued, header=header
            )
        ]
        return [self._with_classes(one) for one in (*corrections, *self._fresh_invoices(header))]

    @cached_property
    def _listed(self) -> Mapping[Month, Attribution[Price]]:
        """At the prices of the list, as nothing is issued yet."""
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
    def _as_billed(self) -> Mapping[Month, Attribution[LinePrice]]:
        """At the prices of issued lines, and of the list where there are none."""
        frozen = FrozenPrices(frozen_lines(self.issued))
        corrected = [month for group in self.groups for month in group.months]
        found = {}
        for month in sorted({*self.fresh_months, *corrected}):
            parts = []
            for priced, energies in self._by_classes(month, frozen):
                offer = offer_as_billed(frozen, priced.prices, self.parties.customer_id)
                hours = priced.hours.get(month, NO_HOURS)
                parts.append(attribute_to(energies, offer, priced.prices, hours=hours))
            found[month] = join(parts)
        return found

    def _by_classes(
        self, month: Month, frozen: FrozenPrices
    ) -> list[tuple[PricedHours, Sequence[DayEnergy]]]:
        """The energies of a month by the hour classes by which their days were billed.

        Those of the list where they were not billed by hour classes, or by unknown ones.
        """
        listed, energies = self.charges.listed, self.energies.get(month, ())
        billed = [
            self.charges.as_billed.get(tuple(one.classes), listed)
            for one in self._classes_billed(month)
        ]
        if all(one is listed for one in billed):
            return [(listed, energies)]
        classes_of = billed_classes(frozen, listed.prices, self.parties.customer_id)
        parts: list[tuple[PricedHours, list[DayEnergy]]] = [(one, []) for one in billed]
        parts.append((listed, []))
        for energy in energies:
            names = classes_of(energy)
            fitting = (part for one, part in parts if names and names <= one.names)
            next(fitting, parts[-1][1]).append(energy)
        return [(priced, part) for priced, part in parts if part]

    def _classes_billed(self, month: Month) -> list[ClassesOfMonth]:
        """Of the newest invoice first."""
        newest_first = sorted(
            self.issued, key=lambda one: (one.issue_date, one.number), reverse=True
        )
        of_documents = (one for document in newest_first for one in document.hour_classes)
        return [one for one in of_documents if one.month == str(month)]

    def _with_classes(self, draft: Invoice) -> Invoice:
        """An invoice says what its hour classes are, for whatever corrects it later."""
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
                one for month in sorted(names) for one in self._named(month, names[month])
            ],
        )

    def _named(self, month: Month, names: AbstractSet[str]) -> list[ClassesOfMonth]:
        """The classes by which the month was billed, or is, and that have some of these names."""
        classes = sorted(self.charges.prices.hour_classes, key=lambda one: one.name)
        known = [*self._classes_billed(month), ClassesOfMonth(str(month), classes)]
        found: list[ClassesOfMonth] = []
        for one in known:
            if one not in found and names & {of.name for of in one.classes}:
                found.append(one)
        return found

    def _buckets(self, months: Iterable[Month]) -> dict[Bucket, Mapping[date, int]]:
        buckets: dict[Bucket, Mapping[date, int]] = {}
        for month in months:
            buckets |= buckets_of(self._as_billed[month], month)
        return buckets

    @cached_property
    def _targets(self) -> Sequence[tuple[Group, Mapping[Bucket, Mapping[date, int]]]]:
        """What each group should bill."""
        return [(group, self._buckets(group.months)) for group in self.groups]

    def _fresh_invoices(self, header: Header | None) -> list[Invoice]:
        lines, fees = self._fresh_lines(), self.fresh_fees
        if not lines and not fees:
            return []
        assert header is not None
        period = months_between(
            self.fresh_months[0].first_day, self.fresh_months[-1].next_first_day
        )
        earlier = [one for one in self.issued if one.overlaps(period)]
        draft = write_invoice(
            header, lines, fees, months=period, earlier=[one.reference for one in earlier]
        )
        standing = {one.document.id for one in self.standing}
        credited = [
            one.reference
            for one in earlier
            if one.kind == DocumentKind.INVOICE and one.id not in standing
        ]
        if not credited:
            return [draft]
        named = sorted(credited, key=lambda one: (one.issue_date, one.number))
        return [replace(draft, cause=Cause.REPLACE, refers_to=named)]

    def _fresh_lines(self) -> Sequence[ChargedLine]:
        if self.issued:
            return charge_buckets(self._buckets(self.fresh_months))
        return [line for month, found in self._listed.items() for line in charge_all(found, month)]


def make_plans(
    months: Mapping[Month, Sales],
    issued: Iterable[Invoice],
    charges: Charges,
    policy: CorrectionPolicy,
) -> list[Plan]:
    """One per seller and buyer of these sales, fees or issued documents, in order."""
    energies: defaultdict[Parties, dict[Month, Sequence[DayEnergy]]] = defaultdict(dict)
    for month, sales in months.items():
        for parties, sold in sales.sold.items():
            energies[parties][month] = sold
    documents: defaultdict[Parties, list[Invoice]] = defaultdict(list)
    for document in issued:
        documents[document.parties].append(document)
    charged = {parties for of_month in charges.fees.values() for parties in of_month}
    return [
        Plan(parties, list(months), energies[parties], documents[parties], charges, policy)
        for parties in sorted({*energies, *documents, *charged})
    ]


def find_unbalanced(
    plans: Iterable[Plan],
    documents: Iterable[Invoice],
    months: Iterable[Month],
    settled_wmin: Mapping[tuple[Prm, Prm], int],
) -> list[tuple[Prm, Prm, int, int]]:
    """Pairs whose energy in issued documents and drafts is not what is settled, with both.

    settled_wmin: by pair, without what members used of their own production.
    """
    wanted = set(months)
    issued = [one for plan in plans for one in plan.issued]
    sums: defaultdict[tuple[Prm, Prm], int] = defaultdict(int)
    for document in (*issued, *documents):
        for line in document.lines:
            if Month.of(line.valid_from) in wanted:
                sums[line.producer, line.consumer] += document.kind.sign * line.energy_wmin
    return [
        (*pair, sums.get(pair, 0), settled_wmin.get(pair, 0))
        for pair in sorted({*sums, *settled_wmin})
        if sums.get(pair, 0) != settled_wmin.get(pair, 0)
    ]
