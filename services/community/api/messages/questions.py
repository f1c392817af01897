"""The route by which members ask those who run their operation."""

from fastapi import APIRouter, Request, status

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.edge.callers import OnlyMember
from libs.common.http import problems
from libs.common.ids import OperationIdField
from libs.common.settings import Settings
from services.community.access import questions as access
from services.community.api.dependencies import Session
from services.community.commands.messages import questions as commands
from services.community.domain.messages.questions import (
    AnswerAddressMissing,
    NobodyToAsk,
    TooManyQuestions,
)
from services.community.domain.problems import MemberUnknown
from services.community.schemas.messages.questions import QuestionAskedOut, QuestionIn

router = APIRouter(route_class=TokenFirstRoute)


@router.post(
    "/operations/{operation_id}/questions",
    summary="Ask the organiser",
    status_code=status.HTTP_202_ACCEPTED,
    responses=problems(MemberUnknown, AnswerAddressMissing, NobodyToAsk, TooManyQuestions),
)
async def ask_organisers(
    request: Request,
    caller: OnlyMember,
    operation_id: OperationIdField,
    body: QuestionIn,
    session: Session,
) -> QuestionAskedOut:
    """Send a question by e-mail to each account that runs the operation, else to staff.

    For past, present and future participants. The e-mail has the caller's name and address, to
    which the answer is sent; the platform keeps no thread. Each member may ask five a day. The
    question is among the messages (`GET /community/messages`) of kind `question`, and is deleted
    with them.
    """
    settings: Settings = request.app.state.settings
    member_id = await access.get_asking_member_id(session, caller, operation_id)
    answer_to = await commands.ask_organisers(
        session, member_id, operation_id, **dict(body), public_url=settings.public_url
    )
    return QuestionAskedOut(answer_to=answer_to)
