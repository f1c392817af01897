"""Parts of all keys' definitions: known fields, and points named by their prm."""

import re
from collections.abc import Collection, Mapping
from reprlib import repr as shortened

from libs.common.ids import PRM_PATTERN, Prm
from services.allocation.domain.keys.problems import KeyInvalid, KeyMalformed

MAX_POINTS = 5_000
"""Points in one list of shares or ranks, so that a definition stays small."""


def refuse_unknown_fields(
    definition: Mapping[object, object], fields: Collection[str], what: str
) -> None:
    if unknown := sorted(str(field) for field in definition if field not in fields):
        raise KeyMalformed(
            f"Unknown in {what}: {', '.join(unknown[:10])}; its fields are {', '.join(fields)}."
        )


def parse_prm(prm: object, where: str) -> Prm:
    if not isinstance(prm, str) or not re.fullmatch(PRM_PATTERN, prm, re.ASCII):
        raise KeyMalformed(f"In {where}, {shortened(prm)} is not a prm: 14 digits, as text.")
    return Prm(prm)


def check_count(points: Collection[object], where: str) -> None:
    if len(points) > MAX_POINTS:
        raise KeyInvalid(f"{where} names {len(points)} points; {MAX_POINTS} are the most.")
