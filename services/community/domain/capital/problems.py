"""Refusals by the register of co-operative shares."""

from typing import ClassVar

from libs.common.errors import Problem


class CapitalMovementUnknown(Problem):
    status, slug, title = 404, "capital-movement-unknown", "The register has no such movement"
    example_detail = "The register has no movement 0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10."


class CapitalMovementUnfit(Problem):
    status, slug, title = 409, "capital-movement-unfit", "The movement contradicts itself"
    example_detail = "A subscription names the receiver of the shares, and no giver."


class CapitalMovementChanged(Problem):
    status, slug, title = 409, "capital-movement-changed", "The register's entries stay"
    example_detail = "Cancel the movement, and record another one."


class CapitalDayToCome(Problem):
    status, slug, title = 409, "capital-day-to-come", "The register has no entries for future days"
    example_detail = "2026-12-01 is in the future: give today or an earlier day."


class CapitalSharesMissing(Problem):
    status, slug = 409, "capital-shares-missing"
    title = "A member would hold a negative number of shares"
    example_detail = "On 2026-11-02 the member would hold -3 shares."
    example_facts: ClassVar = {
        "member_id": "5b6df807-d41e-5251-a808-b67bac9773b2",
        "day": "2026-11-02",
        "capital_shares": -3,
    }


class CapitalHolderErased(Problem):
    status, slug, title = 409, "capital-holder-erased", "A member of the movement was erased"
    example_detail = "An erased member can hold no shares: record another movement."


class NominalDiffers(Problem):
    status, slug, title = 409, "nominal-differs", "The shares have another nominal value"
    example_detail = "All shares of the co-operative have a nominal value of 2000 cents."
    example_facts: ClassVar = {"nominal_cents": 2000}


class NoCapitalShares(Problem):
    status, slug, title = 404, "no-capital-shares", "The member holds no shares"
    example_detail = "The member held no shares of this co-operative on 2026-11-02."
