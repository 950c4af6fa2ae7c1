"""The words that stand around a report: in the page, in the PDF, in the index."""

from __future__ import annotations

_WORDS: dict[str, tuple[str, str]] = {
    "suite": ("区域规划分析", "Regional plan analysis"),
    "contents": ("目录", "Contents"),
    "code": ("代码", "Code"),
    "theme": ("明暗", "Light / dark"),
    "skip": ("跳到正文", "Skip to the text"),
    "sources": ("所引原文", "Sentences quoted"),
    "place": ("第 {0}–{1} 字", "characters {0}–{1}"),
    "raw": ("修复前的原文", "As found, before repair"),
    "close": ("关闭", "Close"),
    "table": ("表格", "Table"),
    "parameters": ("参数", "Parameters"),
    "made": ("生成于 {0}", "Made {0}"),
    "all_rows": ("全部 {0} 行", "All {0} rows"),
    "data_file": ("数据文件（CSV）", "Data file (CSV)"),
    "areas": ("图中的数字：方向键移动，回车看原句", "Numbers in the figure: arrow keys move, Enter opens the sentences"),
    "search": ("在表中查找", "Search the table"),
    "more": ("以上为前 {0} 行，共 {1} 行；全部内容及原句见网页版，数据见 {2}。",
             "The first {0} of {1} rows; all of them and their sentences are in the HTML page, the data in {2}."),
    "marked": ("底色加下划线的是两边不同的字。", "Shaded and underlined: words that differ between the two sides."),
    "continued": ("第 {0} 页，共 {1} 页", "Page {0} of {1}"),
}  # fmt: skip

_VIEW: dict[str, tuple[str, str]] = {
    "clean": ("修复后的全文", "Text after repair"),
    "raw": ("修复前的原文", "As found, before repair"),
    "back": ("回到所引句子", "Back to the sentence"),
    "place": ("第 {0}–{1} 字，全文共 {2} 字", "characters {0}–{1} of {2}"),
    "cited": ("黄底为所引句子", "yellow: the sentence cited"),
    "repair": ("绿线为修复（{0} 处）", "green line: repaired ({0})"),
    "gone": ("[…] 为删去的内容（{0} 处）", "[…]: taken out ({0})"),
    "mask": ("虚框为遮蔽（{0} 处）", "dashed box: masked ({0})"),
    "point": ("指向标记可见说明", "point at a mark to read about it"),
    "alone": ("本页未收入这份文件的全文。", "The whole text of this plan is not held in this page."),
    "text": ("全文", "Whole text"),
    "several": ("由 {1} 份文件的 {0} 处原文得出", "From {0} passages in {1} plans"),
    "files": ("{0} 份文件", "{0} plans"),
    "first": ("这里列出其中 {0} 处，各份文件轮流选取；其余 {1} 处未收入清单。",
              "{0} of them are listed here, taken from each plan in turn; {1} more are not listed."),
    "whole": ("在全文中看", "In the whole text"),
    "list": ("回到清单", "Back to the list"),
}  # fmt: skip


def view_words(lang: str) -> dict[str, str]:
    """The words of the view of a whole plan, in one language."""
    return {key: pair[0] if lang == "zh" else pair[1] for key, pair in _VIEW.items()}


def words(lang: str) -> dict[str, str]:
    """Every word of the frame around a report, in one language."""
    return {key: pair[0] if lang == "zh" else pair[1] for key, pair in _WORDS.items()}
