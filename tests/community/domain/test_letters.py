import re
from dataclasses import astuple, replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from string import Formatter
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.events.billing import MessageAsked
from services.community.domain.letters.access import ACCESS_TEMPLATES
from services.community.domain.letters.accounts import ACCOUNT_TEMPLATES
from services.community.domain.letters.billing import BILLING_TEMPLATES, write_billing_letter
from services.community.domain.letters.billing_of_several import BILLING_TEMPLATES_OF_SEVERAL
from services.community.domain.letters.desk import DESK_TEMPLATES
from services.community.domain.letters.erasure import ERASURE_TEMPLATES
from services.community.domain.letters.gatherings import GATHERING_TEMPLATES
from services.community.domain.letters.notifications import NOTIFICATION_TEMPLATES
from services.community.domain.letters.points import POINT_TEMPLATES
from services.community.domain.letters.requests import REQUEST_TEMPLATES
from services.community.domain.letters.sign_ups import SIGN_UP_TEMPLATES
from services.community.domain.letters.templates import Template, fill, one_line
from services.community.domain.messages.messages import (
    TRIED_FOR,
    Language,
    MessageDocument,
    MessageFacts,
    MessageKind,
    next_attempt,
)
from services.community.domain.messages.notifications import NotificationKind

FACTS = MessageFacts(
    number="F2026-00001",
    issue_date=date(2026, 11, 5),
    due_date=date(2026, 12, 5),
    total_cents=123_456,
    issuer_name="Soleils d’Aurelle",
    operation_name="Pousse-Soleil",
    contact="soleils@example.org",
    open_cents=108,
    level=2,
    collection_date=date(2026, 11, 20),
    creditor_name="Les Volts",
    iban="FR14••••606",
    rum="ELO-0001",
    ics="FR72ZZZ123456",
    url="https://elocoop.example.org/billing/invoices/1",
)
# of all subjects
TEMPLATES = {
    **BILLING_TEMPLATES_OF_SEVERAL,
    **BILLING_TEMPLATES,
    **ACCESS_TEMPLATES,
    **ACCOUNT_TEMPLATES,
    **GATHERING_TEMPLATES,
    **DESK_TEMPLATES,
    **ERASURE_TEMPLATES,
    **POINT_TEMPLATES,
    **REQUEST_TEMPLATES,
    **SIGN_UP_TEMPLATES,
}
FRENCH = [
    *(template for (_, language), template in TEMPLATES.items() if language == "fr"),
    *(
        template
        for (_, language), template in BILLING_TEMPLATES_OF_SEVERAL.items()
        if language == "fr"
    ),
    *(template for (_, language), template in NOTIFICATION_TEMPLATES.items() if language == "fr"),
]


def test_an_invoice_is_told_in_french() -> None:
    letter = write_billing_letter(MessageKind.INVOICE, FACTS, "fr", member_name="Lucie Brindille")

    assert letter.subject == "Facture F2026-00001, Soleils d’Aurelle"
    assert letter.body.startswith(
        "Bonjour Lucie Brindille,\n\nLa facture F2026-00001 du 05/11/2026"
    )
    assert "Montant\u00a0: 1\u202f234,56\u00a0€\n" in letter.body
    assert "À payer au plus tard le\u00a0: 05/12/2026\n" in letter.body
    assert f"Chaque ligne expliquée\u00a0: {FACTS.url}\n" in letter.body


def test_a_reminder_is_told_in_english() -> None:
    letter = write_billing_letter(MessageKind.REMINDER, FACTS, "en", member_name="Lucie Brindille")

    assert letter.subject == "Reminder 2: invoice F2026-00001 from Soleils d’Aurelle"
    assert "Still to pay: 1.08\u00a0EUR\n" in letter.body
    assert "invoice F2026-00001 of 2026-11-05" in letter.body


def test_a_direct_debit_is_told_with_its_day_amount_and_mandate() -> None:
    letter = write_billing_letter(
        MessageKind.PRE_NOTIFICATION, FACTS, "fr", member_name="Lucie Brindille"
    )

    assert letter.subject == "Prélèvement du 20/11/2026\u00a0: facture F2026-00001"
    for texts in (
        "1,08\u00a0€",
        "20/11/2026",
        "FR14••••606",
        "ELO-0001",
        "Les Volts",
        "FR72ZZZ123456",
    ):
        assert texts in letter.body


def test_a_notice_of_one_debit_of_several_documents_has_a_line_for_each() -> None:
    documents = [
        MessageDocument("F2026-00001", "Soleils SAS", 372),
        MessageDocument("F2026-00001", "Les {Volts}\nBcc: a@b", 1_000),
    ]

    letter = write_billing_letter(
        MessageKind.PRE_NOTIFICATION,
        replace(FACTS, documents=documents),
        "fr",
        member_name="Lucie Brindille",
    )

    assert "- F2026-00001 de Soleils SAS : 3,72 €" in letter.body.replace("\u00a0", " ")
    assert "de Les {Volts} Bcc: a@b : 10,00 €" in letter.body.replace("\u00a0", " ")
    assert "{documents}" not in letter.body


@pytest.mark.parametrize("documents", [(), (MessageDocument("F2026-00001", "Soleils", 372),)])
def test_a_sum_too_small_to_be_debited_has_no_day_in_its_letter(
    documents: tuple[MessageDocument, ...],
) -> None:
    kind = MessageKind.PAYMENT_NOTICE if documents else MessageKind.INVOICE
    facts = replace(
        FACTS,
        documents=documents,
        due_date=None,
        least_debit_cents=500,
        debited_alone_from=date(2027, 12, 5),
    )

    letter = write_billing_letter(kind, facts, "fr", member_name="Lucie Brindille")

    assert (
        "Vous n’avez rien à faire : moins de 5,00 € ne sont pas prélevés seuls.\n"
        "Cette somme sera prélevée avec une autre, ou seule à partir du 05/12/2027.\n"
    ) in letter.body.replace("\u00a0", " ")
    assert "au plus t" not in letter.body


def test_a_letter_about_several_parts_what_is_late_from_what_is_not() -> None:
    documents = [
        MessageDocument("F2026-00001", "Soleils", 372, late_since=date(2026, 12, 5)),
        MessageDocument("F2026-00002", "Les Volts", 100, due_date=date(2026, 12, 27)),
        MessageDocument("F2026-00003", "Le Moulin", 0, elsewhere_cents=250),
        MessageDocument("A2026-00001", "Soleils", 0, takes_back="F2026-00009", credited_cents=50),
    ]
    facts = replace(
        FACTS, documents=documents, overdue_cents=372, settled_cents=640, announced_cents=90
    )

    letter = write_billing_letter(MessageKind.REMINDER, facts, "fr", member_name="Lucie")

    lines = letter.body.replace("\u00a0", " ").splitlines()
    for line in (
        "- F2026-00001 de Soleils : 3,72 €, en retard depuis le 05/12/2026",
        "- F2026-00002 de Les Volts : 1,00 €, à payer d’ici au 27/12/2026",
        "- F2026-00003 de Le Moulin : 2,50 €, à régler à part",
        "- A2026-00001 de Soleils, avoir sur F2026-00009 : 0,50 €",
        "Déjà payé ou déduit : 6,40 €",
        "Déjà en cours de prélèvement : 0,90 €",
        "Dont en retard : 3,72 €",
    ):
        assert line in lines


def test_a_line_about_what_is_not_known_is_left_out() -> None:
    facts = replace(FACTS, due_date=None, contact=None, ics=None)

    letter = write_billing_letter(MessageKind.INVOICE, facts, "fr", member_name="Lucie Brindille")

    debit = write_billing_letter(MessageKind.PRE_NOTIFICATION, facts, "fr", member_name="Lucie")

    assert "ICS" not in debit.body  # asked for by a version that did not tell it
    assert "plus tard" not in letter.body
    assert "question" not in letter.body


@pytest.mark.parametrize("template", FRENCH)
def test_no_line_of_a_french_letter_begins_with_a_sign(template: Template) -> None:
    facts = {name: "« Oui ! »" for text in astuple(template) for name in _names(text)}

    letter = fill(template, facts, "fr")

    assert not re.search(r" [:;!?»%€]|« ", letter.subject + letter.body)


def test_every_kind_has_words_in_every_language() -> None:
    asked = get_args(MessageAsked.model_fields["kind"].annotation)
    languages = get_args(Language)

    # A notification is told in its own words, and a digest in those of many.
    kinds = set(MessageKind) - {MessageKind.NOTIFICATION, MessageKind.DIGEST}
    assert TEMPLATES.keys() == set(product(kinds, languages))
    kinds_and_languages = BILLING_TEMPLATES.keys() | BILLING_TEMPLATES_OF_SEVERAL.keys()
    assert kinds_and_languages == set(product(map(MessageKind, asked), languages))
    assert NOTIFICATION_TEMPLATES.keys() == set(product(NotificationKind, languages))


@pytest.mark.parametrize(("kind", "language"), BILLING_TEMPLATES)
def test_a_document_is_told_with_its_number(kind: MessageKind, language: Language) -> None:
    letter = write_billing_letter(kind, FACTS, language, member_name="Lucie Brindille")

    assert "F2026-00001" in letter.subject
    assert "{" not in letter.subject + letter.body
    assert letter.body.endswith("\n")


@given(st.text(max_size=100), st.text(max_size=100))
def test_texts_of_others_add_neither_lines_nor_headers(name: str, seller: str) -> None:
    plain = write_billing_letter(MessageKind.INVOICE, FACTS, "fr", member_name="x")

    letter = write_billing_letter(
        MessageKind.INVOICE, replace(FACTS, issuer_name=seller), "fr", member_name=name
    )

    assert len((letter.subject + "x").splitlines()) == 1
    assert len(letter.body.splitlines()) == len(plain.body.splitlines())


def test_a_text_in_braces_is_a_text() -> None:
    letter = write_billing_letter(MessageKind.INVOICE, FACTS, "en", member_name="{iban} {0} {x.y}")

    assert letter.body.startswith("Hello {iban} {0} {x.y},\n")


def test_an_instant_is_told_in_the_time_of_paris() -> None:
    at = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)

    subjects = {
        language: fill(Template("{at}", "{at}"), {"at": at}, language).subject
        for language in get_args(Language)
    }

    assert subjects == {"fr": "01/12/2026 à 00:30", "en": "2026-12-01 at 00:30"}


def test_invisible_characters_are_no_part_of_a_line() -> None:
    assert (
        one_line(" Lucie\r\nBcc: all@example.org\u202e\u2028\x00 ") == "Lucie Bcc: all@example.org"
    )


def test_what_is_not_taken_is_tried_again_for_five_days_ever_less_often() -> None:
    queued_at = now = datetime(2026, 11, 5, 9, tzinfo=UTC)
    expires_at = queued_at + TRIED_FOR
    pauses = []

    for attempts in range(1, 1000):
        due_at = next_attempt(attempts=attempts, now=now, expires_at=expires_at)
        if due_at is None:
            break
        pauses.append(due_at - now)
        now = due_at

    assert pauses[0] == timedelta(minutes=1)
    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(hours=1)
    assert timedelta(days=4, hours=23) <= now - queued_at <= TRIED_FOR


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
