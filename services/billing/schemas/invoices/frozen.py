"""Parts of frozen documents."""

from datetime import date

from pydantic import ConfigDict, Field

from libs.common.day_kinds import DayKind
from libs.common.http import BodyOut
from libs.common.ids import Prm
from services.billing.domain.prices.price_list.tariff_classes import TariffClass
from services.billing.schemas.taxes.issuers import IssuerProfileOut


class FrozenOut(BodyOut):
    """Frozen content of a document; fields absent from it are left out.

    Routes answer it with ``response_model_exclude_unset``, so that the answer has the same hash.
    """

    model_config = ConfigDict(json_schema_serialization_defaults_required=False)


class FrozenProfileOut(IssuerProfileOut, FrozenOut):
    """The issuer's profile."""


class HoursPart(BodyOut):
    """Half-hours of the local clock `[start, end)`, 0 at midnight; over midnight if not after."""

    start: int = Field(examples=[12])
    end: int = Field(examples=[44])


class FrozenWindowOut(BodyOut):
    """Half-hours that match months, kinds of day and hours; an empty condition matches any."""

    months: list[int] = Field(examples=[[]])
    days: list[DayKind] = Field(examples=[["working_day"]])
    hours: list[HoursPart]


class FrozenHourClassOut(BodyOut):
    name: str = Field(examples=["Heures pleines"])
    windows: list[FrozenWindowOut]
    tariff_classes: list[TariffClass] = Field(
        description="those of the DSO that are in it, in place of windows", examples=[[]]
    )


class ClassesOfMonthOut(BodyOut):
    month: str = Field(examples=["2026-10"])
    classes: list[FrozenHourClassOut]


class KeyOfDaysOut(BodyOut):
    """The kind of sharing key in force on some days of a month."""

    kind: str = Field(
        description="`default_dynamic`, `static`, `static_redistribute`, `dynamic`, `full_dynamic`"
        " or `priority`; more may come",
        examples=["default_dynamic"],
    )
    valid_from: date = Field(examples=["2026-10-01"])
    valid_to: date = Field(description="the day after the last one", examples=["2026-11-01"])


class SettlementOut(BodyOut):
    number: int
    status: str = Field(examples=["provisional"])
    content_hash: str
    keys: list[KeyOfDaysOut] = Field(description="by which the energy was shared, in order")


class SettledMonthOut(BodyOut):
    month: str = Field(examples=["2026-10"])
    settlement: SettlementOut


class NamedPlantOut(BodyOut):
    """A plant as its customers know it; null where nobody has said."""

    prm: Prm
    name: str | None = Field(examples=["Toit du lavoir"])
    kind: str | None = Field(
        description="`solar`, `wind`, `hydro` or `biomass`; more may come", examples=["solar"]
    )


class EarlierPeriodOut(BodyOut):
    """The sum that a seller billed a customer for an earlier period, less its credit notes."""

    period_from: date = Field(examples=["2026-09-01"])
    period_to: date = Field(description="the day after the last one", examples=["2026-10-01"])
    energy_wmin: int = Field(examples=[450_000])
    total_incl_vat_cents: int = Field(examples=[112])
