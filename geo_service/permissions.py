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

OFFICES = (
    Door("GET", "/api/v1/offices", STAFF, OFFICE),
    Door("GET", "/api/v1/offices/{office_id}", STAFF, OFFICE),
    Door("PUT", "/api/v1/offices/{office_id}", (*OFFICER, *OPERATOR), OFFICE),
    Door("GET", "/api/v1/offices/{office_id}/staff", (*OFFICER, *OPERATOR), OFFICE),
    Door("DELETE", "/api/v1/offices/{office_id}/staff/{person_id}/{role}", OPERATOR, OFFICE),
    Door("GET", "/api/v1/offices/{office_id}/invitations", OPERATOR, OFFICE),
    Door("DELETE", "/api/v1/offices/{office_id}/invitations/{invitation_id}", OPERATOR, OFFICE),
)
"""An office and who works there: officers tell of it, operators decide who they are."""

MACHINE = (
    Door("GET", "/healthz", ANYONE),
    Door("GET", "/readyz", ANYONE),
    Door("GET", "/metrics", ANYONE),  # the proxy does not pass it on
)

DOORS = Doors((*LISTINGS, *AREAS, *OFFICES, *ABOUT, *MACHINE))
