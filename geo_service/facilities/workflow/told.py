"""What follows from a new listing, told in the words of the trigger `listing_tell`.

PostgreSQL would find out row by row, which takes a quarter of what it has to do for a new room;
meanwhile we would wait for it. Whatever is changed later, the trigger tells anew.
"""

from uuid import UUID

from geo_service.facilities.schemas import Draft
from geo_service.facilities.workflow.cells import essentials_of, json_cell
from geo_service.facilities.workflow.offices import Manager

_GAPS = dict.fromkeys(map(ord, " \t\r\n\u00a0\u3000"))


def words_of(draft: Draft, office: Manager) -> str:
    """What a search finds it by."""
    told = (draft.title, office.name, draft.address)
    return "\n".join([words.translate(_GAPS) for words in told]).lower()


def feature_of(key: UUID, draft: Draft, office: Manager, source: str) -> str:
    """The head of its GeoJSON."""
    assert draft.place is not None  # noqa: S101 (without a place it is held back)
    lat, lng = _degrees(draft.place.lat), _degrees(draft.place.lng)
    head = json_cell(
        {
            "kind": "space",
            "title": draft.title,
            "office": office.name,
            "address": draft.address,
            "url": f"/spaces/{key}",
            "source": source,
            **{name: said for name, said in essentials_of(draft).items() if said is not None},
        }
    )
    return (
        f'{{"type":"Feature","id":"{key}","geometry":{{"type":"Point","coordinates":[{lng},{lat}]}}'
        f',"properties":{head[:-1]}'
    )


def _degrees(number: float) -> str:
    return repr(number).removesuffix(".0")
