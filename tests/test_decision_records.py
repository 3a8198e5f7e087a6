"""Decision records: each number once, each named in the index, each title with its number."""

import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "adr"


def test_each_record_has_its_number_and_its_place_in_the_index() -> None:
    records = sorted(FOLDER.glob("[0-9]*.md"))
    numbers = [int(path.name[:4]) for path in records]
    assert numbers == list(range(1, len(records) + 1))
    titles = [path.read_text("utf-8").splitlines()[0].removeprefix("# ") for path in records]
    assert [int(title.split(".")[0]) for title in titles] == numbers
    index = (FOLDER / "README.md").read_text("utf-8")
    listed = re.findall(r"- \[(.+)\]\((.+)\)", index)
    assert [(title.replace("\\", ""), name) for title, name in listed] == [
        (title, path.name) for title, path in zip(titles, records, strict=True)
    ]
