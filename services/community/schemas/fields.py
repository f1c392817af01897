"""Fields of several bodies: texts of several lines, and secrets."""

from typing import Annotated

from pydantic import AfterValidator, SecretStr, StringConstraints


def _encodable(secret: SecretStr) -> SecretStr:
    """JSON can name half of a surrogate pair, which cannot be hashed."""
    if any("\ud800" <= character <= "\udfff" for character in secret.get_secret_value()):
        raise ValueError("has half of a character")
    return secret


TextField = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, max_length=5000, pattern=r"^[^\x00-\x09\x0b-\x1f\x7f]*$"
    ),
]
FormTextField = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        min_length=1,
        max_length=4000,
        pattern=r"^[^\x00-\x09\x0b-\x1f\x7f]+$",
    ),
]
PlaceField = Annotated[TextField, StringConstraints(max_length=500)]
UrlField = Annotated[
    str, StringConstraints(max_length=1000, pattern=r"^https?://[!-~]+$")  # ASCII, as RFC 3986
]
SecretField = Annotated[SecretStr, AfterValidator(_encodable)]
