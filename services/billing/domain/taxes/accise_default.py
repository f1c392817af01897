"""The accise regime of days on which an operation has decided nothing, and the reasons for it."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from libs.common.ids import Direction
from services.billing.domain.prices.sales import Participation
from services.billing.domain.reference import RateTable, rate_on, rates_of
from services.billing.domain.taxes.accise import AcciseEntry, AcciseRegime

_EVIDENCE = "installations d’énergie renouvelable de moins de 1 MW chacune"
_RENEWABLE_KINDS = frozenset({"solar", "wind", "hydro", "biomass"})
_BELOW = (
    "Since 2025-03-01 the rate is zero for renewable electricity that a collective operation shares"
    " from sites below 1 MW (CIBS art. L312-79 and L312-87)."
)
_NO_PROOF = (
    "The tax office asked for an identité matérielle of what is produced and consumed"
    " (BOI-RES-EAT-000208). The Conseil d'État found on 2026-03-30 that this has no legal basis:"
    " known from the press of the day after, its text was not read."
)
_NO_DEFAULT = (
    "No default is proposed: there is no plant, one has 1 MW or more, one has no known power or no"
    " known kind of renewable energy, or the day is before 2025-03-01."
)
_REASONS = {
    AcciseRegime.EXEMPT: (
        _BELOW,
        _NO_PROOF,
        "Each plant is known to make renewable electricity with less than 1 MW.",
    ),
    AcciseRegime.UNDECIDED: (_NO_DEFAULT,),
}


def with_default(
    entries: Sequence[AcciseEntry], participations: Iterable[Participation]
) -> list[AcciseEntry]:
    """Return the operation's decisions, and what holds on the days before the first of them.

    entries: in the order in which they were decided.
    """
    first_day = min((entry.valid_from for entry in entries), default=date.max)
    before = [entry for entry in default_entries(participations) if entry.valid_from < first_day]
    return [*before, *entries]


def default_entries(participations: Iterable[Participation]) -> list[AcciseEntry]:
    """Return the default, from the days on which it changes, in order.

    Exempt while all plants are known to be of renewable energy and to have less power than the law
    asks, each of them; undecided otherwise, as on all days before the exemption: then somebody has
    to look.
    """
    plants = [
        participation
        for participation in participations
        if participation.direction is Direction.PRODUCTION
    ]
    entries: list[AcciseEntry] = []
    for day in _days_of_change(plants):
        entry = _entry(day, plants)
        if not entries or entries[-1].regime is not entry.regime:
            entries.append(entry)
    return entries


def reasons_for(regime: AcciseRegime) -> Sequence[str]:
    """Return why the default is this regime, in sentences for whoever decides."""
    return _REASONS[regime]


def _days_of_change(plants: Iterable[Participation]) -> list[date]:
    days = {rate.start for rate in rates_of(RateTable.ACCISE_EXEMPTION, "exempt")}
    for plant in plants:
        days |= {plant.valid_from} | ({plant.valid_to} if plant.valid_to else set())
    return sorted(days)


def _entry(day: date, plants: Sequence[Participation]) -> AcciseEntry:
    exemption = rate_on(day, RateTable.ACCISE_EXEMPTION, "exempt")
    of_day = [plant for plant in plants if plant.covers(day)]
    if exemption and of_day and all(_is_exempt(plant, exemption.value) for plant in of_day):
        return AcciseEntry(
            valid_from=day,
            regime=AcciseRegime.EXEMPT,
            legal_basis=exemption.legal_reference,
            evidence=_EVIDENCE,
        )
    return AcciseEntry(valid_from=day, regime=AcciseRegime.UNDECIDED)


def _is_exempt(plant: Participation, limit_w: Decimal) -> bool:
    power_w = plant.power_limit_w
    is_below = power_w is not None and power_w < limit_w
    return is_below and plant.production_kind in _RENEWABLE_KINDS
