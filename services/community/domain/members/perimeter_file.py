"""A perimeter as a CSV file: the content of each line, and the change it would make."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import TypeAlias
from uuid import UUID

from libs.common.errors import Problem
from libs.common.ids import PRM_PATTERN, Direction, Prm
from services.community.domain.members.csv_lines import Cells, CsvLayout, RefusedLine, read_lines
from services.community.domain.members.perimeter import Participation

MAX_BYTES = 5 * 1024**2
MAX_LINES = 10_000
COLUMNS = ("prm", "direction", "member_id", "valid_from", "valid_to")
_YEARS = range(2000, 2200)
_DIRECTIONS = {
    "consumption": Direction.CONSUMPTION,
    "soutirage": Direction.CONSUMPTION,
    "production": Direction.PRODUCTION,
    "injection": Direction.PRODUCTION,
}

ParticipationKey: TypeAlias = tuple[Prm, Direction, date]


class PerimeterFileTooLarge(Problem):
    status, slug, title = 413, "perimeter-file-too-large", "The file is too large"
    example_detail = "It has more than 10,000 lines: send it in parts."


class PerimeterFileUnreadable(Problem):
    status, slug, title = (
        409,
        "perimeter-file-unreadable",
        "The file is not a table of participations",
    )
    example_detail = "The first line lacks these columns: member_id, valid_from."


_LAYOUT = CsvLayout(
    columns=COLUMNS,
    required=("prm", "direction", "member_id", "valid_from"),
    max_lines=MAX_LINES,
    unreadable=PerimeterFileUnreadable,
    too_long=PerimeterFileTooLarge,
)


@dataclass(frozen=True)
class FileLine:
    """number: in the file, where the header is 1."""

    number: int
    participation: Participation


@dataclass(frozen=True)
class PerimeterChange:
    """before: None for an added one."""

    line: FileLine
    before: Participation | None


@dataclass(frozen=True, kw_only=True)
class PerimeterChanges:
    """The effect of a file on a perimeter; ended: only the end changes, to an earlier one."""

    added: Sequence[PerimeterChange]
    changed: Sequence[PerimeterChange]
    ended: Sequence[PerimeterChange]
    unchanged: int
    refused: Sequence[RefusedLine]

    @property
    def news(self) -> list[Participation]:
        """The new participations."""
        changes = (*self.ended, *self.changed, *self.added)
        return [change.line.participation for change in changes]


@dataclass(frozen=True)
class PerimeterPreview:
    """hash: of the file and of current, the present perimeter, which has this revision."""

    hash: str
    revision: int
    current: Sequence[Participation]
    changes: PerimeterChanges


def read(content: bytes) -> tuple[list[FileLine], list[RefusedLine]]:
    """UTF-8 with or without a byte-order mark, else Latin-1.

    Raises PerimeterFileUnreadable, PerimeterFileTooLarge.
    """
    return read_lines(_decode(content), _LAYOUT, _parse)


def compare(
    current: Iterable[Participation],
    lines: Sequence[FileLine],
    refused: Iterable[RefusedLine],
    *,
    refuse: Callable[[Participation], str | None],
) -> PerimeterChanges:
    """refuse: return why a new or changed participation cannot be taken, None if it can."""
    current_by_key = {participation.key: participation for participation in current}
    refused_by_number = {refusal.number: refusal for refusal in refused}
    line_by_key: dict[ParticipationKey, FileLine] = {}
    for line in lines:
        key = line.participation.key
        if key in line_by_key:
            refused_by_number[line.number] = _refused(
                line, f"line {line_by_key[key].number} says the same point, side and first day"
            )
            continue
        line_by_key[key] = line
        if current_by_key.get(key) != line.participation and (reason := refuse(line.participation)):
            refused_by_number[line.number] = _refused(line, reason)
    for line, reason in _overlapping(current_by_key, line_by_key):
        refused_by_number.setdefault(line.number, _refused(line, reason))
    accepted = [line for line in line_by_key.values() if line.number not in refused_by_number]
    changes = [
        PerimeterChange(line, current_by_key.get(line.participation.key)) for line in accepted
    ]
    news = [change for change in changes if change.before != change.line.participation]
    return PerimeterChanges(
        added=[change for change in news if change.before is None],
        changed=[change for change in news if change.before is not None and not _is_ended(change)],
        ended=[change for change in news if _is_ended(change)],
        unchanged=len(changes) - len(news),
        refused=[refused_by_number[number] for number in sorted(refused_by_number)],
    )


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _parse(number: int, cells: Cells) -> FileLine:
    """Raises ValueError or ValidityEmpty, in words for people."""
    return FileLine(number, parse_participation(cells, _uuid(cells["member_id"] or "")))


def parse_participation(cells: Cells, member_id: UUID) -> Participation:
    """Return the participation that the cells of a line state, by the names of their columns.

    Raises ValueError or ValidityEmpty, in words for people.
    """
    direction = _DIRECTIONS.get((cells["direction"] or "").lower())
    if direction is None:
        message = "direction: consumption or production."
        raise ValueError(message)
    return Participation(
        prm=parse_prm(cells["prm"] or ""),
        direction=direction,
        member_id=member_id,
        valid_from=_day("valid_from", cells["valid_from"] or ""),
        valid_to=_day("valid_to", end) if (end := cells.get("valid_to")) else None,
    )


def parse_prm(text: str) -> Prm:
    """Raises ValueError, in words for people."""
    if not re.fullmatch(PRM_PATTERN, text, re.ASCII):
        message = "prm: 14 digits; a spreadsheet may have made a number of it."
        raise ValueError(message)
    return Prm(text)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        message = "member_id: the id of a member."
        raise ValueError(message) from error


def _day(column: str, text: str) -> date:
    """``2026-01-31`` or ``31/01/2026``."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            day = datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, of no instant
        except ValueError:
            continue
        if day.year in _YEARS:
            return day
    message = f"{column}: a day such as 2026-01-31 or 31/01/2026, in the years 2000 to 2199."
    raise ValueError(message)


def _overlapping(
    current_by_key: Mapping[ParticipationKey, Participation],
    line_by_key: Mapping[ParticipationKey, FileLine],
) -> Iterator[tuple[FileLine, str]]:
    """Yield the lines with which a point would take part twice on one side, and why."""
    merged = dict(current_by_key) | {key: line.participation for key, line in line_by_key.items()}
    sides = defaultdict[tuple[Prm, Direction], list[ParticipationKey]](list)
    for key in sorted(merged):
        sides[key[:2]].append(key)
    for keys in sides.values():
        for earlier, later in pairwise(keys):
            if merged[earlier].overlaps(merged[later]):
                for key, other_key in ((earlier, later), (later, earlier)):
                    if key in line_by_key:
                        yield line_by_key[key], f"it overlaps the one that begins on {other_key[2]}"


def _is_ended(change: PerimeterChange) -> bool:
    before, after = change.before, change.line.participation
    return (
        before is not None
        and before.member_id == after.member_id
        and after.valid_to is not None
        and (before.valid_to is None or after.valid_to < before.valid_to)
    )


def _refused(line: FileLine, reason: str) -> RefusedLine:
    return RefusedLine(line.number, f"Point {line.participation.prm}: {reason}.")
