"""Settings: who answers for the platform before the public, as the law requires."""

from typing import Annotated

from pydantic import Field, StringConstraints
from pydantic_settings import BaseSettings

_Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]


class LegalSettings(BaseSettings):
    """Shown by the page's legal notice verbatim (loi 2004-575 of 21 June 2004, art. 1-1)."""

    legal_publisher: _Text = Field(
        "", description="publisher: name, legal form, capital, number, address, telephone"
    )
    legal_director: _Text = Field("", description="director of publication, if there is one")
    legal_host: _Text = Field("", description="host of the machines: name, address, telephone")
    contact_email: Annotated[
        str, StringConstraints(strip_whitespace=True, pattern=r"^([^@\s]+@[^@\s]+)?$")
    ] = Field("", description="where anybody may write to the publisher")
