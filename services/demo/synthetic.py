"""A co-op of any size for benchmarks: perimeters and R63 files, the same bytes every time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from libs.common.calendar import PARIS, Month, step_starts
from services.demo.keys import ApiRequest, key_requests

# PRMs are 99, six digits of the operation and six of the point.
_OPERATION_MARK = b"@@@@@@"
_HEADER = (
    "Identifiant PRM;Date de début;Date de fin;Grandeur physique;Grandeur métier;Etape métier;"
    "Unité;Horodate;Valeur;Nature;Pas;Indice de vraisemblance;Etat complémentaire"
)
# Sellers pay VAT, so they have these numbers; invented, with correct check digits.
_SELLERS = (
    {"siren": "996000014", "vat_number": "FR26996000014"},
    {"siren": "996000022", "vat_number": "FR50996000022"},
    {"siren": "996000030", "vat_number": "FR74996000030"},
)
_MEMBER = {"email": None, "siren": None, "vat_number": None, "language": "fr"}
_POINT = {
    "label": "Point of the benchmark",
    "subscribed_power_va": None,
    "installed_power_w": None,
    "production_kind": None,
}
_PROFILE = {
    "legal_form": "SAS",
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
    "vat_regime": "standard",
    "means_of_payment": "virement",
    "complaints_contact": "banc@example.org",
}
_ACCISE = {
    "regime": "exempt",
    "legal_basis": "CIBS art. L312-87",
    "evidence": "Rescrit fictif",
    "categories": {},
}
_PRICE = {
    "producer": None,
    "consumer": None,
    "group": None,
    "hour_class": None,
    "price_eur_per_kwh": "0.1250",
    "vat_rate": "0.20",
    "vat_mention": None,
    "index": None,
    "valid_to": None,
}
_PRICE_LIST = {
    "groups": [],
    "hour_classes": [],
    "indexes": [],
    "fees": [],
    "discounts": [],
    "unknown_hours": "refuse",
}


@dataclass(frozen=True)
class Synthetic:
    """Each operation has up to three plants; all operations have the same curves."""

    operations: int
    points: int
    days: int
    step_min: int
    month: str = "2026-10"

    @property
    def reading_count(self) -> int:
        return self.operations * self.points * len(self._ends)

    def operation_id(self, number: int) -> str:
        return f"ACC{number:08}"

    def prm(self, number: int, point: int) -> str:
        """Return the PRM of a point of this operation; the first points are its plants."""
        return f"99{number:06}{point:06}"

    def member_id(self, point: int) -> UUID:
        """Return the member who has the points of this number, one in each operation."""
        return _uuid(f"member {point}")

    def setup_requests(self) -> Iterator[ApiRequest]:
        """Yield method, path and body of what must be known before the files come."""
        organiser_id = _uuid("organiser")
        body: Any = {"name": "Organiser of the benchmark", "address": "1 rue du Banc\n99000 Essai"}
        yield "PUT", f"/community/organisers/{organiser_id}", body
        for point in range(self.points):
            body = {"name": f"Member {point:06}", "address": f"{point} rue du Banc\n99000 Essai"}
            body |= _MEMBER | {"delivery_address": None}
            sells = point < self.plants
            body |= {"kind": "company", **_SELLERS[point]} if sells else {"kind": "household"}
            yield "PUT", f"/community/members/{self.member_id(point)}", body
            if sells:
                profile = _PROFILE | {"valid_from": str(Month.parse(self.month).first_day)}
                yield "PUT", f"/billing/issuers/{self.member_id(point)}/profile", profile
        for number in range(self.operations):
            yield from self._operation_requests(number, organiser_id)

    def file(self, number: int) -> bytes:
        """Return an operation's month as an R63 CSV file: C5 meters, end stamps in local time."""
        return self._template.replace(_OPERATION_MARK, f"{number:06}".encode())

    def _operation_requests(self, number: int, organiser_id: UUID) -> Iterator[ApiRequest]:
        operation_id = self.operation_id(number)
        first_day = str(Month.parse(self.month).first_day)
        last = str(Month.parse(self.month).days[self.days - 1] + timedelta(days=1))
        path = f"/community/operations/{operation_id}"
        yield (
            "PUT",
            path,
            {
                "name": f"Operation {number}",
                "organiser_id": str(organiser_id),
                "step_min": self.step_min,
                "valid_from": first_day,
                "step_changes": [],
            },
        )
        prms = [self.prm(number, point) for point in range(self.points)]
        for prm in prms:
            yield "PUT", f"/community/points/{prm}", _POINT
        participations = [
            {
                "prm": prm,
                "direction": "production" if point < self.plants else "consumption",
                "member_id": str(self.member_id(point)),
                "valid_from": first_day,
                "valid_to": last,
            }
            for point, prm in enumerate(prms)
        ]
        yield "PUT", f"{path}/participations", participations
        begin = Month.parse(self.month).first_day
        yield from key_requests(operation_id, begin, {"type": "default_dynamic"})
        prices = _PRICE_LIST | {"entries": [_PRICE | {"valid_from": first_day}]}
        yield "PUT", f"/billing/operations/{operation_id}/prices", prices
        accise = _ACCISE | {"valid_from": first_day}
        yield "PUT", f"/billing/operations/{operation_id}/accise-regime", accise

    @property
    def plants(self) -> int:
        return min(len(_SELLERS), self.points - 1)

    @cached_property
    def _ends(self) -> list[datetime]:
        days = Month.parse(self.month).days[: self.days]
        step = timedelta(minutes=self.step_min)
        return [
            (start + step).astimezone(PARIS)
            for day in days
            for start in step_starts(day, self.step_min)
        ]

    @cached_property
    def _template(self) -> bytes:
        lines = [_HEADER]
        for point in range(self.points):
            way = "PROD" if point < self.plants else "CONS"
            start = f"99{_OPERATION_MARK.decode()}{point:06};2026-10-01 00:00:00;"
            middle = f"2026-11-01 00:00:00;PA;{way};BRUT;W;"
            end = f";B;PT{self.step_min}M;0;0"
            lines += [
                f"{start}{middle}{stamp:%Y-%m-%d %H:%M:%S};{self.power_w(point, stamp)}{end}"
                for stamp in self._ends
            ]
        return "\n".join(lines).encode()

    def power_w(self, point: int, stamp: datetime) -> int:
        """Return a plausible value: a parabola at day for plants, a wavering load for homes."""
        minute = stamp.hour * 60 + stamp.minute
        if point < self.plants:
            return max(0, 9_000 * (point + 1) - (minute - 810) ** 2 * (point + 1) // 12)
        return 150 + (point * 37 + minute * 7 + stamp.day * 13) % 900


def _uuid(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"https://elocoop.coop/bench/{name}")
