"""Which installed typefaces stand in for those the standard names, told to LibreOffice's fontconfig."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from mingjing.documents.typography import LATIN, Face

SYSTEM_FONTS = Path("/etc/fonts/fonts.conf")
_SONG = ("Noto Serif CJK SC", "Source Han Serif SC", "思源宋体", "Songti SC", "SimSun")

# In order of likeness. A face of the standard that is installed is always used itself.
_LIKENESSES: dict[str, tuple[str, ...]] = {
    Face.FANGSONG.value: ("仿宋", "FangSong", "方正仿宋_GBK", "STFangsong", "FandolFang", *_SONG),
    Face.KAI.value: ("楷体", "KaiTi", "方正楷体_GBK", "STKaiti", "LXGW WenKai", "AR PL UKai CN", *_SONG),
    Face.BIAOSONG.value: ("方正小标宋_GBK", "华文中宋", "STZhongsong", *_SONG),
    Face.HEI.value: ("SimHei", "方正黑体_GBK", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC"),
    Face.SONG.value: _SONG,
    LATIN: ("Liberation Serif", "Tinos", "Nimbus Roman", "TeX Gyre Termes", "Noto Serif CJK SC"),
}


def font_rules() -> str:
    """A fontconfig file that adds the stand-ins to the computer's own configuration."""
    aliases = "".join(
        f'<alias binding="same"><family>{escape(name)}</family><accept>'
        + "".join(f"<family>{escape(other)}</family>" for other in others)
        + "</accept></alias>\n"
        for name, others in _LIKENESSES.items()
    )
    # 小标宋 is drawn heavy; where a Song face stands in for it, its bold is the nearest.
    heavy = (
        f'<match target="pattern"><test name="family"><string>{Face.BIAOSONG.value}</string></test>'
        '<edit name="weight" mode="assign"><const>bold</const></edit></match>\n'
    )
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        f'<include ignore_missing="yes">{SYSTEM_FONTS}</include>\n{aliases}{heavy}</fontconfig>\n'
    )
