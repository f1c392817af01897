"""Bodies of the routes for policies."""

from typing import Literal

from pydantic import Field

from libs.common.http import BodyIn, BodyOut
from services.allocation.domain.keys.policy import MissingReadings, OperationPolicy, SettleFrom


class PolicyBody(BodyIn):
    """The rules by which an operation is shared and settled."""

    notice_days: int = Field(
        ge=0,
        le=366,
        description="days from the declaration of a key to the DSO to its first day in force; the"
        " default must be checked against the convention with the DSO",
        examples=[15],
    )
    missing_readings: MissingReadings = Field(
        description="a day with missing readings is not allocated (`refuse`), or they count as no"
        " energy (`zero`), or ingest's estimates count (`estimate`); the day lists them",
    )
    settle_from: SettleFrom = Field(
        description="settlements freeze `own_shares` (provisional) or `dso_results` (definitive)",
    )
    tolerance_units: int = Field(
        ge=0,
        le=1000,
        description="in a reconciliation, differences per step up to this many units of the"
        " precision of the DSO's energies are rounding",
        examples=[1],
    )
    coefficient_decimals: int = Field(
        ge=0,
        le=7,
        description="decimals of coefficients in percent",
        examples=[2],
    )
    coefficient_step_min: Literal[5, 10, 15, 30, 60] | None = Field(
        description="step of the coefficients sent to the DSO; null: the operation's own",
        examples=[None],
    )
    least_points: int | None = Field(
        ge=3,
        le=1000,
        description="points of others that a sum must cover to be shown to a member; null, or fewer"
        " than `PRIVACY_LEAST_POINTS`, means that setting",
        examples=[None],
    )

    @property
    def policy(self) -> OperationPolicy:
        return OperationPolicy(**dict(self))


class PolicyOut(PolicyBody, BodyOut):
    """The whole policy, with the defaults of everything that nobody has chosen."""
