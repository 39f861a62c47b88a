#!/usr/bin/env python3
"""Check what a court running 明镜 (Mingjing) publishes: a draw, a record's proofs, a whole log, a receipt.

    python3 verify.py draw draw.json [--proof bundle.zip] [--key VKEY …] [--witness VKEY …]
    python3 verify.py proof bundle.zip [--key VKEY …] [--witness VKEY …]
    python3 verify.py receipt receipt.json [--content FILE] [--key VKEY …]
    python3 verify.py log entries.jsonl checkpoint.txt [--older checkpoint.txt] [--key VKEY …]

This file needs Python 3.8 or newer and nothing else; copy it to any machine and read it first. It trusts no
program of the court. What it cannot know it says: without ``--key`` no signature is checked, without
``--proof`` no draw is held against the log. Exit status: 0 everything holds, 1 something does not, 2 not
readable. Its rules: RFC 9162 (Merkle trees), C2SP signed-note, tlog-checkpoint and tlog-cosignature, RFC 8032
(Ed25519), docs/explanation/自己再抽一遍.md.
"""

import argparse
import base64
import functools
import hashlib
import io
import json
import pathlib
import re
import sys
import zipfile


class Wrong(Exception):  # noqa: N818
    """Something does not hold; the message says what, in Chinese."""


class Unreadable(Exception):  # noqa: N818
    """The file is not what it should be."""


BROKEN = (Unreadable, OSError, ValueError, LookupError, TypeError, AttributeError)
BROKEN += (RuntimeError, EOFError, zipfile.BadZipFile)

# Ed25519 verification, RFC 8032 section 5.1.7
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def _point(data):
    number = int.from_bytes(data, "little")
    y, sign = number & ((1 << 255) - 1), number >> 255
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    root = pow(square, (P + 3) // 8, P)
    for x in (root, root * ROOT_OF_MINUS_ONE % P):
        if y < P and (x * x - square) % P == 0 and (x or not sign):
            x = P - x if x & 1 != sign else x
            return x, y, 1, x * y % P
    return None


def _sum(a, b):
    one, two = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    three, four = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = two - one, four - three, four + three, two + one
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(scalar, point):
    found = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            found = _sum(found, point)
        point = _sum(point, point)
        scalar >>= 1
    return found


BASE = _point(bytes([0x58] + [0x66] * 31))


def signed(public_key, message, signature):
    """Whether ``signature`` is that of ``public_key`` under ``message``."""
    key, first = _point(public_key), _point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if len(public_key) != 32 or len(signature) != 64 or key is None or first is None or scalar >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public_key + message).digest()
    left, right = _times(scalar, BASE), _sum(first, _times(int.from_bytes(digest, "little") % ORDER, key))
    same_x = (left[0] * right[2] - right[0] * left[2]) % P == 0
    return same_x and (left[1] * right[2] - right[1] * left[2]) % P == 0


def hash_function(name):
    """SHA-256 by hashlib; SM3 where this machine's OpenSSL has it, else a refusal that says so."""
    if name not in ("sha256", "sm3") or name not in hashlib.algorithms_available:
        raise Unreadable("摘要算法“%s”：只认 sha256，和本机 OpenSSL 带的国密 SM3（没有的换一台）。" % name)
    return lambda data: hashlib.new(name, data).digest()


def root_of_path(digest, leaf, index, size, path):
    """The root that a leaf hash and its audit path lead to (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        raise Wrong("第 %d 条不在只有 %d 条的日志里。" % (index, size))
    inner = (index ^ size - 1).bit_length()  # up to here the path to this leaf and to the last one differ
    if len(path) != inner + bin(index >> inner).count("1") or {len(step) for step in path} - {32}:
        raise Wrong("证明的长度不对。")
    for level, step in enumerate(path):
        on_the_left = level >= inner or index >> level & 1
        leaf = digest(b"\x01" + (step + leaf if on_the_left else leaf + step))
    return leaf


def root_of_leaves(digest, leaves):
    """The root over leaf hashes (RFC 6962, 2.1), keeping only the right edge of the tree."""
    edge = []
    for at, leaf in enumerate(leaves):
        while at & 1:
            leaf, at = digest(b"\x01" + edge.pop() + leaf), at >> 1
        edge.append(leaf)
    found = edge.pop() if edge else digest(b"")
    while edge:
        found = digest(b"\x01" + edge.pop() + found)
    return found


def from_base64(text):
    """Strict base64."""
    raw = base64.b64decode(text, validate=True)
    if base64.b64encode(raw).decode() != text:
        raise Unreadable("“%s”不是规范的 Base64。" % text[:30])
    return raw


class Note:
    """A signed checkpoint (C2SP): origin, size, root, the text that was signed, and the signature lines."""

    def __init__(self, note):
        shape = r"((.+)\n(0|[1-9][0-9]{0,18})\n([^=\n]{43}=)\n(?:.+\n)*)\n((?:— \S+ [^\s=]{7}\S+\n)+)"
        match = re.fullmatch(shape, note)
        if not match:
            raise Unreadable("检查点不合格式：应是日志名称、条数、根三行，一个空行，再是签名行。")
        self.text, self.origin, size, root, tail = match.groups()
        self.size, self.root = int(size), from_base64(root)
        lines = [line.split(" ") for line in tail[:-1].split("\n")]
        self.signatures = [(name, from_base64(raw)[:4], from_base64(raw)[4:]) for _, name, raw in lines]

    def signed_by(self, vkey):
        """Whether the owner of this key signed (or, as a witness, countersigned) the checkpoint."""
        name, stated, encoded = [*vkey.strip().split("+", 2), "", ""][:3]
        raw = from_base64(encoded)
        expected = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
        if len(raw) != 33 or expected.hex() != stated or raw[0] not in (1, 4):
            raise Unreadable("公钥“%s”抄得不对，校验位不符。" % vkey[:40])
        for signer, key_hash, signature in self.signatures:
            message = self.text
            if raw[0] == 4:
                message = "cosignature/v1\ntime %d\n%s" % (int.from_bytes(signature[:8], "big"), message)
                signature = signature[8:]
            if (signer, key_hash) == (name, expected) and signed(raw[1:], message.encode(), signature):
                return True
        return False


def check_signatures(note, keys, say):
    """Refuse unless every given key signed; without keys, say whose signatures there are."""
    for key in keys:
        if not note.signed_by(key):
            raise Wrong("检查点上没有“%s”的有效签名。" % key.split("+")[0])
        say("检查点（%s，%d 条）有“%s”的有效签名" % (note.origin, note.size, key.split("+")[0]))
    if not keys:
        names = "、".join(signer for signer, _, _ in note.signatures)
        say("没有给公钥，签名没有核验；签名人自称：%s" % names)


# Entries
PARTS = {"format", "hash", "checkpoint", "entries"}
FIELDS = {"seq", "at", "actor", "actor_name", "court", "verb", "subject_kind", "subject_id"}
FIELDS |= {"definition", "why", "payload_commitment", "whence"}  # the oldest entries have no whence


def canonical(value):
    """The bytes that are hashed: JSON in UTF-8, keys sorted, no spaces, no floats."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def load(raw):
    """What JSON says; a number with a fraction has no canonical form, and nothing is said twice."""

    def refuse(what):
        raise Unreadable("数据里有小数，或者有一项写了两次：%s。" % str(what)[:60])

    def once(pairs):
        return dict(pairs) if len(dict(pairs)) == len(pairs) else refuse(pairs)

    return json.loads(raw.decode(), parse_float=refuse, parse_constant=refuse, object_pairs_hook=once)


def strict(raw):
    """What canonical JSON says; the same content written another way is refused."""
    found = load(raw)
    if canonical(found) != raw:
        raise Unreadable("文件不是规范的写法：被改过，或者用别的程序另存过。")
    return found


def leaf_of(digest, item):
    """The leaf hash of an entry, after its payload, where it is there, was held against its commitment."""
    entry = item["entry"]
    if {*item} - {"proof"} != {"entry", "payload", "salt"} or {*entry, "whence"} != FIELDS:
        raise Unreadable("日志条目缺项或者多项，应有：%s。" % "、".join(sorted(FIELDS)))
    if item["payload"] is not None:
        salt = bytes.fromhex(item["salt"])
        found = hashlib.sha256(salt + canonical(item["payload"])).hexdigest()
        if (found, salt.hex()) != (entry["payload_commitment"], item["salt"]):
            raise Wrong("第 %s 条的内容与日志里的承诺不符，内容被改过。" % entry["seq"])
    elif item["salt"] is not None:
        raise Unreadable("第 %s 条没有内容，却有盐。" % entry["seq"])
    return digest(b"\x00" + canonical(entry))


def check_proof(bundle, keys, say):
    """A bundle of entries with their audit paths against one checkpoint."""
    shapes = {"mingjing-proof-1": PARTS, "mingjing-receipt-1": PARTS | {"content_salt"}}
    if {*bundle} != shapes.get(bundle["format"]) or not bundle["entries"]:
        raise Unreadable("这不是明镜的证明文件，或者缺项、多项。")
    digest, note = hash_function(bundle["hash"]), Note(bundle["checkpoint"])
    for item in bundle["entries"]:
        entry, path = item["entry"], [from_base64(step) for step in item["proof"]]
        if root_of_path(digest, leaf_of(digest, item), entry["seq"], note.size, path) != note.root:
            raise Wrong("第 %s 条不在这份检查点所签的日志里。" % entry["seq"])
        kept = "内容相符" if item["payload"] is not None else "内容未附（或已依法销毁）"
        say("第 %(seq)d 条在日志里：%(at)s %(actor_name)s %(verb)s" % entry + "（%s）" % kept)
    check_signatures(note, keys, say)


def check_receipt(receipt, content, keys, say):
    """A reporter's receipt: a proof of one entry that commits to the content."""
    check_proof(receipt, keys, say)
    (item,), salt = receipt["entries"], receipt["content_salt"]
    if hashlib.sha256(salt.encode()).hexdigest() != item["payload"]["salt_commitment"]:
        raise Wrong("回执里的盐被改过。")
    if content is not None:
        if hashlib.sha256(bytes.fromhex(salt) + content).hexdigest() != item["payload"]["content_commitment"]:
            raise Wrong("您手里的内容与回执不符：不是当时提交的那一份。")
        say("内容与回执相符：当时提交的就是这一份")


def check_log(lines, note, older, keys, say):
    """Every entry of an exported log, in order, under the root of its checkpoint."""
    digest, leaves = hash_function("sha256"), []
    for number, line in enumerate(lines):
        item = strict(line.encode())
        leaves.append(leaf_of(digest, item))
        if item["entry"]["seq"] != number:
            told = (number + 1, item["entry"]["seq"])
            raise Wrong("第 %d 行是第 %s 条：有条目被删、被插入或者换了次序。" % told)
    check_signatures(note, keys, say)
    if len(leaves) < note.size:
        raise Wrong("检查点说有 %d 条，文件里只有 %d 条：被截断了。" % (note.size, len(leaves)))
    for one, name in [(note, "检查点")] + [(older, "较早的检查点")] * bool(older):
        if root_of_leaves(digest, leaves[: one.size]) != one.root:
            raise Wrong("前 %d 条算出的根与%s不符：日志被改写过。" % (one.size, name))
        say("前 %d 条与%s一致" % (one.size, name))


def check_draw(published, say):
    """A draw, done again: commitments, seed, and who was drawn."""
    digest = hashlib.sha256(canonical({**published, "digest": None})).hexdigest()
    known = {"mingjing-draw-1": None, "mingjing-draw-2": digest}  # the oldest files carry no digest
    if published.get("digest") != known[published["format"]]:
        raise Wrong("文件各项与文件摘要不符：文件被改过。")
    pool, seed_input = published["pool"], published["seed"]
    pool_digest = hashlib.sha256(canonical(pool)).hexdigest()
    if pool_digest not in seed_input["pools"]:
        raise Wrong("名单不是抽取前承诺的那一份：名单、权重或者回避情况被改过。")
    revealed = {by for by, _, value in seed_input["contributions"] if value}
    for by, commitment, value in seed_input["contributions"]:
        if not value:
            say("%s 没有揭示随机数，已按规则记录" % by)
        elif hashlib.sha256(by.encode() + b"\x00" + bytes.fromhex(value)).hexdigest() != commitment:
            raise Wrong("%s 揭示的数与承诺不符。" % by)
    if len(revealed) < 2:
        raise Wrong("揭示随机数的不足两个部门，这次抽取不能算数。")
    drawn = drawn_from(pool, pool_digest, hashlib.sha256(canonical(seed_input)).digest())
    if drawn != published["drawn"]:
        raise Wrong("重新抽取得到 %s，公布的是 %s。" % ("、".join(drawn), "、".join(published["drawn"])))
    told = (pool["case"], len(pool["candidates"]), "、".join(sorted(revealed)), "、".join(drawn))
    say("%s：%d 人名单，%s 出随机数，抽到 %s，与公布一致" % told)


def check_draw_in_log(published, bundle, keys, say):
    """That the log of the filing day says what the file says, in the order that nobody can turn round."""
    check_proof(bundle, keys, say)
    told, locked, number = {}, published["locked"]["entry"], published["number"]
    for entry, payload in ((item["entry"], item["payload"]) for item in bundle["entries"]):
        told.setdefault(entry["verb"], []).append((entry["seq"], payload))
    verbs = ("锁定名单", "提交承诺", "揭示随机数", "录入公共随机值", "抽取")
    locks, promises, shown, public, results = (sorted(told.get(verb, [])) for verb in verbs)
    days = {(item["entry"]["subject_kind"], item["entry"]["subject_id"]) for item in bundle["entries"]}
    if len(days) != 1 or [seq for seq, _ in locks] != [locked] or len(results) != 1:
        raise Wrong("要这个立案日的证明：里面有第 %s 条锁定名单，和一条抽取。" % locked)
    last, lists, drawn = max(one["第几轮"] for _, one in promises), locks[0][1]["名单"], results[0][1]
    promises = [(seq, one) for seq, one in promises if one["第几轮"] == last]
    shown = [(seq, one) for seq, one in shown if one["第几轮"] == last and one["相符"]]
    values = {one["部门"]: one["随机数"] for _, one in shown}
    hands = sorted([one["部门"], one["承诺"], values.get(one["部门"], "")] for _, one in promises)
    order = [seq for seq, _ in locks + promises + shown + results]
    for what, here, there in (
        ("名单", hashlib.sha256(canonical(published["pool"])).hexdigest(), lists.get(number)),
        ("当天全部名单", published["seed"]["pools"], sorted(lists.values())),
        ("承诺和随机数", published["seed"]["contributions"], hands),
        ("公共随机值", published["seed"]["public"], public[0][1]["公共随机值"] if public else ""),
        ("抽中的人", published["drawn"], drawn["抽中"].get(number)),
        ("文件摘要", published.get("digest"), drawn.get("公开文件", {}).get(number)),
        ("先锁定、再承诺、后揭示、最后抽取的次序", sorted(order), order),
    ):
        if here != there:
            raise Wrong("%s，文件里的与日志里的不一样。" % what)
    say("第 %d 条锁定名单，承诺在后，揭示在承诺以后，第 %d 条抽取，与文件逐项一致" % (locked, order[-1]))


def drawn_from(pool, pool_digest, seed):
    """The ids a seed draws from a pool, in order."""
    left, drawn, counter = [list(one) for one in pool["candidates"]], [], 0
    whole = all(type(weight) is int and 0 < weight <= 10**9 for _, weight in left)
    if left != sorted(left) or not whole or not len(dict(left)) == len(left) >= pool["seats"] > 0:
        raise Wrong("名单没有按编号排列，有人重复，份额不是 1 到 10 亿的整数，或者席位比人多。")
    for _ in range(pool["seats"]):
        total, number = sum(weight for _, weight in left), 2**256
        while number >= 2**256 - 2**256 % total:
            block = hashlib.sha256(seed + bytes.fromhex(pool_digest) + counter.to_bytes(8, "big")).digest()
            number, counter = int.from_bytes(block, "big"), counter + 1
        number %= total
        for one in left:
            if number < one[1]:
                break
            number -= one[1]
        left.remove(one)
        drawn.append(one[0])
    return drawn


def unpack(raw):
    """The proof.json of a .zip, which is made anew from its parts to see that nothing in it was touched."""
    if raw[:2] != b"PK":
        return strict(raw)
    again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as box, zipfile.ZipFile(again, "w") as copy:
        for part in box.infolist():
            if part.compress_type:  # no bomb is ever unpacked
                raise Unreadable("证明包里有压缩过的文件：不是明镜出的，或者重新打过包。")
            plain = zipfile.ZipInfo(part.filename)
            plain.create_system = 3
            copy.writestr(plain, box.read(part))
        found = box.read("proof.json")
    if again.getvalue() != raw:
        raise Wrong("证明包被改过，或者重新打过包；请解开后只核验其中的 proof.json。")
    return strict(found)


def main(argv=None):
    """Read the command line, check, print what was found."""
    shown, say = argparse.RawDescriptionHelpFormatter, functools.partial(print, "·")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=shown)
    parser.add_argument("what", choices=("draw", "proof", "receipt", "log"))
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    parser.add_argument("--key", "--witness", action="append", default=[], help="name+hash+base64")
    parser.add_argument("--proof", type=pathlib.Path, help="the proof bundle of the filing day of a draw")
    parser.add_argument("--older", type=pathlib.Path, help="an earlier checkpoint of the same log")
    parser.add_argument("--content", type=pathlib.Path, help="the content a receipt was given for")
    arguments = parser.parse_args(argv)
    if arguments.what == "log" and len(arguments.files) != 2:
        parser.error("log 要两个文件：条目和检查点")
    try:
        keys, first = arguments.key, arguments.files[0].read_bytes()
        if arguments.what == "draw":
            published = load(first)
            check_draw(published, say)
            if arguments.proof:
                check_draw_in_log(published, unpack(arguments.proof.read_bytes()), keys, say)
            else:
                say("算得对；次序、编号、法院、标记和时间，要有立案日的证明（--proof）才核得了")
        elif arguments.what == "proof":
            check_proof(unpack(first), keys, say)
        elif arguments.what == "receipt":
            check_receipt(unpack(first), arguments.content and arguments.content.read_bytes(), keys, say)
        else:
            older = Note(arguments.older.read_bytes().decode()) if arguments.older else None
            note = Note(arguments.files[1].read_bytes().decode())
            check_log(first.decode().rstrip("\n").split("\n"), note, older, keys, say)
    except Wrong as wrong:
        print("不成立：%s" % wrong)
        return 1
    except BROKEN as error:
        print("读不了：%s" % (error if isinstance(error, (Unreadable, OSError)) else "缺项或者格式不对。"))
        return 2
    print("全部成立。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
