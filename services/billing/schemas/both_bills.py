"""Both bills of a month, as members read them. Money is in euro cents, energy in watt-minutes."""

from datetime import date
from typing import Self

from pydantic import Field

from libs.common.http import BodyOut
from libs.common.ids import Prm
from services.billing.domain.bill_remarks import RemarkCode, remarks_on
from services.billing.domain.both_bills import BothBills
from services.billing.domain.lines import rate_text
from services.billing.domain.local_bills import LocalBill
from services.billing.domain.supplier_bills import RateUnit, SupplierBill, SupplierLineKind
from services.billing.domain.tariff_hours import HourName
from services.billing.domain.totals import Totals
from services.billing.domain.turpe_option import Tariff
from services.billing.schemas.decimals import DecimalText
from services.billing.schemas.invoices import VatOut
from services.billing.schemas.reference_offers import ReferenceOfferOut


class BillTotalsOut(BodyOut):
    """VAT is by rate, on the sum of lines."""

    excl_vat_cents: int = Field(examples=[3000])
    vat: list[VatOut]
    incl_vat_cents: int = Field(examples=[3600])

    @classmethod
    def of(cls, totals: Totals) -> Self:
        return cls(
            excl_vat_cents=totals.excl_vat_cents,
            vat=[
                VatOut(rate=rate_text(one.rate), base_cents=one.base_cents, vat_cents=one.vat_cents)
                for one in totals.vat
            ],
            incl_vat_cents=totals.incl_vat_cents,
        )


class SupplierLineOut(BodyOut):
    """Rounded once, half up, before VAT."""

    kind: SupplierLineKind
    hour_class: HourName | None = Field(description="of energy by hour")
    valid_from: date
    valid_to: date = Field(description="the local day after the last one", examples=["2026-11-01"])
    energy_wmin: int | None
    rate: str = Field(examples=["0.148"])
    unit: RateUnit = Field(description="of the rate")
    vat_rate: str
    amount_cents: int = Field(examples=[1776])


class SupplierBillOut(BodyOut):
    energy_wmin: int
    lines: list[SupplierLineOut]
    totals: BillTotalsOut

    @classmethod
    def of(cls, bill: SupplierBill) -> Self:
        return cls(
            energy_wmin=bill.energy_wmin,
            lines=[
                SupplierLineOut(
                    kind=one.kind,
                    hour_class=one.hour_class,
                    valid_from=one.valid_from,
                    valid_to=one.valid_to,
                    energy_wmin=one.energy_wmin,
                    rate=rate_text(one.rate),
                    unit=one.unit,
                    vat_rate=rate_text(one.vat_rate),
                    amount_cents=one.amount_cents,
                )
                for one in bill.lines
            ],
            totals=BillTotalsOut.of(bill.totals),
        )


class LocalBillOut(BodyOut):
    """What the operation bills for this point: invoices less credit notes, issued and to come."""

    energy_wmin: int
    energy_cents: int = Field(examples=[900])
    fees_cents: int = Field(examples=[0])
    accise_cents: int = Field(examples=[0])
    totals: BillTotalsOut
    numbers: list[str] = Field(
        description="of issued documents in which it is", examples=[["F2026-00001"]]
    )
    is_issued: bool = Field(description="whether nothing of it is to come", examples=[True])

    @classmethod
    def of(cls, bill: LocalBill) -> Self:
        return cls(
            energy_wmin=bill.energy_wmin,
            energy_cents=bill.energy_cents,
            fees_cents=bill.fees_cents,
            accise_cents=bill.accise_cents,
            totals=BillTotalsOut.of(bill.totals),
            numbers=list(bill.numbers),
            is_issued=bill.is_issued,
        )


class TurpeLineOut(BodyOut):
    tariff: Tariff = Field(
        description="`usual`: all that was consumed; with the collective grid, `local` is what the"
        " operation gave, `rest` what the supplier gave"
    )
    hour_class: HourName
    energy_wmin: int
    price_ceur_per_kwh: DecimalText = Field(
        description="cents of a euro per kWh", examples=["2.86"]
    )
    amount_cents: int = Field(examples=[20])


class TurpeOptionOut(BodyOut):
    """The variable part of the tariff of networks in both grids, before VAT.

    The collective one is reserved to operations whose points are all behind one HTA/BT
    transformer, and is asked for through the supplier.
    """

    usual_cents: int = Field(examples=[250])
    collective_cents: int = Field(examples=[210])
    gain_cents: int = Field(
        description="negative where the collective grid costs more", examples=[40]
    )
    is_worth_it: bool = Field(examples=[True])
    is_estimate: bool = Field(
        description="whether a price of a grid is an estimate, not a published one",
        examples=[False],
    )
    lines: list[TurpeLineOut]


class RemarkOut(BodyOut):
    code: RemarkCode
    text_fr: str = Field(examples=["Les énergies de ce mois sont provisoires."])
    text_en: str = Field(examples=["The energies of this month are provisional."])


class BothBillsOut(BodyOut):
    """To the cent: `supplier` + `local` = with the operation, `without` - that = the saving."""

    prm: Prm
    month: str
    consumption_wmin: int
    local_wmin: int = Field(description="of it, what the operation gave", examples=[432_000])
    without: SupplierBillOut = Field(description="the supplier's bill if it gave everything")
    supplier: SupplierBillOut = Field(description="the supplier's bill for the rest")
    local: LocalBillOut
    with_excl_vat_cents: int = Field(examples=[3400])
    with_incl_vat_cents: int = Field(examples=[4080])
    saving_excl_vat_cents: int = Field(examples=[210])
    saving_incl_vat_cents: int = Field(
        description="negative where the operation costs more", examples=[252]
    )
    turpe_option: TurpeOptionOut | None = Field(
        description="null where the tariff formula has no collective grid, or hours or values are"
        " not known"
    )
    management_difference_cents: int | None = Field(
        description="what managing a point of an operation costs more, before VAT; in neither"
        " bill; null where it is not known",
        examples=[38],
    )
    reference_offers: list[ReferenceOfferOut] = Field(
        description="what is assumed for days for which the member has told no offer; else none",
        examples=[[]],
    )
    remarks: list[RemarkOut] = Field(description="the difference in a sentence, then what to know")

    @classmethod
    def of(cls, bills: BothBills) -> Self:
        option = bills.turpe_option
        return cls(
            prm=bills.prm,
            month=str(bills.month),
            consumption_wmin=bills.consumption_wmin,
            local_wmin=bills.local_wmin,
            without=SupplierBillOut.of(bills.without),
            supplier=SupplierBillOut.of(bills.supplier),
            local=LocalBillOut.of(bills.local),
            with_excl_vat_cents=bills.with_excl_vat_cents,
            with_incl_vat_cents=bills.with_incl_vat_cents,
            saving_excl_vat_cents=bills.saving_excl_vat_cents,
            saving_incl_vat_cents=bills.saving_incl_vat_cents,
            turpe_option=TurpeOptionOut.model_validate(option) if option else None,
            management_difference_cents=bills.management_difference_cents,
            reference_offers=[ReferenceOfferOut.of(offer) for offer in bills.assumed],
            remarks=[RemarkOut.model_validate(one) for one in remarks_on(bills)],
        )
