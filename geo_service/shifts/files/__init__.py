"""The pay sheet of a month, and how it leaves the house: as CSV and as XLSX.

All three say the same: the page, the lines of the files, and their sums.
"""

from geo_service.shifts.files.csv import csv_of
from geo_service.shifts.files.sheet import Line, PaySheet, Person
from geo_service.shifts.files.xlsx import xlsx_of

__all__ = ["Line", "PaySheet", "Person", "csv_of", "xlsx_of"]
