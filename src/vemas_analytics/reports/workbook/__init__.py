"""Document -> Excel workbook after the spreadsheet checklist for official statistics."""

from vemas_analytics.reports.workbook.build import write_workbook

__all__ = ["write_workbook"]
