"""The tables in the schema `reports` of what neighbours tell, and of what follows from it.

No foreign key leaves the schema: a refused change outside it would tell that something is inside.
"""

from geo_service.reports.models.case_file import CaseFile, Handover, Rung, Stage, Step
from geo_service.reports.models.draft import Draft
from geo_service.reports.models.report import AnswerBy, Report, Routing, Urgency
from geo_service.reports.models.survey import Household, Result, Season, SurveyRound, SurveyVisit
from geo_service.reports.models.told import Message, Photo, SaidBy

__all__ = [
    "AnswerBy",
    "CaseFile",
    "Draft",
    "Handover",
    "Household",
    "Message",
    "Photo",
    "Report",
    "Result",
    "Routing",
    "Rung",
    "SaidBy",
    "Season",
    "Stage",
    "Step",
    "SurveyRound",
    "SurveyVisit",
    "Urgency",
]
