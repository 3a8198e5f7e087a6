"""The same firm under several spellings is one firm; what is beyond doubt is joined, the rest is asked."""

from vemas_analytics.etl.companies.candidates import find_candidates
from vemas_analytics.etl.companies.decisions import FILE_NAME, Decision, read_decisions
from vemas_analytics.etl.companies.settle import CompaniesSettled, replay_decisions, settle_companies
from vemas_analytics.etl.companies.write import write_companies

__all__ = [
    "FILE_NAME",
    "CompaniesSettled",
    "Decision",
    "find_candidates",
    "read_decisions",
    "replay_decisions",
    "settle_companies",
    "write_companies",
]
