"""The problems for which a price list is refused."""

from typing import ClassVar

from libs.common.errors import Problem


class PriceListInvalid(Problem):
    """The list breaks a rule: a price ends before it begins, or omits VAT without a reason."""

    status, slug, title = 409, "price-list-invalid", "The price list is not valid"
    example_detail = "A price from 2026-06-01 ends on 2026-01-01."


class PriceListMalformed(PriceListInvalid):
    """The same problem, for a price list that cannot be read."""

    status = 422
    example_detail = "The entries of a price list must be a non-empty list."


class PriceListOverlap(Problem):
    status, slug, title = 409, "price-list-overlap", "Two prices of one producer overlap"
    example_detail = "Two prices of producer 99220000000101 are in force on 2026-06-01."
    example_facts: ClassVar = {"producer": "99220000000101", "day": "2026-06-01"}
