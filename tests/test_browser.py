"""What readers and analysts see, in a real Chromium: exported pages without a network, accessibility, JupyterLab."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from analysis import brief, frames
from analysis.brief import run
from analysis.brief.batch import make
from analysis.brief.chosen import Job
from test_brief import _contrast, corpus

sync_api = pytest.importorskip("playwright.sync_api", reason="no playwright here: pip install -e '.[dev]'")
axe = pytest.importorskip("axe_playwright_python.base", reason="no axe-core here: pip install -e '.[dev]'")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium")

FOLDER = Path(__file__).parent.parent / "notebooks"
# a report of each kind of page: tables, figures, long tables, two pages for a decision maker
KINDS = ("00_start_here", "10_corpus_quality", "20_region_profile", "40_targets", "90_briefing")
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as driver:
        held = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield held
        held.close()


@pytest.fixture(scope="module")
def reports(tmp_path_factory) -> dict[str, Path]:
    """The page of each kind, on the small corpus, and the index over them."""
    root = tmp_path_factory.mktemp("browser")
    frames.write(corpus(), root / "frames")
    jobs = [Job(FOLDER / f"{name}.ipynb", {"frames_dir": str(root / "frames")}) for name in KINDS]
    made = make(jobs, root / "reports", ("html", "pdf"), jobs=2)
    assert [(r.name, r.error) for r in made] == [(name, None) for name in KINDS]
    return {r.name: r.paths["html"] for r in made} | {"index": brief.index(root / "reports")}


class Opened:
    """A page that was opened without a network, with what it asked for and what went wrong in it."""

    def __init__(self, browser: Any, file: Path, scheme: str = "light") -> None:
        self.context = browser.new_context(color_scheme=scheme, viewport={"width": 1200, "height": 900})
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.wrong: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)
        self.context.set_offline(True)
        self.page.goto(file.as_uri())

    def __enter__(self) -> Opened:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()


@pytest.mark.parametrize("name", [*KINDS, "index"])
def test_a_page_asks_nothing_of_a_network_and_nothing_goes_wrong_in_it(browser, reports, name):
    with Opened(browser, reports[name]) as opened:
        opened.page.wait_for_load_state("networkidle")
        assert [url for url in opened.asked if not url.startswith(("file:", "data:", "blob:"))] == []
        assert opened.asked[0].startswith("file:")
        assert name == "index" or len([url for url in opened.asked if url.startswith("file:")]) == 1
        assert opened.wrong == []
        assert opened.page.evaluate("[...document.fonts].every((face) => face.family.includes('Noto Sans SC'))")


def test_a_click_on_a_number_opens_its_sentence_in_the_whole_plan_and_the_raw_text_is_one_click_away(browser, reports):
    with Opened(browser, reports["90_briefing"]) as opened:
        page = opened.page
        link = page.locator("td.num a.src[title]").first  # a number of a plan; counts have no sentence of their own
        printed = "".join(c for c in link.inner_text() if c.isdigit())
        link.click()
        page.wait_for_selector("#view[open] .plan mark")
        assert printed in page.locator("#view mark").inner_text()
        assert "一、办好学前教育" in page.locator("#view .plan").inner_text()
        turn = page.get_by_role("button", name="修复前的原文")
        turn.click()
        assert turn.get_attribute("aria-pressed") == "true"
        assert printed in page.locator("#view mark").inner_text()
        page.keyboard.press("Escape")
        assert page.locator("#view[open]").count() == 0
        assert opened.wrong == []


def test_every_link_to_a_sentence_opens_one(browser, reports):
    with Opened(browser, reports["40_targets"]) as opened:
        page = opened.page
        ids = page.evaluate("[...new Set([...document.querySelectorAll('a.src')].map((a) => a.hash.slice(1)))]")
        places = json.loads(page.locator("#plans").inner_text())["places"]
        assert len(ids) >= 4
        assert set(ids) <= set(places)


LINKS = "main a[href^='#src-'], main a[href^='#list-']"


@pytest.mark.parametrize("name", KINDS)
def test_every_number_that_can_be_opened_leads_to_sentences_that_the_page_holds(browser, reports, name):
    with Opened(browser, reports[name]) as opened:
        page = opened.page
        names = set(
            page.evaluate(f"[...document.querySelectorAll(`{LINKS}`)].map((a) => a.getAttribute('href').slice(1))")
        )
        told = json.loads(page.locator("#plans").inner_text())
        articles = set(page.evaluate("[...document.querySelectorAll('article')].map((held) => held.id)"))
        assert names
        assert names <= {*told["places"], *told["lists"], *articles}
        for n, n_plans, entries, of_plans in told["lists"].values():
            assert n >= len(entries) > 0
            assert n >= n_plans > 0
            assert not of_plans or n == n_plans
            assert all(entry in articles for entry in entries if isinstance(entry, str))


@pytest.mark.parametrize("name", ["20_region_profile", "90_briefing"])
def test_a_number_of_a_sentence_that_is_one_metric_opens_words_that_hold_its_digits(browser, reports, name):
    with Opened(browser, reports[name]) as opened:
        page = opened.page
        links = page.locator("main p a[href^='#src-'], main li a[href^='#src-'], .areas a[href^='#src-']:has(.word)")
        pairs = set()
        for at in range(links.count()):
            text = links.nth(at).text_content()
            links.nth(at).focus()
            page.keyboard.press("Enter")
            page.wait_for_selector("#view[open] mark")
            pairs.add((text, page.locator("#view mark").first.inner_text()))
            page.keyboard.press("Escape")
        values = {(text, quote) for text, quote in pairs if re.fullmatch(r"[≥≤≈]?[\d.,]+ ?(%|人|所|个)", text)}
        assert values
        assert [pair for pair in values if re.sub(r"[^\d.]", "", pair[0]) not in pair[1]] == []
        assert opened.wrong == []


def test_a_count_opens_the_list_of_its_sentences_each_of_them_its_plan_and_back(browser, reports):
    with Opened(browser, reports["90_briefing"]) as opened:
        page = opened.page
        page.locator("main p a[href^='#list-']").first.click()
        page.wait_for_selector("#view[open] .listed li")
        n = int(re.search(r"(\d+) 处原文", page.locator("#view h2").inner_text())[1])
        assert page.locator("#view .listed li").count() == min(n, 20)
        page.get_by_role("button", name="在全文中看").first.click()
        page.wait_for_selector("#view[open] .plan mark")
        page.get_by_role("button", name="回到清单").click()
        page.wait_for_selector("#view[open] .listed li")
        assert opened.wrong == []


def test_the_numbers_of_a_figure_are_reached_by_keys_and_lie_over_their_marks(browser, reports):
    with Opened(browser, reports["90_briefing"]) as opened:
        page = opened.page
        figure = page.locator(".figure", has=page.locator(".areas")).first
        links = figure.locator(".areas a")
        assert links.count() > 3
        assert [links.nth(at).get_attribute("tabindex") for at in range(3)] == ["0", "-1", "-1"]
        links.first.focus()
        page.keyboard.press("ArrowDown")
        assert links.nth(1).evaluate("link => link === document.activeElement")
        drawn, over = (figure.locator(f"{part} svg").first.bounding_box() for part in (".drawing", ".areas"))
        assert all(abs(drawn[side] - over[side]) < 1 for side in ("x", "y", "width", "height"))
        page.keyboard.press("Enter")
        page.wait_for_selector("#view[open] :is(.listed li, .plan mark)")
        page.keyboard.press("Escape")
        figure.locator(".drawing").press("Enter")
        assert page.locator("#view[open].wide .areas a").count() == links.count()
        page.locator("#view .areas a").last.click()
        page.wait_for_selector("#view[open] :is(.listed li, .plan mark)")
        assert opened.wrong == []


def test_tables_sort_and_figures_open_large(browser, reports):
    with Opened(browser, reports["90_briefing"]) as opened:
        page = opened.page
        table = page.locator("table.plans", has=page.locator("td[data-sort]")).first
        heads = table.locator("thead th")
        at = next(i for i in range(heads.count()) if table.locator(f"tbody td:nth-child({i + 1})[data-sort]").count())

        def order() -> list[float]:
            found = table.locator(f"tbody td:nth-child({at + 1})").evaluate_all(
                "cells => cells.map(c => c.dataset.sort)"
            )
            return [float(value) for value in found if value is not None]

        heads.nth(at).locator("button").click()
        assert order() == sorted(order())
        heads.nth(at).locator("button").click()
        assert order() == sorted(order(), reverse=True)
        assert heads.nth(at).get_attribute("aria-sort") == "descending"
        page.locator("main .drawing").first.press("Enter")
        assert page.locator("#view[open].wide .drawing svg, #view[open].wide svg").first.is_visible()


def test_the_index_finds_filters_and_leads_to_reports(browser, reports):
    with Opened(browser, reports["index"]) as opened:
        page = opened.page
        rows = page.locator("#reports tbody tr:visible")
        assert rows.count() == len(KINDS)
        page.locator("#search").fill("briefing")
        assert rows.count() == 1
        page.locator("#search").fill("")
        page.locator("[data-filter=name]").select_option("40_targets")
        assert rows.count() == 1
        page.locator("[data-filter=status]").select_option("failed")
        assert rows.count() == 0
        assert page.locator("#none").is_visible()
        page.locator("[data-filter=status]").select_option("ok")
        assert page.evaluate("document.querySelector('#reports tr:not([hidden]) img.small').naturalWidth") > 100
        rows.locator("a").first.click()
        assert page.locator("h1").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", [*KINDS, "index"])
def test_a_page_is_accessible(browser, reports, name, scheme):
    """No serious or critical finding of axe-core, with everything unfolded."""
    with Opened(browser, reports[name], scheme) as opened:
        page = opened.page
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        look = page.evaluate(
            "(({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(document.body))"
        )
        assert _contrast(*look) > 7
        assert _is_dark(look[1]) is (scheme == "dark")
        assert _violations(page) == []
        if name != "index" and page.locator("a.src").count():
            page.evaluate("document.querySelector('a.src').click()")
            page.wait_for_selector("#view[open] :is(mark, .listed li)")
            assert _violations(page) == []
        if page.locator("main a[href^='#list-']").count():
            page.evaluate("document.getElementById('view').close()")
            page.evaluate(
                "document.querySelector(`main a[href^='#list-']`).dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))"
            )
            page.wait_for_selector("#view[open] .listed li")
            assert _violations(page) == []


def _is_dark(colour: str) -> bool:
    return sum(map(int, re.findall(r"\d+", colour)[:3])) < 3 * 100


def _violations(page: Any) -> list[tuple[str, str]]:
    """What axe-core finds serious: its rule, and the first element that breaks it. It is put in as the tester's own code."""
    page.evaluate(axe.AXE_SCRIPT)
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then((results) => results.violations)")
    return [(v["id"], v["nodes"][0]["html"][:160]) for v in found if v["impact"] in SERIOUS]


def test_figures_stay_legible_on_the_dark_page(browser, reports):
    with Opened(browser, reports["90_briefing"], "dark") as opened:
        colour = opened.page.evaluate("getComputedStyle(document.querySelector('main .drawing')).backgroundColor")
        assert not _is_dark(colour)


@pytest.fixture(scope="module")
def lab(tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """A JupyterLab of its own on loopback, on a project folder with the tour's notebook; stopped afterwards."""
    home = tmp_path_factory.mktemp("lab")
    frames.write(corpus(), home / "data" / "processed")
    (home / "notebooks").mkdir()
    shutil.copy(FOLDER / "90_briefing.ipynb", home / "notebooks" / "90_briefing.ipynb")
    # cells out of sight stay in the page, so that all of it can be asked
    settings = home / "config/lab/user-settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"windowingMode": "none"}', "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}", "--ip=127.0.0.1",
               "--ServerApp.token=", "--ServerApp.password=", "--ServerApp.disable_check_xsrf=True",
               "--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
               f"--ServerApp.root_dir={home}", f"--LabApp.workspaces_dir={home / 'workspaces'}"]  # fmt: skip
    own = {"HOME": str(home), "JUPYTER_CONFIG_DIR": str(home / "config"), "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
           "JUPYTER_DATA_DIR": str(home / "share"), "IPYTHONDIR": str(home / "ipython"), "PLANS_HOME": str(home)}  # fmt: skip
    with (home / "log.txt").open("w") as log:
        server = subprocess.Popen(command, env={**os.environ, **own}, stdout=log, stderr=log, cwd=home)
        try:
            _wait_for(f"http://127.0.0.1:{port}/api", server, home / "log.txt")
            yield f"http://127.0.0.1:{port}", home
        finally:
            server.terminate()
            server.wait(30)


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.3)
    pytest.fail(f"JupyterLab did not start: {log.read_text('utf-8')[-2000:]}")


def test_a_notebook_runs_by_its_button_in_jupyterlab(browser, lab):
    address, _ = lab
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.goto(f"{address}/lab/tree/notebooks/90_briefing.ipynb?reset")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=90_000)
    page.locator(
        "[data-command='notebook:restart-run-all'], [data-command='runmenu:restart-and-run-all']"
    ).first.click()
    page.locator(".jp-Dialog button.jp-mod-accept").click(timeout=30_000)
    figure = page.locator(".jp-OutputArea-output.jp-RenderedSVG").first
    figure.wait_for(state="attached", timeout=120_000)
    page.wait_for_function(
        "document.body.innerText.includes('引用格式') || document.querySelector('.jp-RenderedText[data-mime-type*=stderr]')",
        timeout=120_000,
    )
    assert (
        page.locator("[data-mime-type='application/vnd.jupyter.error'], [data-mime-type*='stderr']").all_inner_texts()
        == []
    )
    figure.scroll_into_view_if_needed()
    assert figure.bounding_box()["height"] > 100
    table = page.locator(".jp-OutputArea-output .dt-container, .jp-OutputArea-output .dataTables_wrapper").first
    table.scroll_into_view_if_needed()
    assert table.is_visible()
    sentence = table.locator("details").first
    sentence.locator("summary").click()
    assert len(sentence.inner_text()) > len(sentence.locator("summary").inner_text())
    context.close()


def test_reports_do_not_take_the_open_notebooks_tables(lab):
    """A report made beside an open JupyterLab has plain tables: its kernel is no open notebook's."""
    _, home = lab
    with run.Kernel(home) as kernel:
        done = run.execute(FOLDER / "90_briefing.ipynb", {"frames_dir": str(home / "data" / "processed")}, kernel)
    assert done.error is None
    assert "dataTable" not in json.dumps(done.nb)
