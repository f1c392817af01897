"""The supply of a line, for VAT: page, XML, e-reporting, books and returns all go by this."""

from collections.abc import Iterable
from enum import StrEnum

from services.billing.domain.invoices.lines import InvoiceLine, LineKind
from services.billing.domain.wordings import MentionCode


class SupplyCategory(StrEnum):
    """The category of operation that a document states (CGI ann. II art. 242 nonies A, I)."""

    GOODS = "goods"

    @property
    def mention(self) -> MentionCode:
        return {SupplyCategory.GOODS: MentionCode.SUPPLY_OF_GOODS}[self]

    @property
    def business_process(self) -> str:
        """BT-23 in the French reform: B for goods, and 1 for a first deposit."""
        return {SupplyCategory.GOODS: "B1"}[self]

    @property
    def income_account(self) -> str:
        """The name of the account that it is sold on: 701 for goods that the seller produces."""
        return {SupplyCategory.GOODS: "sales"}[self]


_CATEGORIES = {
    LineKind.ENERGY: SupplyCategory.GOODS,  # CGI 256, II-2
    LineKind.FEE: SupplyCategory.GOODS,  # accessory to the energy: CGI 257 ter, docs/adr/0046
}


def supply_category(line: InvoiceLine) -> SupplyCategory:
    return _CATEGORIES[LineKind(line.kind)]


def category_of_document(lines: Iterable[InvoiceLine]) -> SupplyCategory:
    """The category of a document with these lines; taxes on energy follow it (CGI 267, I-1)."""
    categories = {supply_category(line) for line in lines}
    (category,) = categories or {SupplyCategory.GOODS}
    return category
