"""Tables and Panel -> Findings: one question per file, each with its rows and reservations."""

from vemas_analytics.analysis.answers import analyse, analyse_year
from vemas_analytics.analysis.material import Material, gather_material

__all__ = ["Material", "analyse", "analyse_year", "gather_material"]
