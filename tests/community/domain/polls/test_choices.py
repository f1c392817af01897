"""Which ballots fit which polls."""

import pytest

from services.community.domain.polls.choices import Choice, Grade, Method, Stance, check_choice
from services.community.domain.polls.problems import ChoiceUnfit

_OPTIONS = ["a", "b", "c"]


@pytest.mark.parametrize(
    ("method", "choice"),
    [
        (Method.SIMPLE, Choice(options=["a"])),
        (Method.MULTIPLE, Choice(options=["a", "b"])),
        (Method.RANKED, Choice(ranks=[["b"], ["a", "c"]])),
        (Method.MAJORITY_JUDGEMENT, Choice(grades={"a": Grade.GOOD})),
        (Method.CONSENT, Choice(stance=Stance.CONSENT)),
        (Method.CONSENT, Choice(stance=Stance.OBJECTION, reason="Too soon.")),
        *((method, Choice()) for method in Method),
    ],
)
def test_a_ballot_that_fits_is_accepted(method: Method, choice: Choice) -> None:
    check_choice(choice, method, _OPTIONS, max_choices=2 if method == Method.MULTIPLE else 1)


@pytest.mark.parametrize(
    ("method", "choice", "words"),
    [
        (Method.SIMPLE, Choice(options=["a", "b"]), "Choose 1 option at most"),
        (Method.MULTIPLE, Choice(options=["a", "b", "c"]), "Choose 2 options at most"),
        (Method.MULTIPLE, Choice(options=["a", "a"]), "Name each option once"),
        (Method.SIMPLE, Choice(options=["d"]), "no option d"),
        (Method.SIMPLE, Choice(ranks=[["a"]]), "has no ranks"),
        (Method.RANKED, Choice(ranks=[["a"], ["b", "a"]]), "Name each option once"),
        (Method.RANKED, Choice(ranks=[["a"], []]), "one option or more"),
        (Method.MAJORITY_JUDGEMENT, Choice(options=["a"]), "has no options"),
        (Method.MAJORITY_JUDGEMENT, Choice(grades={"d": Grade.GOOD}), "no option d"),
        (Method.CONSENT, Choice(stance=Stance.OBJECTION), "has its reason"),
        (Method.CONSENT, Choice(stance=Stance.CONSENT, reason="I like it."), "has its reason"),
    ],
)
def test_a_ballot_that_does_not_fit_is_refused(method: Method, choice: Choice, words: str) -> None:
    with pytest.raises(ChoiceUnfit, match=words):
        check_choice(choice, method, _OPTIONS, max_choices=2 if method == Method.MULTIPLE else 1)


def test_a_choice_is_the_same_after_it_was_kept() -> None:
    choice = Choice(ranks=[["c"], ["b", "a"]])

    assert choice.content == {"ranks": [["c"], ["a", "b"]]}
    assert Choice.of(choice.content).content == choice.content
