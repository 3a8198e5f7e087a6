"""The door of the ETL: files to Tables, nothing lost silently, nothing guessed silently."""

from vemas_analytics.etl.inspect import inspect_file, is_for_picking, read_layout
from vemas_analytics.etl.load import load_tables
from vemas_analytics.etl.problems import problems_frame
from vemas_analytics.etl.reading.discover import discover_files, find_config
from vemas_analytics.etl.reading.read import read_file
from vemas_analytics.etl.reading.read_database import read_database
from vemas_analytics.etl.retention import records_past_retention
from vemas_analytics.etl.write import write_ledger, write_tables

__all__ = [
    "discover_files",
    "find_config",
    "inspect_file",
    "is_for_picking",
    "load_tables",
    "problems_frame",
    "read_database",
    "read_file",
    "read_layout",
    "records_past_retention",
    "write_ledger",
    "write_tables",
]
