"""The public names exist, are found by tab completion, and cost nothing before they are used."""

import subprocess
import sys

import pytest

import vemas_analytics


@pytest.mark.parametrize("name", vemas_analytics.__all__)
def test_each_public_name_can_be_had(name: str) -> None:
    assert getattr(vemas_analytics, name) is not None
    assert name in dir(vemas_analytics)


def test_all_is_sorted_and_a_wrong_name_is_an_attribute_error() -> None:
    assert vemas_analytics.__all__ == sorted(vemas_analytics.__all__)
    with pytest.raises(AttributeError, match="no attribute 'lode'"):
        _ = vemas_analytics.lode


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, vemas_analytics; print(sorted({'pandas', 'matplotlib', 'openpyxl'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
