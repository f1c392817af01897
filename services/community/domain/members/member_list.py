"""A list of members and their points as a CSV file: what each line says."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Literal, TypeAlias
from uuid import UUID

from libs.common.errors import Problem
from libs.common.ids import OperationId
from services.community.domain.members.csv_lines import Cells, CsvLayout, RefusedLine, read_lines

MAX_LINES = 500
MEMBER_COLUMNS = (
    *("kind", "name", "address", "email", "siren", "vat_number", "language"),
    "delivery_address",
)
POINT_COLUMNS = ("label", "subscribed_power_va", "installed_power_w", "production_kind")
PARTICIPATION_COLUMNS = ("direction", "valid_from", "valid_to")
COLUMNS = ("reference", *MEMBER_COLUMNS, "prm", *POINT_COLUMNS, *PARTICIPATION_COLUMNS)
_LONGEST_REFERENCE = 40
_REFERENCE = re.compile(rf"[^\x00-\x1f\x7f]{{1,{_LONGEST_REFERENCE}}}")

Effect: TypeAlias = Literal["added", "changed", "unchanged"]
_Cell: TypeAlias = tuple[str, str]
"""What is described, a member or a point, and the column."""


class MemberListUnreadable(Problem):
    status, slug, title = 409, "member-list-unreadable", "The file is not a list of members"
    example_detail = "The first line has to name these columns: reference, kind, name, address."


_LAYOUT = CsvLayout(
    columns=COLUMNS,
    required=("reference", "kind", "name", "address"),
    max_lines=MAX_LINES,
    unreadable=MemberListUnreadable,
    too_long=MemberListUnreadable,
)


@dataclass(frozen=True)
class MemberLine:
    """number: in the file, where the header is 1.

    A column that the file does not have is not there: what is recorded stays as it is.
    """

    number: int
    cells: Cells

    @property
    def reference(self) -> str:
        return self.cells["reference"] or ""

    @property
    def names_participation(self) -> bool:
        return self.cells.get("direction") is not None

    def says(self, columns: Sequence[str]) -> dict[str, str | None]:
        """Return the cells of those of the columns that the file has."""
        return {name: self.cells[name] for name in columns if name in self.cells}


@dataclass(frozen=True, kw_only=True)
class LineEffect:
    """The effect of a line; point, participation: None where it names none.

    member_id: None in the preview of a member who is not there yet.
    """

    line: int
    reference: str
    member_id: UUID | None
    member: Effect
    point: Effect | None
    participation: Effect | None


@dataclass(frozen=True)
class MemberListPreview:
    """hash: of the file and of what it would do."""

    hash: str
    effects: Sequence[LineEffect]
    refused: Sequence[RefusedLine]


def reference_of_erased(operation_id: OperationId, reference: str) -> str:
    """Return what stays of the reference of an erased member: an old list does not bring it back.

    It is longer than a reference can be.
    """
    return sha256(f"{operation_id} {reference}".encode()).hexdigest()


def read_members(content: bytes) -> tuple[list[MemberLine], list[RefusedLine]]:
    """UTF-8, with or without a byte-order mark.

    Another encoding is refused: names would come out wrong, on invoices too.
    Raises MemberListUnreadable.
    """
    return _unite(*read_lines(_decode(content), _LAYOUT, _parse))


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"Line {line} is not UTF-8: save the file anew, as “CSV UTF-8”."
        raise MemberListUnreadable(message) from error


def _parse(number: int, cells: Cells) -> MemberLine:
    """Raises ValueError, in words for people."""
    line = MemberLine(number, cells)
    if not _REFERENCE.fullmatch(line.reference):
        message = (
            f"reference: your own number of the member, {_LONGEST_REFERENCE} characters at most."
        )
        raise ValueError(message)
    if line.cells.get("prm") is None and any(
        line.cells.get(name) for name in (*POINT_COLUMNS, *PARTICIPATION_COLUMNS)
    ):
        raise ValueError("prm: this line describes a point; give its PRM.")
    if (line.cells.get("direction") is None) != (line.cells.get("valid_from") is None):
        raise ValueError("direction, valid_from: give both, or none for a point that comes later.")
    if line.cells.get("valid_to") and not line.names_participation:
        raise ValueError("valid_to: give direction and valid_from, too.")
    return line


def _unite(
    lines: Sequence[MemberLine], refused: Sequence[RefusedLine]
) -> tuple[list[MemberLine], list[RefusedLine]]:
    """Give all lines about a member or a point the cells that any of them fills.

    Refuse a line that fills a cell otherwise than a line before it does.
    """
    sources: dict[_Cell, MemberLine] = {}
    accepted, contradictions = [], []
    for line in lines:
        cells = [cell for cell in _cells(line) if line.cells.get(cell[1]) is not None]
        contradiction = next(
            (
                cell
                for cell in cells
                if cell in sources and sources[cell].cells[cell[1]] != line.cells[cell[1]]
            ),
            None,
        )
        if contradiction is None:
            accepted.append(line)
            sources |= {cell: line for cell in cells if cell not in sources}
        else:
            detail = (
                f"Line {sources[contradiction].number} describes {contradiction[0]} differently;"
                " make both lines agree."
            )
            contradictions.append(RefusedLine(line.number, detail))
    return [_fill(line, sources) for line in accepted], [*refused, *contradictions]


def _cells(line: MemberLine) -> Iterator[_Cell]:
    """Yield what the line may say of its member, and of its point."""
    for column in MEMBER_COLUMNS:
        yield line.reference, column
    if prm := line.cells.get("prm"):
        for column in POINT_COLUMNS:
            yield f"point {prm}", column


def _fill(line: MemberLine, sources: Mapping[_Cell, MemberLine]) -> MemberLine:
    cells = {cell[1]: sources[cell].cells[cell[1]] for cell in _cells(line) if cell in sources}
    return replace(line, cells={**line.cells, **cells})
