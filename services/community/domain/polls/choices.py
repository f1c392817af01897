"""The content of a ballot, and whether it fits its poll."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypedDict, assert_never

from services.community.domain.polls.problems import ChoiceUnfit


class Method(StrEnum):
    """The method by which ballots are counted; each has a module."""

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
    """A choice as JSON, without empty fields."""

    options: list[str]
    ranks: list[list[str]]
    grades: dict[str, str]
    stance: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The content of one ballot, in the field for the poll's method; without any it is blank.

    ranks: the preferred first, equals together; options left out come last, together.
    grades: options left out have the worst.
    """

    options: Sequence[str] = ()
    ranks: Sequence[Sequence[str]] = ()
    grades: Mapping[str, Grade] = field(default_factory=dict)
    stance: Stance | None = None
    reason: str | None = None

    @property
    def content(self) -> ChoiceContent:
        """Equal for equal choices."""
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
    """A choice and its weight."""

    choice: Choice
    weight: int = 1


def check_choice(
    choice: Choice, method: Method, options: Sequence[str], *, max_choices: int
) -> None:
    """Raises ChoiceUnfit; a blank ballot fits every poll."""
    stray_fields = choice.content.keys() - _fields(method)
    if stray_fields:
        raise ChoiceUnfit(f"A ballot of this poll has no {' and no '.join(sorted(stray_fields))}.")
    named_options = _list_options(choice)
    if unknown := sorted(set(named_options) - set(options)):
        raise ChoiceUnfit(f"The poll has no option {', '.join(unknown)}.")
    if len(set(named_options)) < len(named_options):
        raise ChoiceUnfit("Name each option once.")
    if len(choice.options) > max_choices:
        raise ChoiceUnfit(f"Choose {_option_count(max_choices)} at most.")
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


def _list_options(choice: Choice) -> list[str]:
    ranked = [option for rank in choice.ranks for option in rank]
    return [*choice.options, *ranked, *choice.grades]


def _option_count(number: int) -> str:
    return "1 option" if number == 1 else f"{number} options"
