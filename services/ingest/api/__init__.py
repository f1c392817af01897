"""Ingest's routes, by what they are about."""

from libs.common.edge.audit_routes import audit_subject
from libs.common.edge.parked_routes import parked_subject
from libs.common.edge.today_routes import today_subject
from libs.common.openapi.subjects import Subject
from services.ingest.api import (
    accesses,
    completeness,
    deliveries,
    dso_results,
    energies,
    estimation_policies,
    estimations,
    months,
    operations,
    points,
    pulls,
    purges,
    quarantine,
    re_requests,
    sequences,
    validation,
)
from services.ingest.commands.today import list_waiting

SUBJECTS = (
    Subject(
        "Deliveries",
        "Push the DSO's files and follow the outcome of each record.",
        [deliveries.router, sequences.router],
        page="use/deliveries",
    ),
    Subject(
        "Load curves",
        "Read what a point's meter measured, how it was corrected, and who has looked at it.",
        [points.router, energies.router, accesses.router],
        page="use/readings",
    ),
    Subject(
        "Completeness",
        "See which readings of a month are missing, ask for them again, or fill gaps.",
        [
            completeness.router,
            months.router,
            re_requests.router,
            estimations.router,
            estimation_policies.router,
            operations.router,
        ],
        page="use/completeness",
    ),
    Subject(
        "Pulls",
        "Ask the DSO's APIs for readings and results.",
        [pulls.router],
        page="use/pulling",
    ),
    Subject(
        "DSO results",
        "See what has come of the DSO's own split, and where its perimeter differs from ours.",
        [dso_results.router],
        page="use/acc-api",
    ),
    Subject(
        "Validation and quarantine",
        "Set the rules that readings are checked by, and decide about records that were kept out.",
        [quarantine.router, validation.router],
        page="use/quarantine",
    ),
    Subject(
        "Purges",
        "See which old curves were deleted, and delete again today.",
        [purges.router],
        page="run/privacy",
    ),
    today_subject("ingest", list_waiting),
    parked_subject("ingest"),
    audit_subject("ingest"),
)
