"""Parameters, runs, pages, PDFs, the index; on a small corpus made by hand, of invented places."""

from __future__ import annotations

import ast
import base64
import io
import json
import re
import shutil
import subprocess
import zlib
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import docx
import nbformat
import openpyxl
import pandas as pd
import pypdfium2
import pytest
from docx.oxml.ns import qn
from fontTools.ttLib import TTFont

from analysis import brief, frames
from analysis.brief import (
    batch,
    chosen,
    fonts,
    html,
    labels,
    listing,
    live,
    messages,
    methods,
    originals,
    parameters,
    pdf,
    private,
    results,
    run,
    show,
    sources,
    tables,
    typeset,
    widths,
    word,
    workbook,
)  # fmt: skip
from analysis.brief.errors import BriefError
from analysis.text import Edit, Text

HOSTILE = [
    "# 标题 #let x = 1 #panic()", "*粗* _斜_ `码` $a^2$ @ref <label>", 'say "no" \\ \\u{41} #"x";',
    "[链](javascript:alert(1)) ![图](http://evil.example/a.png)", "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "= 一级\n== 二级\n- 列表\n+ 编号\n/ 项: 词", "http://evil.example/x ~ -- --- ... // 注 /* 注 */", "}}{{ cell }} {% raw %} ]] )) ((",
    "控\x00制\x07字\ufffe符\u202e逆", "&lt;b&gt; &amp; &#35;", "1. 一\n2) 二", "| a | b |\n|---|---|\n| 1 | 2 |",
]  # fmt: skip

# heading, text, domain, instruments, commitment, lead unit, deadline, (clause, indicator id, indicator, value, unit, comparator)
Line = tuple[str, str, str, list[str], str, str | None, str | None, tuple[str, str, str, float, str, str] | None]

LINES: list[Line] = [
    ("办好学前教育", "新建公办幼儿园{n}所，学前三年毛入园率达到{r}%以上，扩大普惠资源。", "preschool", ["infrastructure"], "quantified",
     "学前教育科", "2024-12", ("学前三年毛入园率达到{r}%以上", "preschool_gross_enrolment", "学前三年毛入园率", 90.0, "%", "ge")),
    ("均衡发展义务教育", "推进集团化办学，完善控辍保学台账，改善乡村学校条件。", "compulsory", ["organisation", "infrastructure"],
     "continuing", "基础教育科", None, None),
    ("建强教师队伍", "招聘教师{n}0名，开展全员培训，完善师德考核办法。", "teachers", ["talent", "evaluation"], "quantified", None, "2024-09",
     ("招聘教师{n}0名", "teacher_recruits", "招聘教师人数", 30.0, "名", "eq")),
    ("守住校园安全", "开展安全隐患排查，严禁瞒报漏报，完善应急预案。", "safety", ["regulation"], "binding", "安全科", None, None),
    ("深化课程改革", "探索跨学科学习试点，举办课堂观摩活动。", "teaching", ["pilot"], "exploratory", None, None, None),
]  # fmt: skip
REGIONS = {"青禾县": 3, "白渚县": 4, "砚池县": 5, "芦汀县": 6}


def corpus(regions: dict[str, int] = REGIONS, years: tuple[int, ...] = (2023, 2024)) -> dict[str, Any]:
    """The frames of a small corpus: a plan a region and year, five items each, two of them with a number."""
    held: dict[str, list[dict[str, Any]]] = {name: [] for name in frames.COLUMNS}
    for region, n in regions.items():
        for year in years:
            _plan(held, region, n + year - 2023, year)
    return {name: frames.make(name, rows) for name, rows in held.items()}


def _plan(held: dict[str, list[dict[str, Any]]], region: str, n: int, year: int) -> None:
    key, title = f"{region}-{year}", f"{region}{year}年教育工作要点"
    text, rate = title + "\n", 88 + n
    for at, (heading, body, domain, instruments, commitment, lead, deadline, number) in enumerate(LINES):
        if at == 4 and n % 2:  # some places have no fifth task
            continue
        body = body.format(n=n, r=rate)
        text += f"{'一二三四五'[at]}、{heading}\n"
        start = len(text)
        text += body + "\n"
        held["items"].append(dict(
            plan_id=key, item_id=f"{key}-{at}", order=at, heading=heading, text=body, start=start, end=start + len(body),
            tense="task", codebook="education", domains=[domain], domain=domain, instruments=instruments,
            commitment=commitment, hedges=[], lead_units=[lead] if lead else [], support_units=[], deadline=deadline,
        ))  # fmt: skip
        if number is not None:
            clause = number[0].format(n=n, r=rate)
            a = start + body.index(clause)
            value = float(rate if number[4] == "%" else n * 10)
            held["metrics"].append(dict(
                plan_id=key, item_id=f"{key}-{at}", metric_id=f"{key}-{at}-m", quote=clause, start=a, end=a + len(clause),
                source_start=a, source_end=a + len(clause), indicator=number[2], indicator_id=number[1],
                indicator_confidence=0.9, value=value, unit=number[4], comparator=number[5], kind="level",
                status="target", year=year, worded=False, base_value=value, base_unit=number[4],
            ))  # fmt: skip
    held["plans"].append(dict(
        plan_id=key, part_no=1, source_paths=[f"raw/{title}.txt"], source_sha256=key, format="txt", title=title,
        doc_type="work_points", is_plan=True, sector="education", issuer=f"{region}教育局", province="云岭省", city="临江市",
        county=region, region_level="county", plan_year=year, plan_until=year, script="simplified", noise=[], text=text,
        n_chars=len(text), damage=0.0, family_id=key, evidence=[],
    ))  # fmt: skip
    held["sources"].append(dict(plan_id=key, source_text=text, segments=[], pages=[]))


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A project folder with the frames of the small corpus and one tiny notebook."""
    folder = tmp_path_factory.mktemp("home")
    frames.write(corpus(), folder / "data" / "processed")
    write(folder / "notebooks" / "01_tiny.ipynb", PARAMETERS, CELL)
    return folder


@pytest.fixture(autouse=True)
def _at_home(home, monkeypatch):
    monkeypatch.setenv("PLANS_HOME", str(home))


PARAMETERS = """region: str | None = None  # as in the regions table
regions: list[str] = []  # only these
plan_year: int | None = None
share: float = 0.5
deep: bool = False
frames_dir: str | None = None
lang: str = "zh"  # zh or en
"""
CELL = """from analysis import brief, frames, paths
corpus = frames.load(paths.processed())
page = brief.page(corpus, lang)
page.title(f"{region}要做什么？", f"What will {region} do?")
page.heading("目标", "Targets")
page.table(corpus.metrics, ["region", "indicator", "value", "year"])
page.table(corpus.items.head(3), ["region", "heading", "domains", "commitment"])
assert region != "白渚县", "no luck today"
"""


def write(path: Path, cell: str, *cells: str) -> Path:
    """A notebook with a parameters cell and others."""
    first = nbformat.v4.new_code_cell(cell)
    first.metadata["tags"] = ["parameters"]
    nb = nbformat.v4.new_notebook(cells=[first, *map(nbformat.v4.new_code_cell, cells)])
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(nb, path)
    return path


def shown(*outputs: dict[str, Any]) -> Any:
    """An executed notebook with these outputs, each a dict from MIME type to data."""
    made = [nbformat.v4.new_output("display_data", data=data) for data in outputs]
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1", outputs=made)])


def pdf_text(data: bytes) -> str:
    """The text of a PDF, page after page, without white space."""
    return re.sub(
        r"[\s\u200b]+", "", "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
    )


def test_the_parameters_cell_gives_names_types_defaults_and_help(home):
    first, *_, last = parameters.read(home / "notebooks" / "01_tiny.ipynb")
    assert (first.name, first.type, first.default, first.help) == (
        "region",
        "str | None",
        None,
        "as in the regions table",
    )
    assert (last.name, last.base, last.default, last.help) == ("lang", "str", "zh", "zh or en")
    assert "region: str | None = None" in parameters.text(home / "notebooks" / "01_tiny.ipynb")


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("plan_year", "2024", 2024),
        ("plan_year", "", None),
        ("share", "0.25", 0.25),
        ("deep", "yes", True),
        ("deep", "否", False),
        ("regions", "青禾县，白渚县、砚池县", ["青禾县", "白渚县", "砚池县"]),
        ("regions", "", []),
        ("region", "None", None),
    ],
)
def test_values_become_the_parameters_type(home, name, given, expected):
    assert parameters.check(home / "notebooks" / "01_tiny.ipynb", {name: given}) == {name: expected}


@pytest.mark.parametrize(
    ("use", "message"),
    [
        ({"names": ["tyny"]}, "notebook 'tyny' is unknown; near matches: 01_tiny"),
        ({"names": ["tiny"], "params": {"regon": "x"}}, "'regon' is unknown; near matches: region"),
        ({"names": ["tiny"], "params": {"region": "青和县"}}, "region '青和县' is unknown; near matches: 青禾县"),
        ({"names": ["tiny"], "params": {"plan_year": "2032"}}, "year '2032' is unknown; near matches: 2024, 2023"),
        ({"names": ["tiny"], "params": {"region": "青禾县", "plan_year": 1999}}, "year of 青禾县 '1999' is unknown"),
        ({"names": ["tiny"], "params": {"plan_year": "soon"}}, "plan_year takes int | None, not 'soon'"),
        ({"names": ["tiny"], "lang": "fr"}, "language 'fr' is unknown; there are: zh, en"),
        ({"names": ["tiny"], "formats": ["dox"]}, "format 'dox' is unknown; near matches: docx"),
        ({"names": ["tiny"], "each": "county"}, "--each 'county' is unknown; there are: region, year, plan, pair"),
        ({"names": ["tiny"], "each": "region", "params": {"region": "青禾县"}}, "exclude each other"),
    ],
)
def test_wrong_use_stops_before_anything_runs(tmp_path, use, message):
    with pytest.raises(BriefError, match=re.escape(message)):
        brief.report(out=tmp_path / "out", **use)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("each", "n", "first"),
    [
        (None, 1, {}),
        ("region", 4, {"region": "白渚县"}),
        ("year", 2, {"plan_year": 2023}),
        ("plan", 8, {"region": "白渚县", "plan_year": 2023}),
        ("pair", 6, {"regions": ["白渚县", "砚池县"]}),
    ],
)
def test_each_makes_a_report_a_region_year_plan_or_pair(each, n, first):
    jobs = chosen.jobs(["tiny"], each, {})
    assert len(jobs) == n
    assert jobs[0].params == first


def test_a_region_is_found_by_its_full_name():
    assert chosen.region("临江市青禾县", REGIONS) == "青禾县"
    assert chosen.region("青禾", REGIONS) == "青禾县"


def test_one_failure_stops_nothing_and_nothing_is_left_half_written(tmp_path):
    told: list[tuple[int, int]] = []
    found = brief.report(
        ["tiny"], each="region", jobs=2, out=tmp_path, progress=lambda *at: told.append(at), strict=True
    )
    assert [(r.params["region"], r.status) for r in found] == [
        ("白渚县", "failed"), ("砚池县", "ok"), ("芦汀县", "ok"), ("青禾县", "ok"),
    ]  # fmt: skip
    assert found[0].error == "AssertionError: no luck today"
    assert set(found[0].paths) == {"ipynb"}
    assert set(found[1].paths) == {"html", "pdf", "ipynb", "png"}
    assert all(path.is_file() for result in found for path in result.paths.values())
    assert sorted(told) == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert not list(tmp_path.glob(".new-*"))
    assert found[3].title == "青禾县要做什么？"
    _index_lists_them(tmp_path)


def test_only_what_changed_is_made_again(tmp_path, home):
    frames_of = tmp_path / "frames"
    shutil.copytree(home / "data" / "processed", frames_of)
    path = write(tmp_path / "07_read.ipynb", PARAMETERS, CELL + "page.made()\n")

    def again(**more: Any) -> str:
        params = {"region": "青禾县", "frames_dir": str(frames_of)}
        use = {"params": params, "out": tmp_path / "out", "formats": ["html"], "fresh": False} | more
        (found,) = brief.report([str(path)], **use)
        listed = json.loads(brief.index(tmp_path / "out").with_name("index.json").read_text("utf-8"))
        assert found.status in [row["status"] for row in listed]
        return found.status

    assert again() == "ok"
    receipt = json.loads((tmp_path / "out" / "07_read" / "青禾县.json").read_text("utf-8"))
    assert {"plans", "items", "metrics"} <= set(receipt["read"])
    assert "outline" not in receipt["read"]
    assert again() == "unchanged"
    assert again(fresh=True) == "ok"
    held = frames.read(frames_of, "outline")
    frames.write({"outline": held.assign(title="x")}, frames_of)
    assert again() == "unchanged"  # the notebook does not read it
    frames.write({"items": frames.read(frames_of, "items").head(3)}, frames_of)
    assert again() == "ok"
    assert again(formats=["html", "pdf"]) == "ok"
    next((tmp_path / "out" / "07_read").glob("*.html")).unlink()
    assert again(formats=["html", "pdf"]) == "ok"


def test_the_workbook_lists_each_headline_number_once_and_holds_no_formula():
    number = {
        "region": "=甲",
        "indicator_id": None,
        "indicator": "+乙率",
        "value": 92.0,
        "year": 2024,
        "comparator": "ge",
    }
    receipts = [
        {
            "name": name,
            "params": {},
            "told": "@x",
            "status": "ok",
            "paths": {"html": f"{name}/a.html"},
            "numbers": [number],
        }
        for name in ("20", "90")
    ]
    book = openpyxl.load_workbook(io.BytesIO(workbook.excel(receipts)))
    numbers, reports = book.worksheets
    assert [cell.value for cell in numbers[2]][:5] == ["'=甲", "'+乙率", "'+乙率", "≥", 92]
    assert numbers.max_row == 2
    assert [row[0].value for row in reports.iter_rows(min_row=2)] == ["20", "90"]
    assert [cell.hyperlink.target for cell in reports["G"][1:]] == [quote(cell.value) for cell in reports["G"][1:]]
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def _index_lists_them(out: Path) -> None:
    page = brief.index(out).read_text("utf-8")
    rows = json.loads((out / "index.json").read_text("utf-8"))
    assert [row["status"] for row in rows].count("failed") == 1
    assert "no luck today" in page
    for row in rows:
        for path in row["paths"].values():
            assert (out / path).is_file()
    assert offline(page)


def offline(page: str) -> bool:
    """Whether a page asks nothing of a network."""
    loads = re.findall(
        r"""(?:src|srcset|data|action)\s*=\s*["']?(?!data:)[^"'\s>]*//|url\(\s*["']?(?!data:|#)|@import|<link""", page
    )
    return not loads and "default-src 'none'" in page


def test_a_number_in_the_page_and_in_the_pdf_leads_to_its_sentence():
    held = frames.load(brief.chosen.paths.processed())
    quoted = sources.metrics(held, ["青禾县-2024-0-m"])
    assert quoted[0]["before"] == "新建公办幼儿园4所，"
    assert quoted[0]["quote"] == "学前三年毛入园率达到92%以上"
    assert quoted[0]["after"] == "，扩大普惠资源。"
    table = tables.html_table(["数值"], [[tables.Cell("≥ 92 %", 92.0, "青禾县-2024-0-m")]])
    nb = shown({"text/html": table, sources.MIME: {"sources": quoted}})
    page = html.page(nb)
    link = re.search(r'<a class="src" href="#(src-[^"]+)">≥ 92 %</a>', page)
    assert link is not None
    assert f'<article class="source" id="{link.group(1)}">' in page
    assert "<mark>学前三年毛入园率达到92%以上</mark>，扩大普惠资源。" in page
    markup = pdf.markup(nb, Path(), "zh", "", ())
    assert f'#cited("{link.group(1)}", 1)' in markup
    assert "扩大普惠资源。" in pdf_text(pdf.pdf(nb))


def _unpacked(packed: originals.Packed) -> dict[str, Any]:
    return json.loads(zlib.decompress(base64.b64decode(packed.data)))


def _raw(plan: dict[str, Any]) -> str:
    """The raw text, put together from its pieces."""
    parts = [p if isinstance(p, str) else p[2] if len(p) == 3 else plan["text"][p[0] : p[1]] for p in plan["raw"]]
    return "".join(parts)


def test_a_plan_is_packed_with_its_raw_text_told_by_the_clean_one_and_its_repairs_marked():
    source = "广告\n一、辦好教育\n覆盖率达到9 0%。页码"
    text = Text.of(source).edit([Edit(0, 3, ""), Edit(16, 17, ""), Edit(20, 22, "")])
    text = text.recoded(text.clean.replace("辦", "办"))
    at = text.clean.index("90")
    segments = [s._asdict() for s in text.segments]
    repairs = [
        {"rule": "leftover_ads", "source_start": 0, "source_end": 3, "before": "广告\n", "after": ""},
        {"rule": "cut_number", "source_start": 15, "source_end": 18, "before": "9 0", "after": "90"},
        {"rule": "white_space", "source_start": None, "source_end": None, "before": None, "after": None},
    ]
    masks = [{"start": 2, "end": 4, "kind": "place", "likely": None}]
    plan = originals.opened([{"text": text.clean}], [{"source_text": source, "segments": segments}], repairs, masks)
    assert _raw(plan) == source
    assert [mark[:3] for mark in plan["marks"]] == [[0, 0, "gone"], [2, 4, "mask"], [at, at + 2, "repair"]]
    assert [mark[3] for mark in plan["marks"]] == [
        "删去（广告）：广告", "遮蔽的地名", "修复（断开的数字），原为：9 0",
    ]  # fmt: skip


def test_a_page_holds_the_plans_cited_most_as_far_as_there_is_room(home):
    folder = home / "data" / "processed"
    cited = ["青禾县-2024", "白渚县-2024", "青禾县-2024", "no such plan"]
    held = originals.packed(folder, cited)
    assert list(held) == ["青禾县-2024", "白渚县-2024"]
    plan = _unpacked(held["青禾县-2024"])
    assert plan["text"] == frames.load(folder).plans.set_index("plan_id")["text"]["青禾县-2024"]
    assert list(originals.packed(folder, cited, most=len(held["青禾县-2024"].data))) == ["青禾县-2024"]
    assert originals.packed(folder / "nowhere", cited) == {}


def test_a_cut_font_shows_its_characters_as_the_whole_font_does():
    file = fonts.FILES[0]
    with TTFont(io.BytesIO(fonts.cut(file, frozenset("青禾县90%")))) as small, TTFont(file, lazy=True) as whole:
        known = small.getBestCmap()
        assert set(map(chr, known)) == set("青禾县90%")
        for character, name in known.items():
            other = whole.getBestCmap()[character]
            assert small["glyf"][name].coordinates == whole["glyf"][other].coordinates
            assert small["hmtx"][name] == whole["hmtx"][other]
    assert fonts.cut(file, frozenset("青")) == fonts.cut(file, frozenset("青"))


def test_anchors_of_different_ids_differ():
    assert sources.anchor("青禾县-1") != sources.anchor("白渚县-1")
    assert re.fullmatch(r"src-[0-9A-Za-z-]+", sources.anchor("青禾县-1"))


def test_the_raw_text_is_kept_where_it_reads_otherwise():
    row = {"plan_id": "p", "source_start": 0, "source_end": 4}
    assert sources._raw(row, {"p": "達到九成。"}, "达到九成。") == "達到九成。"
    assert sources._raw(row, {"p": "达到九成。"}, "达到九成。") is None


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_read_as_markup(text):
    printed = re.sub(r"[\x00-\x1f\ufffe\u202e\s]", "", text)
    table = tables.html_table([text], [[tables.Cell(text)]], text)
    nb = shown(
        {"text/markdown": "# " + show.plain(" ".join(text.split()))},
        {"text/markdown": show.plain(text)},
        {"text/html": table},
    )
    set_as = pdf_text(pdf.pdf(nb, made=text, facts=[text]))
    if printed.isascii() or "控" not in text:
        assert set_as.count(printed) >= 5
    page = html.page(nb)
    body = page[page.index("<body>") : page.index('<script type="application/json"')]
    assert "<script" not in body
    assert "<img" not in body
    assert "onerror=alert(2)>" not in body
    assert not re.search(r'href="(?!#)', body)
    assert "<table" in body
    assert len(re.findall("<li>", body)) == 0
    assert offline(page)


def test_a_page_embeds_the_font_with_exactly_its_characters():
    page = html.page(shown({"text/markdown": "# 青字\n\n正文"}))
    assert page.count("@font-face") == 2
    assert len(page) < 200_000
    assert not fonts.missing("青字正文")
    assert fonts.missing("\U0001f600") == {"\U0001f600"}


def test_a_pdf_has_title_language_bookmarks_and_only_our_font():
    nb = shown(
        {"text/markdown": "# 题目"}, {"text/markdown": "## 第一节\n\n正文。"}, {"text/markdown": "## 第二节\n\n正文。"}
    )
    data = pdf.pdf(nb, "zh", "生成于今日", ["地区: 青禾县"])
    document = pypdfium2.PdfDocument(data)
    assert document.get_metadata_value("Title") == "题目"
    assert [bookmark.get_title() for bookmark in document.get_toc()] == ["第一节", "第二节"]
    assert b"/Lang (zh-CN)" in data or b"/Lang(zh-CN)" in data or b"zh" in data
    assert set(re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([A-Za-z-]+)", data)) <= {b"NotoSansSC-Regular", b"NotoSansSC-Bold"}
    assert "第1页，共1页" in pdf_text(data)
    assert "Page1of1" in pdf_text(pdf.pdf(nb, "en"))


def test_a_long_table_breaks_over_pages_and_repeats_its_head():
    rows = [[tables.Cell(f"任务{i}"), tables.Cell("完善制度" * 20)] for i in range(120)]
    data = pdf.pdf(shown({"text/html": tables.html_table(["任务名", "内容"], rows)}))
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]
    assert len(pages) > 2
    assert all("任务名" in page for page in pages)
    assert "任务 119" in pages[-1]


def test_a_wide_table_is_set_in_parts_that_repeat_the_first_column():
    names = [f"地区{i:02d}" for i in range(20)]
    markup = typeset.html(
        tables.html_table(["指标", *names], [[tables.Cell("入园率"), *[tables.Cell(str(i)) for i in range(20)]]])
    )
    assert markup.count("#sheet(") == 2
    assert markup.count('"入园率"') == 2
    assert all(markup.count(f'"{name}"') == 1 for name in names)


def test_a_figure_keeps_its_words_for_those_who_cannot_see_it():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="100pt" height="50pt" viewBox="0 0 100 50"><rect width="9" height="9"/></svg>'
    nb = shown({"image/svg+xml": svg, "text/plain": "甲高于乙"})
    nb.cells[0].outputs[0].metadata["alt"] = "甲高于乙"
    assert 'aria-label="甲高于乙"' in html.page(nb)
    assert 'alt: "甲高于乙"' in pdf.markup(nb, Path(brief.chosen.paths.home()), "zh", "", ())


@pytest.fixture(scope="module")
def kernel(tmp_path_factory) -> Iterator[run.Kernel]:
    with run.Kernel(tmp_path_factory.mktemp("work")) as held:
        yield held


def test_cells_for_the_notebooks_reader_stay_out_of_reports(tmp_path, kernel):
    path = write(tmp_path / "02_note.ipynb", "n: int = 1", "print(n)")
    nb = nbformat.read(path, 4)
    note = nbformat.v4.new_markdown_cell("# 只给笔记本读者", metadata={"tags": [run.NOT_IN_REPORTS]})
    nbformat.write(nbformat.v4.new_notebook(cells=[note, *nb.cells]), path)
    first = run.execute(path, {"n": 2}, kernel)
    second = run.execute(write(tmp_path / "03.ipynb", "m: int = 1", "print('n' in dir())"), {"m": 1}, kernel)
    assert [cell.cell_type for cell in first.nb.cells] == ["code", "code", "code"]
    assert first.nb.cells[2].outputs[0]["text"] == "2\n"
    assert second.nb.cells[2].outputs[0]["text"] == "False\n"


def test_a_dead_kernel_is_a_failed_run_and_the_next_run_has_a_new_one(tmp_path, kernel):
    dies = write(tmp_path / "04.ipynb", "n: int = 1", "import os\nos._exit(3)")
    lives = write(tmp_path / "05.ipynb", "n: int = 1", "print(n)")
    assert "died" in (run.execute(dies, {}, kernel).error or "").lower()
    assert run.execute(lives, {}, kernel).error is None


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, "all"),
        ({"lang": "zh", "frames_dir": "/x"}, "all"),
        ({"region": "青禾县", "plan_year": 2024}, "青禾县-2024"),
        ({"regions": ["青禾县", "白渚县"], "lang": "en"}, "青禾县+白渚县-en"),
    ],
)
def test_a_file_is_named_for_its_parameters(params, expected):
    assert results.slug(params) == expected


def test_names_that_no_file_system_takes_are_replaced_and_stay_apart():
    found = {results.slug({"region": name}) for name in ("a/b", "a:b", "../..", "a" * 300, "a" * 301)}
    assert len(found) == 5
    assert all(re.fullmatch(r"[\w.+-]{1,80}", name) and not name.startswith(".") for name in found)


def test_amounts_and_codes_are_put_in_words():
    frame = pd.DataFrame([{
        "indicator": "毛入园率", "value": 2.0, "value_high": 3.0, "unit": "个", "per": "每校", "comparator": "range",
        "commitment": "binding", "share": 0.125, "is_plan": True, "domains": ["preschool", "safety"], "codebook": "education",
    }])  # fmt: skip
    cells = tables.rows(frame, ["value", "commitment", "share", "is_plan", "domains"], "zh")[0]
    assert [cell.text for cell in cells] == ["2–3 个/每校", "约束", "12.5%", "是", "学前教育、校园安全与稳定"]
    english = tables.rows(frame, ["value", "commitment", "share", "is_plan"], "en")[0]
    assert [cell.text for cell in english] == ["2–3/每校", "binding", "12.5%", "yes"]


def test_doctor_names_what_is_here_and_what_is_missing():
    rows = brief.doctor()
    assert {"state", "name", "detail"} == set(rows[0])
    assert {row["state"] for row in rows} <= {"ok", "missing", "optional"}
    assert any(row["name"] == "typst" and row["state"] == "ok" for row in rows)
    lacking = [row for row in rows if row["name"].startswith("extra") and row["state"] == "optional"]
    assert all(re.search(r"make \w+|python\S* -m pip install -e '\.\[\w+\]'$", row["detail"]) for row in lacking)


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium")
def test_in_a_browser_a_click_opens_the_sentence_tables_sort_and_the_dark_page_is_legible(tmp_path):
    quoted = sources.metrics(frames.load(brief.chosen.paths.processed()), ["青禾县-2024-0-m"])
    cells = [
        [tables.Cell("92 %", 92.0, "青禾县-2024-0-m")],
        [tables.Cell("—")],
        [tables.Cell("8 %", 8.0)],
        [tables.Cell("100 %", 100.0)],
    ]
    nb = shown(
        {"text/markdown": "# 题\n\n正文"},
        {"text/html": tables.html_table(["值"], cells), sources.MIME: {"sources": quoted}},
    )
    script = """
      const said = {};
      document.querySelector("a.src").click();
      said.open = document.getElementById("view").open;
      said.text = document.querySelector("#view mark").textContent;
      document.getElementById("view").close();
      const order = () => [...document.querySelectorAll("tbody td")].map((cell) => cell.textContent).join("|");
      document.querySelector("th button").click();
      said.up = order();
      document.querySelector("th button").click();
      said.down = order();
      document.querySelector('[data-do="theme"]').click();
      const look = getComputedStyle(document.body);
      said.colours = [look.color, look.backgroundColor];
      said.font = [...document.fonts].every((face) => face.family.includes("Noto Sans SC"));
      document.title = JSON.stringify(said);
    """
    said = _asked(html.page(nb), script, tmp_path)
    assert said["open"] is True
    assert said["text"] == "学前三年毛入园率达到92%以上"
    assert said["up"] == "8 %|92 %|100 %|—"
    assert said["down"] == "100 %|92 %|8 %|—"
    assert _contrast(*said["colours"]) > 7
    assert said["font"] is True


def _asked(page: str, script: str, folder: Path) -> dict[str, Any]:
    """What the script says of the page in a browser without a network."""
    file = folder / "page.html"
    file.write_text(page.replace("</body>", f"<script>{script}</script></body>"), "utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND", "--dump-dom"]
    command = [str(CHROMIUM), *flags, f"--user-data-dir={folder / 'profile'}", file.as_uri()]
    dom = subprocess.run(command, capture_output=True, check=True, timeout=120).stdout.decode("utf-8")
    found = re.search(r"<title>(.*?)</title>", dom)
    assert found is not None
    return json.loads(unescape(found.group(1)))


def _contrast(one: str, other: str) -> float:
    """The contrast of two colours as browsers print them. Source: WCAG 2.2, contrast ratio."""
    light = []
    for colour in (one, other):
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        light.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(light) + 0.05) / (min(light) + 0.05)


def test_a_table_of_targets_puts_the_most_stated_first_and_names_indicators_in_the_language():
    frame = pd.DataFrame([
        {"indicator_id": "x", "indicator": "甲率", "by": "青禾县", "value": None, "state": "not_stated", "metric_id": None},
        {"indicator_id": "x", "indicator": "甲率", "by": "白渚县", "value": None, "state": "not_found", "metric_id": None},
        {"indicator_id": "y", "indicator": "乙率", "by": "青禾县", "value": 92.0, "state": "stated", "metric_id": "m", "unit": "%", "comparator": "ge"},
        {"indicator_id": "y", "indicator": "乙率", "by": "白渚县", "value": None, "state": "stated_in_words", "metric_id": "n"},
    ])  # fmt: skip
    headings, rows = tables.matrix(frame, "indicator", "by", "zh")
    assert headings == ["指标", "青禾县", "白渚县"]
    assert [[cell.text for cell in row] for row in rows] == [["乙率", "≥ 92 %", "文字表述"], ["甲率", "—", "?"]]
    assert [cell.source for cell in rows[0]] == [None, "m", "n"]


def test_the_plans_compared_are_of_one_sector_and_each_regions_latest(tmp_path):
    tables_ = corpus()
    plans = tables_["plans"]
    plans.loc[plans["plan_id"].eq("芦汀县-2024"), "sector"] = "government"
    frames.write(tables_, tmp_path)
    held = frames.load(tmp_path)
    found = brief.select(held)
    assert dict(zip(found.plans["region"], found.plans["plan_year"], strict=True)) == {
        "青禾县": 2024, "白渚县": 2024, "砚池县": 2024, "芦汀县": 2023,
    }  # fmt: skip
    assert set(found.items["plan_id"]) == set(found.plans["plan_id"])
    assert list(brief.select(held, region="芦汀县").plans["region"]) == ["芦汀县"]
    assert len(brief.select(held, every_year=True).plans) == 7
    assert brief.select(held, plan_year=2023).year == 2023
    assert "没有符合条件" in brief.select(held, plan_year=1999).said()
    assert brief.first_region(held) in REGIONS


def test_what_most_peers_state_and_the_region_does_not_is_lacking():
    rows = [
        ("x", "甲", None, "not_stated"),
        ("x", "乙", 5.0, "stated"),
        ("x", "丙", 7.0, "stated"),
        ("x", "丁", 9.0, "stated"),
    ]
    rows += [
        ("y", "甲", 1.0, "stated"),
        ("y", "乙", 2.0, "stated"),
        ("y", "丙", 2.0, "stated"),
        ("y", "丁", None, "not_stated"),
    ]
    rows += [
        ("z", "甲", None, "not_stated"),
        ("z", "乙", 3.0, "stated"),
        ("z", "丙", None, "not_found"),
        ("z", "丁", None, "not_stated"),
    ]
    frame = pd.DataFrame(rows, columns=["indicator_id", "region", "value", "state"])
    found = brief.chief.lacking(frame, "甲")
    assert found[["indicator_id", "example", "value", "n_regions"]].values.tolist() == [["x", "丙", 7.0, 3]]
    assert brief.chief.lacking(frame[:0], "甲").empty


def test_the_largest_domains_are_the_regions_own():
    rows = [("甲", "a", 0.6), ("甲", "b", 0.3), ("甲", "c", 0.1), ("乙", "c", 0.9), ("乙", "a", 0.1)]
    frame = pd.DataFrame(rows, columns=["region", "domain", "share"])
    assert sorted(brief.chief.largest(frame, "甲", 2)["domain"]) == ["a", "a", "b"]


def test_documents_are_counted_with_those_whose_region_is_unknown_last(tmp_path):
    held = corpus()
    held["plans"].loc[held["plans"]["plan_id"].eq("芦汀县-2024"), ["province", "city", "county"]] = None
    frames.write(held, tmp_path)
    found = brief.counts.coverage(frames.load(tmp_path))
    assert list(found["region"])[-1] == "—"
    assert int(found["n_plans"].sum()) == 8
    assert found.columns.tolist() == ["region", "region_level", "doc_types", "n_plans", "2023", "2024"]
    assert found.loc[found["region"].eq("青禾县"), ["2023", "2024"]].values.tolist() == [[1.0, 1.0]]


def test_frames_without_a_known_region_are_refused_where_each_region_is_asked_for(tmp_path):
    frames.write(corpus({}, ()), tmp_path)
    with pytest.raises(BriefError, match="no plan whose region is known"):
        chosen.jobs(["tiny"], "region", {"frames_dir": str(tmp_path)})


def test_many_regions_stand_in_rows_beside_the_most_stated_indicators():
    rows = [
        {"indicator_id": f"i{i}", "indicator": f"指标{i}", "by": f"地{r}", "state": "stated" if r >= i else "not_stated",
         "value": float(r) if r >= i else None, "unit": "%", "comparator": "eq", "metric_id": None}
        for i in range(9) for r in range(9)
    ]  # fmt: skip
    headings, laid = tables.matrix(pd.DataFrame(rows), "indicator", "by", "zh")
    assert headings == ["地区", *(f"指标{i}" for i in range(8))] or headings[1:] == [f"指标{i}" for i in range(8)]
    assert [cell.text for cell in laid[1]][:4] == ["地1", "1 %", "1 %", "—"]
    assert len(laid) == 9


def long_table() -> Any:
    """A notebook with a table of 60 rows that has a data file."""
    rows = [[tables.Cell(f"任务{i}"), tables.Cell("=1+1")] for i in range(60)]
    held = {"name": "tasks.csv", "text": tables.csv_text(["任务名", "式"], rows)}
    nb = shown({"text/html": tables.html_table(["任务名", "式"], rows), sources.FILE_MIME: held})
    nb.cells[0].outputs[0].metadata["rows"] = 60
    return nb


def test_a_long_table_folds_in_the_page_is_cut_on_paper_and_whole_in_its_data_file():
    nb = long_table()
    files = batch._data(nb, "青禾县")
    page, paper = html.page(nb), pdf_text(pdf.pdf(nb))
    assert '<details class="long"><summary>全部 60 行</summary>' in page
    assert "任务59" in page
    assert 'href="%E9%9D%92%E7%A6%BE%E5%8E%BF.tasks.csv">数据文件' in page
    assert "任务19" in paper
    assert "任务20" not in paper
    assert "共60行" in paper
    assert "青禾县.tasks.csv" in paper
    assert files["tasks.csv"].decode("utf-8-sig").splitlines()[:2] == ["任务名,式", "任务0,'=1+1"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_no_cell_of_a_data_file_is_a_formula(text):
    assert tables.csv_text(["a"], [[tables.Cell(text)]]).split("\r\n")[1].lstrip('"').startswith("'")


def test_a_word_document_has_headings_tables_pictures_and_its_quoted_sentences():
    held = frames.load(brief.chosen.paths.processed())
    quoted = sources.metrics(held, ["青禾县-2024-0-m"])
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="100pt" height="50pt" viewBox="0 0 100 50"><rect width="9" height="9"/></svg>'
    table = tables.html_table(["数值"], [[tables.Cell("≥ 92 %", 92.0, "青禾县-2024-0-m")], [tables.Cell("=SUM(A1)")]])
    nb = shown(
        {"text/markdown": "# 题目"}, {"text/markdown": "## 第一节\n\n正文\x07。\n\n- 一点"}, {"image/svg+xml": svg},
        {"text/html": table, sources.MIME: {"sources": quoted}},
    )  # fmt: skip
    made = docx.Document(io.BytesIO(word.word(nb, "zh", "生成于今日", ["地区: 青禾县"])))
    told = [(p.style.name, p.text) for p in made.paragraphs if p.text]
    assert told[:5] == [
        ("Title", "题目"), ("Subtitle", "地区: 青禾县  ·  生成于今日"), ("Heading 1", "第一节"), ("Normal", "正文。"),
        ("List Bullet", "一点"),
    ]  # fmt: skip
    assert [[cell.text for cell in row.cells] for row in made.tables[0].rows] == [["数值"], ["≥ 92 %1"], ["=SUM(A1)"]]
    assert len(made.inline_shapes) == 1
    assert any(text.startswith("1  新建公办幼儿园4所，学前三年毛入园率达到92%以上，扩大普惠资源。") for _, text in told)
    xml = made.element.xml
    leads = re.search(r'<w:hyperlink w:anchor="([^"]+)"', xml)
    assert leads is not None
    assert f'<w:bookmarkStart w:id="1" w:name="{leads.group(1)}"/>' in xml
    assert "fldSimple" not in xml


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_a_word_document(text):
    nb = shown({"text/markdown": "# " + show.plain(" ".join(text.split()))}, {"text/html": tables.html_table([text], [[tables.Cell(text)]])})  # fmt: skip
    made = docx.Document(io.BytesIO(word.word(nb, "zh", text, [text])))
    assert len(made.tables) == 1


def test_reports_do_not_tell_where_the_machine_keeps_its_files(home):
    said = f"{home}/data/raw/a.txt; {home}; {home}-other/b; /srv/frames/x.parquet"
    assert private.told(said, ["/srv/frames"]).startswith("data/raw/a.txt; .; ")
    assert private.told(said, ["/srv/frames"]).endswith("; frames/x.parquet")
    assert str(home) + ";" not in private.told(said)
    nb = shown({"text/plain": str(home / "data" / "processed")})
    assert str(home) not in nbformat.writes(private.notebook(nb, {"frames_dir": str(home / "data" / "processed")}))


def test_promises_are_told_missed_ones_first_and_dropped_ones_only_where_the_codebook_knows_them():
    rows = [
        ("甲率", "a", "reported done", 90.0, 91.0, None), ("乙率", "b", "reported missed", 80.0, 75.0, None),
        ("丙数", None, "dropped", 3.0, None, None), ("丁率", "d", "dropped", 50.0, None, None),
        ("戊率", "e", "raised", 60.0, None, 65.0), ("己率", "f", "unanswered", 60.0, None, None),
    ]  # fmt: skip
    columns = ["indicator", "indicator_id", "outcome", "value", "report_value", "renewal_value"]
    ledger = pd.DataFrame(rows, columns=columns).assign(promise="target", unit="%", start=range(6))
    found = brief.chief.answered(ledger)
    assert found[["indicator", "outcome", "promised", "answer"]].values.tolist() == [
        ["乙率", "reported missed", "80 %", "75 %"], ["丁率", "dropped", "50 %", ""],
        ["戊率", "raised", "60 %", "65 %"], ["甲率", "reported done", "90 %", "91 %"],
    ]  # fmt: skip
    assert list(brief.chief.answered(ledger, 2)["indicator"]) == ["乙率", "丁率"]
    assert brief.chief.answered(ledger[:0]).empty


def test_tasks_that_deliver_come_first_and_announced_aims_are_not_listed():
    rows = [
        ("完善制度", 3, "continuing", None, "甲", ""), ("建成两所学校", 2, "concrete", "2030-12-31", "甲", ""),
        ("招聘教师", 0, "quantified", "2024-06-30", "甲", "30名；40名；50名；60名"), ("今年主要预期目标为", 0, "binding", None, "乙", "5%"),
        ("开展排查", 1, "binding", "2024-12-31", "甲", "1次"), ("举办活动", 2, "concrete", None, "乙", ""),
        ("各位代表！让我们团结起来", 2, "binding", None, "丙", ""),
    ]  # fmt: skip
    tasks = pd.DataFrame(rows, columns=["task", "n_gaps", "commitment", "deadline", "domain", "indicators"]).assign(
        plan_id="p", plan_year=2024, number=range(len(rows))
    )
    found = brief.chief.solid(tasks)
    assert list(found["task"]) == ["招聘教师", "举办活动", "开展排查", "建成两所学校"]
    assert found["indicators"][0] == "30名；40名；50名等 4 项"
    assert list(brief.chief.solid(tasks, 2, each=9)["task"]) == ["招聘教师", "开展排查"]
    assert brief.chief.solid(tasks[:0]).empty


def test_the_first_sentence_tells_what_comes_first_and_what_to_worry_about():
    priorities = pd.DataFrame({"domain": ["safety", "preschool"], "codebook": "education"})
    lacking, ledger = pd.DataFrame({"indicator": ["甲率"]}), pd.DataFrame({"outcome": ["reported missed", "kept"]})
    tasks = pd.DataFrame({"no_owner": [True, True]})
    assert brief.chief.lead("青禾县", 2024, priorities, lacking, ledger, tasks) == (
        "青禾县2024年把校园安全与稳定和学前教育摆在最前；此前承诺有 1 项未完成；同类多数提出的指标有 1 项没有提；2 项任务都没有写明牵头单位。"
    )
    said = brief.chief.lead("青禾县", None, priorities, lacking[:0], ledger[:0], tasks[:0], lang="en")
    assert re.fullmatch(r"青禾县 puts [a-z ,]+ and [a-z ,]+ first\.", said)
    assert brief.chief.lead("青禾县", 2024, priorities[:0], lacking, ledger, tasks) == ""


@pytest.mark.parametrize(
    ("held", "zh", "en"),
    [
        ("2024-12-31", "2024年底", "end of 2024"), ("2024-06-30", "2024年6月底", "end of 06/2024"),
        ("2024-03-05", "2024年3月5日", "2024-03-05"), ("2024-09", "2024年9月", "2024-09"), ("学期末", "学期末", "学期末"),
    ],
)  # fmt: skip
def test_deadlines_are_read_as_people_say_them(held, zh, en):
    assert (labels.value("deadline", held, "zh"), labels.value("deadline", held, "en")) == (zh, en)


ROOMS = ("read", "repair", "parse", "extract", "ingest")
TELLERS = {"row", "Unreadable", "problem", "_problem", "_row", "_note"}


def _told(node: ast.expr) -> str:
    """The text of a literal, its computed parts as 7."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    parts = node.values if isinstance(node, ast.JoinedStr) else []
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in parts)


def _messages(room: str) -> list[str]:
    """Every sentence that a room's code hands to those who make rows of problems and checks."""
    told = []
    for file in sorted((Path(brief.__file__).parent.parent / room).glob("*.py")):
        for call in (n for n in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(n, ast.Call)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            owner = call.func.value if isinstance(call.func, ast.Attribute) else None
            if name in TELLERS or (name == "append" and "problems" in ast.unparse(owner or call.func)):
                told += [_told(argument) for argument in call.args]
    return [text for text in told if len(re.findall(r"\b[a-z]{2,}\b", text)) >= 3]


@pytest.mark.parametrize("room", ROOMS)
def test_what_a_room_says_of_documents_has_its_chinese(room):
    """A message without a row in common/messages fails here: add it there, in both languages."""
    lacking = [text for text in _messages(room) if not re.search("[\u4e00-\u9fff]", messages.message(text, "zh"))]
    assert lacking == []


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        ("（三） 办学 follows number 1; the number was kept as printed", "“（三） 办学”接在序号 1 之后，序号照印"),
        ("does not look like a plan, because it begins as news do", "不像规划文件：开头像新闻"),
        ("a.doc: a .doc, .wps or .xls file is not read; open it in Word or WPS, save it as .docx, and put that here",
         "a.doc：不读取 .doc、.wps、.xls 文件，请用 Word 或 WPS 打开，另存为 .docx 后放到这里"),
        ("all pages were recognised from scans; figures may hold wrong characters", "全部页面由扫描件识别而来，数字可能有误"),
        ("something new", "something new"),
    ],
)  # fmt: skip
def test_messages_are_told_in_chinese_and_unknown_ones_stay(en, zh):
    assert labels.value("message", en, "zh") == zh
    assert labels.value("message", en, "en") == en


def test_the_methods_page_counts_every_document_kept_and_dropped(home):
    held = frames.load(home / "data" / "processed")
    used = brief.select(held).plans
    found = methods.steps(held, used).set_index("step")
    assert list(found["kept"]) == [8, 8, 8, 8, 8, 4, 18, 8]
    documents = found.iloc[:6]
    assert list(documents["dropped"])[1:] == list(documents["kept"].shift(1).iloc[1:] - documents["kept"].iloc[1:])
    assert found.loc["items", "kept"] + found.loc["items", "dropped"] == len(held.items)
    assert methods.inputs(used)["file"].iloc[0].endswith(".txt")
    assert {"Python", "pandas", "typst", "regional-plan-analysis"} <= set(methods.versions())
    assert methods.parameters() == {}


def test_the_scores_of_the_methods_page_are_of_the_gold_that_is_here():
    here = Path(__file__).parent / "plans"
    held = methods.measured()["sets"]
    assert held["sample"]["n"] == len(list(here.glob("*.json")))
    assert held["apart"]["n"] == sum(
        len(list((here / at / "gold").glob("*.json"))) for at in ("blind", "blind2/a", "blind2/b", "blind3")
    )
    found = methods.scores().set_index("measure")
    assert list(found.index) == list(methods.SHOWN)
    assert found.notna().all().all()
    assert ((found.filter(like="f1_") > 0.8) & (found.filter(like="f1_") <= 1)).all().all()


def test_every_report_of_the_main_job_is_there():
    notebooks = {path.stem for path in (Path(__file__).parent.parent / "notebooks").glob("*.ipynb")}
    assert {name for names, _ in brief.MAIN_JOB for name in names} <= notebooks


def test_a_phrase_is_shown_in_its_context_and_opens_its_place(home):
    held = frames.load(home / "data" / "processed")
    plans = brief.select(held).plans
    found = brief.phrase(plans, "毛 入园率|应急预案", reach=6)
    assert found[["region", "before_phrase", "found_phrase", "after_phrase"]].values.tolist()[:2] == [
        ["白渚县", "所，学前三年", "毛入园率", "达到93%以"], ["白渚县", "报漏报，完善", "应急预案", "。"],
    ]  # fmt: skip
    assert len(found) == 8
    (record,) = sources.spans(held, [found["span_id"][0]])
    assert (record["quote"], record["plan_id"]) == ("毛入园率", "白渚县-2024")
    assert record["before"] == "新建公办幼儿园5所，学前三年"
    assert len(brief.phrase(plans, "。", most=3)) == 3
    assert [brief.phrase(plans, words).empty for words in (None, " ", "没有的话")] == [True] * 3
    assert brief.frequent(held, plans) is None


def test_the_notebooks_are_told_by_the_question_that_they_answer(tmp_path):
    write(tmp_path / "03_x.ipynb", PARAMETERS)
    nb = nbformat.read(tmp_path / "03_x.ipynb", 4)
    nb.cells.insert(0, nbformat.v4.new_markdown_cell("# 甲在哪里？ Where is A?\n\nmore"))
    nbformat.write(nb, tmp_path / "03_x.ipynb")
    told = [brief.questions(lang, tmp_path)[["question", "command"]].values.tolist() for lang in ("zh", "en")]
    assert told == [[["甲在哪里？", "plans report 03"]], [["Where is A?", "plans report 03"]]]


def test_five_numbers_are_rates_first_and_tell_their_distance_to_the_peers():
    columns = ["indicator_id", "region", "value", "unit", "rank", "n", "peers_median", "distance", "is_relative"]
    rows = [
        ("a", "甲", 92.0, "%", 1, 3, 90.0, 2.0, True), ("b", "甲", 5.0, "所", 1, 5, 4.0, 1.0, False),
        ("c", "甲", 80.0, "%", 2, 4, 80.0, 0.0, True), ("d", "甲", 7.0, "%", 1, 1, None, None, True),
    ]  # fmt: skip
    standing = pd.DataFrame(rows, columns=columns).assign(national=None, national_year=None)
    found = brief.chief.five(standing, "甲")
    assert found[["indicator_id", "gap"]].values.tolist() == [["c", "持平"], ["a", "+2 个百分点"], ["b", "+1 所"]]
    assert list(brief.chief.five(standing, "甲", n=2, lang="en")["gap"]) == ["equal", "+2 points"]


def test_the_regions_numbers_stand_beside_peers_and_nation_with_their_units():
    standing = pd.DataFrame([
        {"indicator_id": "x", "region": "甲", "value": 92.0, "unit": "%", "rank": 1, "n": 3, "peers_median": 90.0, "national": 91.1, "national_year": 2023},
        {"indicator_id": "y", "region": "甲", "value": 5.0, "unit": "所", "rank": 1, "n": 1, "peers_median": None, "national": None, "national_year": None},
        {"indicator_id": "x", "region": "乙", "value": 88.0, "unit": "%", "rank": 3, "n": 3, "peers_median": 91.0, "national": 91.1, "national_year": 2023},
    ]).astype({"national_year": "Int64"})  # fmt: skip
    found = brief.chief.beside(standing, "甲")
    assert found[["place", "peers", "nation"]].values.tolist() == [["1 / 3", "90 %", "91.1 % (2023)"]]


def test_families_of_damage_are_counted_with_what_they_mean(tmp_path):
    quality = pd.DataFrame({"nav": [True, True], "ads": [True, False], "masked": [False, False]})
    found = brief.counts.damage(quality)
    assert found[["noise", "n_plans", "share"]].values.tolist() == [["nav", 2, 1.0], ["ads", 1, 0.5]]
    frames.write(corpus(), tmp_path)
    assert brief.counts.notes(frames.load(tmp_path)).empty


def test_an_open_notebook_has_tables_that_sort_by_value_and_a_report_has_plain_ones(monkeypatch, tmp_path):
    rows = [[tables.Cell("≥ 92 %", 92.0)], [tables.Cell("100 %", 100.0)], [tables.Cell("—")], [tables.Cell("8 %", 8.0)]]
    keys = live._keys([row[0] for row in rows])
    assert [rows[at][0].text for at in sorted(range(4), key=keys.__getitem__)] == ["8 %", "≥ 92 %", "100 %", "—"]
    made = live.table(["<值>"], [*rows, [tables.Cell("<b>")]], "", "zh")
    assert "&lt;b&gt;" in made
    assert "<值>" not in made
    assert "cdn" not in made
    monkeypatch.delenv(live.SESSION, raising=False)
    assert not live.is_live()
    monkeypatch.setenv(live.SESSION, "90_briefing.ipynb")
    assert live.is_live()
    with run.Kernel(tmp_path) as fresh:
        path = write(tmp_path / "06.ipynb", "n: int = 1", "import os; print('JPY_SESSION_NAME' in os.environ)")
        assert run.execute(path, {}, fresh).nb.cells[-1].outputs[0]["text"] == "False\n"


def _ink(data: bytes, page: int = 0) -> float:
    """How far down a page its text and drawings reach, as a share of the height between head and foot."""
    picture = (
        pypdfium2.PdfDocument(data)[page].render(scale=0.5).to_pil().convert("L").point(lambda grey: grey < 245 and 255)
    )
    body = picture.crop((0, 35, picture.width, picture.height - 30))
    box = body.getbbox()
    return 0.0 if box is None else float(box[3]) / body.height


def _drawing(high: int) -> dict[str, Any]:
    """A figure as wide as a page, which a frame shows."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="540pt" height="{high}pt" viewBox="0 0 540 {high}"><rect width="540" height="{high}"/></svg>'
    return {"image/svg+xml": svg, "text/plain": "图"}


@pytest.mark.parametrize("n_lines, high, n_pages", [(1, 600, 1), (5, 640, 1), (14, 640, 2)])
def test_a_figure_that_nearly_fits_is_set_smaller_and_fills_its_page(n_lines, high, n_pages):
    nb = shown({"text/markdown": "# 题目\n\n" + "开头。\n\n" * n_lines}, {"text/markdown": "## 一节"}, _drawing(high))
    data = pdf.pdf(nb)
    assert len(pypdfium2.PdfDocument(data)) == n_pages
    assert (_ink(data) > 0.85) == (n_pages == 1)


def test_the_text_below_a_figure_fills_the_page_that_the_figure_does_not_fit_on():
    rows = [[tables.Cell(f"任务{i}"), tables.Cell("完善制度")] for i in range(60)]
    table = {"text/html": tables.html_table(["任务名", "内容"], rows)}
    data = pdf.pdf(
        shown({"text/markdown": "# 题目\n\n" + "开头。\n\n" * 14}, {"text/markdown": "## 一节"}, _drawing(640), table)
    )
    assert _ink(data) > 0.85
    first = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    assert "一节" in first
    assert "任务 0" in first


def test_words_that_differ_are_marked_on_paper_and_in_word():
    held = "<table><thead><tr><th>先有</th><th>后有</th></tr></thead><tbody><tr><td><b>甲县</b><br>新建<mark>5</mark>所</td><td>新建<mark>4</mark>所</td></tr></tbody></table>"
    nb = shown({"text/html": held})
    markup = pdf.markup(nb, Path(), "zh", "", ())
    assert '#marked[#"5";]' in markup
    assert '#strong[#"甲县";]' in markup
    assert "底色加下划线的是两边不同的字" in pdf_text(pdf.pdf(nb))
    made = docx.Document(io.BytesIO(word.word(nb)))
    runs = {run.text: run for cell in made.tables[0].rows[1].cells for p in cell.paragraphs for run in p.runs}
    assert runs["5"].underline
    assert "w:shd" in runs["4"]._r.xml
    assert not runs["所"].underline


def test_a_table_in_word_repeats_its_head_keeps_its_rows_whole_and_fits_the_page():
    rows = [[tables.Cell("青禾县"), tables.Cell("完善制度" * 30), tables.Cell("92 %", 92.0)] for _ in range(30)]
    made = docx.Document(io.BytesIO(word.word(shown({"text/markdown": "# 题目"}, {"text/html": tables.html_table(["地区", "内容", "数值"], rows)}))))  # fmt: skip
    table, section = made.tables[0], made.sections[0]
    heads = [row._tr.xpath("./w:trPr/w:tblHeader") for row in table.rows]
    assert [bool(held) for held in heads] == [True] + [False] * 30
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)
    sides = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
    assert sides[0] < sides[1] > sides[2]
    assert sum(sides) * 635 <= section.page_width - section.left_margin - section.right_margin
    assert [cell.paragraphs[0].alignment for cell in table.rows[1].cells] == [0, 0, 2]


def test_a_word_document_speaks_its_language_and_numbers_its_pages():
    made = docx.Document(io.BytesIO(word.word(shown({"text/markdown": "# 题目\n\n正文"}), "zh")))
    fonts_of = made.styles["Normal"].element.rPr.rFonts
    assert fonts_of.get(qn("w:eastAsia")) == word.FONT
    assert made.styles.element.find(f".//{qn('w:lang')}").get(qn("w:eastAsia")) == "zh-CN"
    assert (made.core_properties.title, made.core_properties.language) == ("题目", "zh-CN")
    assert "PAGE" in made.sections[0].footer._element.xml
    assert made.sections[0].header.paragraphs[0].text == "题目  ·  区域规划分析"


@pytest.mark.parametrize("lines, room, expected", [
    ([["地区", "数值"], ["青禾县", "92"]], 60.0, "whole"),
    ([["地区", "内容"], ["青禾县", "完善制度" * 40]], 40.0, "pressed"),
    ([[f"栏{i}" for i in range(31)], ["学前三年毛入园率"] * 31], 60.0, "parts"),
    ([["文件"], ["a" * 300]], 40.0, "pressed"), ([["甲", "乙"], ["", ""]], 40.0, "whole"),
])  # fmt: skip
def test_columns_are_as_wide_as_their_texts_and_never_wider_than_the_page(lines, room, expected):
    parts = widths.fit(lines, room, has_head=True)
    assert (len(parts) > 1) == (expected == "parts")
    assert all(part[0] == 0 for part in parts)
    assert sorted(column for part in parts for column in part[1:]) == list(range(1, len(lines[0])))
    for part in parts:
        sides = widths.columns([[line[c] for c in part] for line in lines], room, has_head=True)
        assert sum(sides) <= room + 0.01
        assert all(side > 1 for side in sides)
    if expected == "whole":
        assert widths.n_lines(lines, widths.columns(lines, room, has_head=True)) == [1, 1]


def test_long_names_break_behind_their_separators():
    assert widths.broken("data/processed/table_of_targets.csv").split("\u200b") == [
        "data/", "processed/", "table_", "of_", "targets.", "csv",
    ]  # fmt: skip
    assert widths.broken("2024年工作要点.txt") == "2024年工作要点.txt"
    assert max(map(len, widths.broken("a" * 300).split("\u200b"))) == 18


def test_the_index_tells_what_failed_first_and_is_read_in_either_language():
    row = {"name": "20", "title": "青禾县", "params": {"region": "青禾县", "plan_year": 2024}, "status": "ok", "made": "", "seconds": 1.0,
           "paths": {"html": "20/a.html", "tasks.csv": "20/a.tasks.csv"}, "error": None}  # fmt: skip
    other = {**row, "title": "坏了", "status": "failed", "params": {"region": "白渚县", "lang": "en"}}
    page = listing.page([row, other])
    assert page.index("坏了") < page.index(">青禾县</a>")
    assert '<dt><span lang="zh-CN">地区</span><span lang="en">Region</span></dt><dd>青禾县</dd>' in page
    assert re.findall(r'<tr data-name="20" data-status="(\w+)" data-region="(\w+)" data-lang="(\w+)">', page) == [
        ("failed", "白渚县", "en"), ("ok", "青禾县", "zh"),
    ]  # fmt: skip
    assert "<option>白渚县</option><option>青禾县</option>" in page
    assert '<a href="20/a.tasks.csv" download>tasks.csv</a>' in page
    assert offline(page)


LONG = "双江拉祜族佤族布朗族傣族自治县经济技术开发区管理委员会" * 3
WIDE_ROWS = [[tables.Cell("学前三年毛入园率"), *[tables.Cell("≥ 98.2 %", 98.2)] * 31] for _ in range(30)]


@pytest.mark.parametrize("output", [
    {"text/markdown": f"## {LONG}"}, {"text/markdown": "w" * 300}, {"text/markdown": "a/b_c.d-" * 60},
    {"text/html": tables.html_table(["地区", "文件"], [[tables.Cell(LONG), tables.Cell("a" * 120 + "_" + "长名" * 80 + ".txt")]])},
    {"text/html": tables.html_table(["指标", *[f"第{i}省" for i in range(31)]], WIDE_ROWS)},
    {"text/html": tables.html_table(["指标", *[f"第{i}省" for i in range(31)]], WIDE_ROWS[:3])},
    {"text/html": tables.html_table(["任务", "内容"], [[tables.Cell("甲"), tables.Cell("完善制度，提高质量。" * 400)]])},
    {"text/html": "<table><thead><tr><th>甲</th></tr></thead><tbody></tbody></table>"}, {"text/html": "<table></table>"},
    {"image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>', "text/plain": "x"},
])  # fmt: skip
def test_nothing_leaves_the_page(output):
    data = pdf.pdf(shown({"text/markdown": f"# {LONG}"}, {"text/markdown": "## 一节"}, output), "zh", "", [LONG])
    for page in pypdfium2.PdfDocument(data):
        text, wide = page.get_textpage(), page.get_width()
        boxes = [text.get_charbox(at) for at in range(text.count_chars())]
        assert all(left >= 50 and right <= wide - 50 for left, _, right, _ in boxes if right > left)
    assert len(docx.Document(io.BytesIO(word.word(shown({"text/markdown": "# 题"}, output)))).paragraphs) > 0


def test_a_table_too_wide_and_long_for_the_page_is_turned_and_takes_its_heading_along():
    table = {"text/html": tables.html_table(["指标", *[f"第{i}省" for i in range(31)]], WIDE_ROWS)}
    document = pypdfium2.PdfDocument(pdf.pdf(shown({"text/markdown": "# 题"}, {"text/markdown": "## 一节"}, table)))
    said = [(page.get_width() > page.get_height(), page.get_textpage().get_text_range()) for page in document]
    turned = [text for is_turned, text in said if is_turned]
    assert "一节" in turned[0]
    assert "学前三年毛入园率" in re.sub(r"\s", "", turned[0])
    assert not any("一节" in text for is_turned, text in said if not is_turned)


def test_texts_set_side_by_side_have_columns_equally_wide():
    rows = [
        ["段落", "先有", "后有"],
        *[["88 字", "完善制度，提高质量。" * n, "完善制度，提高质量！" * (n + 1)] for n in (4, 9, 12)],
    ]
    sides = widths.columns(rows, 60.0, has_head=True)
    assert sides[1] == pytest.approx(sides[2])
    assert sides[0] < 5
    assert sum(sides) == pytest.approx(60)


def test_a_short_sentence_stays_with_the_table_below_it():
    table = {"text/html": tables.html_table(["任务"], [[tables.Cell(f"第 {i} 项")] for i in range(10)])}
    for n in range(20, 28):
        nb = shown(
            {"text/markdown": "# 题\n\n" + "开头。\n\n" * n},
            {"text/markdown": "## 一节"},
            {"text/markdown": "共十项任务。"},
            table,
        )
        pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf.pdf(nb))]
        assert [
            ("一节" in page, "共十项" in page, "第 0 项" in page)
            for page in pages
            if "一节" in page or "第 0 项" in page
        ] == [(True, True, True)]


def test_a_figure_makes_room_for_the_short_table_below_it():
    rows = [[tables.Cell(f"第 {i} 项"), tables.Cell("完善制度")] for i in range(8)]
    table = {"text/html": tables.html_table(["任务", "内容"], rows)}
    nb = shown({"text/markdown": "# 题目\n\n开头。"}, {"text/markdown": "## 一节"}, _drawing(520), table)
    document = pypdfium2.PdfDocument(pdf.pdf(nb))
    assert len(document) == 1
    assert "第 7 项" in document[0].get_textpage().get_text_range()


@pytest.mark.parametrize(
    ("row", "zh", "en"),
    [
        ({"value": 4.6, "unit": "亿元", "comparator": "ge"}, "≥ 4.6 亿元", "460 mn yuan"),
        ({"value": 4000.0, "unit": "公里", "comparator": "eq"}, "4,000 公里", "4,000 km"),
        ({"value": 96.0, "unit": "%", "comparator": "eq"}, "96 %", "96%"),
    ],
)
def test_english_tables_print_english_units(row, zh, en):
    assert brief.labels.amount(row) == zh
    assert brief.labels.amount(row, "en").removeprefix("≥").strip() == en
