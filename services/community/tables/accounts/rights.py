"""The columns of rights, which accounts have and invitations offer."""

from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.auth.principals import Rights, Role
from libs.common.ids import OperationId


class RightsColumns:
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text))
    operations: Mapped[list[str]] = mapped_column(ARRAY(Text))
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"))

    @property
    def rights(self) -> Rights:
        return Rights(
            roles=frozenset(map(Role, self.roles)),
            operations=frozenset(map(OperationId, self.operations)),
            member_id=self.member_id,
        )

    @rights.setter
    def rights(self, rights: Rights) -> None:
        self.roles, self.operations = sorted(rights.roles), sorted(rights.operations)
        self.member_id = rights.member_id

    @classmethod
    def includes(cls, rights: Rights) -> ColumnElement[bool]:
        """Select the rows that have these roles and operations, and perhaps others."""
        has_roles = cls.roles.contains(sorted(rights.roles))
        if not rights.operations:
            return has_roles
        return has_roles & cls.operations.contains(sorted(rights.operations))
