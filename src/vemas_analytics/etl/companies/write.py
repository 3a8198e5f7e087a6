"""companies.csv for the office: what was decided, and what is to be decided."""

from pathlib import Path

from vemas_analytics.etl.companies.candidates import find_candidates
from vemas_analytics.etl.companies.decisions import FILE_NAME
from vemas_analytics.model.names import Language
from vemas_analytics.model.tables import Tables
from vemas_analytics.reference.company_rules import read_company_rules


def write_companies(tables: Tables, folder: Path, language: Language = "de") -> int:
    """Write companies.csv into a folder, ready to be completed and laid beside vemas.toml.

    Parameters
    ----------
    folder : Path
        Must exist.
    language : {"de", "en"}
        Of the reasons.

    Returns
    -------
    int
        How many pairs wait for a decision.
    """
    frame = find_candidates(tables)
    words = {code: text[language] for code, text in read_company_rules().items()}
    if len(frame):
        frame = frame.assign(reason=frame["reason"].map(lambda code: words.get(code, code)))
    target, part = folder / FILE_NAME, folder / f".{FILE_NAME}.part"
    try:
        frame.to_csv(part, index=False, encoding="utf-8", lineterminator="\n")
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return int(frame["decision"].isna().sum()) if len(frame) else 0
