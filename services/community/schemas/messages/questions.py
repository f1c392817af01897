"""Bodies of the route by which members ask those who run their operation."""

import re
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from libs.common.http import BodyIn, BodyOut
from services.community.schemas.fields import FormTextField

_PRM = re.compile(r"[0-9]{14}")


def _check_no_prm(place: str) -> str:
    if _PRM.search(place):
        message = "a PRM has no place in an address"
        raise ValueError(message)
    return place


QuestionField = Annotated[FormTextField, StringConstraints(max_length=2000)]
PagePathField = Annotated[
    str,
    StringConstraints(max_length=200, pattern=r"^/[A-Za-z0-9/._~?=&-]*$"),
    AfterValidator(_check_no_prm),
]
"""An address of the page, below PUBLIC_URL: no fragment, because fragments carry secrets."""


class QuestionIn(BodyIn):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "text": "Why is this invoice higher than the last one?",
                    "about": "/invoices/0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10",
                }
            ]
        }
    )

    text: QuestionField = Field(description="lines may be separated by \\n; the e-mail joins them")
    about: PagePathField | None = Field(
        None, description="the page that was open: its path, without a PRM or what follows `#`"
    )


class QuestionAskedOut(BodyOut):
    answer_to: str = Field(
        description="the address for the answer", examples=["lucie.brindille@example.org"]
    )
