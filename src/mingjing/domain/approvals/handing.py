"""转办, 委派, 加签, 减签, 抄送 and 催办: who decides besides, who is asked, who is told."""

from __future__ import annotations

from mingjing.domain.approvals.approval import ADDED, PLACE, RUNNING, TOGETHER, Handing, Mode, left
from mingjing.domain.approvals.chain import Claim, Level, Origin, Seat, Standing
from mingjing.domain.approvals.refusals import DecidedAlready, HandedToWrongPerson, NotOffered, UrgedAlready
from mingjing.domain.approvals.turn import Turn, is_person
from mingjing.domain.ledgers.matters import NotFilled, Stepped, Who, WrongPerson, WrongState


def transfer(turn: Turn) -> Stepped:
    """Hand one's seat on for good; it does not come back."""
    level, seat = _own(turn, Handing.TRANSFER)
    (taker,) = turn.named(most=1)
    turn.check_new_decider(level, taker, seats=level.seats)
    at = level.seats.index(seat)
    level.seats[at] = Seat(*taker, claim=Claim.HANDED, source=seat.person, posts=seat.posts)
    level.gave_away.append(seat.key)
    turn.tell([taker], f"{seat.name}把“{turn.name}”的“{level.label}”转给您审批。")
    return turn.go_on(f"{level.label}：转办{taker[1]}")


def lend(turn: Turn) -> Stepped:
    """Ask somebody for an opinion; the seat stays one's own, to confirm it."""
    level, seat = _own(turn, Handing.LEND)
    (taker,) = turn.named(most=1)
    if taker[0] in turn.chain.barred | {seat.key}:
        raise HandedToWrongPerson(f"不能委派给{taker[1]}：不能是申请人、当事人，也不能是自己。")
    seat.lent_to, seat.advice = taker, ""
    turn.tell([taker], f"{seat.name}请您就“{turn.name}”的“{level.label}”提出意见。")
    return turn.over(RUNNING, f"{level.label}：委派{taker[1]}")


def reply(turn: Turn) -> Stepped:
    """Give the opinion one was asked for; the seat goes back to whoever asked."""
    level = turn.level()
    seat = lent_seat(level, turn.deed.who)
    if seat is None:
        raise WrongPerson(f"没有人就“{level.label}”委派您提出意见。")
    if not turn.deed.why.strip():
        raise NotFilled("请写明您的意见。")
    who = turn.deed.who
    seat.advice, seat.lent_to = f"{who.name}：{turn.deed.why.strip()}", None
    turn.tell([seat.person], f"{who.name}已经就“{turn.name}”回复意见，请您确认。")
    return turn.over(RUNNING, f"{level.label}：回复委派")


def recall(turn: Turn) -> Stepped:
    """Take back a question nobody has answered, to decide oneself."""
    level = turn.level()
    seat = turn.seat(level)
    if seat.lent_to is None:
        raise WrongState("没有尚未回复的委派，不用收回。")
    turn.tell([seat.lent_to], f"{seat.name}已经收回“{turn.name}”的委派，您不用再回复。")
    seat.lent_to = None
    return turn.over(RUNNING, f"{level.label}：收回委派")


def lent_seat(level: Level, who: Who) -> Seat | None:
    """The seat whose holder asked this person for an opinion."""
    return next((seat for seat in level.waiting if seat.lent_to and is_person(who, seat.lent_to[0])), None)


def add(turn: Turn) -> Stepped:
    """Put people in before (前) or after (后) the step under way; they all decide, or the first (或签)."""
    level, seat = _own(turn, Handing.ADD)
    origin = _place(turn)
    added = Level(
        _free_label(turn, level, origin),
        level.rule,
        origin,
        _mode(turn),
        says=f"{seat.name}{origin.value}",
        added_by=seat.person,
    )
    for one in turn.named():
        turn.check_new_decider(level, one, seats=[*level.seats, *added.seats])
        added.seats.append(Seat(*one, claim=Claim.ADDED, source=seat.person))
    if turn.blocks(one.key for one in added.seats):
        raise HandedToWrongPerson("加签这些人以后，后面的步骤没有别人可以审批。请少加几位，或者换人。")
    at = turn.chain.levels.index(level)
    turn.chain.levels.insert(at if origin is Origin.BEFORE else at + 1, added)
    if origin is Origin.BEFORE:
        level.standing = Standing.AHEAD
        turn.marks.append(left(level.label))
    return turn.go_on(f"{level.label}：{origin.value}{'、'.join(one.name for one in added.seats)}")


def _place(turn: Turn) -> Origin:
    said = str(turn.deed.target.get(PLACE, ""))
    for origin in (Origin.BEFORE, Origin.AFTER):
        if said == origin.value:
            return origin
    words = [Origin.BEFORE.value, Origin.AFTER.value]
    raise NotOffered(f"加签要选加在前面还是后面，不能是“{said}”。", allowed=words)


def _mode(turn: Turn) -> Mode:
    said = str(turn.deed.target.get(TOGETHER) or Mode.ALL.value)
    words = [mode.value for mode in Mode]
    if said not in words:
        raise NotOffered(f"没有“{said}”这种办法。", allowed=words)
    return Mode(said)


def _free_label(turn: Turn, level: Level, origin: Origin) -> str:
    base = f"{level.rule}·{origin.value}"
    taken = {one.label for one in turn.chain.levels}
    return next(label for n in range(1, 1000) if (label := base if n == 1 else f"{base}{n}") not in taken)


def remove(turn: Turn) -> Stepped:
    """Take out people one has added oneself and who have not decided. Nobody the definition asks for can be
    taken out."""
    turn.level()
    said = turn.deed.target.get(ADDED)
    names = [str(one) for one in said] if isinstance(said, (list, tuple)) else [str(said or "")]
    for name in names:
        level, seat = _added(turn, name)
        level.seats.remove(seat)
        turn.tell([seat.person], f"“{turn.name}”的加签已取消，您不用再审批。")
        if not level.seats:
            if level.standing is Standing.RUNNING:
                turn.marks.append(left(level.label))
            turn.chain.levels.remove(level)
    return turn.go_on(f"减签{'、'.join(names)}")


def _added(turn: Turn, name: str) -> tuple[Level, Seat]:
    who = turn.deed.who
    for level in removable_levels(turn.chain.levels, who):
        turn.offers(level, Handing.REMOVE)
        for seat in level.seats:
            if name in (seat.name, _shown(level, seat)):
                if seat.agreed_at:
                    raise DecidedAlready(f"{name}已经同意，不能再减签。")
                return level, seat
    raise WrongPerson(
        f"{name or '（没有选人）'}不是{who.name}加签的人，不能减签。只能减去自己加签、还没有办理的人。"
    )


def removable_names(level: Level) -> list[str]:
    """Whom a step that somebody added can still do without; namesakes with their keys."""
    return [_shown(level, seat) for seat in level.seats if not seat.agreed_at]


def _shown(level: Level, seat: Seat) -> str:
    namesakes = sum(1 for one in level.seats if one.name == seat.name)
    return seat.name if namesakes == 1 else f"{seat.name}（{seat.key}）"


def removable_levels(levels: list[Level], who: Who) -> list[Level]:
    """Steps somebody added that are not over."""
    return [
        level
        for level in levels
        if level.origin is not Origin.RULE
        and level.standing is not Standing.DONE
        and level.added_by
        and is_person(who, level.added_by[0])
    ]


def copy(turn: Turn) -> Stepped:
    """Have people told of it, without their deciding."""
    if not is_involved(turn, turn.deed.who):
        raise WrongPerson("只有申请人和审批人可以抄送。")
    told = turn.named()
    turn.chain.copies = list(dict.fromkeys([*turn.chain.copies, *told]))
    turn.tell(told, f"{turn.deed.who.name}把“{turn.name}”抄送给您。")
    return turn.over(turn.matter.state, "抄送" + "、".join(name for _, name in told))


def is_involved(turn: Turn, who: Who) -> bool:
    """Whether somebody applied, sits in a step, or decided one."""
    keys = {turn.chain.applicant[0]}
    keys |= {seat.key for level in turn.chain.levels for seat in level.seats}
    return any(is_person(who, key) for key in keys)


def urge(turn: Turn) -> Stepped:
    """Remind whoever it waits for; once a day."""
    level = turn.level()
    if turn.deed.who.key != turn.chain.applicant[0]:
        raise WrongPerson(f"只有申请人{turn.chain.applicant[1]}可以催办。")
    today = turn.deed.on.isoformat()
    if turn.chain.urged_on == today:
        raise UrgedAlready("今天已经催办过，每天催办一次。请明天再催。")
    turn.chain.urged_on = today
    waiting = [seat.lent_to or seat.person for seat in level.waiting]
    turn.tell(waiting, f"{turn.deed.who.name}请您尽快办理“{turn.name}”的“{level.label}”。")
    return turn.over(RUNNING, f"催办{level.label}")


def _own(turn: Turn, handing: Handing) -> tuple[Level, Seat]:
    """The actor's seat in the step under way, free to be handed on."""
    level = turn.level()
    seat = turn.seat(level)
    turn.offers(level, handing)
    if seat.lent_to:
        raise WrongState(f"已经委派给{seat.lent_to[1]}，等他回复；要另作安排，请先收回委派。")
    return level, seat
