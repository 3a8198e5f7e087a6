"""The page as a reader meets it: in a real Chromium, with mouse, keyboard, three widths, both themes and a printer."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from html_cases import BANNER, charts_of, full_document, hostile_document
from pypdf import PdfReader

from browser import Browser, Tab
from vemas_analytics.reports import write_html

pytestmark = pytest.mark.tools

COLUMN = "Array.from(document.querySelectorAll('#t-regions tbody tr')).map(row => row.cells[{}].textContent)"
SORT = "Array.from(document.querySelectorAll('#t-regions button.sort')).find(head => head.textContent === '{}')"


@pytest.fixture(scope="module")
def chromium(tmp_path_factory, request) -> Iterator[Browser]:
    program = request.getfixturevalue("find_tool")("chromium")
    browser = Browser(program, tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("page") / "before-after.de.html"
    write_html(full_document(), charts_of(full_document()), path)
    return path


@pytest.fixture
def tab(chromium: Browser, file: Path) -> Iterator[Tab]:
    with chromium.open(file) as tab:
        yield tab


def test_nothing_but_the_page_is_asked_for_and_the_console_is_empty(tab: Tab, file: Path) -> None:
    tab.run("document.fonts.ready.then(() => 1)")
    assert tab.run("document.fonts.check('16px \"Fira Sans\"') && document.fonts.size") == 2
    assert tab.requests == [file.as_uri()]
    assert tab.complaints == []


def test_the_content_policy_stops_what_would_be_loaded_or_run(chromium: Browser, file: Path, tmp_path: Path) -> None:
    tampered = tmp_path / "tampered.html"
    more = '<img src="https://example.invalid/x.png"><script>document.title = "run"</script><p style="color:red">'
    tampered.write_text(file.read_text("utf-8").replace("</main>", f"{more}</main>"), "utf-8")
    with chromium.open(tampered) as tab:
        assert tab.run("document.title").startswith("Marktarbeit")
        assert len(tab.complaints) >= 3


def test_hostile_names_do_nothing(chromium: Browser, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    write_html(hostile_document(), charts_of(hostile_document()), path)
    with chromium.open(path) as tab:
        assert tab.run("document.images.length + document.scripts.length") == 1
        assert tab.complaints == []
        assert tab.requests == [path.as_uri()]


def test_numbers_sort_by_value_symbols_last_total_at_the_end(tab: Tab) -> None:
    given = tab.run(COLUMN.format(1))
    tab.run(f"{SORT.format('Anzahl')}.click()")
    assert tab.run(COLUMN.format(1)) == ["≥\u00a012", "99", "1.234", "n. e.", "1.345"]
    assert tab.run(f"{SORT.format('Anzahl')}.closest('th').getAttribute('aria-sort')") == "ascending"
    assert tab.run("document.querySelector('#sorted').textContent") == (
        "Regionen im Überblick: sortiert nach „Anfragen: Anzahl“, aufsteigend"
    )
    tab.run(f"{SORT.format('Anzahl')}.click()")
    assert tab.run(COLUMN.format(1)) == ["1.234", "99", "≥\u00a012", "n. e.", "1.345"]
    tab.run(f"{SORT.format('Anzahl')}.click()")
    assert tab.run(COLUMN.format(1)) == given
    assert tab.run("document.querySelectorAll('[aria-sort]').length") == 0


def test_negative_numbers_days_and_names_sort_as_what_they_are(tab: Tab) -> None:
    tab.run(f"{SORT.format('je Jahr')}.click()")
    assert tab.run(COLUMN.format(2)) == ["−3,0", "9,5", "10,3", "n. e.", "0,0"]
    tab.run(f"{SORT.format('Letzte Maßnahme')}.click()")
    assert tab.run(COLUMN.format(3)) == ["08.07.2014", "27.05.2019", "24.12.2020", "03.01.2021", "03.01.2021"]
    tab.run(f"{SORT.format('Region')}.click()")
    names = ["Kaluga", "Swerdlowsk", "Swerdlowsk, Tatarstan", "Tatarstan", "Gesamt"]
    assert tab.run(COLUMN.format(0)) == names
    assert tab.run("document.querySelectorAll('#t-regions th[data-fixed] button').length") == 0


def shown_rows(tab: Tab) -> list[str]:
    return tab.run(
        "Array.from(document.querySelectorAll('#t-regions tbody tr')).filter(row => !row.hidden)"
        ".map(row => row.cells[0].textContent)"
    )


def test_a_chosen_region_filters_rows_and_pages_and_stands_in_the_address(tab: Tab) -> None:
    tab.run(
        "(() => { const box = document.querySelector('#region'); box.value = 'RU-SVE';"
        " box.dispatchEvent(new Event('change')); })()"
    )
    assert tab.run("location.hash") == "#region=RU-SVE"
    assert shown_rows(tab) == ["Swerdlowsk", "Swerdlowsk, Tatarstan", "Gesamt"]
    visible = "Array.from(document.querySelectorAll('section[data-page]')).filter(part => !part.hidden).map(p => p.id)"
    assert tab.run(visible) == ["s-region_RU_SVE"]
    assert tab.run("document.querySelector('#s-region_RU_SVE details.fold').open")
    said = tab.run("document.querySelector('#status').textContent")
    assert said.startswith("Auswahl Swerdlowsk: ")
    tab.run("document.querySelector('.contents a[href=\"#s-limits\"]').click()")
    assert tab.run("location.hash") == "#region=RU-SVE&at=s-limits"
    assert shown_rows(tab) == ["Swerdlowsk", "Swerdlowsk, Tatarstan", "Gesamt"]
    tab.run("document.querySelector('#clear').click()")
    assert len(shown_rows(tab)) == 5
    assert tab.run("document.querySelector('#status').textContent") == ""
    assert tab.run("document.activeElement.id") == "region"


def test_an_address_with_a_region_opens_filtered_and_nonsense_does_no_harm(chromium: Browser, file: Path) -> None:
    with chromium.open(file) as tab:
        tab.run("location.hash = '#region=RU-KLU'")
        assert shown_rows(tab) == ["Kaluga", "Gesamt"]
        assert tab.run("document.querySelector('#region').value") == "RU-KLU"
        assert tab.run("document.querySelector('#t-list .none') !== null") is False
        tab.run("location.hash = '#region=RU-TA%22%3E%3Cimg'")
        assert len(shown_rows(tab)) == 5
        tab.run("location.hash = '#region=%E0%A4%A'")
        assert len(shown_rows(tab)) == 5
        assert tab.complaints == []


def test_a_folded_part_opens_when_linked_and_all_open_at_once(tab: Tab) -> None:
    is_open = "document.querySelector('#s-annex details.fold').open"
    assert tab.run(is_open) is False
    tab.run("location.hash = '#t-list'")
    assert tab.run(is_open) is True
    top = tab.run("document.querySelector('#t-list').getBoundingClientRect().top")
    assert tab.run("document.querySelector('.bar').offsetHeight") <= top < 400
    tab.run("document.querySelector('#open-all').click()")
    assert tab.run("document.querySelectorAll('details.fold:not([open])').length") == 0
    assert tab.run("document.querySelector('#open-all').textContent") == "Alles zuklappen"


GROUND = "getComputedStyle(document.body).backgroundColor"
BAR = "getComputedStyle(document.querySelector('#c-first svg use')).fill"


def test_light_and_dark_follow_the_system_and_the_switch(chromium: Browser, file: Path) -> None:
    with chromium.open(file) as tab:
        light, light_bar = tab.run(GROUND), tab.run(BAR)
        tab.run("document.querySelector('#theme').click()")
        dark = tab.run(GROUND)
        assert (light, dark) == ("rgb(255, 255, 255)", "rgb(20, 24, 29)")
        assert tab.run(BAR) != light_bar
        assert tab.run("document.querySelector('#theme').getAttribute('aria-pressed')") == "true"
        tab.run("document.querySelector('#theme').click()")
        assert tab.run(GROUND) == light
        tab.run("localStorage.clear()")
    with chromium.open(file, dark=True) as tab:
        assert tab.run(GROUND) == dark
        tab.run("document.querySelector('#theme').click()")
        assert tab.run(GROUND) == light
        tab.run("localStorage.clear()")


FOCUSED = (
    "(() => { const at = document.activeElement; const seen = getComputedStyle(at);"
    " return [at.id || at.className || at.textContent, seen.outlineStyle, at.getBoundingClientRect().top]; })()"
)


def test_every_control_is_reached_by_the_tab_key_in_order_and_seen(tab: Tab) -> None:
    reached = []
    for _ in range(8):
        tab.press("Tab")
        name, outline, top = tab.run(FOCUSED)
        assert outline == "solid", name
        assert top >= 0, name
        reached.append(name)
    assert reached[:6] == ["skip", "name", "region", "open-all", "print", "theme"]
    tab.run("document.querySelector('#theme').focus()")
    tab.press(" ")
    assert tab.run(GROUND) == "rgb(20, 24, 29)"
    tab.run("localStorage.clear()")
    tab.run(f"{SORT.format('Anzahl')}.focus()")
    tab.press("Enter")
    assert tab.run(COLUMN.format(1))[0] == "≥\u00a012"
    tab.run("document.querySelector('#s-annex summary').focus()")
    tab.press("Enter")
    assert tab.run("document.querySelector('#s-annex details.fold').open") is True
    tab.run("document.querySelector('.skip').focus()")
    tab.press("Enter")
    assert tab.run("document.activeElement.id") == "content"


@pytest.mark.parametrize("width", [360, 800, 1400])
def test_no_width_makes_the_page_scroll_sideways(chromium: Browser, file: Path, width: int) -> None:
    with chromium.open(file, width=width) as tab:
        tab.run("document.querySelectorAll('details').forEach(part => part.open = true)")
        assert tab.run("window.innerWidth") == width
        assert tab.run("document.documentElement.scrollWidth") <= width
        banner = tab.run(
            "(() => { window.scrollTo(0, 2500); const box = document.querySelector('.banner')"
            ".getBoundingClientRect(); return [box.top, box.bottom, box.left, box.right]; })()"
        )
        assert 0 <= banner[0] < banner[1] < 160
        assert 0 <= banner[2] < banner[3] <= width
        scroll = tab.run(
            "Array.from(document.querySelectorAll('.scroll')).filter(box => "
            "(box.scrollWidth > box.clientWidth + 1) !== (box.tabIndex === 0)).length"
        )
        assert scroll == 0
        bar = tab.run("document.querySelector('.bar').offsetHeight")
        assert bar <= 110


def test_everything_can_be_read_without_a_script(chromium: Browser, file: Path) -> None:
    with chromium.open(file, script=False) as tab:
        tree = tab.call("Runtime.evaluate", expression="document.body.innerText", returnByValue=True)
        text = tree["result"]["value"]
        for part in ("Regionen im Überblick", "Befund Gebiet Swerdlowsk.", "Erste Anmerkung.", BANNER):
            assert part in text
        for control in ("Alles aufklappen", "Dunkle Darstellung"):
            assert control not in text


def pages(tab: Tab) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(tab.print_pdf())).pages]


def test_the_print_has_mark_and_number_on_each_page_and_all_parts_open(chromium: Browser, file: Path) -> None:
    for dark in (False, True):
        with chromium.open(file, dark=dark) as tab:
            printed = pages(tab)
            assert len(printed) >= 4
            assert all(BANNER in page for page in printed)
            assert [f"Seite {number} von {len(printed)}" in page for number, page in enumerate(printed, 1)] == [
                True
            ] * len(printed)
            text = "\n".join(printed)
            for part in ("Letzte Reise", "Liste", "Antwort.", "Dritte Anmerkung."):
                assert part in text
            for control in ("Drucken", "Alles aufklappen", "alle Regionen"):
                assert control not in text
            assert tab.run("document.querySelector('#s-annex details.fold').open") is False


def test_the_print_is_a4_and_opens_all_parts_without_a_script(chromium: Browser, file: Path) -> None:
    with chromium.open(file, script=False) as tab:
        reader = PdfReader(io.BytesIO(tab.print_pdf()))
        assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in reader.pages} == {(595, 842)}
        assert "Antwort." in "\n".join(page.extract_text() for page in reader.pages)
        assert "Letzte Reise" in "\n".join(page.extract_text() for page in reader.pages)
