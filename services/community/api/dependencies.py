"""The dependencies that all routes share: the session."""

from typing import Annotated

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.edge.sessions import session_for

Session = Annotated[AsyncSession, session_for("community")]
