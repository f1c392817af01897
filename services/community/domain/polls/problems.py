"""Refusals by polls."""

from typing import ClassVar

from libs.common.errors import Problem


class PollUnknown(Problem):
    status, slug, title = 404, "poll-unknown", "There is no such poll"
    example_detail = "ACC00000101 has no poll 0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10 for you."


class PollElsewhere(Problem):
    status, slug, title = 409, "poll-elsewhere", "Another operation has this poll"
    example_detail = "Choose another id for a poll of ACC00000101."


class PollUnfit(Problem):
    status, slug, title = 409, "poll-unfit", "The poll contradicts itself"
    example_detail = "Give two options or more: with one there is nothing to choose."


class PollNotADraft(Problem):
    status, slug, title = 409, "poll-not-a-draft", "Only a draft can be changed and opened"
    example_detail = "The poll is open: cancel it, and draft another."
    example_facts: ClassVar = {"state": "open"}


class PollEnded(Problem):
    status, slug, title = 409, "poll-ended", "The poll has come to its end"
    example_detail = "Voting is over: the ballots are counted."
    example_facts: ClassVar = {"state": "closed"}


class PollNotOpen(Problem):
    status, slug, title = 409, "poll-not-open", "Nobody can vote now"
    example_detail = "Voting is from 2026-11-20T18:00:00Z to 2026-11-27T18:00:00Z."
    example_facts: ClassVar = {"state": "closed"}


class PollNotCounted(Problem):
    status, slug, title = 409, "poll-not-counted", "There is no result yet"
    example_detail = "The result is sealed soon after 2026-11-27T18:00:00Z."
    example_facts: ClassVar = {"state": "open"}


class BallotsHidden(Problem):
    status, slug, title = 409, "ballots-hidden", "The ballots cannot be seen now"
    example_detail = "The ballots are shown once the result is sealed."
    example_facts: ClassVar = {"state": "open"}


class RollUnfit(Problem):
    status, slug, title = 409, "roll-unfit", "The electoral roll cannot be made"
    example_detail = "Give each member who takes part on 2026-11-20 a weight; 0 is no vote."
    example_facts: ClassVar = {
        "missing": ["5b6df807-d41e-5251-a808-b67bac9773b2"],
        "unknown": [],
    }


class ChoiceUnfit(Problem):
    status, slug, title = 409, "choice-unfit", "The ballot does not fit the poll"
    example_detail = "Choose 2 options at most."


class BallotFinal(Problem):
    status, slug, title = 409, "ballot-final", "A secret ballot was cast already"
    example_detail = (
        "Nobody knows any more which ballot it is, so it cannot be changed. Was it not you? Tell"
        " the organiser before the poll closes."
    )


class ProxyStands(Problem):
    status, slug, title = 409, "proxy-stands", "Somebody else holds the vote"
    example_detail = "You gave a proxy: revoke it first, then vote."


class ProxyUsed(Problem):
    status, slug, title = 409, "proxy-used", "The vote was cast already"
    example_detail = "It can neither be given nor taken back."


class ProxyChained(Problem):
    status, slug, title = 409, "proxy-chained", "A proxy is not passed on"
    example_detail = "A proxy holder votes in person, and a member who gave a proxy holds none."


class ProxyLimit(Problem):
    status, slug, title = 409, "proxy-limit", "The holder has as many proxies as the statute allows"
    example_detail = "Nobody may hold more than 2 proxies: choose another member."
    example_facts: ClassVar = {"max_proxies": 2}


class HolderUnknown(Problem):
    status, slug, title = 404, "holder-unknown", "Nobody in this poll has this code"
    example_detail = "Ask the member who is to vote for you for the code shown with their poll."


class VoterUnknown(Problem):
    status, slug, title = 404, "voter-unknown", "The electoral roll has no such member"
    example_detail = "5b6df807-d41e-5251-a808-b67bac9773b2 has no vote in this poll."
