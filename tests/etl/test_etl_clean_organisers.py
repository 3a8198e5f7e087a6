import pytest

from vemas_analytics.etl.clean.organisers import named_organiser
from vemas_analytics.model.settings import Settings


@pytest.mark.parametrize(
    ("organiser", "told"),
    [
        ("Kammer / Fr. Mustermann", "Kammer / Fr. ***"),
        ("Herr Dr. A. von Muster", "Herr Dr. A. ***"),
        ("Kammer, Verband und Frau Muster", "Kammer, Verband und Frau ***"),
    ],
)
def test_a_person_among_the_organisers_is_not_named(organiser: str, told: str) -> None:
    assert named_organiser(organiser, Settings()) == told


@pytest.mark.parametrize(
    "organiser", ["Kammer / Verband", "Dr. Muster Anlagenbau GmbH", "Forum Frau und Technik", "Ing.-Büro Muster", ""]
)
def test_organisations_keep_their_names(organiser: str) -> None:
    assert named_organiser(organiser, Settings()) == organiser
