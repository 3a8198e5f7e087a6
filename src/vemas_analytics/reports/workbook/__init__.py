"""Document -> Excel workbook after the spreadsheet checklist for official statistics, and its check."""

from vemas_analytics.reports.workbook.build import write_workbook
from vemas_analytics.reports.workbook.rules import Breach, check_workbook

__all__ = ["Breach", "check_workbook", "write_workbook"]
