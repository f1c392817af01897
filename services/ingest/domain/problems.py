"""The refusals of ingest, except those of files (see ``formats.problems``)."""

from typing import ClassVar

from libs.common.errors import Problem


class DeliveryUnknown(Problem):
    status: ClassVar = 404
    slug: ClassVar = "delivery-unknown"
    title: ClassVar = "There is no such delivery"
    example_detail = "No delivery has the id 0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10."


class DeliveryTooLarge(Problem):
    status: ClassVar = 413
    slug: ClassVar = "delivery-too-large"
    title: ClassVar = "The delivery is too large"
    example_detail = (
        "A delivery has at most 104857600 bytes: compress the file or send it in parts."
    )
    example_facts: ClassVar = {"limit_bytes": 104857600}


class UploadMalformed(Problem):
    status: ClassVar = 422
    slug: ClassVar = "upload-malformed"
    title: ClassVar = "The request does not hold one file"
    example_detail = "Send multipart/form-data with one file in the field 'file'."


class InboxFileUnreadable(Problem):
    status: ClassVar = 422
    slug: ClassVar = "inbox-file-unreadable"
    title: ClassVar = "The file in the inbox cannot be read"


class InboxFileNotTaken(Problem):
    status: ClassVar = 500
    slug: ClassVar = "bug"
    title: ClassVar = "Internal error"


class PointUnknown(Problem):
    status: ClassVar = 404
    slug: ClassVar = "point-unknown"
    title: ClassVar = "There is no such point"
    example_detail = "No reading and no participation of this point is known."


class OperationUnknown(Problem):
    status: ClassVar = 404
    slug: ClassVar = "operation-unknown"
    title: ClassVar = "There is no such operation"
    example_detail = "Neither a perimeter nor a result of ACC00000101 is known."


class EstimationNotAllowed(Problem):
    status: ClassVar = 409
    slug: ClassVar = "estimation-not-allowed"
    title: ClassVar = "The operation's policy does not allow this estimation"
    example_detail = "The operation's policy allows interpolation."
    example_facts: ClassVar = {"allowed": ["interpolation"]}


class EstimationUnknown(Problem):
    status: ClassVar = 404
    slug: ClassVar = "estimation-unknown"
    title: ClassVar = "There is no such estimation"
    example_detail = "ACC00000101 has no estimation 0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10."


class ReRequestUnknown(Problem):
    status: ClassVar = 404
    slug: ClassVar = "re-request-unknown"
    title: ClassVar = "There is no such re-request"
    example_detail = "ACC00000101 has no re-request 0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10."


class PeriodInvalid(Problem):
    status: ClassVar = 422
    slug: ClassVar = "period-invalid"
    title: ClassVar = "The period is empty or too long"
    example_detail = "to_day must be 1 to 400 days after from_day."


class DsoPerimeterMissing(Problem):
    status: ClassVar = 404
    slug: ClassVar = "dso-perimeter-missing"
    title: ClassVar = "The DSO's perimeter has not come yet"
    example_detail = "Pull the perimeter of ACC00000101 from the ACC API first."


class RuleUnknown(Problem):
    status: ClassVar = 422
    slug: ClassVar = "rule-unknown"
    title: ClassVar = "There is no such validation rule"
    example_detail = "There is no rule 'spikes': see known."
    example_facts: ClassVar = {"known": ["frozen", "spike"]}


class SettingInvalid(Problem):
    status: ClassVar = 422
    slug: ClassVar = "setting-invalid"
    title: ClassVar = "The rule cannot be set like that"
    example_detail = "The action of spike is one of: flag, quarantine."
    example_facts: ClassVar = {"rule": "spike"}


class RecordUnknown(Problem):
    status: ClassVar = 404
    slug: ClassVar = "record-unknown"
    title: ClassVar = "There is no such quarantined record"
    example_detail = "The delivery has no quarantined record 12."


class RecordDecided(Problem):
    status: ClassVar = 409
    slug: ClassVar = "record-decided"
    title: ClassVar = "This record has been decided on already"
    example_detail = "It has been released since 2026-11-02 08:15 UTC."
    example_facts: ClassVar = {"state": "released"}


class RecordNotReleasable(Problem):
    status: ClassVar = 409
    slug: ClassVar = "record-not-releasable"
    title: ClassVar = "The record cannot be taken as it is"
    example_detail = "It cannot be read as a reading: correct it, or discard it."
    example_facts: ClassVar = {"reason": "the PRM is not 14 digits: send it as text"}


class ReadingInvalid(Problem):
    status: ClassVar = 422
    slug: ClassVar = "reading-invalid"
    title: ClassVar = "The reading has no place in its local day"
    example_detail = (
        "the interval does not start on a whole step of its local day: correct start or step_min."
    )


class PullSourceOff(Problem):
    status: ClassVar = 409
    slug: ClassVar = "pull-source-off"
    title: ClassVar = "This API of the DSO is not set up"
    example_detail = "Data Connect is asked once DATA_CONNECT_CLIENT_ID and its secret are set."


class PullTooLarge(Problem):
    status: ClassVar = 409
    slug: ClassVar = "pull-too-large"
    title: ClassVar = "Too many calls at once"
    example_detail = (
        "It takes 12000 calls; at most 10000 are allowed at once: ask for fewer days or points."
    )
