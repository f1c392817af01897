"""Refusals by the service, beyond malformed requests and missing rights."""

from collections.abc import Sequence
from typing import ClassVar

from libs.common.errors import Problem
from libs.common.ids import Prm


class OrganiserUnknown(Problem):
    status, slug, title = 404, "organiser-unknown", "There is no such organiser"
    example_detail = "There is no organiser b7c25777-c1fc-51ef-b4aa-c3426818edaf."


class LocationUnknown(Problem):
    status, slug, title = 404, "location-unknown", "The place of the point is not recorded"
    example_detail = "Nobody has recorded the place of point 99110000000101."


class BasisUnknown(Problem):
    status, slug, title = 404, "legal-basis-unknown", "The operation has no legal basis yet"
    example_detail = "Nobody has recorded the legal basis of ACC00000101."


class PerimeterUnfit(Problem):
    status, slug, title = 409, "perimeter-unfit", "The law does not allow this perimeter"
    example_detail = "From 2026-06-01 on: Two points are 2130.4 m apart: at most 2000 m."
    example_facts: ClassVar = {"day": "2026-06-01", "lacks": ["too_far"]}


class MemberUnknown(Problem):
    status, slug, title = 404, "member-unknown", "There is no such member"
    example_detail = "Record these members first: 5b6df807-d41e-5251-a808-b67bac9773b2."
    example_facts: ClassVar = {"member_ids": ["5b6df807-d41e-5251-a808-b67bac9773b2"]}


class PointUnknown(Problem):
    status, slug, title = 404, "point-unknown", "There is no such point"
    example_detail = "Record these points first, and ask staff if you have: 99110000000101."
    example_facts: ClassVar = {"prms": ["99110000000101"]}


def points_unknown(prms: Sequence[Prm]) -> PointUnknown:
    """Answer the same for unrecorded points and for those that the caller may not name.

    Whether somebody else has a point is private.
    """
    return PointUnknown(
        f"Record these points first, and ask staff if you have: {', '.join(prms[:5])}.",
        prms=list(prms),
    )


class ForStaffToRecord(Problem):
    status, slug, title = 409, "for-staff-to-record", "Only staff can record that"
    example_detail = (
        "Point 99110000000101 is or was another member's, and the network operator has not said"
        " that their contract ended. Ask staff to record it."
    )
    example_facts: ClassVar = {"prm": "99110000000101"}


class OperationUnknown(Problem):
    status, slug, title = 404, "operation-unknown", "There is no such operation"
    example_detail = "There is no operation ACC00000101."


class ValidityEmpty(Problem):
    status, slug, title = 409, "validity-empty", "A participation must end after it begins"
    example_detail = (
        "Point 99110000000101: valid_to 2026-01-01 must be after valid_from 2026-06-01; it"
        " is the first day that no longer counts."
    )


class ParticipationRepeated(Problem):
    status, slug, title = 409, "participation-repeated", "A participation is given twice"
    example_detail = "Give each prm, direction and valid_from once."


class ParticipationUnknown(Problem):
    status, slug, title = 404, "participation-unknown", "There is no such participation"
    example_detail = "No participation of point 99110000000101 begins on 2026-01-01."


class ParticipationAmbiguous(Problem):
    status, slug, title = 409, "participation-ambiguous", "Two participations begin on that day"
    example_detail = (
        "Point 99110000000101 begins to take part on both sides on 2026-01-01: give the direction."
    )


class ParticipationOverlap(Problem):
    status, slug, title = 409, "participation-overlap", "A point takes part once at a time"
    example_detail = (
        "Point 99110000000101 would take part twice from 2026-06-01: first end the"
        " participation that began on 2026-01-01."
    )
    example_facts: ClassVar = {
        "prm": "99110000000101",
        "valid_from": "2026-01-01",
        "valid_to": "2026-09-01",
    }


class ParticipationEnrolled(Problem):
    status, slug, title = 409, "participation-enrolled", "The participation has an enrolment"
    example_detail = "Point 99110000000101 takes part by an enrolment: take its next step instead."
    example_facts: ClassVar = {
        "prm": "99110000000101",
        "enrolment_id": "0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10",
    }


class CredentialsRefused(Problem):
    status, slug, title = 401, "credentials-refused", "E-mail or password is wrong"
    example_detail = "No account has this e-mail address and this password."


class RefreshRefused(Problem):
    status, slug, title = 401, "refresh-refused", "The refresh token is no longer valid"
    example_detail = "Log in again: the session has ended."


class ForeignOrigin(Problem):
    status, slug, title = 403, "foreign-origin", "Another site's page asks for this"
    example_detail = "Log in and out on the page of your co-op, not from another site."


class SessionUnknown(Problem):
    status, slug, title = 404, "session-unknown", "There is no such session"
    example_detail = "You have no open session of this id."


class AccountUnknown(Problem):
    status, slug, title = 404, "account-unknown", "There is no such account"
    example_detail = "No account has this e-mail address."


class PasswordWrong(Problem):
    status, slug, title = 409, "password-wrong", "The current password is wrong"
    example_detail = "Send the password with which you log in now."


class LinkRefused(Problem):
    status, slug, title = 401, "link-refused", "The link is no longer valid"
    example_detail = "It was used or has expired, or is incomplete: ask for another."


class TooManyLogIns(Problem):
    status, slug, title = 429, "too-many-log-ins", "Too many log-ins at once"
    example_detail = "Try again in a few seconds."


class FeedRefused(Problem):
    status, slug, title = 401, "feed-refused", "The feed's id or secret is not valid"
    example_detail = "Have staff give the feed another secret."


class FeedUnknown(Problem):
    status, slug, title = 404, "feed-unknown", "There is no such feed"
    example_detail = "There is no feed of this id, or it was revoked."


class FeedExpiryRefused(Problem):
    status, slug, title = 409, "feed-expiry-refused", "A secret expires within 400 days"
    example_detail = "Give an expires_on between tomorrow and 400 days from today."


class LogInPaused(Problem):
    status, slug, title = 429, "log-in-paused", "Too many log-ins have failed"
    example_detail = "Try again in 30 seconds. Where you are logged in, you stay so."
    example_facts: ClassVar = {"retry_after_s": 30}


class NoLogInPause(Problem):
    status, slug, title = 404, "no-log-in-pause", "No log-in of this account has failed"
    example_detail = "No log-in with this e-mail address has failed lately."


class TooManyLinks(Problem):
    status, slug, title = 429, "too-many-links", "Too many log-in links are asked for"
    example_detail = "Your network has asked for many: try again in 6 minutes."
    example_facts: ClassVar = {"retry_after_s": 360}


class LoginElsewhere(Problem):
    status, slug, title = 409, "login-elsewhere", "Another issuer gives the tokens"
    example_detail = "Get a token from https://login.example.org."
    example_facts: ClassVar = {"issuer": "https://login.example.org"}


class PointBusy(Problem):
    status, slug, title = 409, "point-busy", "The point is being changed by somebody else"
    example_detail = "The point is being enrolled in an operation: try again."


class ConsentUnknown(Problem):
    status, slug, title = 404, "consent-unknown", "There is no such consent"
    example_detail = "The member has no such consent."


class ConsentEmpty(Problem):
    status, slug, title = 409, "consent-empty", "A consent must end after it begins"
    example_detail = "valid_to is the first day on which it no longer holds."


class ConsentTooLong(Problem):
    status, slug, title = 409, "consent-too-long", "A consent holds for three years at most"
    example_detail = "It must end by 2029-10-01; ask for it anew then."


class ConsentChanged(Problem):
    status, slug, title = 409, "consent-changed", "A recorded consent stays"
    example_detail = "Withdraw it, and record another one."


class ProofMissing(Problem):
    status, slug, title = 409, "proof-missing", "A consent recorded for somebody else needs proof"
    example_detail = "Give the reference and the sha256 of the document that the member signed."


class PointNotTheirs(Problem):
    status, slug, title = 409, "point-not-theirs", "The point is not the member's"
    example_detail = "The member takes part nowhere with this point."


class MessageUnknown(Problem):
    status, slug, title = 404, "message-unknown", "There is no such message"
    example_detail = "There is no message 0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10."


class ConventionEmpty(Problem):
    status, slug, title = 409, "convention-empty", "A convention must end after it begins"
    example_detail = "valid_to 2026-01-01 must be after valid_from 2026-06-01."
