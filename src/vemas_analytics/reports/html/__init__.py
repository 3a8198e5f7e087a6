"""A Document as one self-contained web page: nothing is loaded, and everything can be read without its script."""

from vemas_analytics.reports.html.page import write_html

__all__ = ["write_html"]
