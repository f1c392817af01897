"""Decides who may see which messages, and the addresses that they went to."""

from libs.common.auth.principals import Principal
from services.community.domain.messages.messages import Message, MessageKind


def may_see_addresses(caller: Principal, message: Message) -> bool:
    """Whether the caller is staff or the recipient; a question is its member's, but to others."""
    if caller.is_staff:
        return True
    is_own = message.member_id is not None and caller.is_member(message.member_id)
    return is_own and message.kind != MessageKind.QUESTION
