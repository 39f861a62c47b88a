"""The page of a proof bundle that a person reads: what happened, what it stands under, how to check it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import segno


@dataclass(frozen=True, slots=True)
class ProvedLine:
    """One entry as a person reads it; ``contents`` are words and values, None where they are not shown."""

    seq: int
    at: str
    who: str
    verb: str
    why: str
    contents: Sequence[tuple[str, str]] | None


@dataclass(frozen=True, slots=True)
class ProofPage:
    """What the page says: about what, the entries, the signed checkpoint, who signed, what is left out."""

    title: str
    court: str
    made: str
    lines: Sequence[ProvedLine]
    origin: str
    size: int
    root: str
    note: str
    signers: Sequence[str]
    remarks: Sequence[str]


_STYLE = """
body { font: 16px/1.7 "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif; color: #1a1a1a;
  max-width: 50rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin-top: 2rem; border-bottom: 1px solid #bbb }
table { border-collapse: collapse; width: 100% } td, th { text-align: left; vertical-align: top;
  padding: .35rem .6rem .35rem 0; border-bottom: 1px solid #ddd }
th { font-weight: normal; color: #555 } .soft { color: #555; font-size: .9rem }
code, pre { font: 13px/1.5 "Noto Sans Mono", Consolas, monospace; overflow-wrap: anywhere }
pre { white-space: pre-wrap }
.qr { float: right; margin: 0 0 1rem 1rem }
@media print { body { margin: 0 } a { color: inherit } }
"""


def write_proof_page(page: ProofPage) -> str:
    """The page as HTML that needs nothing beside it."""
    rows = "\n".join(_row(line) for line in page.lines)
    code = segno.make(page.note, error="l", micro=False).svg_inline(scale=3, border=2)
    signers = "".join(f"<li>{escape(one)}</li>" for one in page.signers)
    remarks = "".join(f"<p>{escape(one)}</p>" for one in page.remarks)
    return f"""<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{escape(page.title)} 证明</title><style>{_STYLE}</style></head><body>
<h1>{escape(page.title)} 证明</h1>
<p>{escape(page.court)}于 {escape(page.made)} 出具。下列 {len(page.lines)} 条都在本院的日志里，一字未改；
日志当时共 {page.size} 条，只增不改，由下面的检查点签住。</p>
<h2>日志里怎么写的</h2>
<table><thead><tr><th>序号</th><th>时间（UTC）</th><th>谁</th><th>做了什么</th></tr></thead>
<tbody>{rows}</tbody></table>{remarks}
<h2>检查点</h2>
<div class="qr">{code}</div>
<p>日志：{escape(page.origin)}<br>条数：{page.size}<br>根：<code>{escape(page.root)}</code></p>
<p>签名的有：</p><ul>{signers}</ul>
<p class="soft">右边的二维码就是检查点全文。向法院的公开网页或者见证单位要同一条数的检查点，逐字相同，
就说明您看到的和他们看到的是同一本日志。</p>
<pre>{escape(page.note)}</pre>
<h2>怎么自己核验</h2>
<p>向法院、见证单位或者信得过的人要核验程序 <code>verify.py</code>（一个文件，只要 Python）
和日志的公钥，在自己的电脑上执行：</p>
<pre>python3 verify.py proof 证明包.zip --key 日志公钥 --witness 见证单位公钥</pre>
<p class="soft">本页只供阅读，核验的是包里的 proof.json，以程序逐条列出的内容为准。
公钥要另行取得，不能用本包里写的名字代替。</p>
</body></html>
"""


def _row(line: ProvedLine) -> str:
    words = f"{escape(line.verb)}{f'：{escape(line.why)}' if line.why else ''}"
    if line.contents is None:
        words += '<br><span class="soft">内容未附（或已依规销毁），只证明有这件事</span>'
    elif line.contents:
        told = "；".join(f"{escape(key)}：{escape(value)}" for key, value in line.contents)
        words += f'<br><span class="soft">{told}</span>'
    at = line.at[:19].replace("T", " ")
    cells = (str(line.seq), escape(at), escape(line.who), words)
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
