"""A row of a file, read as the form of a new job."""

from collections.abc import Mapping, Sequence

from starlette.datastructures import FormData, UploadFile

from geo_service.jobs.schemas.forms import NewJobForm
from geo_service.web.forms import Filled, filled

Cells = Mapping[str, Sequence[str]]
"""What a row says, by the names of the form."""


def checked(cells: Cells) -> Filled[NewJobForm]:
    """The row as a form: with its value, or with what is wrong."""
    said: list[tuple[str, UploadFile | str]] = [
        (name, value) for name, values in cells.items() for value in values
    ]
    return filled(NewJobForm, FormData(said))
