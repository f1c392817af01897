"""What a caller may do, as the claims of the token say it."""

from uuid import uuid4

import pytest

from libs.common.auth.principals import Forbidden, Principal, Role
from libs.common.ids import OperationId

_OPERATION = OperationId("ACC00000101")
_MEMBER_ID = uuid4()


def _caller(*roles: Role) -> Principal:
    return Principal(
        subject="somebody",
        roles=frozenset(roles),
        operations=frozenset({_OPERATION}),
        member_id=_MEMBER_ID,
    )


def test_operations_of_a_token_without_the_role_are_nobodys() -> None:
    assert _caller(Role.ORGANISER).own_operations == {_OPERATION}
    assert _caller(Role.MEMBER, Role.FEED).own_operations == frozenset()
    assert not _caller(Role.MEMBER, Role.FEED).may_run(_OPERATION)


def test_a_member_of_a_token_without_the_role_is_nobody() -> None:
    assert _caller(Role.MEMBER).own_member_id == _MEMBER_ID
    assert _caller(Role.MEMBER).is_member(_MEMBER_ID)
    assert _caller(Role.OPERATOR, Role.ORGANISER).own_member_id is None
    assert not _caller(Role.OPERATOR, Role.ORGANISER).is_member(_MEMBER_ID)


def test_whoever_acts_as_a_member_has_to_be_one() -> None:
    assert _caller(Role.MEMBER).get_own_member_id() == _MEMBER_ID
    with pytest.raises(Forbidden):
        _caller(Role.OPERATOR, Role.ORGANISER).get_own_member_id()


def test_staff_run_any_operation() -> None:
    assert _caller(Role.OPERATOR).may_run(OperationId("ACC99999999"))
    assert not _caller(Role.ORGANISER).may_run(OperationId("ACC99999999"))


def test_who_runs_all_runs_each_of_them() -> None:
    others = OperationId("ACC99999999")

    assert _caller(Role.OPERATOR).runs_all([_OPERATION, others])
    assert _caller(Role.ORGANISER).runs_all([_OPERATION])
    assert not _caller(Role.ORGANISER).runs_all([_OPERATION, others])
    assert not _caller(Role.MEMBER).runs_all([_OPERATION])
