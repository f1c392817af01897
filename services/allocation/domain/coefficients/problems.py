"""Reasons why a coefficient file is not written, or not accepted."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import ClassVar, Self

from libs.common.errors import Problem

MAX_LISTED = 20


@dataclass(frozen=True)
class FileError:
    line: int  # the header is line 1
    what: str


class CoefficientsNotNeeded(Problem):
    status, slug, title = 409, "coefficients-not-needed", "This key needs no coefficient file"
    example_detail = "The DSO applies the default rule by itself: it is sent nothing."


class CoefficientsSetBefore(Problem):
    """deposit: the number of the deposit that settles the month, if there is one."""

    status, slug, title = (
        409,
        "coefficients-set-before",
        "The coefficients are set before the month",
    )
    example_detail = (
        "The coefficients of 2027-01 were set before the month, and deposit 2 settles it: give the"
        " DSO that file. Readings of the month make no other file."
    )
    example_facts: ClassVar = {"deposit": 2}


class CoefficientFileRefused(Problem):
    """``errors`` lists each line with its error, in order of lines, at most twenty."""

    status, slug, title = 422, "coefficient-file-refused", "The coefficient file cannot be used"
    example_detail = "Line 3: 4 columns, the header has 3."
    example_facts: ClassVar = {"errors": [{"line": 3, "what": "4 columns, the header has 3."}]}

    @classmethod
    def of(cls, errors: Sequence[FileError]) -> Self:
        """errors: one more than are listed is enough to report that there are more."""
        first_error, *other_errors = errors[:MAX_LISTED]
        and_more = len(errors) > MAX_LISTED
        count = f"More than {len(other_errors)}" if and_more else f"{len(other_errors)}"
        more = f" {count} other errors follow." if other_errors else ""
        return cls(
            f"Line {first_error.line}: {first_error.what}{more}",
            errors=[asdict(first_error), *map(asdict, other_errors)],
        )
