from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from services.community.domain.letters.notifications import (
    Told,
    write_digest,
    write_notification_letter,
)
from services.community.domain.messages.notifications import (
    RULES,
    Channel,
    ChannelNotOffered,
    Digest,
    NotificationKind,
    NotificationReader,
    check_channel,
    digest_day,
)

MONDAY = date(2026, 11, 30)
TOLD = Told("Vote : midi ?", "Les membres votent.\nDu lundi au mardi.\n", "/community/polls/7")


_MEMBER, _DESK = NotificationReader(member_id=uuid4()), NotificationReader(account_id=uuid4())


def test_who_runs_operations_and_members_choose_for_what_they_are_told() -> None:
    with pytest.raises(ChannelNotOffered, match="not to you"):
        check_channel(_MEMBER, NotificationKind.DESK_POINT_LEFT, Channel.EMAIL)
    with pytest.raises(ChannelNotOffered, match="not to you"):
        check_channel(_DESK, NotificationKind.NEWS_PUBLISHED, Channel.EMAIL)

    check_channel(_DESK, NotificationKind.DESK_POINT_LEFT, Channel.NONE)


def test_every_kind_has_a_rule() -> None:
    assert RULES.keys() == set(NotificationKind)


def test_what_members_have_to_hear_cannot_be_switched_off() -> None:
    for channel in set(Channel) - {Channel.EMAIL}:
        with pytest.raises(ChannelNotOffered, match="have to be notified"):
            check_channel(_MEMBER, NotificationKind.POLL_OPENED, channel)

    check_channel(_MEMBER, NotificationKind.POLL_OPENED, Channel.EMAIL)


def test_a_reminder_comes_in_no_digest() -> None:
    with pytest.raises(ChannelNotOffered):
        check_channel(_MEMBER, NotificationKind.POLL_CLOSING, Channel.DAILY)


@pytest.mark.parametrize(
    ("now", "daily", "weekly"),
    [
        (datetime(2026, 11, 30, 5, 59, tzinfo=UTC), date(2026, 11, 29), date(2026, 11, 23)),
        (datetime(2026, 11, 30, 6, 0, tzinfo=UTC), MONDAY, MONDAY),  # seven in Paris
        (datetime(2026, 12, 6, 22, 59, tzinfo=UTC), date(2026, 12, 6), MONDAY),
        (datetime(2026, 7, 1, 5, 0, tzinfo=UTC), date(2026, 7, 1), date(2026, 6, 29)),
    ],
)
def test_digests_are_of_the_local_morning_and_of_monday(
    now: datetime, daily: date, weekly: date
) -> None:
    digests: tuple[Digest, Digest] = (Channel.DAILY, Channel.WEEKLY)

    assert [digest_day(digest, now) for digest in digests] == [daily, weekly]


def test_an_e_mail_tells_the_notification_with_its_link() -> None:
    letter = write_notification_letter(
        TOLD, "fr", member_name="Lucie\r\nBrindille", public_url="https://volts.test"
    )

    assert letter.subject == "Vote : midi ?"
    assert letter.body == (
        "Bonjour Lucie Brindille,\n\n"
        "Les membres votent.\nDu lundi au mardi.\n\n"
        "https://volts.test/community/polls/7\n\n"
        "Choisir ce que vous recevez\u00a0: https://volts.test/community/me/notification-channels\n"
    )


def test_a_digest_lists_what_is_told() -> None:
    letter = write_digest([TOLD, TOLD], "en", member_name="Lucie", public_url="https://volts.test")

    assert letter.subject == "News from your community (2)"
    assert letter.body.count("- Vote : midi ?\n  https://volts.test/community/polls/7\n\n") == 2


def test_an_account_without_a_name_is_greeted_all_the_same() -> None:
    letter = write_digest([TOLD], "en", member_name=None, public_url="https://volts.test")

    assert letter.body.startswith("Hello,\n")
