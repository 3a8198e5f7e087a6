"""The order in which ECMA-376 wants the children of an element; Excel repairs a file that has another."""

from typing import Final

_DLBLS = "dLbl delete numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize"
_AXIS = (
    "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr "
    "txPr crossAx crosses crossesAt"
)

CHILDREN: Final[dict[str, tuple[str, ...]]] = {
    name: tuple(children.split())
    for name, children in {
        "worksheet": (
            "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges "
            "scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr "
            "conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter "
            "rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing "
            "legacyDrawingHF picture oleObjects controls webPublishItems tableParts extLst"
        ),
        "workbook": (
            "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences "
            "definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing "
            "fileRecoveryPr webPublishObjects extLst"
        ),
        "styleSheet": "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst",
        "table": "autoFilter sortState tableColumns tableStyleInfo extLst",
        "c": "f v is extLst",
        "chartSpace": (
            "date1904 lang roundedCorners AlternateContent style clrMapOvr pivotSource protection chart spPr txPr "
            "externalData printSettings userShapes extLst"
        ),
        "chart": (
            "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend plotVisOnly dispBlanksAs "
            "showDLblsOverMax extLst"
        ),
        "title": "tx layout overlay spPr txPr extLst",
        "barChart": "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId extLst",
        "lineChart": "grouping varyColors ser dLbls dropLines hiLowLines upDownBars marker smooth axId extLst",
        "ser": (
            "idx order tx spPr invertIfNegative pictureOptions marker dPt dLbls trendline errBars cat val smooth shape "
            "extLst"
        ),
        "dPt": "idx invertIfNegative marker bubble3D explosion spPr pictureOptions extLst",
        "dLbls": f"{_DLBLS} separator showLeaderLines leaderLines extLst",
        "catAx": f"{_AXIS} auto lblAlgn lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl extLst",
        "valAx": f"{_AXIS} crossBetween majorUnit minorUnit dispUnits extLst",
        "legend": "legendPos legendEntry layout overlay spPr txPr extLst",
        "scaling": "logBase orientation max min extLst",
        "spPr": (
            "xfrm custGeom prstGeom noFill solidFill gradFill blipFill pattFill grpFill ln effectLst effectDag scene3d "
            "sp3d extLst"
        ),
        "twoCellAnchor": "from to sp grpSp graphicFrame cxnSp pic contentPart clientData",
        "oneCellAnchor": "from ext sp grpSp graphicFrame cxnSp pic contentPart clientData",
        "row": "c extLst",
    }.items()
}
"""Element name -> names of its children in their order."""
