"""Refusals of requests."""

from typing import ClassVar

from libs.common.errors import Problem


class RequestUnknown(Problem):
    status, slug, title = 404, "request-unknown", "There is no such request"
    example_detail = "There is no such request, or this is not its secret."


class TooManyRequests(Problem):
    status, slug, title = 429, "too-many-requests-today", "Too many requests today"
    example_detail = "Too many have been sent today: send it again tomorrow."


class FormFull(Problem):
    status, slug, title = 429, "form-full", "The form was sent too often in this hour"
    example_detail = "Others have sent many: try again in 12 minutes."
    example_facts: ClassVar = {"retry_after_s": 720}


class StageNotNext(Problem):
    status, slug, title = 409, "stage-not-next", "The request cannot go to that stage now"
    example_detail = "A request at the stage `received` goes on to qualified or declined."
    example_facts: ClassVar = {"stage": "received"}


class ReasonMissing(Problem):
    status, slug, title = 409, "reason-missing", "Declining a request needs a reason"
    example_detail = "Give the reason, for the day when the applicant asks for it."


class AccountNotStaff(Problem):
    status, slug, title = 409, "account-not-staff", "This account cannot look after requests"
    example_detail = "Assign an account of staff (operator) that is not disabled."


class NoteChanged(Problem):
    status, slug, title = 409, "note-changed", "A note stays as it was written"
    example_detail = "Write another note under another id."


class NotAgreed(Problem):
    status, slug, title = 409, "request-not-agreed", "The request is not agreed"
    example_detail = "A request at the stage `study` becomes no operation: have it agreed first."
    example_facts: ClassVar = {"stage": "study"}


class RequestSetUp(Problem):
    status, slug, title = 409, "request-set-up", "The request is another operation already"
    example_detail = "The request became ACC00000101."
    example_facts: ClassVar = {"operation_id": "ACC00000101"}


class OperationTaken(Problem):
    status, slug, title = 409, "operation-taken", "There is such an operation already"
    example_detail = "ACC00000101 was recorded without this request: give the id of a new one."


class RequestedPlantUnknown(Problem):
    status, slug, title = 409, "plant-unknown", "The request has no such plant"
    example_detail = "The request has 1 plants: number 2 is not one."


class StudyImpossible(Problem):
    status, slug, title = 409, "study-impossible", "Nothing can be simulated for the request"
    example_detail = "The request names no plant: without production nothing is shared."
