"""The annex for analysts: one question a section, each with answer, table, meaning and assumption."""

from vemas_analytics.reports.compose.annex.chapter import annex_chapter

__all__ = ["annex_chapter"]
