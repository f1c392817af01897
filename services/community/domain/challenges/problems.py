"""Refusals by challenges."""

from typing import ClassVar

from libs.common.errors import Problem


class ChallengeUnknown(Problem):
    status, slug, title = 404, "challenge-unknown", "There is no such challenge"
    example_detail = "ACC00000101 has no challenge 0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10 for you."


class ChallengeElsewhere(Problem):
    status, slug, title = 409, "challenge-elsewhere", "Another operation has this challenge"
    example_detail = "Choose another id for a challenge of ACC00000101."


class ChallengeUnfit(Problem):
    status, slug, title = 409, "challenge-unfit", "The challenge contradicts itself"
    example_detail = "None of its days is one of the weekdays that count."


class ChallengeNotADraft(Problem):
    status, slug, title = 409, "challenge-not-a-draft", "Only a draft can be changed and announced"
    example_detail = "The challenge is announced: cancel it, and draft another."
    example_facts: ClassVar = {"state": "announced"}


class ChallengeNotOpen(Problem):
    status, slug, title = 409, "challenge-not-open", "The challenge takes no entries now"
    example_detail = "Members could take part until 2026-11-29."
    example_facts: ClassVar = {"state": "frozen"}


class ChallengeEnded(Problem):
    status, slug, title = 409, "challenge-ended", "The challenge has come to its end"
    example_detail = "The challenge is frozen: its result stays."
    example_facts: ClassVar = {"state": "frozen"}


class NotEntered(Problem):
    status, slug, title = 404, "not-entered", "The point takes no part in the challenge"
    example_detail = "Point 99110000000101 takes no part in it for you."
