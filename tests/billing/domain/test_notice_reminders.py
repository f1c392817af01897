"""Which letters remind of a payment notice."""

from datetime import date, timedelta
from uuid import uuid4

from libs.common.ids import OperationId
from services.billing.domain.invoices.mailings import mailings_of_reminders
from services.billing.domain.payments.payment_notices import NoticeParties, PaymentNotice
from services.billing.domain.payments.reminders import Reminder

DAY = date(2026, 12, 12)


def test_a_level_is_mailed_again_on_the_day_on_which_another_document_reaches_it() -> None:
    early, late, later = uuid4(), uuid4(), DAY + timedelta(days=15)
    parties = NoticeParties(uuid4(), uuid4(), OperationId("ACC00000001"))
    notice = PaymentNotice(uuid4(), parties, "P2026-00001", DAY, [early, late])
    notices = dict.fromkeys((early, late), notice)

    def ids(*reminders: Reminder, today: date) -> set[object]:
        return {mailing.id for mailing in mailings_of_reminders(reminders, notices, today=today)}

    first = ids(Reminder(early, 1, DAY, 372), Reminder(late, 1, DAY, 372), today=DAY)
    second = ids(Reminder(late, 1, later, 372), today=later)

    assert len(first) == len(second) == 1
    assert first != second
