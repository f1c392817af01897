"""The basis of each day of an operation: its key, or the deposit made before the month.

Law and practice: docs/use/coefficients.md#before-the-month, docs/adr/0051.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from libs.common.calendar import Month
from services.allocation.domain.coefficient_regimes.regimes import (
    RegimeChoice,
    WithoutDeposit,
    is_applied_by_itself_before,
    regime_of,
)
from services.allocation.domain.keys.bases import CoefficientBasis, DayBasis
from services.allocation.domain.keys.timeline import Definition, KeyPeriod, Timeline, period_on

_DEPOSITED: Definition = {"type": "dynamic"}
_DEFAULT: Definition = {"type": "default_dynamic"}


@dataclass(frozen=True)
class OperationKeys:
    """deposits: the number of the one that counts for each month: the last, unless withdrawn.

    made: the numbers of all deposits of a month, those replaced or withdrawn too.
    """

    timeline: Timeline = ()
    choices: Sequence[RegimeChoice] = ()
    deposits: Mapping[Month, int] = field(default_factory=dict)
    made: Mapping[Month, Sequence[int]] = field(default_factory=dict)

    def on(self, day: date) -> KeyPeriod | None:
        """Return what shares a day; with a basis, where that is not the key in force.

        In a month whose coefficients are set before it, a deposit shares all days. Without one, a
        key that the DSO applies by itself does; for any other, what the operation has chosen.
        """
        period, month = period_on(self.timeline, day), Month.of(day)
        regime = regime_of(self.choices, month)
        if not regime.takes_deposits:
            return period
        if (number := self.deposits.get(month)) is not None:
            return _deposited(month, DayBasis(CoefficientBasis.DEPOSIT, str(month), number))
        if period is None or is_applied_by_itself(period):
            return period
        return _instead(period, month, self._basis_without(month, regime.without_deposit))

    def counting(self, month: Month) -> int | None:
        """Return the number of the deposit that counts for a month, None if none does."""
        takes_deposits = regime_of(self.choices, month).takes_deposits
        return self.deposits.get(month) if takes_deposits else None

    def in_place(self, day: date) -> Mapping[str, KeyPeriod]:
        """Return what the DSO may have applied to a day in place of what shares it, by its name.

        The other deposits of this month, the last deposit of an earlier one, and the key in force
        where something else shares the day.
        """
        month, ruling = Month.of(day), self.on(day)
        basis = ruling.basis if ruling else None
        bases = [
            DayBasis(CoefficientBasis.DEPOSIT, str(month), number)
            for number in reversed(self.made.get(month, ()))
        ]
        if (last := self._last_before(month)) is not None:
            bases.append(DayBasis(CoefficientBasis.LAST_DEPOSIT, str(last), self.deposits[last]))
        periods = {
            f"deposit {other.number} of {other.month}": _deposited(month, other)
            for other in bases
            if other != basis
        }
        key_period = period_on(self.timeline, day)
        if basis is None or key_period is None:
            return periods
        return {**periods, "the key in force": key_period}

    def in_force_during(self, month: Month) -> Timeline:
        """Return the keys in force on days of a month, whatever shares them."""
        return [
            period
            for period in self.timeline
            if period.valid_from < month.next_first_day
            and (period.valid_to is None or month.first_day < period.valid_to)
        ]

    def during(self, month: Month) -> Timeline:
        """Return what shares the days of a month, in order."""
        periods = [period for day in month.days if (period := self.on(day)) is not None]
        return [next(same) for _, same in groupby(periods, key=lambda period: period.valid_from)]

    def _basis_without(self, month: Month, without_deposit: WithoutDeposit) -> DayBasis:
        last = self._last_before(month)
        if last is None or without_deposit is WithoutDeposit.DEFAULT_KEY:
            return DayBasis(CoefficientBasis.DEFAULT_KEY)
        return DayBasis(CoefficientBasis.LAST_DEPOSIT, str(last), self.deposits[last])

    def _last_before(self, month: Month) -> Month | None:
        return max(
            (
                deposited
                for deposited in self.deposits
                if deposited < month and self.counting(deposited) is not None
            ),
            default=None,
        )


def is_applied_by_itself(period: KeyPeriod) -> bool:
    """Return whether the DSO applies the key by itself where coefficients are set before."""
    definition = period.definition
    redistribute = bool(definition.get("redistribute"))
    return is_applied_by_itself_before(definition["type"], redistribute=redistribute)


def _deposited(month: Month, basis: DayBasis) -> KeyPeriod:
    return KeyPeriod(month.first_day, month.next_first_day, False, _DEPOSITED, basis=basis)


def _instead(period: KeyPeriod, month: Month, basis: DayBasis) -> KeyPeriod:
    """Return the basis in place of a key, on the days of the month on which the key is in force."""
    is_default = basis.basis is CoefficientBasis.DEFAULT_KEY
    return KeyPeriod(
        valid_from=max(period.valid_from, month.first_day),
        valid_to=min(period.valid_to or month.next_first_day, month.next_first_day),
        open_ended=False,
        definition=_DEFAULT if is_default else _DEPOSITED,
        basis=basis,
    )
