"""What the notebook on agreement shows of coders' sheets."""

from __future__ import annotations

from analysis import brief, frames, review


def test_coding_reads_sheets_and_names_what_is_none(tmp_path, monkeypatch):
    monkeypatch.setenv("PLANS_HOME", str(tmp_path))
    items = frames.make("items", [{"plan_id": "p", "item_id": f"i{n}", "heading": "一", "text": f"新建{n}所", "domain": "moral",
                                   "domains": ["moral"], "instruments": [], "lead_units": [], "support_units": []} for n in range(3)])  # fmt: skip
    made = {name: frames.make(name) for name in frames.COLUMNS} | {"items": items}
    made["plans"] = frames.make("plans", [{"plan_id": "p", "county": "青禾县", "is_plan": True, "sector": "education"}])
    frames.write(made, tmp_path / "frames")
    corpus = frames.load(tmp_path / "frames")
    assert "plans review sample" in brief.coding(corpus).said("en")
    folder = tmp_path / "data" / "coding"
    folder.mkdir(parents=True)
    review.export(corpus.items, folder / "甲.csv", prefill=True)
    (folder / "no_sheet.csv").write_text("a,b\n", "utf-8")
    coded = brief.coding(corpus)
    assert coded.refused["sheet"].tolist() == ["no_sheet.csv"]
    assert sorted(coded.codes["coder"].unique()) == ["machine", "甲"], "one coder is compared with the machine"
    assert coded.placed(review.disagreements(coded.codes)).empty
    assert coded.names("zh")["commitment"] == "承诺强度"
