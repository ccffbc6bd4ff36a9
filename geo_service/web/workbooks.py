"""XLSX as people send it: looked at before it is unfolded, for a few kilobytes may fill a machine.

A grid is dense, so one cell far away makes it huge; and cells share their strings, so one long
string may stand in all of them. What is given to the reader is written anew from what was looked
at: a ZIP can be told in two ways, and no two readers agree on which.
"""

import re
import zlib
from array import array
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import NamedTuple
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

Cell = int | float | str | bool | time | date | datetime | timedelta
Grid = list[list[Cell]]

MOST_ROWS = 250_000
MOST_CELLS = 6_000_000
"""Blank ones included: fifteen times the national file."""

MOST_LETTERS = 100_000_000
"""In all cells of a sheet, as many as of a CSV."""

MOST_BYTES = 400_000_000
"""What all parts of a workbook may unfold to."""

_TAGS_A_CELL = 3
"""As spreadsheets write them; those without a value included."""

_MOST_SHEETS = 20
_CHUNK = 1 << 16
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_VALUES = frozenset({"v", "is", "f"})


class NotAWorkbook(ValueError):
    """This is damaged, locked, or no XLSX."""


class Oversized(ValueError):
    """This unfolds to more than a table."""


class Sheet(NamedTuple):
    """One that holds something."""

    name: str
    grid: Grid
    """From A1; all of its rows are of one length."""


def sheets_of(
    data: bytes, *, most_cells: int = MOST_CELLS, most_bytes: int = MOST_BYTES
) -> Iterator[Sheet]:
    """The sheets that are not empty, each read when it is asked for. Order: as in the workbook.

    Raises: NotAWorkbook, Oversized (in a Korean sentence).
    """
    with _opened(data, most_bytes) as folded:
        parts = _looked_at(folded, most_cells)
        anew = _written_anew(folded, parts)
    excess = next((part.excess for part in parts.values() if part.excess), "")
    try:
        book = CalamineWorkbook.from_filelike(anew)
        for index, name in enumerate(book.sheet_names[:_MOST_SHEETS]):
            grid = _grid(book.get_sheet_by_index(index))
            if any(any(row) for row in grid):
                yield Sheet(name, grid)
    except CalamineError as error:
        if excess:
            raise Oversized(excess) from error
        raise NotAWorkbook from error


def _grid(sheet: CalamineSheet) -> Grid:
    return sheet.to_python(skip_empty_area=False)


def _opened(data: bytes, most_bytes: int) -> ZipFile:
    try:
        folded = ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise NotAWorkbook from error
    entries = folded.infolist()
    if sum(entry.file_size for entry in entries) > most_bytes:
        raise Oversized("압축을 풀면 너무 커지는 파일입니다.")
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        raise NotAWorkbook
    return folded


def _chunks(folded: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
    """What a part holds, never more than it says."""
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise NotAWorkbook
    try:
        with folded.open(entry) as part:
            while chunk := part.read(_CHUNK):
                yield chunk
    except (BadZipFile, zlib.error, RuntimeError, OSError, EOFError) as error:
        raise NotAWorkbook from error


def _looked_at(folded: ZipFile, most_cells: int) -> dict[str, "_Part"]:
    """Every part that is sound XML, by its name; what is none of it holds pictures or macros."""
    parts: dict[str, _Part] = {}
    for entry in folded.infolist():
        if entry.filename.lower().endswith((".xml", ".rels")):
            part = _Part(most_cells)
            if part.read(_chunks(folded, entry)):
                parts[entry.filename] = part
    told = [part.lengths for part in parts.values() if part.lengths]
    if len(told) > 1:
        raise NotAWorkbook
    for part in parts.values():
        part.count_letters(told[0] if told else array("L"))
    return parts


def _written_anew(folded: ZipFile, parts: dict[str, "_Part"]) -> BytesIO:
    """Only what was looked at and is within bounds."""
    anew = BytesIO()
    with ZipFile(anew, "w", ZIP_DEFLATED, compresslevel=1) as written:
        for entry in folded.infolist():
            part = parts.get(entry.filename)
            if part is not None and not part.excess:
                with written.open(entry.filename, "w", force_zip64=True) as to:
                    for chunk in _chunks(folded, entry):
                        to.write(chunk)
    anew.seek(0)
    return anew


class _NotSound(Exception):
    """No spreadsheet writes XML like that."""


class _TooLarge(Exception):
    """Nobody needs to read on."""


class _Part:
    """What is in one part: how far its cells reach, and which strings they share."""

    def __init__(self, most_cells: int) -> None:
        self.excess = ""
        """Why it must not be read."""
        self.lengths = array("L")
        """Of the strings that it shares out."""
        self._shared = array("L")
        self._most_cells, self._most_tags = most_cells, _TAGS_A_CELL * most_cells
        self._unclear = 0
        """So many cells name a string in pieces: any string, for all that can be known."""
        self._tags = self._row = self._column = self._last_row = self._last_column = 0
        self._at = ""
        self._in_cell = self._by_number = False
        self._said: list[str] = []
        self._locals: dict[str, str] = {}
        # Whatever it declares: the reader takes everything for UTF-8.
        self._parser = expat.ParserCreate("UTF-8")
        self._parser.StartElementHandler = self._begin
        self._parser.StartDoctypeDeclHandler = self._declare

    def read(self, chunks: Iterator[bytes]) -> bool:
        """Look at all of it; whether it is sound."""
        try:
            for chunk in chunks:
                self._parser.Parse(chunk, False)  # noqa: FBT003 (expat takes no keywords)
            self._parser.Parse(b"", True)  # noqa: FBT003
            self._note_shared()
        except _TooLarge:
            pass
        except (expat.ExpatError, _NotSound):
            return False
        return True

    def count_letters(self, lengths: "array[int]") -> None:
        """Whether its cells hold more than a table, where they share strings of such lengths."""
        known = len(lengths)
        letters = sum(lengths[n] for n in self._shared if n < known)
        if letters + self._unclear * max(lengths, default=0) > MOST_LETTERS:
            self.excess = "긴 글이 여러 칸에 되풀이되어, 펼치면 너무 커지는 파일입니다."

    def _declare(self, *_: object) -> None:
        raise _NotSound

    def _begin(self, tag: str, said: dict[str, str]) -> None:
        self._tags += 1
        if self._tags > self._most_tags:
            self._refuse("칸이 너무 많은 엑셀 파일입니다. 파일을 나누어 주세요.")
        tag = self._locals.get(tag) or self._locals.setdefault(tag, tag.rpartition(":")[2])
        if tag == "c":
            self._note_shared()
            self._begin_cell(said)
        elif tag in _VALUES:
            if self._in_cell:
                self._reach()
                if tag == "v" and self._by_number:
                    self._parser.CharacterDataHandler = self._hear
        elif tag == "row":
            self._row = _number(said.get("r")) or self._row + 1
            self._note_shared()
            self._column, self._in_cell = 0, False
        elif tag == "si":
            if self._in_cell or self._last_row:
                raise _NotSound
            self.lengths.append(0)
            self._parser.CharacterDataHandler = self._measure

    def _begin_cell(self, said: dict[str, str]) -> None:
        if self.lengths:
            raise _NotSound
        self._at = said.get("r", "")
        if self._at:
            found = _REFERENCE.fullmatch(self._at)
            if found is None:
                raise _NotSound
            self._row, self._column = int(found[2]), _column(found[1])
        else:
            self._column += 1
        self._in_cell, self._by_number = True, said.get("t") == "s"

    def _reach(self) -> None:
        """Cells with something in them only: formats often go on to the last row."""
        self._last_row = max(self._last_row, self._row)
        self._last_column = max(self._last_column, self._column)
        if self._last_row > MOST_ROWS or self._last_row * self._last_column > self._most_cells:
            where = f"{self._at} 칸" if self._at else f"{self._row:,}번째 줄"
            self._refuse(
                f"{where}까지 값이 있어 표가 너무 커집니다({self._last_row:,}줄"
                f" × {self._last_column:,}칸). 표 밖에 있는 칸을 지우고 다시 저장해 주세요."
            )

    def _refuse(self, why: str) -> None:
        self.excess = why
        raise _TooLarge

    def _hear(self, said: str) -> None:
        if said := said.strip():
            self._said.append(said)

    def _measure(self, said: str) -> None:
        self.lengths[-1] += len(said)

    def _note_shared(self) -> None:
        if self._said:
            if len(self._said) > 1:
                self._unclear += 1
            elif (n := _number(self._said[0])) is not None:
                self._shared.append(n)
            self._said = []
        if self._by_number:
            self._parser.CharacterDataHandler = None
            self._by_number = False


def _number(said: str | None) -> int | None:
    if not said:
        return None
    if len(said) > 9 or not (said.isascii() and said.isdigit()):
        raise _NotSound
    return int(said)


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
