"""Refusals of enrolments and their steps."""

from typing import ClassVar

from libs.common.errors import Problem


class EnrolmentUnknown(Problem):
    status, slug, title = 404, "enrolment-unknown", "There is no such enrolment"
    example_detail = "The operation has no such enrolment, or it is not for you to see."


class EnrolmentElsewhere(Problem):
    status, slug, title = 409, "enrolment-elsewhere", "The id is that of another enrolment"
    example_detail = "Choose another id for an enrolment in ACC00000101."


class EnrolmentTwice(Problem):
    status, slug, title = 409, "enrolment-twice", "The point has such an enrolment already"
    example_detail = (
        "Point 99110000000101 has an enrolment from 2027-01-01 on: lead that one on, or withdraw it"
        " first."
    )
    example_facts: ClassVar = {"enrolment_id": "0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10"}


class EnrolmentFixed(Problem):
    status, slug, title = 409, "enrolment-fixed", "A signed or declared enrolment cannot change"
    example_detail = "The enrolment is declared: record each change as a step."
    example_facts: ClassVar = {"state": "declared"}


class StepOutdated(Problem):
    status, slug, title = 409, "step-outdated", "Somebody has taken a step meanwhile"
    example_detail = "The last step is number 3: look at it, and say after_step 3."
    example_facts: ClassVar = {"last_step": 3}


class StepNotNext(Problem):
    status, slug, title = 409, "step-not-next", "The step cannot be taken from here"
    example_detail = "The enrolment is active; the next step can be: leave."
    example_facts: ClassVar = {"phase": "active", "allowed": ["leave"]}


class StepDayUnfit(Problem):
    status, slug, title = 409, "step-day-unfit", "The step cannot have been taken on that day"
    example_detail = "2026-12-24 is to come: record the step on that day."


class ConditionsMissing(Problem):
    status, slug, title = 409, "conditions-missing", "Something is missing for this step"
    example_detail = "No participation agreement that is signed holds on 2026-12-01."
    example_facts: ClassVar = {
        "conditions": [
            {
                "name": "agreement-signed",
                "what": "No participation agreement that is signed holds on 2026-12-01.",
            }
        ]
    }
