"""Rights of callers: a route names one by the roles that have it, and gets the caller."""

from typing import Annotated

from fastapi import Depends

from libs.common.auth.principals import Principal, Role
from libs.common.auth.tokens import authenticated, require

_STAFF, _ORGANISER, _MEMBER, _FEED = Role.OPERATOR, Role.ORGANISER, Role.MEMBER, Role.FEED

AnyRole = Annotated[Principal, Depends(authenticated)]
"""Whoever has a token."""
AnyPerson = Annotated[Principal, Depends(require(_STAFF, _ORGANISER, _MEMBER))]
Staff = Annotated[Principal, Depends(require(_STAFF))]
StaffOrOrganiser = Annotated[Principal, Depends(require(_STAFF, _ORGANISER))]
StaffOrMember = Annotated[Principal, Depends(require(_STAFF, _MEMBER))]
"""For what is a member's own; of no use to an organiser who is not that member."""
StaffOrFeed = Annotated[Principal, Depends(require(_STAFF, _FEED))]
"""Staff, and the programs that hand in what comes from outside."""
StaffOrganiserOrFeed = Annotated[Principal, Depends(require(_STAFF, _ORGANISER, _FEED))]
OnlyMember = Annotated[Principal, Depends(require(_MEMBER))]
