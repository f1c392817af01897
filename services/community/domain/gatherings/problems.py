"""Refusals by gatherings."""

from typing import ClassVar

from libs.common.errors import Problem


class GatheringUnknown(Problem):
    status, slug, title = 404, "gathering-unknown", "There is no such gathering"
    example_detail = "There is no gathering 0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10 for you."


class GatheringElsewhere(Problem):
    status, slug, title = 409, "gathering-elsewhere", "The gathering is another operation's"
    example_detail = "Choose another id: this one is a gathering's of another operation."


class GatheringUnfit(Problem):
    status, slug, title = 409, "gathering-unfit", "The gathering contradicts itself"
    example_detail = "ends_at must be after starts_at."


class GatheringNotADraft(Problem):
    status, slug, title = 409, "gathering-not-a-draft", "The gathering was announced already"
    example_detail = "It is announced: cancel it instead."
    example_facts: ClassVar = {"state": "announced"}


class GatheringNotAnnounced(Problem):
    status, slug, title = 409, "gathering-not-announced", "The gathering is not announced"
    example_detail = "The gathering is a draft."
    example_facts: ClassVar = {"state": "draft"}


class GatheringOver(Problem):
    status, slug, title = 409, "gathering-over", "The gathering is over, or was cancelled"
    example_detail = "The gathering was cancelled."
    example_facts: ClassVar = {"state": "cancelled"}


class CapacityTaken(Problem):
    status, slug, title = 409, "capacity-taken", "More seats are taken already"
    example_detail = "31 seats are taken: keep so many, or ask some to leave first."
    example_facts: ClassVar = {"seats_taken": 31}


class RepliesClosed(Problem):
    status, slug, title = 409, "replies-closed", "It is too late to reply"
    example_detail = "Replies closed at 2026-12-10T18:00:00Z; you may still decline."


class ReplyUnfit(Problem):
    status, slug, title = 409, "reply-unfit", "The reply does not fit the gathering"
    example_detail = "You may bring 2 guests at most."
    example_facts: ClassVar = {"max_guests": 2}


class NoSeatForGuests(Problem):
    status, slug, title = 409, "no-seat-for-guests", "There are fewer seats left"
    example_detail = "You keep your seats: 1 is left for more guests."
    example_facts: ClassVar = {"seats_left": 1}


class NotInvited(Problem):
    status, slug, title = 409, "not-invited", "The gathering is not for this member"
    example_detail = "The member does not take part on 2026-12-12: the gathering is for others."


class GatheringNotBegun(Problem):
    status, slug, title = 409, "gathering-not-begun", "The gathering is still to come"
    example_detail = "It starts at 2027-01-14T18:00:00+00:00: note it then."


class MinutesUnknown(Problem):
    status, slug, title = 404, "minutes-unknown", "There are no such minutes"
    example_detail = "The gathering has no version 2 of its minutes."


class MinutesOutdated(Problem):
    status, slug, title = 409, "minutes-outdated", "Somebody has written the minutes meanwhile"
    example_detail = "The last edit is number 3: look at it, and say after_edit 3."
    example_facts: ClassVar = {"last_edit": 3}


class MinutesPublished(Problem):
    status, slug, title = (
        409,
        "minutes-published",
        "Another version of the minutes is to be written",
    )
    example_detail = "Published minutes stay: write version 2."
    example_facts: ClassVar = {"next_version": 2}


class AttendanceUnknown(Problem):
    status, slug, title = 404, "attendance-unknown", "The member is not on the list"
    example_detail = "Nobody has noted that the member was there."


class SeriesUnfit(Problem):
    status, slug, title = 409, "series-unfit", "The rule makes no series"
    example_detail = "104 gatherings at most: choose an earlier until."


class SeriesMade(Problem):
    status, slug, title = 409, "series-made", "The series was made with another content"
    example_detail = "Change its gatherings one by one, or make another series."


class SeriesUnknown(Problem):
    status, slug, title = 404, "series-unknown", "There is no such series"
    example_detail = "There is no series 0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10 for you."


class MaterialUnknown(Problem):
    status, slug, title = 404, "material-unknown", "There is no such material"
    example_detail = "The gathering has no material 0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10."


class MaterialElsewhere(Problem):
    status, slug, title = 409, "material-elsewhere", "The id is that of another material"
    example_detail = "Choose another id: this one is another gathering's."


class MaterialHasFile(Problem):
    status, slug, title = 409, "material-has-file", "A material is a link or a file"
    example_detail = "Delete it, and make a link under another id."


class MaterialIsLink(Problem):
    status, slug, title = 409, "material-is-link", "The material is a link"
    example_detail = "Open its url: there is no file here."


class TooManyMaterials(Problem):
    status, slug, title = 409, "too-many-materials", "The gathering has enough materials"
    example_detail = "A gathering has 50 materials at most: delete one first."
    example_facts: ClassVar = {"limit": 50}
