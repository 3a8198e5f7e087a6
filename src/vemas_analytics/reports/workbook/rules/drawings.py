"""Rules on charts and drawings: editable, explicit, readable, with an alternative text."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from vemas_analytics.reports.workbook.rules.breach import Breach

_SMALLEST_FONT: Final = 1_000
_LEAST_ALT: Final = 15
_REFUSED: Final = ("pieChart", "pie3DChart", "bar3DChart", "line3DChart", "surfaceChart", "radarChart")


def check_chart(name: str, root: etree._Element) -> Iterator[Breach]:
    """Yield breaches of rules on one chart, by the name of its part."""
    for series in root.iter("{*}ser"):
        if series.find(".//{*}srgbClr") is None:
            yield Breach("explicit-fill", "", name, "a series without a colour of its own")
        if series.find(".//{*}f") is None:
            yield Breach("chart-from-cells", "", name, "a series that no cells hold")
    sizes = [int(item.get("sz", "0")) for item in root.iter("{*}defRPr", "{*}rPr", "{*}endParaRPr") if item.get("sz")]
    if not sizes or min(sizes) < _SMALLEST_FONT:
        yield Breach("chart-font", "", name, str(sorted(set(sizes))))
    if root.find(".//{*}strLit") is not None or root.find(".//{*}numFmt[@sourceLinked='1']") is not None:
        yield Breach("chart-from-cells", "", name, "labels that no cell holds")
    yield from _check_axes(name, root)
    for labels in root.iter("{*}dLbls"):
        said = {etree.QName(item).localname for item in labels}
        if not {"showVal", "showSerName", "showCatName", "showLegendKey", "showPercent"} <= said:
            yield Breach("chart-labels", "", name, "labels that are neither switched on nor off")
    if root.find(".//{*}title//{*}t") is None:
        yield Breach("chart-title", "", name, "a chart without a title")
    refused = [item for item in _REFUSED if root.find(f".//{{*}}{item}") is not None]
    if refused or root.find(".//{*}logBase") is not None or len(list(root.iter("{*}valAx"))) > 1:
        yield Breach("chart-kind", "", name, ", ".join(refused) or "a second or a logarithmic axis")


def check_drawing(name: str, root: etree._Element) -> Iterator[Breach]:
    """Yield breaches of rules on the drawings of one sheet, by the name of their part."""
    numbers = [item.get("id") for item in root.iter("{*}cNvPr")]
    if len(numbers) != len(set(numbers)):
        yield Breach("drawing-ids", "", name, str(numbers))
    for item in root.iter("{*}cNvPr"):
        if len(item.get("descr", "")) < _LEAST_ALT:
            yield Breach("alternative-text", "", name, item.get("name", ""))


def _check_axes(name: str, root: etree._Element) -> Iterator[Breach]:
    axes = {item.get("val") for axis in root.iter("{*}catAx", "{*}valAx") for item in axis.findall("{*}axId")}
    used = {item.get("val") for kind in root.iter("{*}barChart", "{*}lineChart") for item in kind.findall("{*}axId")}
    if axes != used or len(axes) != len(list(root.iter("{*}catAx", "{*}valAx"))):
        yield Breach("chart-axes", "", name, f"axes {sorted(map(str, axes))}, used {sorted(map(str, used))}")
    for axis in root.iter("{*}catAx", "{*}valAx"):
        if axis.find("{*}delete") is None:
            yield Breach("chart-axes", "", name, "an axis that does not say whether it is shown")
