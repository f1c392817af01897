"""What ingest refuses, besides files (see ``formats.problems``)."""

from typing import ClassVar

from libs.common.errors import Problem


class DeliveryUnknown(Problem):
    status: ClassVar = 404
    slug: ClassVar = "delivery-unknown"
    title: ClassVar = "There is no such delivery"


class DeliveryTooLarge(Problem):
    status: ClassVar = 413
    slug: ClassVar = "delivery-too-large"
    title: ClassVar = "The delivery is too large"


class UploadMalformed(Problem):
    status: ClassVar = 422
    slug: ClassVar = "upload-malformed"
    title: ClassVar = "The request does not hold one file"


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


class OperationUnknown(Problem):
    status: ClassVar = 404
    slug: ClassVar = "operation-unknown"
    title: ClassVar = "There is no such operation"


class EstimationUnknown(Problem):
    status: ClassVar = 404
    slug: ClassVar = "estimation-unknown"
    title: ClassVar = "There is no such estimation"


class ReRequestUnknown(Problem):
    status: ClassVar = 404
    slug: ClassVar = "re-request-unknown"
    title: ClassVar = "There is no such re-request"


class PeriodInvalid(Problem):
    status: ClassVar = 422
    slug: ClassVar = "period-invalid"
    title: ClassVar = "The period is empty or too long"


class DsoPerimeterMissing(Problem):
    status: ClassVar = 404
    slug: ClassVar = "dso-perimeter-missing"
    title: ClassVar = "The DSO's perimeter has not come yet"


class RuleUnknown(Problem):
    status: ClassVar = 422
    slug: ClassVar = "rule-unknown"
    title: ClassVar = "There is no such validation rule"


class SettingInvalid(Problem):
    status: ClassVar = 422
    slug: ClassVar = "setting-invalid"
    title: ClassVar = "The rule cannot be set like that"


class RecordUnknown(Problem):
    status: ClassVar = 404
    slug: ClassVar = "record-unknown"
    title: ClassVar = "There is no such quarantined record"


class RecordDecided(Problem):
    status: ClassVar = 409
    slug: ClassVar = "record-decided"
    title: ClassVar = "Somebody has decided on this record already"


class RecordNotReleasable(Problem):
    status: ClassVar = 409
    slug: ClassVar = "record-not-releasable"
    title: ClassVar = "The record cannot be taken as it is"


class ReadingInvalid(Problem):
    status: ClassVar = 422
    slug: ClassVar = "reading-invalid"
    title: ClassVar = "The reading has no place in its local day"


class PullSourceOff(Problem):
    status: ClassVar = 409
    slug: ClassVar = "pull-source-off"
    title: ClassVar = "This API of the DSO is not set up"


class PullTooLarge(Problem):
    status: ClassVar = 409
    slug: ClassVar = "pull-too-large"
    title: ClassVar = "Too many calls at once"
