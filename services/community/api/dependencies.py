"""What the routes have in common: the session, and who may call."""

from typing import Annotated

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth import authenticated, require
from libs.common.http import session_of
from libs.common.principals import Principal, Role

Session = Annotated[AsyncSession, Depends(session_of("community"), scope="function")]
Anybody = Annotated[Principal, Depends(authenticated)]
Operator = Annotated[Principal, Depends(require(Role.OPERATOR))]
Organiser = Annotated[Principal, Depends(require(Role.OPERATOR, Role.ORGANISER))]
Member = Annotated[Principal, Depends(require(Role.OPERATOR, Role.ORGANISER, Role.MEMBER))]
OwnOrStaff = Annotated[Principal, Depends(require(Role.OPERATOR, Role.MEMBER))]
OnlyMember = Annotated[Principal, Depends(require(Role.MEMBER))]
Sender = Annotated[Principal, Depends(require(Role.OPERATOR, Role.FEED))]
