"""The command line: one clear sentence and the right exit code."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from analysis.__main__ import main


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An empty project folder."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "data" / "raw").mkdir(parents=True)
    monkeypatch.setenv("PLANS_HOME", str(tmp_path))
    return tmp_path


def plans(*arguments: object):
    return CliRunner().invoke(main, [str(a) for a in arguments])


def one_sentence(output: str) -> bool:
    return len(output.strip().splitlines()) == 1 and output.startswith("Error: ")


def test_help_names_every_command():
    result = plans("--help")
    assert result.exit_code == 0
    for command in ("ingest", "report", "briefing", "codebook", "doctor", "lab"):
        assert command in result.output


def test_help_does_not_load_the_heavy_libraries():
    code = "import sys, analysis.__main__; print([m for m in ('pandas', 'sklearn', 'seaborn', 'papermill') if m in sys.modules])"
    began = time.perf_counter()
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert out.stdout.strip() == "[]", time.perf_counter() - began


def test_an_empty_folder_ends_with_2_and_a_sentence(home):
    result = plans("ingest")
    assert result.exit_code == 2
    assert one_sentence(result.output)
    assert "no plans found" in result.output
    assert not (home / "data" / "processed").exists()


def test_a_path_that_does_not_exist_ends_with_2(home):
    result = plans("ingest", home / "nowhere")
    assert result.exit_code == 2
    assert one_sentence(result.output)


def test_a_file_that_cannot_be_read_ends_with_1_and_is_named(home):
    (home / "data" / "raw" / "empty.txt").write_bytes(b"")
    (home / "data" / "raw" / "plan.txt").write_text(
        "青禾县2024年教育工作要点\n一、办好学前教育\n新建幼儿园3所。\n", "utf-8"
    )
    result = plans("ingest", "--jobs", 1)
    assert result.exit_code == 1, result.output
    assert "empty.txt" in result.output
    assert (home / "data" / "processed" / "plans.parquet").is_file()


def test_own_plans_take_the_place_of_the_sample(home):
    (home / "data" / "raw" / "sample").mkdir()
    text = "{}2024年教育工作要点\n一、办好学前教育\n新建幼儿园3所。\n"
    (home / "data" / "raw" / "sample" / "s.txt").write_text(text.format("青禾县"), "utf-8")
    assert "documents found                            1" in plans("ingest", "--jobs", 1).output
    (home / "data" / "raw" / "own.txt").write_text(text.format("白渚县"), "utf-8")
    result = plans("ingest", "--jobs", 1)
    assert "the sample is left out" in result.output
    assert "documents found                            1" in result.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("report", "10_corpus_quality", "--param", "nonsense"),
        ("report", "no_such_notebook"),
        ("ingest", "--codebook", "nowhere"),
        ("codebook", "show", "no/such/table"),
    ],
)
def test_wrong_use_ends_with_2_and_a_sentence(home, arguments):
    result = plans(*arguments)
    assert result.exit_code == 2, result.output
    assert one_sentence(result.output), result.output


def test_a_report_without_frames_says_to_ingest_first(home):
    from analysis import paths

    source = paths.codebook().parents[2] / "notebooks" / "10_corpus_quality.ipynb"
    (home / "notebooks" / source.name).write_bytes(source.read_bytes())
    result = plans("report", "10_corpus_quality")
    assert result.exit_code == 2
    assert "plans ingest" in result.output


def test_lab_hands_its_arguments_to_jupyterlab(home, monkeypatch):
    called = []
    monkeypatch.setattr("os.execv", lambda *arguments: called.append(arguments))
    plans("lab", "--no-browser", "--port=8899")
    (((_, arguments)),) = called
    assert arguments[1:3] == ["-m", "jupyterlab"]
    assert arguments[-2:] == ["--no-browser", "--port=8899"]


def test_codebook_show_prints_a_table():
    result = plans("codebook", "show", "education/domains")
    assert result.exit_code == 0
    assert "学前教育" in result.output


def test_codebook_check_finds_no_error_in_what_ships(home):
    result = plans("codebook", "check")
    assert result.exit_code == 0, result.output


def test_doctor_finds_nothing_missing():
    result = plans("doctor")
    assert result.exit_code == 0, result.output
    assert "NotoSansSC" in result.output.replace(" ", "")


def test_a_coding_round_trip(home):
    """Draw, code two copies in a spreadsheet, import, agree, ingest again: the correction holds."""
    from openpyxl import load_workbook

    from analysis import frames, paths

    body = "".join(f"{i}.招聘教师。年内招聘教师{i}0名，落实教师待遇。\n" for i in range(1, 7))
    (home / "data" / "raw" / "plan.txt").write_text(f"青禾县2024年教育工作要点\n{body}", "utf-8")
    assert plans("ingest", "--jobs", 1).exit_code == 0
    sheets = [home / "one.xlsx", home / "two.xlsx"]
    for sheet in sheets:
        result = plans("review", "sample", sheet, "-n", 4, "--seed", 3, "--prefill")
        assert result.exit_code == 0, result.output
        book = load_workbook(sheet)
        page = book["coding"]
        head = [cell.value for cell in page[1]]
        page.cell(2, head.index("domain") + 1).value = "finance"
        coded = page.cell(2, head.index("item_id") + 1).value
        if sheet == sheets[1]:
            page.cell(3, head.index("domain") + 1).value = "private"
            page.cell(4, head.index("domain") + 1).value = "no such domain"
        book.save(sheet)
    result = plans("review", "agreement", *sheets)
    assert result.exit_code == 1  # a row was refused, and said so
    assert "no such domain" in result.output
    assert "alpha" in result.output
    result = plans("review", "import", *sheets)
    assert "1 corrections added" in result.output, result.output
    assert plans("ingest", "--jobs", 1).exit_code == 0
    items = frames.load(paths.processed()).items.set_index("item_id")
    assert items.loc[coded, "domain"] == "finance"
    assert (items["domain"] == "finance").sum() == 1
    result = plans("review", "cases", *sheets)
    assert "4 cases added" in result.output, result.output
    found = plans("codebook", "check").output
    assert f"case {coded} (招聘教师): domain is teachers, agreed was finance" in found
    assert found.count("case ") == 1, "the other agreed codes hold: " + found


def test_a_coding_round_trip_of_metrics(home):
    """A number that a coder takes for none is gone after the next ingest, and so are its checks."""
    from openpyxl import load_workbook

    from analysis import frames, paths

    (home / "data" / "raw" / "plan.txt").write_text(
        "青禾县2024年教育工作要点\n一、建强队伍\n1.招聘教师。年内招聘教师120名，培训教师300人次。\n", "utf-8"
    )
    assert plans("ingest", "--jobs", 1).exit_code == 0
    sheet = home / "one.xlsx"
    assert plans("review", "sample", sheet, "--what", "metrics", "--prefill").exit_code == 0
    book = load_workbook(sheet)
    page = book["coding"]
    head = [cell.value for cell in page[1]]
    row = next(row for row in (2, 3) if page.cell(row, head.index("printed") + 1).value == "120名")
    page.cell(row, head.index("value") + 1).value = "none"
    page.cell(5 - row, head.index("value") + 1).value = 330
    book.save(sheet)
    assert "2 corrections added" in plans("review", "import", sheet).output
    assert plans("ingest", "--jobs", 1).exit_code == 0
    assert frames.load(paths.processed()).metrics["value"].tolist() == [330]
    refused = plans("review", "cases", sheet)
    assert refused.exit_code == 2
    assert one_sentence(refused.output), refused.output
