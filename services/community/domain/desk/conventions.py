"""An operation's agreement with its DSO, and the delays that follow from it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.community.domain.problems import ConventionEmpty


class Declarer(StrEnum):
    """The party that declares changes in the operation to the DSO."""

    ORGANISER = "organiser"
    STAFF = "staff"  # the co-op, on behalf of the organiser


@dataclass(frozen=True, kw_only=True)
class Convention:
    """The contract between the organiser and the DSO (code de l'énergie, D315-9).

    The defaults hold for an operation without a recorded convention. The DSO's own delays are not
    public (domain notes §1.5): check them against the signed convention. The notice of a change of
    key belongs to the allocation service (``notice_days`` of its policy), and is nowhere else.

    valid_from, valid_to: half-open, None where not known. Delays are in working days; a month's
    are counted from its end. coefficients_due_working_days: None where the DSO gets none.
    Raises ConventionEmpty.
    """

    dso_contract_id: str | None = None
    signed_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    entry_notice_working_days: int = 10
    exit_notice_working_days: int = 10
    coefficients_due_working_days: int | None = None
    closing_due_working_days: int = 15
    declared_by: Declarer = Declarer.ORGANISER

    def __post_init__(self) -> None:
        if self.valid_from and self.valid_to and self.valid_to <= self.valid_from:
            raise ConventionEmpty(
                f"valid_to {self.valid_to} must be after valid_from {self.valid_from}."
            )


DEFAULT_CONVENTION = Convention()
