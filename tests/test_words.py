"""Words: cut with our terms kept whole, as jieba would; what is content and what is not; terms we do not have yet."""

from __future__ import annotations

import re
import warnings

import pytest

from analysis import lexicon, words

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # jieba's own escapes and its use of pkg_resources
    import jieba

FRAMES = (
    "今年全县要把{}摆在重要位置，",
    "我们围绕{}做了三件事。",
    "与{}有关的经费由县财政安排；",
    "2024年，{}、后勤等工作有序开展",
)

RUNNING = """
青禾县学前三年毛入园率达到九成以上，普惠性幼儿园和公办园同步扩容，小区配套幼儿园全部移交。义务教育阶段大班额基本消除，
集团化办学覆盖城乡，控辍保学和随班就读各有台账，进城务工人员随迁子女就近入学。云陂市推进产教融合、校企合作，建设实训基地，
双师型教师占比过半，现代学徒制在两所中等职业学校试行。县管校聘、校长职级制与绩效工资一并改革，名师工作室带动乡村教师成长。
望澜市固定资产投资平稳，社会消费品零售总额回升，一般公共预算收入好于预期，规上工业和战略性新兴产业贡献突出；高标准农田、
和美乡村、乡村振兴示范带连片推进，营商环境持续优化，跨境电商和中欧班列稳住外贸，碳达峰碳中和工作有序，基层治理有枫桥经验。
"""


def _kept(term: str, text: str) -> bool:
    return any(word == term for word, _ in words.tokens(text))


def test_every_frame_keeps_nearly_all_terms_whole() -> None:
    terms = list(words.terms())
    assert len(terms) >= 600
    for frame in FRAMES:
        kept = sum(_kept(term, frame.format(term)) for term in terms)
        assert kept / len(terms) >= 0.97, frame


def test_terms_in_running_text_are_kept_whole() -> None:
    found = {word for word, _ in words.tokens(RUNNING)}
    inside = {t for t in words.terms() if t in RUNNING}
    longest = {t for t in inside if not any(t != other and t in other for other in inside)}
    assert len(longest) >= 35
    assert len(longest & found) / len(longest) >= 0.97, longest - found


def test_the_cutter_agrees_with_jieba() -> None:
    reference = jieba.Tokenizer()
    reference.initialize()
    for term, pos in words.terms().items():
        reference.add_word(term, words.TERM_FREQUENCY, pos)
    han = re.compile(r"[一-龥]+")
    ours = [word for word, _ in words.tokens(RUNNING) if han.fullmatch(word)]
    theirs = [word for word in reference.cut(RUNNING) if han.fullmatch(word)]
    shared = _shared_cuts(ours, theirs)
    assert shared >= 0.98


def _shared_cuts(ours: list[str], theirs: list[str]) -> float:
    """The share of word boundaries in both (the Han characters are the same)."""
    assert "".join(ours) == "".join(theirs)
    a, b = _boundaries(ours), _boundaries(theirs)
    return 2 * len(a & b) / (len(a) + len(b))


def _boundaries(cut: list[str]) -> set[int]:
    found, at = set(), 0
    for word in cut:
        at += len(word)
        found.add(at)
    return found


@pytest.mark.parametrize(
    ("word", "tag", "is_content"),
    [
        ("产教融合", "n", True),
        ("幼儿园", "n", True),
        ("互联网+教育", "n", True),
        ("进一步", "d", False),  # an adverb
        ("工作", "vn", False),  # a stop word: every plan has it
        ("我市", "r", False),
        ("三百", "m", False),  # a number
        ("2024", "m", False),
        ("校", "n", False),  # one character
        ("GDP", "eng", False),  # no Chinese character
    ],
)
def test_content_words_say_what_a_text_is_about(word: str, tag: str, is_content: bool) -> None:
    assert words.is_content(word, tag) is is_content


def test_content_counts_words_with_their_part_of_speech() -> None:
    counted = words.content("加强幼儿园建设，新建幼儿园3所，改造幼儿园食堂。")
    assert counted["幼儿园", "n"] == 3
    assert not any(term in {"加强", "建设", "3"} for term, _ in counted)


def test_an_empty_text_has_no_words() -> None:
    assert words.tokens("") == []
    assert not words.content(" \n　")


def test_a_dictionary_entry_is_cut_as_the_text_is() -> None:
    text = "推进义务教育优质均衡发展"
    entry = words.cut_entry("优质均衡发展")
    assert "/".join(entry) in "/".join(word for word, _ in words.tokens(text))


def test_stop_words_and_terms_do_not_quarrel() -> None:
    both = words.stop_words() & set(words.terms())
    assert both <= {"高质量", "高质量发展", "高水平", "工作要点"}, both  # terms of the genre, kept whole and left out


def test_terms_name_a_sector_that_exists() -> None:
    assert {row["sector"] for row in lexicon.table("common/terms")} <= {*lexicon.sectors(), "common"}


def test_a_run_that_sticks_together_between_free_neighbours_is_proposed() -> None:
    before = ["推进", "完善", "考察", "宣传", "讨论", "走访"]
    after = ["开课", "扩容", "参展", "获奖", "招生", "停办"]
    texts = [f"{left}竹编工坊{right}。" for left in before for right in after]
    texts += ["食堂、宿舍、操场、围墙、厨房、水井和道路都在修。"] * 20
    proposed = {term.term: term for term in words.new_terms(texts, least=5, cohesion=2.0)}
    assert proposed["竹编工坊"].n == 36
    assert proposed["竹编工坊"].freedom == pytest.approx(2.58, abs=0.01)  # six neighbours alike: log2 6
    assert not any(term.startswith("食堂") for term in proposed)  # 、 parts what it joins


def test_rare_runs_are_not_proposed() -> None:
    assert words.new_terms(["竹编工坊课程开课。"] * 4, least=5) == []


def test_seams_are_where_words_begin_and_end() -> None:
    assert words.seams("完成教育投资") == {0, 2, 4, 6}
    assert words.seams("") == {0}
    assert max(words.seams("青禾县 2024年\n工作要点。")) == len("青禾县 2024年\n工作要点。")
