"""Rules for a finished workbook, each with an id: what the spreadsheet checklist asks and what Excel repairs."""

from vemas_analytics.reports.workbook.rules.breach import Breach
from vemas_analytics.reports.workbook.rules.check import check_workbook, read_rules

__all__ = ["Breach", "check_workbook", "read_rules"]
