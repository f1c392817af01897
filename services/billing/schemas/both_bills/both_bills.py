"""Both bills of a month, for members. Money is in euro cents, energy in watt-minutes."""

from datetime import date
from typing import Self

from pydantic import Field

from libs.common.http import BodyOut
from libs.common.ids import Prm
from services.billing.domain.both_bills.bill_remarks import RemarkCode, remarks_on
from services.billing.domain.both_bills.both_bills import BothBills
from services.billing.domain.both_bills.local_bills import LocalBill
from services.billing.domain.both_bills.supplier_bills import (
    RateUnit,
    SupplierBill,
    SupplierLineKind,
)
from services.billing.domain.both_bills.tariff_hours import HourName
from services.billing.domain.both_bills.turpe_option import Tariff
from services.billing.domain.invoices.totals import Totals
from services.billing.domain.rate_texts import rate_text
from services.billing.schemas.both_bills.reference_offers import ReferenceOfferOut
from services.billing.schemas.decimals import DecimalText
from services.billing.schemas.invoices.invoices import VatOut


class BillTotalsOut(BodyOut):
    """Totals of a bill; VAT is computed by rate on the sum of lines."""

    excl_vat_cents: int = Field(examples=[3000])
    vat: list[VatOut]
    incl_vat_cents: int = Field(examples=[3600])

    @classmethod
    def of(cls, totals: Totals) -> Self:
        return cls(
            excl_vat_cents=totals.excl_vat_cents,
            vat=[
                VatOut(
                    rate=rate_text(amount.rate),
                    base_cents=amount.base_cents,
                    vat_cents=amount.vat_cents,
                )
                for amount in totals.vat
            ],
            incl_vat_cents=totals.incl_vat_cents,
        )


class SupplierLineOut(BodyOut):
    """A line of a supplier's bill, before VAT, rounded once, half up."""

    kind: SupplierLineKind
    hour_class: HourName | None = Field(description="of energy priced by hour")
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
                    kind=line.kind,
                    hour_class=line.hour_class,
                    valid_from=line.valid_from,
                    valid_to=line.valid_to,
                    energy_wmin=line.energy_wmin,
                    rate=rate_text(line.rate),
                    unit=line.unit,
                    vat_rate=rate_text(line.vat_rate),
                    amount_cents=line.amount_cents,
                )
                for line in bill.lines
            ],
            totals=BillTotalsOut.of(bill.totals),
        )


class LocalBillOut(BodyOut):
    """The operation's bill of this point: invoices less credit notes, issued and still to issue."""

    energy_wmin: int
    energy_cents: int = Field(examples=[900])
    fees_cents: int = Field(examples=[0])
    accise_cents: int = Field(examples=[0])
    totals: BillTotalsOut
    numbers: list[str] = Field(
        description="of the issued documents that contain it", examples=[["F2026-00001"]]
    )
    is_issued: bool = Field(description="whether nothing is left to issue", examples=[True])

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
        description="`usual`: all consumption; with the collective grid, `local` is the energy from"
        " the operation, `rest` the energy from the supplier"
    )
    hour_class: HourName
    energy_wmin: int
    price_ceur_per_kwh: DecimalText = Field(
        description="cents of a euro per kWh", examples=["2.86"]
    )
    amount_cents: int = Field(examples=[20])


class TurpeOptionOut(BodyOut):
    """The variable part of the network tariff under both grids, before VAT.

    The collective grid is reserved for operations whose points are all behind one HTA/BT
    transformer, and is requested through the supplier.
    """

    usual_cents: int = Field(examples=[250])
    collective_cents: int = Field(examples=[210])
    gain_cents: int = Field(description="negative if the collective grid costs more", examples=[40])
    is_worth_it: bool = Field(examples=[True])
    is_estimate: bool = Field(
        description="whether any price of a grid is an estimate, not a published price",
        examples=[False],
    )
    lines: list[TurpeLineOut]


class RemarkOut(BodyOut):
    code: RemarkCode
    text_fr: str = Field(examples=["Les énergies de ce mois sont provisoires."])
    text_en: str = Field(examples=["The energies of this month are provisional."])


class BothBillsOut(BodyOut):
    """Both bills, to the cent: `supplier` + `local` = with the operation.

    `without` less that is the saving.
    """

    prm: Prm
    month: str
    consumption_wmin: int
    local_wmin: int = Field(description="of it, from the operation", examples=[432_000])
    without: SupplierBillOut = Field(description="the supplier's bill if all energy came from it")
    supplier: SupplierBillOut = Field(description="the supplier's bill for the rest")
    local: LocalBillOut
    with_excl_vat_cents: int = Field(examples=[3400])
    with_incl_vat_cents: int = Field(examples=[4080])
    saving_excl_vat_cents: int = Field(examples=[210])
    saving_incl_vat_cents: int = Field(
        description="negative if the operation costs more", examples=[252]
    )
    turpe_option: TurpeOptionOut | None = Field(
        description="null if the tariff formula has no collective grid, or hours or values are"
        " unknown"
    )
    management_difference_cents: int | None = Field(
        description="the extra cost of managing a point in an operation, before VAT; in neither"
        " bill; null if unknown",
        examples=[38],
    )
    reference_offers: list[ReferenceOfferOut] = Field(
        description="the offers assumed for days for which the member has entered none",
        examples=[[]],
    )
    remarks: list[RemarkOut] = Field(description="the difference in a sentence, then explanations")

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
            remarks=[RemarkOut.model_validate(remark) for remark in remarks_on(bills)],
        )
