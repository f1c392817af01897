"""What the routes have in common: the session, and who may call."""

from typing import Annotated

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth import Forbidden, IssuerUnreachable, Principal, Role, TokenRefused, require
from libs.common.http import session_of

ACCESS = (TokenRefused, Forbidden, IssuerUnreachable)
"""The refusals of every route that needs a role."""

Session = Annotated[AsyncSession, Depends(session_of("ingest"), scope="function")]
Operator = Annotated[Principal, Depends(require(Role.OPERATOR))]
# Whoever sends a file decides what meters say, of any point: staff and the DSO's feeds only.
Sender = Annotated[Principal, Depends(require(Role.OPERATOR, Role.FEED))]
Reader = Annotated[Principal, Depends(require(Role.OPERATOR, Role.ORGANISER, Role.MEMBER))]
Organiser = Annotated[Principal, Depends(require(Role.OPERATOR, Role.ORGANISER))]
