"""Whether an operation's coefficients are set after a month or before it, and until when.

Law and practice: docs/use/coefficients.md#the-two-regimes, docs/adr/0049.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from libs.common.calendar import Month
from services.allocation.domain.coefficient_regimes.reference import RegimeRow, regime_rows

MAX_DEPOSIT_DAYS = 60


class CoefficientRegime(StrEnum):
    AFTER_THE_MONTH = "after_the_month"  # from the month's readings
    BEFORE_THE_MONTH = "before_the_month"  # what is deposited settles, whatever is metered


class WithoutDeposit(StrEnum):
    """The coefficients that settle a month for which nothing was deposited in time."""

    LAST_DEPOSIT = "last_deposit"  # that of an earlier month, by weekday and clock
    DEFAULT_KEY = "default_key"  # the DSO's own rule


class DsoApplication(StrEnum):
    """The way in which the DSO can apply a key."""

    BY_ITSELF = "by_itself"  # it knows the rule, or was told the shares once
    COEFFICIENTS_IN_TIME = "coefficients_in_time"  # a file for each month, by its deadline
    NOT_AT_ALL = "not_at_all"


@dataclass(frozen=True)
class RegimeChoice:
    """The choice of an operation from a month on, until its next one.

    deposit_days: until the last day on which the DSO takes the coefficients of a month: after its
    last day, or before its first. None: not known, or none is agreed. without_deposit: of months
    whose coefficients are set before. automatic_deposit_days: so many days before their last day, a
    forecast is deposited automatically if nothing else was; None: never.
    """

    from_month: Month
    regime: CoefficientRegime
    deposit_days: int | None
    without_deposit: WithoutDeposit = WithoutDeposit.DEFAULT_KEY
    automatic_deposit_days: int | None = None


@dataclass(frozen=True)
class RegimeInForce:
    """The regime of a month.

    row: the national default that it is, None if the operation has chosen. is_verified: whether
    somebody has checked that the law sets it.
    """

    month: Month
    regime: CoefficientRegime
    deposit_by: date | None
    row: RegimeRow | None
    is_verified: bool
    without_deposit: WithoutDeposit
    automatic_deposit_days: int | None = None

    @property
    def takes_deposits(self) -> bool:
        return self.regime is CoefficientRegime.BEFORE_THE_MONTH

    @property
    def sharing(self) -> WithoutDeposit | None:
        """The basis of a month without a deposit; None where its readings are the basis."""
        return self.without_deposit if self.takes_deposits else None

    @property
    def last_day(self) -> date:
        """The last day on which coefficients may be deposited before the month.

        None is taken once the month has begun, whatever the DSO may take.
        """
        eve = self.month.first_day - timedelta(days=1)
        return eve if self.deposit_by is None else min(self.deposit_by, eve)

    @property
    def automatic_deposit_on(self) -> date | None:
        """The day on which a forecast is deposited automatically; None: on none."""
        if self.automatic_deposit_days is None or not self.takes_deposits:
            return None
        return self.last_day - timedelta(days=self.automatic_deposit_days)


def regime_of(choices: Iterable[RegimeChoice], month: Month) -> RegimeInForce:
    """Return the regime of a month: the latest choice, or else the national default.

    A month has one regime, as choices begin with months; the default is that of its first day.
    """
    begun = [choice for choice in choices if choice.from_month <= month]
    if begun:
        choice = max(begun, key=lambda candidate: candidate.from_month)
        deposit_by = _deposit_by(choice, month)
        law = default_row(month)
        is_verified = law.regime == choice.regime and law.verified_on is not None
        return RegimeInForce(
            month,
            choice.regime,
            deposit_by,
            None,
            is_verified,
            choice.without_deposit,
            choice.automatic_deposit_days,
        )
    row = default_row(month)
    regime = CoefficientRegime(row.regime)
    is_verified = row.verified_on is not None
    return RegimeInForce(month, regime, None, row, is_verified, WithoutDeposit.DEFAULT_KEY)


def default_row(month: Month) -> RegimeRow:
    """Return the national default of a month: the row in force on its first day.

    Before the first row began, that one; once the last has ended and nobody has added the next,
    the last.
    """
    begun = [row for row in regime_rows() if row.start is not None]
    in_force = [row for row in begun if row.start and row.start <= month.first_day]
    return in_force[-1] if in_force else begun[0]


def announced_rows() -> Sequence[RegimeRow]:
    """Return what is announced, whose day of effect is not known."""
    return [row for row in regime_rows() if row.start is None]


class KeyApplication(NamedTuple):
    """The way in which the DSO can apply keys of one type; redistribute: of static keys."""

    key_type: str
    redistribute: bool | None
    after_the_month: DsoApplication
    before_the_month: DsoApplication

    @property
    def takes_deposits(self) -> bool:
        """Whether coefficients can be deposited here in place of such a key."""
        # A file for each producer, as full_dynamic has, cannot be deposited yet.
        is_told = self.before_the_month is not DsoApplication.BY_ITSELF
        return is_told and self.key_type != "full_dynamic"


APPLICATIONS = (
    KeyApplication("default_dynamic", None, DsoApplication.BY_ITSELF, DsoApplication.BY_ITSELF),
    KeyApplication("static", False, DsoApplication.BY_ITSELF, DsoApplication.BY_ITSELF),
    # Ranks and redistribution follow what is metered: nobody can tell their coefficients before.
    KeyApplication("static", True, DsoApplication.COEFFICIENTS_IN_TIME, DsoApplication.NOT_AT_ALL),
    KeyApplication(
        "priority", None, DsoApplication.COEFFICIENTS_IN_TIME, DsoApplication.NOT_AT_ALL
    ),
    KeyApplication(
        "dynamic",
        None,
        DsoApplication.COEFFICIENTS_IN_TIME,
        DsoApplication.COEFFICIENTS_IN_TIME,
    ),
    KeyApplication(
        "full_dynamic",
        None,
        DsoApplication.COEFFICIENTS_IN_TIME,
        DsoApplication.COEFFICIENTS_IN_TIME,
    ),
)


def is_applied_by_itself_before(key_type: str, *, redistribute: bool) -> bool:
    """Return whether the DSO applies such a key by itself in a month set before it begins."""
    return any(
        application.key_type == key_type
        and bool(application.redistribute) == redistribute
        and application.before_the_month is DsoApplication.BY_ITSELF
        for application in APPLICATIONS
    )


def _deposit_by(choice: RegimeChoice, month: Month) -> date | None:
    if choice.deposit_days is None:
        return None
    days = timedelta(days=choice.deposit_days)
    if choice.regime is CoefficientRegime.BEFORE_THE_MONTH:
        return month.first_day - days
    return month.days[-1] + days
