"""The sample plans and their gold agree with each other and with what the README beside them says."""

from __future__ import annotations

import csv
import html
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from opencc import OpenCC

from analysis import frames, lexicon

PROJECT = Path(__file__).resolve().parents[1]
SAMPLE = PROJECT / "data/raw/sample"
GOLD = {file.stem: json.loads(file.read_text("utf-8")) for file in sorted((PROJECT / "tests/plans").glob("*.json"))}
BESIDE = {"README.md", "manifest.csv"}
ENCODINGS = {
    "linxi_2022_points": "gb18030",
    "wanglan_2023_points": "gb18030",
    "shidu_2024_plan": "big5",
    "shidu_2023_action": "utf-16",
}
MARKS = re.compile(r"[\s\W_]+")
simplify = OpenCC("t2s").convert


def fold(text: str) -> str:
    """Simplified characters without white space and punctuation, as the score compares them."""
    return MARKS.sub("", simplify(text))


def printed(name: str) -> str:
    """What a reader without our code sees in a sample file."""
    file = SAMPLE / GOLD[name]["source"]
    if file.suffix == ".docx":
        return _word(file)
    if file.suffix == ".pdf":
        return _pdf(file)
    text = file.read_bytes().decode(ENCODINGS.get(name, "utf-8-sig"))
    return html.unescape(re.sub(r"<[^>]*>", "", text)) if file.suffix == ".html" else text


def _word(file: Path) -> str:
    paper = docx.Document(str(file))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in paper.paragraphs] + cells)


def _pdf(file: Path) -> str:
    document = pypdfium2.PdfDocument(file)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return "\n".join(re.sub(r"—\s*\d+\s*—", "", page) for page in pages)


def quotes(gold: dict[str, Any]) -> list[str]:
    """Every verbatim quote of a gold file."""
    return [row["quote"] for part in ("outline", "items", "metrics") for row in gold[part]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the script wrote everything anew."""
    folder = tmp_path_factory.mktemp("sample")
    script = PROJECT / "tests/plans/make_sample.py"
    subprocess.run([sys.executable, str(script), "--into", str(folder)], check=True, capture_output=True, timeout=60)
    return folder


def test_every_sample_plan_has_gold_and_every_gold_its_plan() -> None:
    assert {gold["source"] for gold in GOLD.values()} == {file.name for file in SAMPLE.iterdir()} - BESIDE
    assert len(GOLD) >= 14


def test_the_script_makes_the_same_texts_pages_and_gold(made: Path) -> None:
    for file in [*SAMPLE.glob("*.txt"), *SAMPLE.glob("*.html"), SAMPLE / "manifest.csv"]:
        assert (made / "data/raw/sample" / file.name).read_bytes() == file.read_bytes(), file.name
    for name in GOLD:
        assert json.loads((made / f"tests/plans/{name}.json").read_text("utf-8")) == GOLD[name], name


@pytest.mark.parametrize("name", [name for name, gold in GOLD.items() if "needs" not in gold])
def test_quotes_stand_in_the_file(name: str) -> None:
    text = fold(printed(name))
    assert [quote for quote in quotes(GOLD[name]) if fold(quote) not in text] == []


@pytest.mark.parametrize("name", GOLD)
def test_plans_are_of_1500_to_4000_characters(name: str) -> None:
    source = (PROJECT / f"tests/plans/texts/{name}.txt").read_text("utf-8").partition("\n---\n")[2]
    lines = [line for line in source.splitlines() if line[:1] not in ("=", ">", "%")]
    text = "\n".join(re.sub(r"^\+?#\d \S+ | //", "", line) for line in lines)
    assert 1500 <= len(text) <= 4000


@pytest.mark.parametrize("name", GOLD)
def test_gold_holds_values_of_the_codebook_only(name: str) -> None:
    gold = GOLD[name]
    facts = gold["document"]
    domains = {row["id"] for row in lexicon.table(f"{facts['sector']}/domains")}
    instruments = {row["id"] for row in lexicon.table("common/instruments")}
    for (frame, column), allowed in frames.VALUES.items():
        if frame == "plans":
            assert facts[column] in allowed
        if frame == "metrics":
            assert {metric[column] for metric in gold["metrics"]} <= set(allowed)
    for item in gold["items"]:
        assert set(item["domains"]) <= domains and item["domains"], item["heading"]
        assert set(item["instruments"]) <= instruments, item["heading"]
        assert item["commitment"] in (None, *frames.VALUES["items", "commitment"]), item["heading"]


@pytest.mark.parametrize("name", GOLD)
def test_items_are_counted_and_numbers_belong_to_them(name: str) -> None:
    gold = GOLD[name]
    assert [item["index"] for item in gold["items"]] == list(range(len(gold["items"])))
    assert {metric["item"] for metric in gold["metrics"]} <= {None, *range(len(gold["items"]))}
    promised = {m["item"] for m in gold["metrics"] if m["status"] == "target" and not m.get("worded")}
    for item in gold["items"]:
        assert (item["commitment"] != "quantified") or item["index"] in promised, item["heading"]


def test_files_are_in_the_mess_that_the_readme_promises() -> None:
    gb = (SAMPLE / GOLD["linxi_2022_points"]["source"]).read_bytes()
    with pytest.raises(UnicodeDecodeError):
        gb.decode("utf-8")
    big5 = printed("shidu_2024_plan")
    assert all(term in big5 for term in ("資訊", "最佳化", "支援", "專案"))
    assert "\n" not in printed("sanglu_2024_points").strip()
    assert "***" in printed("masked_points") and "20**年" in printed("masked_points")
    assert "點擊" not in printed("linxi_2022_report") and "点击下载" in printed("linxi_2022_report")


def test_one_pdf_has_a_text_layer_and_the_scan_has_none() -> None:
    scan = SAMPLE / GOLD["wanglan_2024_points"]["source"]
    assert len(fold(_pdf(SAMPLE / GOLD["sanglu_2023_report"]["source"]))) > 1200
    assert _pdf(scan).strip() == "" and scan.stat().st_size < 300_000


@pytest.mark.parametrize(
    ("plan", "report"),
    [
        ("qinghe_2023_points", "qinghe_2023_report"),
        ("sanglu_2023_plan", "sanglu_2023_report"),
        ("linxi_2022_points", "linxi_2022_report"),
    ],
)
def test_reports_answer_the_targets_of_their_plan(plan: str, report: str) -> None:
    targets = {(m["indicator"], m["unit"]): m for m in GOLD[plan]["metrics"] if m["status"] == "target"}
    done = {(m["indicator"], m["unit"]): m for m in GOLD[report]["metrics"] if m["status"] == "achieved"}
    both = targets.keys() & done.keys()
    missed = {key for key in both if done[key]["value"] < targets[key]["value"]}
    assert len(both) >= 8 and missed and both - missed and targets.keys() - done.keys()


def test_the_copy_shares_passages_with_its_neighbour() -> None:
    copy, neighbour = (fold(printed(name)) for name in ("yunke_2023_points", "qinghe_2023_points"))
    pieces = {copy[i : i + 12] for i in range(len(copy) - 11)}
    shared = sum(piece in neighbour for piece in pieces) / len(pieces)
    assert 0.3 < shared < 0.9


def test_no_sample_place_is_on_the_map() -> None:
    named = {str(gold["document"][level]) for gold in GOLD.values() for level in ("province", "city", "county")}
    named |= {place for row in _manifest() for place in row["region"].split("/")}
    assert named & {row["name"] for row in lexicon.table("common/regions")} == set()


def test_the_manifest_names_files_that_exist() -> None:
    assert {row["path"] for row in _manifest()} <= {file.name for file in SAMPLE.iterdir()}


def _manifest() -> list[dict[str, str]]:
    with (SAMPLE / "manifest.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))
