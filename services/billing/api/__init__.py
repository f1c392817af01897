"""Billing's routes, by what they are about."""

from libs.common.edge.access_routes import access_subject
from libs.common.edge.audit_routes import audit_subject
from libs.common.edge.parked_routes import parked_subject
from libs.common.edge.today_routes import today_subject
from libs.common.openapi.subjects import Subject
from services.billing.api import gifts, thresholds
from services.billing.api.books import customer_accounts, ledger, tax_returns
from services.billing.api.both_bills import reference_offers, supplier_offers
from services.billing.api.corrections import corrections
from services.billing.api.drafts import months, price_previews, runs, unbilled
from services.billing.api.e_invoicing import customers, e_reporting, submissions
from services.billing.api.invoices import documents, invoices, mailings
from services.billing.api.invoices import months as bill_months
from services.billing.api.payments import (
    assignments,
    collections,
    creditors,
    dunning,
    mandate_requests,
    payment_notices,
    payout_statements,
    payouts,
    refunds,
    statements,
)
from services.billing.api.prices import meter_hours, prices
from services.billing.api.surplus import gift_statements, surplus, yearly_reports
from services.billing.api.taxes import accise, issuers, sellers
from services.billing.commands.today import list_waiting

SUBJECTS = (
    Subject(
        "Sellers and taxes",
        "Say who sells and invoices, under which VAT and which excise (accise).",
        [issuers.router, sellers.router, accise.router],
        page="use/taxes",
    ),
    Subject(
        "Prices",
        "Set the price list of an operation, and read what a kWh costs on a day.",
        [prices.router, price_previews.router, meter_hours.router, gifts.router],
        page="use/price-lists",
    ),
    Subject(
        "Billing runs",
        "Bill a month or a quarter: preview, draft, issue and send.",
        [runs.router, months.router, bill_months.router],
        page="use/invoices",
    ),
    Subject(
        "Invoices",
        "Read drafts and issued invoices, as data, as PDF and as Factur-X.",
        # Documents first: an invoice's path takes any last part, `….pdf` too.
        [documents.router, invoices.router, payment_notices.router],
        page="use/documents",
    ),
    Subject(
        "Corrections",
        "Credit invoices, by hand or because a settlement was revised.",
        [corrections.router, thresholds.router],
        page="use/corrections",
    ),
    Subject(
        "Direct debits",
        "Record mandates, collect unpaid invoices, pay sellers out and customers back.",
        [
            creditors.router,
            mandate_requests.router,
            collections.router,
            payouts.router,
            payout_statements.router,
            refunds.router,
        ],
        page="use/sepa",
    ),
    Subject(
        "Bank and open items",
        "Import bank statements, match them with invoices, remind and write off; who owes what.",
        [customer_accounts.router, statements.router, assignments.router, dunning.router],
        page="use/sepa",
    ),
    Subject(
        "Books",
        "Keep a seller's accounts, declare its taxes, close a year, and export its entries (FEC).",
        [ledger.router, unbilled.router, tax_returns.router],
        page="use/accounting",
    ),
    Subject(
        "E-invoicing",
        "Send invoices by platforms, and report sales to households.",
        [customers.router, submissions.router, e_reporting.router],
        page="use/e-invoicing",
    ),
    Subject(
        "Both bills",
        "Compare a member's two bills with the one that it would have without the operation.",
        [reference_offers.router, supplier_offers.router],
        page="use/both-bills",
    ),
    Subject(
        "Surplus and yearly reports",
        "Say who buys the surplus of a plant, and what an operation did in a year.",
        [surplus.router, yearly_reports.router, gift_statements.router],
        page="use/surplus",
    ),
    Subject(
        "E-mails about documents",
        "Choose what is mailed automatically, and see the status of each e-mail.",
        [mailings.router],
        page="use/documents",
    ),
    access_subject("billing"),
    today_subject("billing", list_waiting),
    parked_subject("billing"),
    audit_subject("billing"),
)
