"""The door of a start: settings with explanations, and a workbook to enter one's own data."""

from vemas_analytics.start.answers import CoverageAnswer, StartAnswers
from vemas_analytics.start.entry_workbook import write_entry_workbook
from vemas_analytics.start.settings_text import settings_text

__all__ = ["CoverageAnswer", "StartAnswers", "settings_text", "write_entry_workbook"]
