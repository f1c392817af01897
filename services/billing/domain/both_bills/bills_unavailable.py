"""The refusal to compare the bills of a month, with what is missing, by code."""

from typing import ClassVar

from libs.common.errors import Problem


class BillsUnavailable(Problem):
    status, slug, title = 409, "bills-unavailable", "The bills of this month cannot be compared yet"
    example_detail = "No supplier's offer of this point is in force on 2026-10-01: enter one."
    example_facts: ClassVar = {
        "missing": [
            {
                "code": "offer-missing",
                "detail": "No supplier's offer of this point is in force on 2026-10-01: enter one.",
            }
        ]
    }


def unavailable(code: str, detail: str) -> BillsUnavailable:
    return BillsUnavailable(detail, missing=[{"code": code, "detail": detail}])
