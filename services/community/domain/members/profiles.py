"""Changes that members make to themselves; the rest is for staff and organisers."""

from datetime import timedelta

from libs.common.errors import Problem

CONFIRMED_WITHIN = timedelta(days=1)
WAITING_AT_MOST = 3
"""Links of the last day, used and cancelled ones too: each goes to whatever mailbox was given."""


class TooManyEmailChanges(Problem):
    status, slug, title = 429, "too-many-email-changes", "Enough addresses were asked for today"
    example_detail = "Three links were sent within a day: open one of them, or try again tomorrow."


class ConfirmationRefused(Problem):
    status, slug, title = 409, "confirmation-refused", "The link is no longer valid"
    example_detail = (
        "It was used, cancelled or has expired, or is incomplete: ask for the change again."
    )
