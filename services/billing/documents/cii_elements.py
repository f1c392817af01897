"""The elements of the XML of an invoice, CII of UN/CEFACT."""

from datetime import date
from decimal import Decimal
from functools import cache

from lxml import etree

NAMESPACES = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    "qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
}
DATE = "102"  # UNTDID 2379: CCYYMMDD


def add_date(parent: etree._Element, name: str, day: date) -> None:
    add(add(parent, name), "udt:DateTimeString", f"{day:%Y%m%d}", format=DATE)


def add(
    parent: etree._Element, name: str, text: str | None = None, **attributes: str
) -> etree._Element:
    element = etree.SubElement(parent, tag(name), attrib=attributes)
    element.text = text
    return element


@cache
def tag(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def euros(amount_cents: int) -> str:
    return f"{Decimal(amount_cents).scaleb(-2):.2f}"
