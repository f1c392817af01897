"""Forms of the things that a PUT replaces: tests fill in what they are about."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from services.cli.processes import ServiceTransport

_ACCOUNTS = {
    "customers": "411000",
    "doubtful": "416000",
    "vat": "44571",
    "intermediaries": "467000",
    "bank": "512000",
    "losses": "654000",
    "suspense": "471000",
    "sales": "701000",
    "taxes": "447000",
}
_GATHERING: Mapping[str, Any] = {
    "description": "",
    "agenda": [],
    "place": "",
    "url": None,
    "audience": "everybody",
    "capacity": None,
    "max_guests": 0,
    "reply_by": None,
    "facilitator_ids": [],
    "remind_days": None,
}
_EMPTY: Mapping[str, Mapping[str, Any]] = {
    "allocation/operations/*/policy": {
        "notice_days": 15,
        "missing_readings": "refuse",
        "settle_from": "own_shares",
        "tolerance_units": 1,
        "coefficient_decimals": 2,
        "coefficient_step_min": None,
        "least_points": None,
    },
    "allocation/operations/*/keys/*": {"valid_to": None, "poll_id": None, "title": None},
    "billing/issuers/*/profile": {
        "legal_form": None,
        "share_capital_cents": None,
        "siret": None,
        "rcs": None,
        "trade_address": None,
        "vat_on_debits": False,
        "payment_terms_days": 30,
        "invoiced_by": "issuer",
        "mandate": None,
        "company_size": None,
        "vat_returns": None,
        "sends_early": False,
    },
    "billing/operations/*/accise-regime": {"legal_basis": None, "evidence": None, "categories": {}},
    "billing/operations/*/prices": {
        "groups": [],
        "hour_classes": [],
        "indexes": [],
        "fees": [],
        "discounts": [],
        "unknown_hours": "refuse",
    },
    "billing/issuers/*/creditor": {
        "bic": None,
        "ics": None,
        "collected_by": None,
        "convention": None,
        "edition": 2019,
        "notice_days": 14,
    },
    "billing/issuers/*/books": {"accounts": {}, "fiscal_year_end_month": 12},
    "billing/customers/*/routing": {"siret": None, "service_code": None, "commitment_number": None},
    "billing/points/*/supplier-offer": {
        "includes_turpe": True,
        "includes_cta": False,
        "off_peak_hours": [],
        "off_peak_percent": None,
    },
    "billing/issuers/*/mail-policy": {
        "invoices": False,
        "reminders": False,
        "pre_notifications": False,
        "reminders_when_due": False,
        "payment_notices": False,
        "payouts": False,
    },
    "community/me/contact": {"delivery_address": None},
    "community/accounts/*": {"operations": [], "member_id": None, "disabled": False},
    "community/members/*": {
        "email": None,
        "siren": None,
        "vat_number": None,
        "language": "fr",
        "delivery_address": None,
    },
    "community/points/*": {
        "subscribed_power_va": None,
        "installed_power_w": None,
        "production_kind": None,
    },
    "community/operations/*": {"step_changes": []},
    "community/operations/*/participations/*/*": {"valid_to": None},
    "community/operations/*/participations": {"valid_to": None},
    "community/operations/*/points/*/leave-request": {"reason": None},
    "community/points/*/location": {"voltage": "low", "commune": None},
    "community/operations/*/legal-basis": {
        "zone": "mainland",
        "policy": "warn",
        "decision": None,
        "communes": [],
    },
    "community/operations/*/presentation": {
        "is_public": False,
        "takes_members": False,
        "contact_email": None,
        "commune_names": [],
        "text": None,
    },
    "community/requests/*/follow-up": {
        "assigned_to": None,
        "next_action_on": None,
        "study_id": None,
    },
    "community/operations/*/documents/*": {"member_id": None, "valid_to": None},
    "community/operations/*/convention": {
        "dso_contract_id": None,
        "signed_on": None,
        "valid_from": None,
        "valid_to": None,
        "entry_notice_working_days": 10,
        "exit_notice_working_days": 10,
        "coefficients_due_working_days": None,
        "closing_due_working_days": 15,
        "declared_by": "organiser",
    },
    "community/operations/*/polls/*": {
        "description": "",
        "options": [],
        "max_choices": 1,
        "weighting": "one_each",
        "quorum": None,
        "max_proxies": 0,
        "adopting_option": None,
        "key_id": None,
    },
    "community/gatherings/*": _GATHERING,
    "community/gatherings/*/replies/*": {"guests": 0, "shows_name": False},
    "community/gatherings/*/attendance/*": {"guests": 0},
    "community/gatherings/*/minutes/*": {"decisions": [], "after_edit": 0},
    "community/gatherings/*/materials/*": {"url": None},
    "community/operations/*/challenges/*": {
        "text": "",
        "weekdays": ["MO", "TU", "WE", "TH", "FR", "SA", "SU"],
        "baseline_weeks": 4,
        "freeze_after_days": 10,
    },
    "community/operations/*/challenges/*/entries/*": {"shown_as": None},
    "community/news/*": {"operation_id": None, "is_pinned": False},
}
_PRICES = "billing/operations/*/prices"
_TARGETED = {"consumer": None, "group": None, "valid_to": None}
_TAXED = {**_TARGETED, "vat_mention": None, "index": None}
_AGENDA_ITEM = {"minutes": None, "speaker": None}
# Forms within a form, or each in a list of it, by its route and the field.
_INNER: Mapping[tuple[str, str], Mapping[str, Any]] = {
    (_PRICES, "entries"): {**_TAXED, "producer": None, "hour_class": None},
    (_PRICES, "fees"): _TAXED,
    (_PRICES, "discounts"): {**_TARGETED, "producer": None, "percent": None, "eur_per_kwh": None},
    (_PRICES, "hour_classes"): {"windows": [], "tariff_classes": []},
    (_PRICES, "groups"): {"social": False, "consumers": [], "members": []},
    ("billing/points/*/surplus-contract", "contracts"): {
        "valid_to": None,
        "buyer": None,
        "number": None,
        "price_cents_per_kwh": None,
        "coefficient": None,
        "prices_by_month": {},
        "yearly_cap": None,
    },
    ("billing/issuers/*/books", "accounts"): _ACCOUNTS,
    ("community/operations/*/polls/*", "quorum"): {"of": "members"},
    ("community/gatherings/*", "agenda"): _AGENDA_ITEM,
    ("community/gatherings/*/minutes/*", "decisions"): {"poll_id": None},
    ("community/gathering-series/*", "first"): _GATHERING,
    ("community/gathering-series/*", "first.agenda"): _AGENDA_ITEM,
}


_PATHS = {
    route: re.compile("/" + re.escape(route).replace(r"\*", "[^/]+"))
    for route in (*_EMPTY, *(route for route, _ in _INNER))
}


def forms() -> Mapping[str, set[str]]:
    """Return, by route, the fields that are filled, of forms within it too: ``quorum.of``."""
    fields = {route: set(form) for route, form in _EMPTY.items()}
    for (route, name), form in _INNER.items():
        fields.setdefault(route, set()).update(f"{name}.{inner}" for inner in form)
    return fields


def filled(path: str, body: object) -> object:
    """Return the body of a PUT with all fields of its form; those left out are empty."""
    for route, pattern in _PATHS.items():
        if pattern.fullmatch(path):
            return _filled(route, body)
    return body


def _filled(route: str, body: object) -> object:
    if isinstance(body, list):
        return [_filled(route, element) for element in body]
    if not isinstance(body, dict):
        return body
    form: object = {**_EMPTY.get(route, {}), **body}
    for (form_route, name), fields in _INNER.items():
        if form_route == route:
            form = _with_inner(form, name.split("."), fields)
    return form


def _with_inner(thing: object, names: Sequence[str], fields: Mapping[str, Any]) -> object:
    """Return the thing with fields in what it has below these names, where it has that."""
    if isinstance(thing, list):
        return [_with_inner(element, names, fields) for element in thing]
    if not isinstance(thing, dict):
        return thing
    if not names:
        return {**fields, **thing}
    first, *others = names
    return {**thing, first: _with_inner(thing[first], others, fields)} if first in thing else thing


class FormTransport(ServiceTransport):
    """Sends forms: a PUT names each field of the thing, as whoever fills in a form does.

    A test of what is left out sends its request by ``ServiceTransport``.
    """

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "PUT" and isinstance(request.stream, httpx.ByteStream):
            self._fill_in(request)
        return await super().handle_async_request(request)

    def _fill_in(self, request: httpx.Request) -> None:
        try:
            body = json.loads(request.content)
        except (ValueError, RecursionError):
            return
        form = filled(request.url.path, body)
        if form != body:
            content = json.dumps(form).encode()
            request.stream = httpx.ByteStream(content)
            request.headers["Content-Length"] = str(len(content))
