"""Allocation's routes, by what they are about."""

from libs.common.edge.audit_routes import audit_subject
from libs.common.edge.parked_routes import parked_subject
from libs.common.edge.today_routes import today_subject
from libs.common.openapi.subjects import Subject
from services.allocation.api import (
    accesses,
    adoptions,
    coefficient_regimes,
    coefficients,
    days,
    explanations,
    key_coefficients,
    key_previews,
    keys,
    months,
    plant_months,
    point_months,
    policies,
    producers,
    purges,
    reconciliation,
    settlements,
    shares,
    simulations,
    sunny_hours,
)
from services.allocation.api.coefficient_deposits import deposits, previews, steps
from services.allocation.commands.today import list_waiting

SUBJECTS = (
    Subject(
        "Sharing keys",
        "Choose how an operation shares its production, from a draft to the days in force.",
        [
            policies.router,
            keys.router,
            key_coefficients.router,
            key_previews.router,
            adoptions.router,
        ],
        page="use/allocation",
    ),
    Subject(
        "Shares",
        "Read who got how much of which plant, by step, day or month, and what a day lacks.",
        [days.router, shares.router, months.router],
        page="use/days",
    ),
    Subject(
        "Explanations",
        "See why a step's share is what it is.",
        [explanations.router],
        page="use/explanations",
    ),
    Subject(
        "Months of points and plants",
        "Read what one point took or gave in a month, and when the plants are likely to produce.",
        [point_months.router, plant_months.router, producers.router, sunny_hours.router],
        page="use/carbon",
    ),
    Subject(
        "Coefficients for the DSO",
        "Say when coefficients are set, make the files for the DSO, and record what was sent.",
        [
            coefficients.router,
            coefficient_regimes.router,
            deposits.router,
            previews.router,
            steps.router,
        ],
        page="use/coefficients",
    ),
    Subject(
        "Settlements",
        "Freeze the shares of a month, and verify them from their inputs.",
        [settlements.router],
        page="use/settlements",
    ),
    Subject(
        "Reconciliation",
        "Compare the DSO's own results with our shares, difference by difference.",
        [reconciliation.router],
        page="use/reconciliation",
    ),
    Subject(
        "Simulations",
        "Try other keys, members or plants on past months.",
        [simulations.router],
        page="use/simulations",
    ),
    Subject(
        "Accesses and purges",
        "See who has looked at what all members share, and which old curves were deleted.",
        [accesses.router, purges.router],
        page="run/privacy",
    ),
    today_subject("allocation", list_waiting),
    parked_subject("allocation"),
    audit_subject("allocation"),
)
