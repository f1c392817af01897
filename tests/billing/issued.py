"""What billing has drafted and issued, as its routes tell it."""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, TypeVar

from libs.common.ids import Prm
from tests.support import waiting

Found = TypeVar("Found")


def drafts_of(documents: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [document for document in documents if document["state"] == "draft"]


def billed_wmin(documents: Iterable[dict[str, Any]]) -> dict[tuple[Prm, Prm], int]:
    """Issued invoices less credit notes, by pair; pairs that come to nothing are left out."""
    sums: Counter[tuple[Prm, Prm]] = Counter()
    for document in documents:
        sign = {"invoice": 1, "credit_note": -1}[document["kind"]]
        for line in document["lines"] if document["state"] == "issued" else ():
            sums[line["producer"], line["consumer"]] += sign * line["energy_wmin"]
    return {pair: energy_wmin for pair, energy_wmin in sums.items() if energy_wmin}


async def until(question: Callable[[], Awaitable[Found | None]]) -> Found:
    """What a worker makes sooner or later."""
    return await waiting.until("what a worker makes", question, lambda _found: True)
