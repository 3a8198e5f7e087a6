"""The command line: arguments, exit codes, progress; no logic."""

from vemas_analytics.cli.program import app, main

__all__ = ["app", "main"]
