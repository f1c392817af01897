"""A poll that cannot be sealed, as its ballots are not what its roll says."""

from datetime import timedelta

from services.community.main import service
from tests.community.assembly import Assembly, assembly
from tests.support.alone import alone
from tests.support.clock import CLOCK
from tests.support.waiting import until


async def test_a_poll_that_cannot_be_sealed_stops_no_other_and_shows_in_health(
    database_url: str,
) -> None:
    async with (
        alone(service, database_url) as community,
        community.client("operator") as operator,
        assembly(community.platform, operator, members=1) as group,
    ):
        spoilt = await _given_over(group, over_for=timedelta(hours=2), has_voted=True)
        good = await _given_over(group, over_for=timedelta(hours=1), has_voted=False)

        await until(
            "the good poll is closed",
            lambda: group.get(good),
            lambda poll: poll["state"] == "closed",
        )

        assert (await group.get(spoilt))["state"] == "counting"
        health = (await operator.get("/health")).json()
        assert health["status"] == "degraded"
        report = health["services"]["community"]
        assert report["problems"] == []
        (warning,) = report["warnings"]
        assert warning.startswith("polls: 1 not sealed, the first over since ")


async def _given_over(group: Assembly, *, over_for: timedelta, has_voted: bool) -> str:
    """A poll of one voter that is over and not sealed; no ballot is there, even of who voted."""
    closes_at = CLOCK.now() - over_for
    opens_at = closes_at - timedelta(days=1)
    poll_id = await group.given_draft(
        opens_at=opens_at.isoformat(), closes_at=closes_at.isoformat()
    )
    (member_id,) = group.members
    await group.change(
        "INSERT INTO poll_voter (poll_id, member_id, weight, has_voted, max_proxies)"
        " VALUES (:poll_id, :member_id, 1, :has_voted, 0)",
        poll_id=poll_id,
        member_id=member_id,
        has_voted=has_voted,
    )
    await group.change(
        "UPDATE poll SET state = 'open', opened_at = opens_at, opened_by = 'organiser'"
        " WHERE id = :poll_id",
        poll_id=poll_id,
    )
    return poll_id
