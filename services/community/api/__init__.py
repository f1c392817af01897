"""The routes of the community service, by what they are about."""

from libs.common.edge.access_routes import access_subject
from libs.common.edge.audit_routes import audit_subject
from libs.common.edge.parked_routes import parked_subject
from libs.common.edge.today_routes import today_subject
from libs.common.openapi.subjects import Subject
from services.community.api import calendars, capital, challenges
from services.community.api.accounts import (
    accounts,
    browser_session,
    feeds,
    invitations,
    issuer,
    log_in_links,
    log_in_options,
    me,
    one_time_codes,
    passwords,
    sessions,
    step_ups,
    tokens,
)
from services.community.api.desk import conventions, deadlines, documents
from services.community.api.enrolments import declarations, enrolments, leave_requests
from services.community.api.feasibility import feasibility, places
from services.community.api.gatherings import gatherings, materials, records, replies, series
from services.community.api.members import (
    member_lists,
    members,
    operations,
    organisers,
    perimeter_files,
    points,
    profiles,
)
from services.community.api.messages import messages, news, notifications, questions
from services.community.api.polls import ballots, polls
from services.community.api.privacy import consents, erasure, own_data
from services.community.api.requests import presentations, request_form, requests, sign_ups
from services.community.commands.today import list_waiting

SUBJECTS = (
    Subject(
        "Log in",
        "Get a token, renew it, and log out, as a program or in a browser.",
        [
            tokens.router,
            browser_session.router,
            issuer.router,
            sessions.router,
            log_in_options.router,
            log_in_links.router,
        ],
        page="run/access",
    ),
    Subject(
        "My account",
        "See who I am, and change my password, authenticator, profile and address.",
        [
            me.router,
            step_ups.router,
            passwords.router,
            one_time_codes.router,
            profiles.router,
        ],
        page="run/access",
    ),
    Subject(
        "Accounts and invitations",
        "Let people and the DSO's feeds in, and take their rights away.",
        [accounts.router, invitations.router, feeds.router],
        page="run/access",
    ),
    Subject(
        "Members",
        "Keep the register of members.",
        [members.router, member_lists.router],
        page="use/members",
    ),
    Subject(
        "Consents and erasure",
        "Record what members agree to, give them their data, and erase them.",
        [consents.router, own_data.router, erasure.router, erasure.requests_router],
        page="run/privacy",
    ),
    Subject(
        "Operations and points",
        "Keep operations, organisers, points and participations.",
        [
            organisers.router,
            points.router,
            operations.router,
            perimeter_files.router,
            leave_requests.router,
            questions.router,
        ],
        page="use/members",
    ),
    Subject(
        "Places and legal bases",
        "Say where points are, and whether they may share.",
        [feasibility.router, places.router],
        page="use/feasibility",
    ),
    Subject(
        "Public pages",
        "Set and show the public presentation of an operation.",
        [presentations.desk, presentations.public],
        page="use/requests",
    ),
    Subject(
        "Requests",
        "Ask for help to set up an operation, and answer the requests.",
        [request_form.router, requests.router],
        page="use/requests",
    ),
    Subject(
        "Sign-ups",
        "Ask to take part in an operation, and answer the sign-ups.",
        [sign_ups.form, sign_ups.desk],
        page="use/requests",
    ),
    Subject(
        "The organiser's desk",
        "Enrol members, have documents signed, declare to the DSO, and see what is due.",
        [
            deadlines.router,
            enrolments.router,
            documents.router,
            conventions.router,
            declarations.router,
        ],
        page="use/desk",
    ),
    Subject(
        "Co-operative shares",
        "Keep the register of capital, and certify who holds what.",
        [capital.router],
        page="use/capital",
    ),
    Subject(
        "Polls",
        "Ask members a question, vote, and count again.",
        [polls.router, ballots.router],
        page="use/polls",
    ),
    Subject(
        "Gatherings",
        "Announce meetings, take replies, keep minutes, and subscribe to a calendar.",
        [
            gatherings.router,
            replies.router,
            records.router,
            materials.router,
            series.router,
            calendars.router,
        ],
        page="use/gatherings",
    ),
    Subject(
        "Challenges",
        "Have members compete to use more of the local energy.",
        [challenges.router],
        page="use/challenges",
    ),
    Subject(
        "News and messages",
        "Publish news, notify members, and see the outcome of each e-mail.",
        [news.router, notifications.router, messages.router],
        page="use/notifications",
    ),
    access_subject("community"),
    today_subject("community", list_waiting),
    parked_subject("community"),
    audit_subject("community"),
)
