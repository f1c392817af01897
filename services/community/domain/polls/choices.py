"""What a ballot says, and whether it fits its poll."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypedDict, assert_never

from services.community.domain.polls.problems import ChoiceUnfit


class Method(StrEnum):
    """How ballots are counted; a module each."""

    SIMPLE = "simple"  # one option; most votes
    MULTIPLE = "multiple"  # some options; most votes
    RANKED = "ranked"  # options in order; Schulze's duels
    CONSENT = "consent"  # adopted unless somebody objects
    MAJORITY_JUDGEMENT = "majority_judgement"  # a grade for each option; best median


class Grade(StrEnum):
    """From the best to the worst: the seven of Balinski and Laraki."""

    EXCELLENT = "excellent"
    VERY_GOOD = "very_good"
    GOOD = "good"
    FAIRLY_GOOD = "fairly_good"
    PASSABLE = "passable"
    INSUFFICIENT = "insufficient"
    TO_REJECT = "to_reject"


class Stance(StrEnum):
    CONSENT = "consent"
    OBJECTION = "objection"


class ChoiceContent(TypedDict, total=False):
    """A choice as JSON: only what is said."""

    options: list[str]
    ranks: list[list[str]]
    grades: dict[str, str]
    stance: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What one ballot says, in the field that is for the poll's method; nothing at all is blank.

    ranks: the preferred first, equals together; options that are left out come last, together.
    grades: options that are left out have the worst.
    """

    options: Sequence[str] = ()
    ranks: Sequence[Sequence[str]] = ()
    grades: Mapping[str, Grade] = field(default_factory=dict)
    stance: Stance | None = None
    reason: str | None = None

    @property
    def content(self) -> ChoiceContent:
        """Equal for choices that say the same."""
        content = ChoiceContent()
        if self.options:
            content["options"] = sorted(self.options)
        if self.ranks:
            content["ranks"] = [sorted(rank) for rank in self.ranks]
        if self.grades:
            content["grades"] = {name: str(self.grades[name]) for name in sorted(self.grades)}
        if self.stance:
            content["stance"] = str(self.stance)
        if self.reason:
            content["reason"] = self.reason
        return content

    @classmethod
    def of(cls, content: ChoiceContent) -> "Choice":
        stance = content.get("stance")
        return cls(
            options=content.get("options", []),
            ranks=content.get("ranks", []),
            grades={name: Grade(grade) for name, grade in content.get("grades", {}).items()},
            stance=Stance(stance) if stance else None,
            reason=content.get("reason"),
        )


@dataclass(frozen=True)
class Vote:
    """A choice and how much it counts."""

    choice: Choice
    weight: int = 1


def check_choice(
    choice: Choice, method: Method, options: Sequence[str], *, max_choices: int
) -> None:
    """Raises ChoiceUnfit; a blank ballot fits every poll."""
    stray = choice.content.keys() - _fields(method)
    if stray:
        raise ChoiceUnfit(f"A ballot of this poll has no {' and no '.join(sorted(stray))}.")
    named = _named(choice)
    if unknown := sorted(set(named) - set(options)):
        raise ChoiceUnfit(f"The poll has no option {', '.join(unknown)}.")
    if len(set(named)) < len(named):
        raise ChoiceUnfit("Name each option once.")
    if len(choice.options) > max_choices:
        raise ChoiceUnfit(f"Choose {_counted(max_choices)} at most.")
    if not all(choice.ranks):
        raise ChoiceUnfit("A rank has one option or more.")
    if (choice.stance == Stance.OBJECTION) != (choice.reason is not None):
        raise ChoiceUnfit("An objection has its reason, and nothing else has one.")


def _fields(method: Method) -> frozenset[str]:
    match method:
        case Method.SIMPLE | Method.MULTIPLE:
            return frozenset({"options"})
        case Method.RANKED:
            return frozenset({"ranks"})
        case Method.CONSENT:
            return frozenset({"stance", "reason"})
        case Method.MAJORITY_JUDGEMENT:
            return frozenset({"grades"})
        case _:
            assert_never(method)


def _named(choice: Choice) -> list[str]:
    ranked = [option for rank in choice.ranks for option in rank]
    return [*choice.options, *ranked, *choice.grades]


def _counted(number: int) -> str:
    return "1 option" if number == 1 else f"{number} options"
