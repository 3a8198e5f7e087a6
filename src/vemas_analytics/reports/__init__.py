"""Findings to reports: documents composed once per language, written as PDF, workbook, web page and JSON.

The writers are loaded when first asked for; importing this door loads neither openpyxl nor typst.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from vemas_analytics.reports.compose import compose_annual, compose_before_after
from vemas_analytics.reports.compose.publication import published_findings
from vemas_analytics.reports.earlier_findings import read_earlier_report
from vemas_analytics.reports.findings_json import write_findings
from vemas_analytics.reports.records_file import record_files

if TYPE_CHECKING:
    from vemas_analytics.reports.html import write_html
    from vemas_analytics.reports.pdf import typeset_pdf, write_pdf, write_typeset
    from vemas_analytics.reports.workbook import check_workbook, write_workbook

__all__ = [
    "check_workbook",
    "compose_annual",
    "compose_before_after",
    "published_findings",
    "read_earlier_report",
    "record_files",
    "typeset_pdf",
    "write_findings",
    "write_html",
    "write_pdf",
    "write_typeset",
    "write_workbook",
]

_WRITERS = {
    "check_workbook": "vemas_analytics.reports.workbook",
    "typeset_pdf": "vemas_analytics.reports.pdf",
    "write_html": "vemas_analytics.reports.html",
    "write_pdf": "vemas_analytics.reports.pdf",
    "write_typeset": "vemas_analytics.reports.pdf",
    "write_workbook": "vemas_analytics.reports.workbook",
}


def __getattr__(name: str) -> Any:
    """Load a writer with its library on first use."""
    if name in _WRITERS:
        return getattr(import_module(_WRITERS[name]), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
