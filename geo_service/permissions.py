"""Who may open which door: the one table.

A door that is missing here fails the tests, and no staff can open it. Roles are asked for from
this table (`offices.access.Desk`); what `whose` says is kept by the query that loads the thing.
Tests walk every role through every door, to what is theirs, another's, another office's and
missing.

    ANYONE   also who is not signed in          OWN      only one's own things; others' are 404
    PERSON   whoever is signed in               OFFICE   only things of the offices in which one
    OFFICER, CASEWORKER, LEAD, OPERATOR                  has such a role; others' are 404
"""

from geo_service.offices.access import Anybody, Door, Doors, Whose
from geo_service.offices.models import Role

ANYONE, PERSON = (Anybody.ANYONE,), (Anybody.PERSON,)
OFFICER, CASEWORKER = (Role.OFFICER,), (Role.CASEWORKER,)
LEAD, OPERATOR = (Role.DISTRICT_LEAD,), (Role.OPERATOR,)
STAFF = tuple(Role)
OWN, OFFICE = Whose.OWN, Whose.OFFICE

LISTINGS = (
    Door("GET", "/", ANYONE),
    Door("GET", "/api/v1/listings", ANYONE),
    Door("GET", "/api/v1/listings/nearby", ANYONE),
    Door("GET", "/api/v1/listings/cells", ANYONE),
    Door("GET", "/api/v1/listings/{id}", ANYONE),
    Door("GET", "/jobs/{job_id:uuid}", ANYONE),
    Door("GET", "/spaces/{space_id:uuid}", ANYONE),
)
"""What everybody may find."""

AREAS = (
    Door("GET", "/api/v1/areas", ANYONE),
    Door("GET", "/api/v1/areas/at", ANYONE),
)

ABOUT = (
    Door("GET", "/help", ANYONE),
    Door("GET", "/privacy", ANYONE),
    Door("GET", "/accessibility", ANYONE),
    Door("GET", "/text-size/{size}", ANYONE),
)

ACCOUNTS = (
    Door("GET", "/login", ANYONE),
    Door("POST", "/login", ANYONE),
    Door("GET", "/login/second", ANYONE),
    Door("POST", "/login/second", ANYONE),
    Door("POST", "/logout", ANYONE),
    Door("GET", "/signup", ANYONE),
    Door("POST", "/signup", ANYONE),
    Door("GET", "/login/code", ANYONE),
    Door("POST", "/login/code", ANYONE),
    Door("GET", "/login/code/enter", ANYONE),
    Door("POST", "/login/code/enter", ANYONE),
    Door("GET", "/login/with/{provider}", ANYONE),
    Door("GET", "/login/with/{provider}/back", ANYONE),
    Door("POST", "/login/with/{provider}", ANYONE),
    Door("GET", "/my/account", PERSON),
    Door("GET", "/my/account/profile", PERSON),
    Door("POST", "/my/account/profile", PERSON),
    Door("GET", "/my/account/home", PERSON),
    Door("POST", "/my/account/home", PERSON),
    Door("POST", "/my/account/home/forget", PERSON),
    Door("GET", "/my/account/neighbour", PERSON),
    Door("POST", "/my/account/neighbour", PERSON),
    Door("POST", "/my/account/neighbour/forget", PERSON),
    Door("GET", "/my/account/password", PERSON),
    Door("POST", "/my/account/password", PERSON),
    Door("GET", "/my/account/email", PERSON),
    Door("POST", "/my/account/email", PERSON),
    Door("GET", "/my/account/email/code", PERSON),
    Door("POST", "/my/account/email/code", PERSON),
    Door("POST", "/my/account/elsewhere/{provider}/unlink", PERSON),
    Door("POST", "/my/account/browsers/close", PERSON),
    Door("POST", "/my/account/browsers/{browser_id}/close", PERSON, OWN),
    Door("GET", "/my/account/tokens", PERSON),
    Door("POST", "/my/account/tokens", PERSON),
    Door("POST", "/my/account/tokens/{token_id}/revoke", PERSON, OWN),
    Door("GET", "/my/account/second-factor", PERSON),
    Door("POST", "/my/account/second-factor", PERSON),
    Door("POST", "/my/account/second-factor/confirm", PERSON),
    Door("POST", "/my/account/second-factor/off", PERSON),
    Door("GET", "/api/v1/me", PERSON),
    Door("PATCH", "/api/v1/me", PERSON),
    Door("GET", "/api/v1/tokens", PERSON),
    Door("POST", "/api/v1/tokens", PERSON),
    Door("DELETE", "/api/v1/tokens/{token_id}", PERSON, OWN),
)
"""In and out, and one's own account, whose path names nobody: it is that of who asks."""

OFFICES = (
    Door("GET", "/api/v1/offices", STAFF, OFFICE),
    Door("GET", "/api/v1/offices/{office_id}", STAFF, OFFICE),
    Door("PUT", "/api/v1/offices/{office_id}", (*OFFICER, *OPERATOR), OFFICE),
    Door("GET", "/api/v1/offices/{office_id}/staff", (*OFFICER, *OPERATOR), OFFICE),
    Door("DELETE", "/api/v1/offices/{office_id}/staff/{person_id}/{role}", OPERATOR, OFFICE),
    Door("GET", "/api/v1/offices/{office_id}/invitations", OPERATOR, OFFICE),
    Door("POST", "/api/v1/offices/{office_id}/invitations", OPERATOR, OFFICE),
    Door("DELETE", "/api/v1/offices/{office_id}/invitations/{invitation_id}", OPERATOR, OFFICE),
    Door("GET", "/office/settings", (*OFFICER, *OPERATOR), OFFICE),
    Door("GET", "/office/settings/{office_id:uuid}", (*OFFICER, *OPERATOR), OFFICE),
    Door("POST", "/office/settings/{office_id:uuid}", (*OFFICER, *OPERATOR), OFFICE),
    Door("GET", "/office/settings/{office_id:uuid}/staff", OPERATOR, OFFICE),
    Door("POST", "/office/settings/{office_id:uuid}/staff", OPERATOR, OFFICE),
    Door(
        "POST",
        "/office/settings/{office_id:uuid}/staff/{person_id:uuid}/{role}/dismissal",
        OPERATOR,
        OFFICE,
    ),
    Door(
        "POST",
        "/office/settings/{office_id:uuid}/invitations/{invitation_id:uuid}/withdrawal",
        OPERATOR,
        OFFICE,
    ),
    Door("GET", "/join", PERSON),
    Door("POST", "/join", PERSON),
)
"""An office and who works there: officers tell of it, operators decide who they are."""

JOBS = (
    Door("GET", "/api/v1/jobs", OFFICER, OFFICE),
    Door("POST", "/api/v1/jobs", OFFICER, OFFICE),
    Door("GET", "/api/v1/jobs/{job_id}", OFFICER, OFFICE),
    Door("PATCH", "/api/v1/jobs/{job_id}", OFFICER, OFFICE),
    Door("DELETE", "/api/v1/jobs/{job_id}", OFFICER, OFFICE),
    Door("DELETE", "/api/v1/jobs/{job_id}/removal", OFFICER, OFFICE),
    Door("POST", "/api/v1/jobs/{job_id}/copies", OFFICER, OFFICE),
    Door("PUT", "/api/v1/jobs/{job_id}/publication", OFFICER, OFFICE),
    Door("DELETE", "/api/v1/jobs/{job_id}/publication", OFFICER, OFFICE),
    Door("PUT", "/api/v1/jobs/{job_id}/closing", OFFICER, OFFICE),
    Door("DELETE", "/api/v1/jobs/{job_id}/closing", OFFICER, OFFICE),
    Door("PUT", "/api/v1/jobs/{job_id}/completion", OFFICER, OFFICE),
    Door("DELETE", "/api/v1/jobs/{job_id}/completion", OFFICER, OFFICE),
    Door("GET", "/office/jobs", OFFICER, OFFICE),
    Door("GET", "/office/jobs/new", OFFICER, OFFICE),
    Door("GET", "/office/jobs/map", OFFICER),
    Door("POST", "/office/jobs", OFFICER, OFFICE),
    Door("POST", "/office/jobs/preview", OFFICER, OFFICE),
    Door("GET", "/office/jobs/{job_id:uuid}", OFFICER, OFFICE),
    Door("GET", "/office/jobs/{job_id:uuid}/edit", OFFICER, OFFICE),
    Door("POST", "/office/jobs/{job_id:uuid}/edit", OFFICER, OFFICE),
    Door("POST", "/office/jobs/{job_id:uuid}/publish", OFFICER, OFFICE),
    Door("POST", "/office/jobs/{job_id:uuid}/unpublish", OFFICER, OFFICE),
    Door("POST", "/office/jobs/{job_id:uuid}/close", OFFICER, OFFICE),
    Door("POST", "/office/jobs/{job_id:uuid}/reopen", OFFICER, OFFICE),
    Door("POST", "/office/jobs/{job_id:uuid}/done", OFFICER, OFFICE),
    Door("POST", "/office/jobs/{job_id:uuid}/take-up-again", OFFICER, OFFICE),
    Door("POST", "/office/jobs/{job_id:uuid}/remove", OFFICER, OFFICE),
    Door("POST", "/office/jobs/{job_id:uuid}/restore", OFFICER, OFFICE),
    Door("POST", "/office/jobs/{job_id:uuid}/copy", OFFICER, OFFICE),
)
"""Jobs as their office writes them, from draft to done."""

BOOKINGS = (
    Door("GET", "/api/v1/spaces/{space_id}/free", ANYONE),
    Door("GET", "/api/v1/spaces/{space_id}/terms", ANYONE),
    Door("PUT", "/api/v1/spaces/{space_id}/terms", OFFICER, OFFICE),
    Door("GET", "/api/v1/spaces/{space_id}/slot", ANYONE),
    Door("GET", "/api/v1/bookings", PERSON),
    Door("POST", "/api/v1/bookings", PERSON),
    Door("GET", "/api/v1/bookings/{booking_id}", PERSON, OWN),
    Door("PATCH", "/api/v1/bookings/{booking_id}", PERSON, OWN),
    Door("DELETE", "/api/v1/bookings/{booking_id}", PERSON, OWN),
    Door("POST", "/api/v1/bookings/{booking_id}/confirm", PERSON, OWN),
    Door("POST", "/api/v1/bookings/{booking_id}/check-in", PERSON, OWN),
    Door("GET", "/api/v1/series", PERSON),
    Door("POST", "/api/v1/series", PERSON),
    Door("GET", "/api/v1/series/{series_id}", PERSON, OWN),
    Door("POST", "/api/v1/series/{series_id}/confirm", PERSON, OWN),
    Door("DELETE", "/api/v1/series/{series_id}", PERSON, OWN),
    Door("GET", "/api/v1/subscriptions", PERSON),
    Door("POST", "/api/v1/subscriptions", PERSON),
    Door("POST", "/api/v1/subscriptions/{booking_id}/notice", PERSON, OWN),
    Door("GET", "/api/v1/waiting", PERSON),
    Door("POST", "/api/v1/waiting", PERSON),
    Door("DELETE", "/api/v1/waiting/{waiting_id}", PERSON, OWN),
    Door("GET", "/api/v1/office/bookings", OFFICER),
    Door("GET", "/api/v1/office/requests", OFFICER),
    Door("GET", "/api/v1/office/bookings/{booking_id}", OFFICER, OFFICE),
    Door("POST", "/api/v1/office/bookings/{booking_id}/approve", OFFICER, OFFICE),
    Door("POST", "/api/v1/office/bookings/{booking_id}/decline", OFFICER, OFFICE),
    Door("POST", "/api/v1/office/bookings/{booking_id}/call-off", OFFICER, OFFICE),
    Door("POST", "/api/v1/office/bookings/{booking_id}/check-in", OFFICER, OFFICE),
    Door("POST", "/api/v1/office/bookings/{booking_id}/forgive", OFFICER, OFFICE),
)
"""Rooms and desks: free times for all, bookings for their people and for the office."""

TRUST = (
    Door("GET", "/api/v1/my/record", PERSON),
    Door("GET", "/api/v1/applications/{application_id}/record", OFFICER, OFFICE),
    Door("POST", "/api/v1/my/applications/{application_id}/review", PERSON, OWN),
    Door("POST", "/api/v1/applications/{application_id}/review", OFFICER, OFFICE),
    Door("GET", "/api/v1/offices/{office_id}/record", ANYONE),
    Door("GET", "/my/record", PERSON),
    Door("GET", "/my/record/shifts/{shift_id:uuid}", PERSON, OWN),
    Door("POST", "/my/record/shifts/{shift_id:uuid}", PERSON, OWN),
    Door("GET", "/my/reviews/{application_id:uuid}", PERSON, OWN),
    Door("POST", "/my/reviews/{application_id:uuid}", PERSON, OWN),
    Door("POST", "/my/reviews/{application_id:uuid}/reply", PERSON, OWN),
    Door("GET", "/office/reviews", OFFICER),
    Door("GET", "/office/applications/{application_id:uuid}/record", OFFICER, OFFICE),
    Door("GET", "/office/applications/{application_id:uuid}/review", OFFICER, OFFICE),
    Door("POST", "/office/applications/{application_id:uuid}/review", OFFICER, OFFICE),
    Door("POST", "/office/applications/{application_id:uuid}/review/reply", OFFICER, OFFICE),
    Door("GET", "/offices/{office_id:uuid}/record", ANYONE),
)
"""Reviews and records: of oneself, of who applied to one's office, and tallies of offices."""

MACHINE = (
    Door("GET", "/healthz", ANYONE),
    Door("GET", "/readyz", ANYONE),
    Door("GET", "/metrics", ANYONE),  # the proxy does not pass it on
)

DOORS = Doors((*LISTINGS, *AREAS, *ACCOUNTS, *OFFICES, *JOBS, *TRUST, *ABOUT, *BOOKINGS, *MACHINE))
