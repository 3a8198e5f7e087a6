"""Public bodies by name: ministries, chambers and universities yes, firms no."""

import pytest

from vemas_analytics.reference.public_bodies import are_public_bodies


@pytest.mark.parametrize(
    "name",
    ["Regierung des Gebietes Swerdlowsk", "Republik Tatarstan; Russische Föderation", "IHK zu Leipzig", "TU Chemnitz",
     "Uraler Föderale Jelzin-Universität", "SMWA", "Ministry of Economic Affairs", ""],
)  # fmt: skip
def test_public_bodies(name):
    assert are_public_bodies(name)


@pytest.mark.parametrize(
    "name",
    ["KAMAZ", "Region Maschinenbau GmbH", "OOO Universität", "IHK Moskau; KAMAZ", "Stadtler", "Verband der Hersteller"],
)
def test_firms_and_what_may_be_one(name):
    assert not are_public_bodies(name)


def test_the_publisher_itself_may_be_named():
    assert are_public_bodies("Netzwerk Muster", own=("Netzwerk Muster",))
