"""Documents as people receive them: pages to read, and in an invoice's file the XML too."""

from collections.abc import Sequence

from services.billing.documents.account_sheet import account_sheet
from services.billing.documents.cii import write_cii
from services.billing.documents.facts import read_facts
from services.billing.documents.gift_sheet import gifts_sheet
from services.billing.documents.notice_sheet import notice_sheet
from services.billing.documents.payout_sheet import payout_sheet
from services.billing.documents.sheet import invoice_sheet
from services.billing.documents.statement_sheet import statements_sheet
from services.billing.documents.typesetting import typeset
from services.billing.documents.xmp import declare_facturx
from services.billing.documents.yearly_sheet import yearly_sheet
from services.billing.domain.books.account_statements import AccountStatement
from services.billing.domain.books.payout_statements import PayoutStatement
from services.billing.domain.invoices.invoices import Invoice, Party
from services.billing.domain.invoices.notice_standings import NoticeStanding
from services.billing.domain.surplus.gift_statements import GiftStatement
from services.billing.domain.surplus.seller_statements import SellerStatement
from services.billing.domain.surplus.yearly_reports import YearlyReport
from services.billing.domain.wordings import Language


def render_invoice(invoice: Invoice, language: Language) -> bytes:
    """PDF/A-3b: Factur-X once issued; a draft has a watermark, no number and no XML."""
    facts = read_facts(invoice)
    sheet = invoice_sheet(facts, language)
    if facts.is_draft:
        return typeset("invoice", sheet)
    return declare_facturx(typeset("invoice", sheet, xml=write_cii(facts)))


def render_xml(invoice: Invoice) -> bytes:
    """The XML of an issued invoice, as in its PDF."""
    return write_cii(read_facts(invoice))


def render_statements(statements: Sequence[SellerStatement], language: Language) -> bytes:
    """PDF/A-3b, one statement after the other."""
    return typeset("statements", statements_sheet(statements, language))


def render_yearly_report(report: YearlyReport, language: Language) -> bytes:
    """PDF/A-3b, with a watermark if months are missing."""
    return typeset("yearly", yearly_sheet(report, language))


def render_gifts(statements: Sequence[GiftStatement], language: Language) -> bytes:
    """PDF/A-3b, a page for each member, with a watermark if months are missing."""
    return typeset("gifts", gifts_sheet(statements, language))


def render_payout(statement: PayoutStatement, language: Language) -> bytes:
    """PDF/A-3b, with a watermark if the transfer was not made, or came back."""
    return typeset("payout", payout_sheet(statement, language))


def render_account(statement: AccountStatement, language: Language) -> bytes:
    """PDF/A-3b, of what is owed on its day."""
    return typeset("account", account_sheet(statement, language))


def render_notice(standing: NoticeStanding, customer: Party, language: Language) -> bytes:
    """PDF/A-3b, of what is left on its day."""
    return typeset("notice", notice_sheet(standing, customer, language))
