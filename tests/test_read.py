"""read: files as found → source text."""

import zipfile

import pytest

from analysis import read

PLAN = "云溪县教育局2024年工作要点\n一、推进学前教育普及普惠，新建公办幼儿园3所，毛入园率达到95%以上。\n二、加强教师队伍建设，全年培训教师1200人次。\n"


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encoding_is_found(tmp_path, name):
    file = tmp_path / "plan.txt"
    file.write_bytes(PLAN.encode(name))
    made = read.source(file)
    assert made.text == PLAN
    assert made.encoding_confidence > 0.6


def test_what_holds_no_text_is_named_with_a_next_step(tmp_path):
    for name, data, word in [
        ("empty.txt", b"", "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "picture"),
        ("noise.txt", bytes((i * 7919) % 256 for i in range(4000)), "no readable"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "save it as .docx"),
        ("broken.pdf", b"%PDF-1.4 nothing more", "does not open"),
    ]:
        (tmp_path / name).write_bytes(data)
        with pytest.raises(read.Unreadable, match=word):
            read.source(tmp_path / name)


def test_folders_and_archives_are_walked(tmp_path):
    (tmp_path / "甲").mkdir()
    (tmp_path / "甲" / "plan.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "甲" / "script.py").write_text("print()", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "plans.zip", "w") as archive:
        archive.writestr("乙县/2024.txt", PLAN.encode("gb18030"))
    found = read.find([tmp_path])
    assert [f.removeprefix(str(tmp_path)) for f in found.files] == ["/plans.zip!乙县/2024.txt", "/甲/plan.txt"]
    assert [s.text for s in read.sources([tmp_path])] == [PLAN, PLAN]
    assert found.problems == []


def test_a_folder_without_documents_and_a_wrong_path_are_problems(tmp_path):
    found = read.find([tmp_path, tmp_path / "none"])
    assert found.files == []
    assert [p["severity"] for p in found.problems] == ["error", "error"]
