"""Reasons why a sharing key is refused."""

from typing import ClassVar

from libs.common.errors import Problem


class KeyInvalid(Problem):
    """The key breaks a rule: shares above 1, a negative share, a point that does not take part."""

    status, slug, title = 409, "key-invalid", "The sharing key is not valid"
    example_detail = "Not a point of this operation: 99220000000199."
    example_facts: ClassVar = {"prms": ["99220000000199"]}


class KeyMalformed(KeyInvalid):
    """The same problem, when the definition cannot be parsed."""

    status = 422
    example_detail = "The schedules of a priority key are a list of objects with ranks."
    example_facts: ClassVar = {}


class KeyTypeUnsupported(Problem):
    status, slug, title = 422, "key-type-unsupported", "This type of sharing key is not supported"
    example_detail = (
        "The key type 'lottery' is none of default_dynamic, dynamic, full_dynamic, priority,"
        " static."
    )


class KeyIncomplete(Problem):
    """steps: the number of steps with production and no share."""

    status, slug, title = 409, "key-incomplete", "The sharing key says nothing of some steps"

    def __init__(self, detail: str, *, steps: int) -> None:
        super().__init__(detail, steps=steps)
        self.steps = steps


class CoefficientStepUnfit(Problem):
    status, slug, title = 409, "coefficient-step-unfit", "The steps of coefficients do not nest"
    example_detail = (
        "Coefficients of 60 minutes cannot share energies of 30 minutes, unless they are the"
        " same in all parts of each."
    )
