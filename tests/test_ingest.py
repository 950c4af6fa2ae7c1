"""ingest: files → frames; a bad document is a row and stops nothing."""

from __future__ import annotations

import zipfile

import pandas as pd
import pytest

from analysis import frames, ingest

PLAN = """青禾县教育局2024年工作要点
2024年，全县教育工作坚持稳中求进，办好家门口的学校。
一、扩大学前教育资源
1.新建幼儿园。全年新建公办幼儿园3所，新增学位540个，学前三年毛入园率达到96%以上。（牵头科室：基础教育科。配合科室：计划财务科）
2.规范办园行为。建立健全幼儿园保教质量评估制度，加强对民办幼儿园的日常监管。
二、建强教师队伍
1.补充教师。年内招聘教师120名，其中农村学校不少于70名。
2.改善待遇。落实乡村教师生活补助，每人每月由400元提高到500元。
青禾县教育局
2024年2月26日
"""
OTHER = PLAN.replace("青禾县", "白渚县").replace("3所", "5所").replace("一、扩大学前教育资源", "一、办好学前教育")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "a.txt").write_text(PLAN, "utf-8")
    (tmp_path / "plans" / "b.txt").write_text(OTHER, "gb18030")
    return tmp_path / "plans"


def run(folder, out, **options):
    return ingest.run([folder], out, jobs=1, **options)


def tables(summary):
    return {name: frames.read(summary.out, name) for name in frames.COLUMNS}


def test_a_folder_becomes_frames_that_keep_their_promises(folder, tmp_path):
    summary = run(folder, tmp_path / "out")
    assert (summary.n_found, summary.n_read, summary.n_unread) == (2, 2, 0)
    for name in frames.COLUMNS:
        frames.read(tmp_path / "out", name)
    corpus = frames.load(tmp_path / "out")
    assert corpus.plans["region"].tolist() == ["青禾县", "白渚县"]
    assert corpus.plans["plan_year"].tolist() == [2024, 2024]
    built = corpus.metrics[corpus.metrics["unit"] == "所"]
    assert dict(zip(built["region"], built["value"], strict=True)) == {"青禾县": 3, "白渚县": 5}


def test_every_number_leads_back_to_its_characters_in_the_source(folder, tmp_path):
    (folder / "wide.txt").write_text(PLAN.replace("120", "１２０").replace("青禾县", "乌桕县"), "utf-8")
    corpus = frames.load(run(folder, tmp_path / "out").out)
    rows = corpus.metrics.merge(corpus.sources, on="plan_id").merge(corpus.plans[["plan_id", "text"]], on="plan_id")
    assert len(rows) > 15
    for row in rows.itertuples():
        printed = row.text[row.start : row.end]
        found = row.source_text[row.source_start : row.source_end]
        assert printed and found.translate(str.maketrans("０１２３４５６７８９", "0123456789")) == printed


def test_only_what_changed_is_parsed_again(folder, tmp_path):
    out = tmp_path / "out"
    assert run(folder, out).n_parsed == 2
    before = {name: frames.read(out, name) for name in frames.COLUMNS}
    assert run(folder, out).n_parsed == 0
    for name, frame in before.items():
        pd.testing.assert_frame_equal(frames.read(out, name), frame)
    (folder / "a.txt").write_text(PLAN.replace("3所", "4所"), "utf-8")
    assert run(folder, out).n_parsed == 1
    (folder / "b.txt").unlink()
    assert run(folder, out).n_parsed == 0
    assert len(frames.read(out, "plans")) == 1
    assert set(frames.read(out, "metrics")["plan_id"]) == set(frames.read(out, "plans")["plan_id"])


def test_a_moved_file_keeps_its_rows_under_its_new_path(folder, tmp_path):
    run(folder, tmp_path / "out")
    (folder / "a.txt").rename(folder / "z.txt")
    summary = run(folder, tmp_path / "out")
    assert summary.n_parsed == 0
    assert [p.rsplit("/", 1)[-1] for ps in tables(summary)["plans"]["source_paths"] for p in ps] == ["b.txt", "z.txt"]


def test_two_workers_give_the_same_frames_as_one(folder, tmp_path):
    for i in range(6):
        (folder / f"c{i}.txt").write_text(PLAN.replace("120名", f"{130 + i}名"), "utf-8")
    one = tables(ingest.run([folder], tmp_path / "one", jobs=1))
    two = tables(ingest.run([folder], tmp_path / "two", jobs=2))
    for name in frames.COLUMNS:
        pd.testing.assert_frame_equal(one[name], two[name])


def test_the_same_bytes_at_two_paths_are_one_plan_and_a_note(folder, tmp_path):
    (folder / "copy.txt").write_bytes((folder / "a.txt").read_bytes())
    made = tables(run(folder, tmp_path / "out"))
    assert [len(paths) for paths in made["plans"]["source_paths"]] == [2, 1]
    notes = made["problems"].query("stage == 'ingest'")["message"].tolist()
    assert len(notes) == 1
    assert "a.txt" in notes[0] and "copy.txt" in notes[0]


def test_a_plan_that_lies_in_an_archive_too_is_counted_once(folder, tmp_path):
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        archive.write(folder / "a.txt", "inside.txt")
    summary = run(folder, tmp_path / "out")
    assert (summary.n_found, summary.n_read) == (3, 3)
    assert len(tables(summary)["plans"]) == 2
    alone = tables(run(folder / "a.txt", tmp_path / "alone"))
    both = tables(summary)["metrics"]
    assert len(both[both["plan_id"].isin(alone["plans"]["plan_id"])]) == len(alone["metrics"])


def test_the_copy_that_the_manifest_knows_gives_the_rows(folder, tmp_path):
    (folder / "copy.txt").write_bytes((folder / "a.txt").read_bytes())
    (folder / "manifest.csv").write_text("path,title\ncopy.txt,清单里的题目\n", "utf-8")
    plans = tables(run(folder, tmp_path / "out"))["plans"]
    assert len(plans) == 2
    assert "清单里的题目" in set(plans["title"])


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("binary.txt", bytes(range(256)) * 40, "binary.txt"),
        ("broken.docx", b"PK\x03\x04 not a zip", "broken.docx"),
        ("broken.pdf", b"%PDF-1.7 and no more", "broken.pdf"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "docx"),
    ],
)
def test_a_bad_file_is_a_row_of_problems_and_the_rest_goes_on(folder, tmp_path, name, data, words):
    (folder / name).write_bytes(data)
    summary = run(folder, tmp_path / "out")
    problems = tables(summary)["problems"]
    errors = problems[problems["source_path"].str.endswith(name) & problems["severity"].eq("error")]
    assert len(errors) == 1
    assert summary.n_unread == 1
    assert words in errors["message"].iloc[0]
    assert "Traceback" not in errors["message"].iloc[0]
    assert len(tables(summary)["plans"]) == 2


def test_nothing_to_read_is_said_in_one_sentence(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(ingest.IngestError, match=r"^no plans found: \S*empty holds no document; put \.txt"):
        run(tmp_path / "empty", tmp_path / "out")
    (tmp_path / "programs").mkdir()
    (tmp_path / "programs" / "a.py").write_text("print(1)", "utf-8")
    with pytest.raises(ingest.IngestError, match="no plans found"):
        run(tmp_path / "programs", tmp_path / "out")
    with pytest.raises(ingest.IngestError, match="does not exist"):
        run(tmp_path / "nowhere", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_run_that_breaks_leaves_the_frames_of_the_last_one(folder, tmp_path, monkeypatch):
    out = tmp_path / "out"
    run(folder, out)
    (folder / "a.txt").unlink()

    def breaks(*_args):
        raise RuntimeError("power cut")

    monkeypatch.setattr("analysis.ingest.batch.corpus.complete", breaks)
    with pytest.raises(RuntimeError):
        run(folder, out)
    assert len(frames.read(out, "plans")) == 2


def test_one_document_that_breaks_a_stage_stops_nothing(folder, tmp_path, monkeypatch):
    from analysis import parse

    whole = parse.plan

    def breaks_on_one(repaired, *args, **options):
        if "白渚县" in repaired.text.clean:
            raise RuntimeError("strange numbering")
        return whole(repaired, *args, **options)

    monkeypatch.setattr("analysis.ingest.document.parse.plan", breaks_on_one)
    made = tables(run(folder, tmp_path / "out"))
    assert len(made["plans"]) == 1
    errors = made["problems"].query("severity == 'error'")
    assert errors["stage"].tolist() == ["parse"]
    assert "strange numbering" in errors["message"].iloc[0]


def test_the_manifest_overrides_what_the_text_says(folder, tmp_path):
    (folder / "manifest.csv").write_text(
        "path,region,year,type,title\na.txt,浙江省/台州市/温岭市,2021-2025,long_term_plan,温岭市教育规划\n", "utf-8"
    )
    plans = tables(run(folder, tmp_path / "out"))["plans"].set_index("title")
    row = plans.loc["温岭市教育规划"]
    assert (row["province"], row["city"], row["county"]) == ("浙江省", "台州市", "温岭市")
    assert (row["plan_year"], row["plan_until"], row["doc_type"]) == (2021, 2025, "long_term_plan")
    assert row["region_code"] == "331081"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("path,colour\na.txt,red\n", "does not know the column colour"),
        ("region\n甲省\n", "lacks the column path"),
        ("path,year\na.txt,soon\n", "line 2: year 'soon' is no year"),
        ("path,type\na.txt,poem\n", "line 2: type 'poem' is unknown"),
        ("path\nnowhere.txt\n", "line 2: no file 'nowhere.txt'"),
        ("path,region\na.txt,甲/乙/丙/丁\n", "has more than province/city/county"),
    ],
)
def test_a_wrong_manifest_is_named_by_line(folder, tmp_path, text, words):
    (folder / "manifest.csv").write_text(text, "utf-8")
    with pytest.raises(ingest.ManifestError, match=words):
        run(folder, tmp_path / "out")


def test_a_neighbours_copy_is_no_version_of_the_plan(folder, tmp_path):
    plans = tables(run(folder, tmp_path / "out"))["plans"]  # b.txt is a.txt word for word but for names and a number
    assert plans["family_id"].nunique() == 2


def test_a_correction_holds_in_every_later_ingest(folder, tmp_path):
    items = tables(run(folder, tmp_path / "out"))["items"]
    item = items[items["heading"].eq("补充教师")].iloc[0]
    file = tmp_path / "corrections.csv"
    file.write_text(
        "unit_id,plan_id,field,old,new,who,when\n"
        f"{item['item_id']},{item['plan_id']},domain,teachers,equity,coder,2024-05-01\n"
        f"gone,{item['plan_id']},domain,teachers,equity,coder,2024-05-01\n",
        "utf-8",
    )
    for _ in range(2):
        made = tables(run(folder, tmp_path / "out", corrections=file))
        kept = made["items"].set_index("item_id")
        assert kept.loc[item["item_id"], "domain"] == "equity"
        assert (kept["domain"] == "equity").sum() == 1
    lost = made["problems"].query("stage == 'review'")["message"].tolist()
    assert len(lost) == 1
    assert "lost its place" in lost[0]


def test_a_result_below_last_years_target_is_a_check(folder, tmp_path):
    report = """青禾县教育局2024年工作总结
2024年，全县教育系统围绕年初确定的目标，扎实推进各项工作，取得了新的成绩。现将有关情况总结如下。
一、学前教育扩容
全年新建公办幼儿园3所，学前三年毛入园率达到94.5%。幼儿园保教质量评估制度全面建立，民办幼儿园的日常监管更加规范。
二、教师队伍
全年招聘教师120名，其中农村学校70名。乡村教师生活补助按时足额发放，教师培训覆盖所有乡镇，骨干教师的示范作用进一步显现。
青禾县教育局
2024年12月28日
"""
    (folder / "report.txt").write_text(report, "utf-8")
    made = tables(run(folder, tmp_path / "out"))
    checks = made["checks"].query("kind == 'target_missed'")
    assert checks[["expected", "found"]].to_numpy().tolist() == [[96, 94.5]]
    metrics = made["metrics"].set_index("metric_id")
    assert metrics.loc[checks["metric_id"].iloc[0], "value"] == 94.5
    assert metrics.loc[checks["other_metric_id"].iloc[0], "value"] == 96
