"""Why a coefficient file is not written, or not accepted."""

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


class CoefficientStepUnfit(Problem):
    status, slug, title = 409, "coefficient-step-unfit", "The steps of coefficients do not nest"
    example_detail = (
        "Coefficients of 60 minutes cannot share energies of 30 minutes, unless they are the"
        " same in all parts of each."
    )


class CoefficientFileRefused(Problem):
    """``errors`` has the line and what is wrong with it, in order of lines, at most twenty."""

    status, slug, title = 422, "coefficient-file-refused", "The coefficient file cannot be used"
    example_detail = "Line 3: 4 columns, the header has 3."
    example_facts: ClassVar = {"errors": [{"line": 3, "what": "4 columns, the header has 3."}]}

    @classmethod
    def of(cls, errors: Sequence[FileError]) -> Self:
        """errors: one more than are listed is enough to say that there are more."""
        first, *others = errors[:MAX_LISTED]
        and_more = len(errors) > MAX_LISTED
        count = f"More than {len(others)}" if and_more else f"{len(others)}"
        more = f" {count} other errors follow." if others else ""
        return cls(
            f"Line {first.line}: {first.what}{more}", errors=[asdict(first), *map(asdict, others)]
        )
