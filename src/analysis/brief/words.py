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
    "search": ("在表中查找", "Search the table"),
    "more": ("以上为前 {0} 行，共 {1} 行；全部内容及原句见网页版，数据见 {2}。",
             "The first {0} of {1} rows; all of them and their sentences are in the HTML page, the data in {2}."),
    "continued": ("第 {0} 页，共 {1} 页", "Page {0} of {1}"),
}  # fmt: skip


def words(lang: str) -> dict[str, str]:
    """Every word of the frame around a report, in one language."""
    return {key: pair[0] if lang == "zh" else pair[1] for key, pair in _WORDS.items()}
