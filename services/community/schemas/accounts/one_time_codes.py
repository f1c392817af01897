"""Bodies of the routes for one-time codes."""

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from libs.common.http import BodyIn, BodyOut

_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - an example
CodeField = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9-]{6,40}$"),
    Field(description="six digits of the app, or a recovery code", examples=["492039"]),
]


class AppOut(BodyOut):
    """The authenticator app's set-up data, shown now and never again."""

    secret: str = Field(description="base32, to be typed", examples=[_SECRET])
    uri: str = Field(
        description="to be shown as a QR code",
        examples=[f"otpauth://totp/Elocoop:lucie%40example.org?secret={_SECRET}&issuer=Elocoop"],
    )


class CodeIn(BodyIn):
    model_config = ConfigDict(json_schema_extra={"examples": [{"code": "492039"}]})

    code: CodeField


class RecoveryCodesOut(BodyOut):
    """Each works once, in place of a code of the app; shown now and never again."""

    recovery_codes: list[str] = Field(examples=[["MFRGGZDFMZTWQ2LK"]])
