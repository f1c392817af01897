"""The outcome of counting, whatever the method."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PollOutcome:
    """The winners, in the poll's order, and the counts behind them; several winners are tied.

    votes: weight for each option (simple, multiple). duels: weight that prefers the first option
    to the second (ranked). grades: weight by option and grade, medians: the grade that decides
    first (majority judgement). stances: weight of each; objections: their reasons (consent).
    Fields of other methods are None.
    """

    winners: Sequence[str]
    votes: Mapping[str, int] | None = None
    duels: Mapping[str, Mapping[str, int]] | None = None
    grades: Mapping[str, Mapping[str, int]] | None = None
    medians: Mapping[str, str] | None = None
    stances: Mapping[str, int] | None = None
    objections: Sequence[str] | None = None
