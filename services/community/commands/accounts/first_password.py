"""Delete the file with staff's first password once that password is changed."""

from dataclasses import dataclass
from pathlib import Path

from libs.common.database import Database
from libs.common.rounds.rest import UNTIL_RUNG, Rest
from services.community.credentials import check_password
from services.community.domain.problems import TooManyLogIns
from services.community.store.accounts.accounts import list_staff

_LOOKS_AGAIN = Rest(60)


@dataclass
class FirstPassword:
    """A round. file: where ``elocoop serve`` keeps the password that it made.

    The file lies beside the database, and is copied with it. While the password opens an account of
    staff, whoever set the platform up may need it; afterwards nobody does.
    """

    file: Path
    _fits: str | None = None
    """The hash of the account that it was last seen to open."""

    async def __call__(self, database: Database) -> Rest:
        if not self.file.exists():
            return UNTIL_RUNG
        async with database.transaction() as session:
            staff = await list_staff(session)
        hashes = [account.password_hash for account in staff]
        try:
            if hashes and not await self._opens_any(hashes):
                self.file.unlink(missing_ok=True)
        except TooManyLogIns:
            pass  # people come first: this can wait
        return _LOOKS_AGAIN

    async def _opens_any(self, hashes: list[str]) -> bool:
        """Raises TooManyLogIns."""
        if self._fits in hashes:
            return True
        password = self.file.read_text()
        for password_hash in hashes:
            if await check_password(password, password_hash):
                self._fits = password_hash
                return True
        return False
