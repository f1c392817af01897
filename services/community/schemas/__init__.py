"""The bodies of the community service's routes."""

from services.community.schemas.accounts.accounts import (
    PASSWORD_MAX_LENGTH,
    PASSWORD_MIN_LENGTH,
    AccountIn,
    AccountOut,
    JwksOut,
)
from services.community.schemas.members.registry import (
    EmailField,
    ListedParticipationIn,
    MemberIn,
    MemberOut,
    OperationIn,
    OperationOut,
    OperationPointOut,
    OrganiserIn,
    OrganiserOut,
    ParticipationIn,
    ParticipationOut,
    PerimeterOut,
    PointIn,
    PointOut,
    StepChangeBody,
)

__all__ = [
    "PASSWORD_MAX_LENGTH",
    "PASSWORD_MIN_LENGTH",
    "AccountIn",
    "AccountOut",
    "EmailField",
    "JwksOut",
    "ListedParticipationIn",
    "MemberIn",
    "MemberOut",
    "OperationIn",
    "OperationOut",
    "OperationPointOut",
    "OrganiserIn",
    "OrganiserOut",
    "ParticipationIn",
    "ParticipationOut",
    "PerimeterOut",
    "PointIn",
    "PointOut",
    "StepChangeBody",
]
