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
    Door("GET", "/office/jobs/template.xlsx", OFFICER),
    Door("GET", "/office/jobs/template.csv", OFFICER),
    Door("GET", "/office/import", OFFICER, OFFICE),
    Door("POST", "/office/import", OFFICER, OFFICE),
    Door("GET", "/office/import/{batch_id:uuid}", OFFICER, OFFICE),
    Door("POST", "/office/import/{batch_id:uuid}/rows/{line:int}", OFFICER, OFFICE),
    Door("POST", "/office/import/{batch_id:uuid}/take-in", OFFICER, OFFICE),
    Door("POST", "/office/import/{batch_id:uuid}/undo", OFFICER, OFFICE),
    Door("GET", "/office/import/facilities", OPERATOR),
    Door("POST", "/office/import/facilities", OPERATOR),
    Door("GET", "/office/import/facilities/{number}", OPERATOR),
    Door("POST", "/office/import/facilities/{number}/undo", OPERATOR),
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
    Door("GET", "/my/record/shifts/{missed_id:uuid}", PERSON, OWN),
    Door("POST", "/my/record/shifts/{missed_id:uuid}", PERSON, OWN),
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

BOOKING_PAGES = (
    Door("GET", "/book/{space_id:uuid}", ANYONE),
    Door("GET", "/book/{space_id:uuid}/time", ANYONE),
    Door("POST", "/book/{space_id:uuid}", PERSON),
    Door("POST", "/book/{space_id:uuid}/waiting", PERSON),
    Door("GET", "/subscribe/{space_id:uuid}", ANYONE),
    Door("POST", "/subscribe/{space_id:uuid}", PERSON),
    Door("GET", "/my/bookings", PERSON),
    Door("GET", "/my/bookings/calendar", PERSON),
    Door("POST", "/my/bookings/calendar", PERSON),
    Door("POST", "/my/bookings/calendar/close", PERSON),
    Door("GET", "/calendar/{calendar_word}.ics", ANYONE),
    Door("GET", "/my/bookings/{booking_id:uuid}", PERSON, OWN),
    Door("GET", "/my/bookings/{booking_id:uuid}/calendar.ics", PERSON, OWN),
    Door("GET", "/my/bookings/{booking_id:uuid}/finish", PERSON, OWN),
    Door("POST", "/my/bookings/{booking_id:uuid}/finish", PERSON, OWN),
    Door("GET", "/my/bookings/{booking_id:uuid}/done", PERSON, OWN),
    Door("GET", "/my/bookings/{booking_id:uuid}/proof", PERSON, OWN),
    Door("GET", "/my/bookings/{booking_id:uuid}/move", PERSON, OWN),
    Door("POST", "/my/bookings/{booking_id:uuid}/move", PERSON, OWN),
    Door("POST", "/my/bookings/{booking_id:uuid}/cancel", PERSON, OWN),
    Door("POST", "/my/bookings/{booking_id:uuid}/release", PERSON, OWN),
    Door("POST", "/my/bookings/{booking_id:uuid}/notice", PERSON, OWN),
    Door("POST", "/my/bookings/{booking_id:uuid}/here", PERSON, OWN),
    Door("GET", "/my/series/{series_id:uuid}", PERSON, OWN),
    Door("GET", "/my/series/{series_id:uuid}/finish", PERSON, OWN),
    Door("POST", "/my/series/{series_id:uuid}/finish", PERSON, OWN),
    Door("POST", "/my/series/{series_id:uuid}/cancel", PERSON, OWN),
    Door("POST", "/my/waiting/{waiting_id:uuid}/leave", PERSON, OWN),
    Door("GET", "/office/bookings", OFFICER),
    Door("GET", "/office/bookings/day", OFFICER),
    Door("GET", "/office/bookings/new", OFFICER),
    Door("POST", "/office/bookings/new", OFFICER),
    Door("GET", "/office/bookings/{booking_id:uuid}", OFFICER, OFFICE),
    Door("POST", "/office/bookings/{booking_id:uuid}/approve", OFFICER, OFFICE),
    Door("POST", "/office/bookings/{booking_id:uuid}/decline", OFFICER, OFFICE),
    Door("POST", "/office/bookings/{booking_id:uuid}/call-off", OFFICER, OFFICE),
    Door("POST", "/office/bookings/{booking_id:uuid}/check-in", OFFICER, OFFICE),
    Door("POST", "/office/bookings/{booking_id:uuid}/release", OFFICER, OFFICE),
    Door("POST", "/office/bookings/{booking_id:uuid}/forgive", OFFICER, OFFICE),
    Door("GET", "/office/checkin", OFFICER),
    Door("POST", "/office/checkin", OFFICER),
    Door("GET", "/office/spaces", OFFICER),
    Door("GET", "/office/spaces/new", OFFICER),
    Door("POST", "/office/spaces/new", OFFICER),
    Door("GET", "/office/spaces/{space_id:uuid}", OFFICER, OFFICE),
    Door("POST", "/office/spaces/{space_id:uuid}", OFFICER, OFFICE),
    Door("GET", "/office/spaces/{space_id:uuid}/hours", OFFICER, OFFICE),
    Door("POST", "/office/spaces/{space_id:uuid}/hours", OFFICER, OFFICE),
    Door("POST", "/office/spaces/{space_id:uuid}/closings", OFFICER, OFFICE),
    Door("POST", "/office/spaces/{space_id:uuid}/closings/{closed_day}/removal", OFFICER, OFFICE),
    Door("GET", "/office/spaces/{space_id:uuid}/terms", OFFICER, OFFICE),
    Door("POST", "/office/spaces/{space_id:uuid}/terms", OFFICER, OFFICE),
)
"""The same on pages; a calendar opens to whoever knows its word."""

HIRING = (
    Door("POST", "/api/v1/jobs/{job_id}/applications", PERSON),
    Door("GET", "/api/v1/jobs/{job_id}/applications", OFFICER, OFFICE),
    Door("POST", "/api/v1/jobs/{job_id}/counter", OFFICER, OFFICE),
    Door("POST", "/api/v1/jobs/{job_id}/decision", OFFICER, OFFICE),
    Door("GET", "/api/v1/jobs/{job_id}/draws", ANYONE),
    Door("GET", "/api/v1/applications/{application_id}", OFFICER, OFFICE),
    Door("PUT", "/api/v1/applications/{application_id}/decision", OFFICER, OFFICE),
    Door("GET", "/api/v1/my/applications", PERSON),
    Door("GET", "/api/v1/my/applications/{application_id}", PERSON, OWN),
    Door("PUT", "/api/v1/my/applications/{application_id}/withdrawal", PERSON, OWN),
    Door("PUT", "/api/v1/my/applications/{application_id}/acceptance", PERSON, OWN),
    Door("GET", "/apply/{job_id:uuid}", PERSON),
    Door("POST", "/apply/{job_id:uuid}", PERSON),
    Door("GET", "/apply/{job_id:uuid}/check", PERSON),
    Door("POST", "/apply/{job_id:uuid}/check", PERSON),
    Door("GET", "/apply/{job_id:uuid}/done", PERSON),
    Door("GET", "/apply/{job_id:uuid}/{step}", PERSON),
    Door("POST", "/apply/{job_id:uuid}/{step}", PERSON),
    Door("GET", "/my/applications", PERSON),
    Door("GET", "/my/applications/{application_id:uuid}", PERSON, OWN),
    Door("POST", "/my/applications/{application_id:uuid}/withdraw", PERSON, OWN),
    Door("POST", "/my/applications/{application_id:uuid}/accept", PERSON, OWN),
    Door("POST", "/my/applications/{application_id:uuid}/attend", PERSON, OWN),
    Door("GET", "/office/jobs/{job_id:uuid}/applications", OFFICER, OFFICE),
    Door("POST", "/office/jobs/{job_id:uuid}/decide", OFFICER, OFFICE),
    Door("GET", "/office/jobs/{job_id:uuid}/counter", OFFICER, OFFICE),
    Door("POST", "/office/jobs/{job_id:uuid}/counter", OFFICER, OFFICE),
    Door("GET", "/office/applications/{application_id:uuid}", OFFICER, OFFICE),
    Door("POST", "/office/applications/{application_id:uuid}/hire", OFFICER, OFFICE),
    Door("POST", "/office/applications/{application_id:uuid}/offer", OFFICER, OFFICE),
    Door("POST", "/office/applications/{application_id:uuid}/decline", OFFICER, OFFICE),
    Door("GET", "/jobs/{job_id:uuid}/draw", ANYONE),
)
"""Applying, deciding, and lotteries that anybody can draw again."""

PROGRAMMES = (
    Door("GET", "/api/v1/programmes", OFFICER),
    Door("POST", "/api/v1/programmes", OFFICER),
    Door("GET", "/api/v1/programmes/{programme_id}", OFFICER, OFFICE),
    Door("PUT", "/api/v1/programmes/{programme_id}", OFFICER, OFFICE),
    Door("PUT", "/api/v1/programmes/{programme_id}/closing", OFFICER, OFFICE),
    Door("GET", "/api/v1/programmes/{programme_id}/people", OFFICER, OFFICE),
    Door("GET", "/api/v1/programmes/{programme_id}/people/{person_id}", OFFICER, OFFICE),
    Door("GET", "/office/budget", OFFICER),
    Door("GET", "/office/budget/new", OFFICER),
    Door("POST", "/office/budget/new", OFFICER),
    Door("GET", "/office/budget/{programme_id:uuid}", OFFICER, OFFICE),
    Door("POST", "/office/budget/{programme_id:uuid}", OFFICER, OFFICE),
    Door("POST", "/office/budget/{programme_id:uuid}/closing", OFFICER, OFFICE),
)
"""The money of an office."""

SHIFTS = (
    Door("GET", "/api/v1/shifts", OFFICER),
    Door("PUT", "/api/v1/shifts/{shift_id}/attendance", OFFICER, OFFICE),
    Door("PUT", "/api/v1/shifts/{shift_id}/absence", OFFICER, OFFICE),
    Door("PUT", "/api/v1/shifts/{shift_id}/confirmation", OFFICER, OFFICE),
    Door("POST", "/api/v1/shifts/{shift_id}/reopening", OFFICER, OFFICE),
    Door("GET", "/api/v1/my/shifts", PERSON),
    Door("GET", "/api/v1/my/shifts/{shift_id}", PERSON, OWN),
    Door("POST", "/api/v1/my/shifts/{shift_id}/attendance", PERSON, OWN),
    Door("GET", "/office/attendance", OFFICER),
    Door("POST", "/office/attendance", OFFICER),
    Door("GET", "/office/attendance/list", OFFICER),
    Door("GET", "/office/attendance/code", OFFICER),
    Door("POST", "/office/attendance/{shift_id:uuid}/reopening", OFFICER, OFFICE),
    Door("GET", "/office/pay", OFFICER),
    Door("GET", "/office/pay.csv", OFFICER),
    Door("GET", "/office/pay.xlsx", OFFICER),
    Door("GET", "/my/shifts", PERSON),
    Door("GET", "/my/shifts/{shift_id:uuid}/attendance", PERSON, OWN),
    Door("POST", "/my/shifts/{shift_id:uuid}/attendance", PERSON, OWN),
    Door("GET", "/my/shifts/{shift_id:uuid}/calendar.ics", PERSON, OWN),
)
"""Who works when: noted by the office, and seen by who works."""

URGENT = (
    Door("GET", "/api/v1/jobs/{job_id}/call", OFFICER, OFFICE),
    Door("POST", "/api/v1/jobs/{job_id}/call", OFFICER, OFFICE),
    Door("DELETE", "/api/v1/jobs/{job_id}/call", OFFICER, OFFICE),
    Door("GET", "/api/v1/my/calls", PERSON),
    Door("POST", "/api/v1/my/calls/{call_id}/acceptance", PERSON, OWN),
    Door("POST", "/api/v1/my/calls/{call_id}/refusal", PERSON, OWN),
    Door("GET", "/api/v1/my/availability", PERSON),
    Door("PUT", "/api/v1/my/availability", PERSON),
    Door("GET", "/my/calls", PERSON),
    Door("POST", "/my/calls", PERSON),
    Door("GET", "/my/calls/{call_id:uuid}", PERSON, OWN),
    Door("POST", "/my/calls/{call_id:uuid}/acceptance", PERSON, OWN),
    Door("POST", "/my/calls/{call_id:uuid}/refusal", PERSON, OWN),
    Door("GET", "/office/jobs/{job_id:uuid}/call", OFFICER, OFFICE),
    Door("POST", "/office/jobs/{job_id:uuid}/call", OFFICER, OFFICE),
    Door("POST", "/office/jobs/{job_id:uuid}/call/end", OFFICER, OFFICE),
)
"""Urgent calls: an office calls, and who was asked answers."""

MY = (
    Door("GET", "/my", PERSON),
    Door("GET", "/my/export", PERSON),
    Door("GET", "/my/export.json", PERSON),
    Door("GET", "/my/leave", PERSON),
    Door("POST", "/my/leave", PERSON),
    Door("GET", "/api/v1/my/export", PERSON),
)
"""A resident's front page, all that is kept about them, and the way out."""

SPARE = (
    Door("GET", "/now", ANYONE),
    Door("GET", "/api/v1/now", ANYONE),
)
"""What one can do with two free hours."""

DESK = (
    Door("GET", "/office", STAFF),
    Door("GET", "/office/applications", OFFICER),
)
"""What waits for whoever works in an office."""

MACHINE = (
    Door("GET", "/healthz", ANYONE),
    Door("GET", "/readyz", ANYONE),
    Door("GET", "/metrics", ANYONE),  # the proxy does not pass it on
)

DOORS = Doors(
    (
        *LISTINGS,
        *AREAS,
        *ACCOUNTS,
        *OFFICES,
        *JOBS,
        *HIRING,
        *TRUST,
        *URGENT,
        *ABOUT,
        *BOOKINGS,
        *BOOKING_PAGES,
        *PROGRAMMES,
        *SHIFTS,
        *MY,
        *SPARE,
        *DESK,
        *MACHINE,
    )
)
