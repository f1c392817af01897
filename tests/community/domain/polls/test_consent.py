"""Consent: adopted unless somebody objects."""

from services.community.domain.polls.choices import Choice, Stance, Vote
from services.community.domain.polls.consent import count_consent, is_carried

_CONSENT, _BLANK = Vote(Choice(stance=Stance.CONSENT)), Vote(Choice())


def _objection(reason: str) -> Vote:
    return Vote(Choice(stance=Stance.OBJECTION, reason=reason))


def test_what_nobody_objects_to_is_carried() -> None:
    outcome = count_consent([_CONSENT, _BLANK, _CONSENT])

    assert outcome.stances == {"consent": 2, "objection": 0}
    assert is_carried(outcome)


def test_one_objection_stops_it_whatever_the_others_say() -> None:
    outcome = count_consent([*[_CONSENT] * 40, _objection("too soon"), _objection("a bakery")])

    assert outcome.stances == {"consent": 40, "objection": 2}
    assert outcome.objections == ["a bakery", "too soon"]
    assert not is_carried(outcome)


def test_the_silence_of_all_is_no_consent() -> None:
    assert not is_carried(count_consent([]))
    assert not is_carried(count_consent([_BLANK, _BLANK]))
