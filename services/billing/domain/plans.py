"""What is to be billed anew and what is to be corrected, of one seller to one buyer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from libs.common.calendar import Month
from libs.common.ids import Prm
from services.billing.domain.corrections import (
    Group,
    correct,
    find_differences,
    group_standing,
)
from services.billing.domain.documents import Cause, CorrectionPolicy, DocumentKind
from services.billing.domain.frozen_prices import (
    Bucket,
    FrozenPrices,
    bucket_energies,
    lines_of,
    unpriced,
)
from services.billing.domain.invoices import Invoice
from services.billing.domain.periods import month_of, months_between
from services.billing.domain.price_list import PriceList
from services.billing.domain.pricing import DayEnergy, PriceLine, price_lines
from services.billing.domain.sales import Parties, Sales
from services.billing.domain.standing import StandingLine, frozen_lines, standing_lines
from services.billing.domain.writing import Header, write_invoice


@dataclass(frozen=True)
class Plan:
    """Energies as they are now settled, beside what stands of issued documents."""

    parties: Parties
    months: Sequence[Month]
    energies: Mapping[Month, Sequence[DayEnergy]]
    issued: Sequence[Invoice]
    prices: PriceList
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
    def fresh(self) -> list[DayEnergy]:
        return self._energies_of(self.fresh_months)

    @cached_property
    def unpriced(self) -> list[DayEnergy]:
        """What neither an issued line nor the price list has a price for."""
        corrected = [month for group in self.groups for month in group.months]
        months = sorted({*self.fresh_months, *corrected})
        return unpriced(self._energies_of(months), self._frozen, self.prices)

    @cached_property
    def needs_names(self) -> bool:
        """Whether it makes an invoice, for which both members must be known."""
        if self.fresh or self.unpriced:
            return True
        return any(target and find_differences(group, target) for group, target in self._targets)

    def documents(self, header: Header | None) -> list[Invoice]:
        """header: None only where ``needs_names`` is not true."""
        corrections = [
            document
            for group, target in self._targets
            for document in correct(
                group, target, policy=self.policy, issued=self.issued, header=header
            )
        ]
        return [*corrections, *self._fresh_invoices(header)]

    @cached_property
    def _frozen(self) -> FrozenPrices:
        return FrozenPrices(frozen_lines(self.issued))

    @cached_property
    def _targets(self) -> Sequence[tuple[Group, Mapping[Bucket, Mapping[date, int]]]]:
        """What each group should bill."""
        targets = []
        for group in self.groups:
            energies = self._energies_of(group.months)
            targets.append((group, bucket_energies(energies, self._frozen, self.prices)))
        return targets

    def _fresh_invoices(self, header: Header | None) -> list[Invoice]:
        lines = self._fresh_lines()
        if not lines:
            return []
        assert header is not None
        period = months_between(
            self.fresh_months[0].first_day, self.fresh_months[-1].next_first_day
        )
        earlier = [one for one in self.issued if one.overlaps(period)]
        draft = write_invoice(
            header, lines, months=period, earlier=[one.reference for one in earlier]
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

    def _fresh_lines(self) -> Sequence[PriceLine]:
        if self.issued:
            return lines_of(bucket_energies(self.fresh, self._frozen, self.prices))
        return [
            line
            for month in self.fresh_months
            for line in price_lines(self._energies_of([month]), self.prices)
        ]

    def _energies_of(self, months: Iterable[Month]) -> list[DayEnergy]:
        return [one for month in months for one in self.energies.get(month, ())]


def make_plans(
    months: Mapping[Month, Sales],
    issued: Iterable[Invoice],
    prices: PriceList,
    policy: CorrectionPolicy,
) -> list[Plan]:
    """One per seller and buyer of these sales or issued documents, in order."""
    energies: defaultdict[Parties, dict[Month, Sequence[DayEnergy]]] = defaultdict(dict)
    for month, sales in months.items():
        for parties, sold in sales.sold.items():
            energies[parties][month] = sold
    documents: defaultdict[Parties, list[Invoice]] = defaultdict(list)
    for document in issued:
        documents[document.parties].append(document)
    return [
        Plan(parties, list(months), energies[parties], documents[parties], prices, policy)
        for parties in sorted({*energies, *documents})
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
            if month_of(line.valid_from) in wanted:
                sums[line.producer, line.consumer] += document.kind.sign * line.energy_wmin
    return [
        (*pair, sums.get(pair, 0), settled_wmin.get(pair, 0))
        for pair in sorted({*sums, *settled_wmin})
        if sums.get(pair, 0) != settled_wmin.get(pair, 0)
    ]
