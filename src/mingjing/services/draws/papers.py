"""The notice of composition: who will try the case, and how anyone can check the draw."""

from __future__ import annotations

from io import BytesIO

from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.demands import Taken
from mingjing.services.notice_papers import Paper
from mingjing.services.permissions import NotVisible
from mingjing.storage.assignment.models import Draw
from mingjing.storage.people.models import Person

CODE_WIDTH_CM = 3.2


def composition_paper(actor: Actor, draw_id: int, *, address: str) -> Paper:
    """The .docx for the parties of the draw's case; ``address`` is where this draw is checked.

    Raises
    ------
    NotVisible   another court's draw
    Taken        nobody is drawn yet
    """
    draw = (
        Draw.objects.filter(day__court=actor.court, pk=draw_id).select_related("case", "day__court").first()
    )
    if draw is None:
        raise NotVisible
    if not draw.drawn:
        raise Taken("还没有抽取，没有可以通知的组成人员。")
    with act(
        actor, "制作组成人员通知书", needs="查看分案", subject_kind="案件", subject_id=draw.case_id
    ) as record:
        record.payload = {"抽取编号": draw.number}
        content = _document(actor, draw, address)
    return Paper(f"{draw.case.number}组成人员通知书.docx", content)


def _document(actor: Actor, draw: Draw, address: str) -> bytes:
    from mingjing.documents.gongwen import OfficialDocument, Paragraph, write_document

    together = Draw.objects.filter(case=draw.case_id, day=draw.day_id).exclude(state=Draw.State.REDRAWN)
    seats = [
        f"{role}：{Person.objects.get(pk=one.people[who]).name}（代号 {who}）"
        for one in together.order_by("pk")
        for role, who in zip(one.roles, one.drawn, strict=True)
    ]
    lines = (
        f"{draw.case.number}一案，本院于{draw.day.on:%Y年%m月%d日}随机抽取，由下列人员审理：",
        *seats,
        "您认为上述人员有应当回避的情形的，可以在知道之日起、法庭辩论终结以前申请回避，并说明理由。",
        f"本次抽取的编号是 {draw.number}。名单在产生随机数以前已经锁定；扫描下面的二维码，或者在 {address} "
        "可以看到名单、随机数和结果，不用登录，自己核验。",
    )
    plain = write_document(
        OfficialDocument(
            issuer=draw.day.court.name,
            title="案件审理人员通知书",
            body=tuple(Paragraph(line) for line in lines),
            issued_on=actor.on,
            number=draw.case.number,
        )
    )
    return _with_code(plain, address)


def _with_code(content: bytes, address: str) -> bytes:
    """The document with the address as a QR code at its end, above the colophon."""
    import segno
    from docx import Document
    from docx.shared import Cm

    image, out = BytesIO(), BytesIO()
    segno.make(address, error="m").save(image, kind="png", scale=8, border=2)
    image.seek(0)
    document = Document(BytesIO(content))
    document.add_paragraph().add_run().add_picture(image, width=Cm(CODE_WIDTH_CM))
    document.save(out)
    return out.getvalue()
