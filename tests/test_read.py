"""read: files as found → source text."""

import zipfile
from pathlib import Path

import numpy as np
import pytest
from opencc import OpenCC

from analysis import read
from analysis.read import encoding, numbering, ocr, page
from analysis.read.layout import Line

PLAN = "云溪县教育局2024年工作要点\n一、推进学前教育普及普惠，新建公办幼儿园3所，毛入园率达到95%以上。\n二、加强教师队伍建设，全年培训教师1200人次。\n"


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encoding_is_found(tmp_path, name):
    file = tmp_path / "plan.txt"
    file.write_bytes(PLAN.encode(name))
    made = read.source(file)
    assert made.text == PLAN
    assert made.encoding_confidence > 0.6


SAMPLE = Path(__file__).resolve().parents[1] / "data/raw/sample"
SIMPLIFIED = ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "twice")
TRADITIONAL = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")


def _written(text, name):
    """The bytes of a text, None where the encoding lacks a character; `twice` is UTF-8 read as Latin-1."""
    if name == "twice":
        return text.encode("utf-8").decode("latin-1").encode("utf-8")
    try:
        return text.encode(name)
    except UnicodeEncodeError:
        return None


def _cases():
    traditional = OpenCC("s2t").convert
    for file in sorted(SAMPLE.glob("*.txt")):
        text = read.source(file).text
        yield from ((text, name) for name in SIMPLIFIED)
        yield from ((traditional(text), name) for name in TRADITIONAL)


def test_the_sample_is_decoded_in_every_encoding_whole_and_cut_to_200_bytes():
    wrong, n = [], 0
    for text, name in _cases():
        data = _written(text, name)
        if data is None:
            continue
        for cut in (data, data[:200]):
            decoded = encoding.decode(cut)
            n += 1
            # an incomplete last character is dropped; two bytes of it may have been cut from a doubled one
            if (
                decoded is None
                or not text.startswith(decoded.text)
                or len(decoded.text) < min(len(text), len(cut) // 7)
            ):
                wrong.append((name, len(cut), text[:12], decoded and (decoded.encoding, decoded.text[:12])))
    assert n > 150 and wrong == []


def test_what_holds_no_text_is_named_with_a_next_step(tmp_path):
    for name, data, word in [
        ("empty.txt", b"", "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "picture"),
        ("noise.txt", bytes((i * 7919) % 256 for i in range(4000)), "no readable"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "save it as .docx"),
        ("broken.pdf", b"%PDF-1.4 nothing more", "does not open"),
        ("page.pdf", b"<html><body>404</body></html>", "fetch it again"),
        ("broken.docx", b"PK\x03\x04 nothing more", "save it again"),
        ("sheet.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not read"),
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


def test_the_pictures_of_a_saved_page_are_passed_over(tmp_path):
    for name in (
        "page.html",
        "page_files/logo.png",
        "page_files/more.html",
        "page_files/style.css",
        "scans/1.jpg",
        "scans/2.jpg",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"\x89PNG\r\n\x1a\n")
    found = read.find([tmp_path])
    assert [Path(f).name for f in found.files] == ["page.html"]
    assert [(p["severity"], p["message"][:10]) for p in found.problems] == [("note", "2 pictures")]
    named = read.find([tmp_path / "scans" / "1.jpg"]).files
    with pytest.raises(read.Unreadable, match="put the scanned pages into a PDF"):
        read.source(named[0])


def test_links_out_of_the_folder_are_not_followed(tmp_path):
    (tmp_path / "away").mkdir()
    (tmp_path / "away" / "plan.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "plan.txt").symlink_to(tmp_path / "away" / "plan.txt")
    (tmp_path / "here" / "more").symlink_to(tmp_path / "away", target_is_directory=True)
    found = read.find([tmp_path / "here"])
    assert found.files == [] and [p["severity"] for p in found.problems] == ["note", "note"]


def test_a_folder_without_documents_and_a_wrong_path_are_problems(tmp_path):
    found = read.find([tmp_path, tmp_path / "none"])
    assert found.files == []
    assert [p["severity"] for p in found.problems] == ["error", "error"]


@pytest.mark.parametrize("name", ["utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be"])
def test_two_hundred_bytes_are_enough_for_the_encoding(name):
    text = "雲溪縣教育局二零二四年工作要點，推進學前教育與職業教育發展，加強教師隊伍建設，提高教育質量。" * 6
    made = encoding.decode(text.encode(name)[:199])
    assert made.encoding == name
    assert text.startswith(made.text[:90]) and len(made.text) >= 60


def test_text_that_was_decoded_wrongly_and_saved_is_undone(tmp_path):
    file = tmp_path / "plan.txt"
    file.write_bytes(PLAN.encode().decode("latin-1").encode())
    assert read.source(file).text == PLAN
    assert read.source(file).encoding == "utf-8 (twice)"


PAGE = """<html><head><title>青禾县2024年教育工作要点_青禾县人民政府</title>
<meta name="PubDate" content="2024-03-08 10:20"><style>.hid{display:none}</style></head><body>
<ul><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li><li><a href="/b">办事服务</a></li></ul>
<table><tr><td>索 引 号：</td><td>QH-2024-0017</td><td>成文日期：</td><td>2024年3月5日</td></tr>
<tr><td>发文机关：</td><td>青禾县教育局</td><td>文　　号：</td><td>青教〔2024〕6号</td></tr></table>
<h1>青禾县2024年教育工作要点</h1>
<div style="position:absolute;left:-9999px">娱乐城开户，平台。真人。百家乐。</div><div class="hid">隐藏广告，点击。下载。</div>
<div id="zoom"><p>2024年，全县教育工作要坚持立德树人，办好人民满意的教育。</p>
<h2>一、扩大资源</h2><p>　　新建公办幼儿园3所，<span>毛入园率达到</span>95%以上。</p>
<table><tr><td>序号</td><td>任务</td></tr><tr><td>1</td><td><p>新建<b>幼儿园</b></p></td></tr></table>
<div class="ad">会员下载全文，随意编辑，免费</div>
<p>二、加强教师队伍建设，全年培训1200人次。<br>评选名师20名，骨干教师50名。</p>
<p>附件：<a href="a.doc">任务分解表</a></p></div>
<div class="share">分享到：<a>微信</a><a>微博</a></div>
<ul><li><a href="1">召开教育大会，部署工作。</a></li><li><a href="2">工作总结</a></li><li><a href="3">图解</a></li></ul>
<footer>版权所有 青禾县人民政府</footer></body></html>"""


def test_a_page_gives_its_main_text_its_table_and_its_facts(tmp_path):
    file = tmp_path / "page.html"
    file.write_bytes(PAGE.encode("gb18030"))
    made = read.source(file)
    assert made.text.split("\n") == [
        "2024年，全县教育工作要坚持立德树人，办好人民满意的教育。",
        "一、扩大资源",
        "新建公办幼儿园3所，毛入园率达到95%以上。",
        "序号\t任务",
        "1\t新建幼儿园",
        "二、加强教师队伍建设，全年培训1200人次。",
        "评选名师20名，骨干教师50名。",
        "附件：任务分解表",
    ]
    assert [made.text[a:b] for a, b in made.tables] == ["序号\t任务", "1\t新建幼儿园"]
    assert [(made.text[a:b], level) for a, b, level in made.headings] == [("一、扩大资源", 2)]
    assert made.metadata == {
        "index_number": "QH-2024-0017",
        "doc_number": "青教〔2024〕6号",
        "issuer": "青禾县教育局",
        "written": "2024-03-05",
        "published": "2024-03-08",
        "title": "青禾县2024年教育工作要点",
    }


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024年3月5日", "2024-03-05"),
        ("二〇二四年十二月二十一日", "2024-12-21"),
        ("2024-03-05 09:20", "2024-03-05"),
        ("2024年13月5日", None),
        ("第20240305号", None),
    ],
)
def test_dates_of_pages_are_written_one_way(text, date):
    assert page.iso_date(text) == date


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NUMBERING = f"""<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""
STYLES = f"""<w:styles xmlns:w="{W}"><w:style w:styleId="2"><w:name w:val="heading 1"/></w:style></w:styles>"""


def _numbered(level, inner, style=""):
    return f'<w:p><w:pPr>{style}<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>{inner}</w:p>'


def _run(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_a_word_file_gives_numbers_tables_boxes_and_insertions_and_no_deletions(tmp_path):
    cell = "<w:tc><w:p>{}</w:p></w:tc>".format
    box = f"<w:r><w:pict><w:txbxContent><w:p>{_run('附注')}</w:p></w:txbxContent></w:pict></w:r>"
    body = (
        _numbered(0, _run("扩大资源"), '<w:pStyle w:val="2"/>')
        + _numbered(1, _run("新建") + f"<w:ins>{_run('3所')}</w:ins><w:del>{_run('2所')}</w:del>" + _run("幼儿园"))
        + _numbered(1, _run("提高标准") + box)
        + f"<w:tbl><w:tr>{cell(_run('序号'))}{cell(_run('任务'))}</w:tr><w:tr>{cell(_run('1'))}{cell(_run('培训'))}</w:tr></w:tbl>"
        + _numbered(0, _run("加强队伍"))
        + '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r></w:p>"
    )
    notes = f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator"/><w:footnote w:id="2"><w:p>{_run("见附件")}</w:p></w:footnote></w:footnotes>'
    file = tmp_path / "plan.docx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        archive.writestr("word/numbering.xml", NUMBERING)
        archive.writestr("word/styles.xml", STYLES)
        archive.writestr("word/footnotes.xml", notes)
    made = read.source(file)
    assert made.text.split("\n") == [
        "一、扩大资源", "（一）新建3所幼儿园", "（二）提高标准", "附注", "序号\t任务", "1\t培训", "二、加强队伍", "见附件",
    ]  # fmt: skip
    assert [(made.text[a:b], level) for a, b, level in made.headings] == [("一、扩大资源", 1)]
    assert [made.text[a:b] for a, b in made.tables] == ["序号\t任务", "1\t培训"]


@pytest.mark.parametrize(
    ("n", "printed"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百〇五"), (110, "一百一十")]
)
def test_chinese_numbers_of_lists(n, printed):
    assert numbering.chinese(n) == printed


FONTS = Path(__file__).parent.parent / "src/analysis/draw/fonts"
TYPESET = r"""#set page(width: 300pt, height: 400pt, margin: 50pt, columns: COLUMNS, footer: context align(center)[— #counter(page).display() —])
#set text(font: "Noto Sans SC", size: 10pt, cjk-latin-spacing: none)
#set par(first-line-indent: (amount: 2em, all: true), justify: true)
#align(center)[青禾县工作要点]

PARAGRAPH

#table(columns: 2, [任务], [单位], [新建幼儿园], [基教股])

PARAGRAPH

PARAGRAPH

PARAGRAPH

PARAGRAPH

#align(right)[青禾县教育局]
#align(right)[2024年3月5日]
"""
PARAGRAPH = "2024年全县教育工作坚持立德树人，新建公办幼儿园3所，新增学位1200个，毛入园率达到95.5%以上，教师培训1200人次，进一步提高办学质量，办好人民满意的教育。"


@pytest.fixture(scope="module")
def typeset(tmp_path_factory):
    import typst

    def make(columns):
        file = tmp_path_factory.mktemp("pdf") / f"{columns}.pdf"
        source = TYPESET.replace("COLUMNS", str(columns)).replace("PARAGRAPH", PARAGRAPH)
        typst.compile(source.encode(), output=str(file), font_paths=[str(FONTS)])
        return file

    return make


@pytest.mark.parametrize("columns", [1, 2])
def test_a_pdf_gives_paragraphs_in_reading_order_without_page_numbers(typeset, columns):
    made = read.source(typeset(columns))
    table = ["任务\t单位", "新建幼儿园\t基教股"]
    expected = ["青禾县工作要点", PARAGRAPH, *table, *[PARAGRAPH] * 4, "青禾县教育局", "2024年3月5日"]
    assert made.text.replace(" ", "").split("\n") == expected
    assert [made.text[a:b] for a, b in made.tables] == table
    assert made.pages[0] == 0 and len(made.pages) >= 2 and made.pages == sorted(made.pages)


def _scan(typeset, tmp_path):
    import pypdfium2

    with pypdfium2.PdfDocument(typeset(1)) as document:
        picture = document[0].render(scale=200 / 72).to_pil().convert("L")
    file = tmp_path / "scan.pdf"
    picture.save(file, resolution=200)
    return file


def test_a_scan_without_the_extra_says_how_to_get_it(typeset, tmp_path, monkeypatch):
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    made = read.source(_scan(typeset, tmp_path))
    assert made.text == ""
    assert [p["severity"] for p in made.problems] == ["error"] and "make ocr" in made.problems[0]["message"]


def test_a_page_scanned_upside_down_is_turned(monkeypatch):
    upright = np.full((400, 600, 1), 255, dtype=np.uint8)
    upright[40:60, 50:400:3] = 0
    monkeypatch.setattr(ocr, "_recognised", _sure_when_ink_is_above)

    class Scan:
        def render(self, **options):
            return self

        def to_numpy(self):
            return upright[::-1, ::-1]

        def get_size(self):
            return 216, 144

    made, _ = ocr.page(Scan())
    assert [line.text for line in made.lines] == ["推进学前教育普及普惠"]


def _sure_when_ink_is_above(picture):
    is_upright = bool((picture[:200] == 0).any())
    line = Line("推进学前教育普及普惠" if is_upright else "章晶且回只", 50, 40, 400, 60)
    box = np.array([[50, 40], [400, 40], [400, 60], [50, 60]], dtype=float)
    return [line], [box], [0.99 if is_upright else 0.4]


@pytest.mark.skipif(not ocr.is_installed(), reason="the `ocr` extra is not installed")
@pytest.mark.filterwarnings("ignore")
def test_a_scan_is_recognised_and_said_to_be(typeset, tmp_path):
    made = read.source(_scan(typeset, tmp_path))
    assert PARAGRAPH in made.text
    assert made.problems[0]["severity"] == "note" and "recognised" in made.problems[0]["message"]


def test_a_line_of_which_a_part_was_read_makes_a_page_doubtful():
    picture = np.full((400, 600), 255, dtype=np.uint8)
    box = np.array([[50, 100], [530, 100], [530, 124], [50, 124]], dtype=float)
    picture[100:124, 50:530:3] = 0
    whole = Line("推进学前教育普及普惠安全优质发展新建园", 50, 100, 530, 124)
    part = Line("推进学前", 50, 100, 530, 124)
    assert ocr._doubt(picture, [whole], [box], [0.99]) == ""
    assert "not read" in ocr._doubt(picture, [part], [box], [0.99])


def test_ink_that_no_box_covers_makes_a_page_doubtful():
    picture = np.full((400, 600), 255, dtype=np.uint8)
    picture[100:124, 50:400:3] = 0
    box = np.array([[50, 100], [400, 100], [400, 124], [50, 124]], dtype=float)
    line = Line("一二三四五六七八", 50, 100, 400, 124)
    assert ocr._doubt(picture.copy(), [line], [box], [0.99]) == ""
    picture[300:324, 50:400:3] = 0
    assert "not read" in ocr._doubt(picture.copy(), [line], [box], [0.99])
    assert "unsure" in ocr._doubt(picture, [line], [box], [0.4])
