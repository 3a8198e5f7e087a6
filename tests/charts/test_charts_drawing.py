"""A drawing takes one finding or several, and knows its usual size."""

import pytest
from awkward_findings import make_course, make_placebo
from chart_findings import make_spec, make_yearly

from vemas_analytics.charts import draw_placebo_strip, draw_yearly_columns, render_svg


def test_one_finding_needs_no_list_and_no_specification() -> None:
    finding = make_yearly(2015, 2018, [10, 20])
    spec = make_spec()
    assert render_svg(draw_yearly_columns(finding, spec)) == render_svg(draw_yearly_columns([finding], spec))
    width, height = (inches * 25.4 for inches in draw_placebo_strip(make_placebo([0.5, 1.2], 0.1)).get_size_inches())
    assert (width, height) == pytest.approx((170, 60))


def test_another_question_is_refused_by_name() -> None:
    with pytest.raises(KeyError, match="'yearly'"):
        draw_yearly_columns(make_course(2012, 2024, 3.0))
