"""Billing's routes, by what they are about."""

from libs.common.access_routes import access_subject
from libs.common.audit_routes import audit_subject
from libs.common.subjects import Subject
from services.billing.api import (
    accise,
    collections,
    corrections,
    creditors,
    customers,
    documents,
    dunning,
    e_reporting,
    invoices,
    issuers,
    ledger,
    mailings,
    mandate_requests,
    months,
    payouts,
    prices,
    reference_offers,
    runs,
    statements,
    submissions,
    supplier_offers,
    surplus,
    yearly_reports,
)

SUBJECTS = (
    Subject(
        "Sellers and taxes",
        "Say who sells and invoices, under which VAT and which excise (accise).",
        [issuers.router, accise.router],
        page="taxes",
    ),
    Subject(
        "Prices",
        "Set the price list of an operation, and read what a kWh costs on a day.",
        [prices.router],
        page="price-lists",
    ),
    Subject(
        "Billing runs",
        "Bill a month or a quarter: preview, draft, issue and send.",
        [runs.router, months.router],
        page="invoices",
    ),
    Subject(
        "Invoices",
        "Read drafts and issued invoices, as data, as PDF and as Factur-X.",
        # Documents first: an invoice's path takes any last part, `….pdf` too.
        [documents.router, invoices.router],
        page="documents",
    ),
    Subject(
        "Corrections",
        "Credit invoices, by hand or because a settlement was revised.",
        [corrections.router],
        page="corrections",
    ),
    Subject(
        "Direct debits",
        "Record mandates, collect unpaid invoices, and pay out what was collected for others.",
        [creditors.router, mandate_requests.router, collections.router, payouts.router],
        page="sepa",
    ),
    Subject(
        "Bank and open items",
        "Import bank statements, match them with invoices, remind and write off.",
        [statements.router, dunning.router],
        page="sepa",
    ),
    Subject(
        "Books",
        "Keep a seller's accounts, close a year, and export its entries (FEC).",
        [ledger.router],
        page="accounting",
    ),
    Subject(
        "E-invoicing",
        "Send invoices by platforms, and report sales to households.",
        [customers.router, submissions.router, e_reporting.router],
        page="e-invoicing",
    ),
    Subject(
        "Both bills",
        "Compare a member's two bills with the one that it would have without the operation.",
        [reference_offers.router, supplier_offers.router],
        page="both-bills",
    ),
    Subject(
        "Surplus and yearly reports",
        "Say who buys the surplus of a plant, and what an operation did in a year.",
        [surplus.router, yearly_reports.router],
        page="surplus",
    ),
    Subject(
        "E-mails about documents",
        "Choose what is mailed automatically, and see the status of each e-mail.",
        [mailings.router],
        page="documents",
    ),
    access_subject("billing"),
    audit_subject("billing"),
)
