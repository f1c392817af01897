"""The file that declares entries into an operation and exits from it to the DSO.

The DSO's own form (Enedis-FOR-CF_01E) is not public: the columns are ours, see docs/use/desk.md.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from libs.common.errors import Problem
from libs.common.ids import Direction, OperationId, Prm
from libs.common.spreadsheets import spreadsheet_text


class DeclarationUnknown(Problem):
    status, slug, title = 404, "declaration-unknown", "There is no such declaration"
    example_detail = "The operation has no such declaration."


class DeclarationElsewhere(Problem):
    status, slug, title = 409, "declaration-elsewhere", "The id is that of another declaration"
    example_detail = "Choose another id for a declaration of ACC00000101."


class NothingToDeclare(Problem):
    status, slug, title = 409, "nothing-to-declare", "Nothing can be declared"
    example_detail = "No entry is signed and no exit is requested: see GET …/declarations/next."
    example_facts: ClassVar = {"left_out": 0}


class Movement(StrEnum):
    ENTRY = "entry"
    EXIT = "exit"


@dataclass(frozen=True, kw_only=True)
class DeclarationLine:
    """A point that enters or leaves: day is its first one, or the first one without it."""

    movement: Movement
    day: date
    prm: Prm
    direction: Direction
    holder: str
    siren: str | None
    address: str
    subscribed_power_va: int | None
    installed_power_w: int | None


_HEADER = (
    "operation",
    "mouvement",
    "date_effet",
    "prm",
    "sens",
    "titulaire",
    "siren",
    "adresse",
    "puissance_souscrite_va",
    "puissance_installee_w",
    "declare_le",
)
_MOVEMENTS = {Movement.ENTRY: "ENTREE", Movement.EXIT: "SORTIE"}
_DIRECTIONS = {Direction.CONSUMPTION: "SOUTIRAGE", Direction.PRODUCTION: "INJECTION"}


def write(
    operation_id: OperationId, lines: Sequence[DeclarationLine], *, declared_on: date
) -> bytes:
    """Write UTF-8 with a byte-order mark, semicolons and CRLF, for French spreadsheets."""
    file = io.StringIO(newline="")
    rows = csv.writer(file, delimiter=";", lineterminator="\r\n")
    rows.writerow(_HEADER)
    for line in sorted(lines, key=lambda line: (line.movement, line.day, line.prm, line.direction)):
        rows.writerow(
            [
                operation_id,
                _MOVEMENTS[line.movement],
                f"{line.day:%d/%m/%Y}",
                line.prm,
                _DIRECTIONS[line.direction],
                spreadsheet_text(line.holder),
                line.siren or "",
                spreadsheet_text(", ".join(line.address.splitlines())),
                line.subscribed_power_va or "",
                line.installed_power_w or "",
                f"{declared_on:%d/%m/%Y}",
            ]
        )
    return file.getvalue().encode("utf-8-sig")
