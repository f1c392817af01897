"""What the service refuses, beyond malformed requests and missing rights."""

from libs.common.errors import Problem


class OrganiserUnknown(Problem):
    status, slug, title = 404, "organiser-unknown", "No such organiser"


class MemberUnknown(Problem):
    status, slug, title = 404, "member-unknown", "No such member"


class PointUnknown(Problem):
    status, slug, title = 404, "point-unknown", "No such point"


class OperationUnknown(Problem):
    status, slug, title = 404, "operation-unknown", "No such operation"


class ValidityEmpty(Problem):
    status, slug, title = 409, "validity-empty", "A participation must end after it begins"


class ParticipationRepeated(Problem):
    status, slug, title = 409, "participation-repeated", "A participation is given twice"


class ParticipationUnknown(Problem):
    status, slug, title = 404, "participation-unknown", "No such participation"


class ParticipationAmbiguous(Problem):
    status, slug, title = 409, "participation-ambiguous", "Two participations begin on that day"


class ParticipationOverlap(Problem):
    status, slug, title = 409, "participation-overlap", "A point takes part once at a time"


class CredentialsRefused(Problem):
    status, slug, title = 401, "credentials-refused", "E-mail or password is wrong"


class TooManyLogIns(Problem):
    status, slug, title = 429, "too-many-log-ins", "Too many log-ins at once"


class LoginElsewhere(Problem):
    status, slug, title = 409, "login-elsewhere", "Another issuer gives the tokens"


class PointBusy(Problem):
    status, slug, title = 409, "point-busy", "The point is being changed by somebody else"


class ConsentUnknown(Problem):
    status, slug, title = 404, "consent-unknown", "No such consent"


class ConsentEmpty(Problem):
    status, slug, title = 409, "consent-empty", "A consent must end after it begins"


class ConsentTooLong(Problem):
    status, slug, title = 409, "consent-too-long", "A consent holds for three years at most"


class ConsentChanged(Problem):
    status, slug, title = 409, "consent-changed", "What was recorded of a consent stays"


class ProofMissing(Problem):
    status, slug, title = 409, "proof-missing", "A consent recorded for somebody needs a proof"


class PointNotTheirs(Problem):
    status, slug, title = 409, "point-not-theirs", "The point is not one of the member"
