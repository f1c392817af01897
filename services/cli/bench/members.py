"""Members of a benchmark's own platform, who log in."""

from secrets import token_urlsafe
from uuid import UUID

from libs.common.database import Database
from services.community.commands.accounts.passwords import give_password
from services.demo.api import Api


async def open_account(
    staff: Api, community: Database, email: str, member_id: UUID | str
) -> tuple[Api, str]:
    """Open an account; return the member's access and password."""
    password = token_urlsafe()
    account = {
        "roles": ["member"],
        "operations": [],
        "member_id": str(member_id),
        "disabled": False,
    }
    await staff.call("PUT", f"/community/accounts/{email}", json=account)
    await give_password(community, email, password)
    return staff.as_account(email, password), password
