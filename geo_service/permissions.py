"""Who may open which door: reads the one table, `permissions.txt`.

A door that is missing there fails the tests, and no staff can open it. Roles are asked for from
the table (`offices.access.Desk`); what `whose` says is kept by the query that loads the thing.
Tests walk every role through every door, to what is theirs, another's, another office's and
missing.
"""

from collections.abc import Iterator
from importlib.resources import files

from geo_service.offices.access import Anybody, Door, Doors, Whose
from geo_service.offices.models import Role

_WHO: dict[str, Anybody | Role] = {who.value: who for who in (*Anybody, *Role)}
_WHOSE = {"-": Whose.NOBODYS, "own": Whose.OWN, "office": Whose.OFFICE}


def _read(table: str) -> Iterator[Door]:
    """Every door of the table, one for each method of a line."""
    for line in table.splitlines():
        if line and not line.startswith("#"):
            who, whose, methods, path = line.split()
            may = tuple(_WHO[each] for each in who.split(","))
            for method in methods.split(","):
                yield Door(method, path, may, _WHOSE[whose])


DOORS = Doors(_read(files(__package__).joinpath("permissions.txt").read_text("utf-8")))
