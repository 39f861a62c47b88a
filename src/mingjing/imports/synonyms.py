"""What other systems call the same thing: Chinese case systems, English and Portuguese public logs."""

from __future__ import annotations

import re


def _words(text: str) -> tuple[str, ...]:
    """The names in a list with ``|`` between them."""
    return tuple(" ".join(word.split()) for word in text.split("|"))


def _table(text: str) -> dict[str, tuple[str, ...]]:
    """Paragraphs of names, each under the first word of its first line."""
    rows = (paragraph.partition(":") for paragraph in text.strip().split("\n\n"))
    return {name.strip(): _words(words) for name, _, words in rows}


CASE_NUMBER = _words("""
    案号 | 案件编号 | 案件号 | 立案案号 | 全案号 | 执行案号 | 案件案号 | 文号 | case:concept:name | case_id |
    case id | caseid | case number | case_number | docket_number | numero_processo | numeroProcesso |
    número do processo | processo | dadosBasicos.numero | case | 案件字号 | 案件文号 | 案号全称 | 收案案号 |
    案件代字号 | 案号（全称） | docket number | docket no | docket | case no | case ref | case reference |
    claim number | claim no | matter number | file number | file no | processo número | número |
    num_processo | nr_processo | n processo | incident id | ticket id | application id | trace_id |
    process_id | instance id | org:case | cnr number | cnr no | cnr | numero unico | número único |
    no do processo | no processo | nro do processo | zaaknummer | zaak id | zaakid | zaak |
    ref | reference | reference number | ref no |
    dossiernummer | aktenzeichen | geschäftszeichen | geschäftsnummer | verfahrensnummer |
    número de expediente | expediente | numéro de dossier | numéro rg
""")
FIELDS = _table("""
案件名称: 案件名称 | 案名 | 案件标题 | case_name | case name | case title | caption | title

案件类型: 案件类型 | 案件类别 | 案件种类

审理程序:
    审理程序 | 适用程序 | 程序 | 审判程序 | 现审理程序 | 适用审理程序 | 程序类型 | 适用程序类别 | 诉讼程序

案由:
    案由 | 立案案由 | 结案案由 | 主案由 | 罪名 | 纠纷类型 | nature_of_suit | cause | assuntos_nomes |
    案由名称 | 立案案由名称 | 案由描述 | 主要案由 | 收案案由 | 案件案由 | assunto | assuntos | case type |
    matter type | claim type

立案日期:
    立案日期 | 立案时间 | 收案日期 | 收案时间 | 受理日期 | 受理时间 | 登记立案日期 | data_ajuizamento |
    dataAjuizamento | date_filed | startdate | dadosBasicos.dataAjuizamento | 立案日 | 收案日 | 受理日 |
    立案审批日期 | 审查立案日期 | 登记日期 | 立案登记日期 | filing date | date filed | filed date |
    filed on | filed | date opened | opened | opened on | open date | opening date | issue date |
    date issued | date of issue | date received | received date | data da distribuição | data distribuição |
    data de distribuição | distribuição | data de ajuizamento | data do ajuizamento | autuação |
    data de autuação | start date |
    case start | created on | case filed date | date of filing | registration date |
    date of registration | submitted | submission date | ontvangstdatum | datum ontvangst | startdatum |
    eingangsdatum | eingang | datum des eingangs | fecha de ingreso | fecha de inicio | date d'introduction

结案日期:
    结案日期 | 结案时间 | 审结日期 | 审结时间 | 报结日期 | 办结日期 | date_terminated | enddate | 结案日 |
    审结日 | 报结时间 | 办结时间 | 办结日 | 结案登记日期 | date terminated | date closed | closed date |
    closed on | closed | closing date | disposition date | date disposed | disposed | date of disposal |
    judgment date | date of judgment | decision date | date of decision | resolved | resolved on |
    data de encerramento |
    data do encerramento | data de baixa | data da baixa | data do julgamento | data da sentença | end date |
    case end | completion date | completed on | einddatum | datum einde | afhandeldatum | datum afgehandeld |
    erledigungsdatum | erledigt am | abschlussdatum | abgeschlossen am | fecha de término | fecha de fin |
    date de clôture | actual end | actual end date

结案方式:
    结案方式 | 结案情形 | 处理结果 | 结案形式 | 结案类型 | 裁判方式 | outcome | disposition | resultado |
    nature of disposal

承办人:
    承办人 | 承办法官 | 主办法官 | 主审法官 | 承办审判员 | 独任法官 | 执行员 | 经办人 | assigned_to_str |
    responsible | responsible_actor | 承办法官姓名 | 承办人姓名 | 主审人 | 主办人 | 主审 | 审判员 | 承办员 |
    judge | assigned judge | presiding judge | assigned to | owner | case owner | handler | juiz |
    magistrado | relator | court number and judge | behandelaar | rechter | richter |
    bearbeiter | sachbearbeiter | juez

承办部门:
    承办部门 | 承办庭室 | 业务庭 | 庭室 | 审判庭 | 部门 | 立案部门 | department | orgao_julgador_nome |
    orgaoJulgador.nome | 承办庭 | 承办业务庭 | 承办庭室名称 | 审理部门 | 审理庭 | 审理业务庭 | 业务部门 |
    业务庭室 | 承办单位 | 所属庭室 | division | chamber | vara | órgão julgador | orgao julgador |
    unidade judiciária | afdeling | abteilung | kammer | 办案部门 | 办理部门 | 经办部门 | 业务部室

合议庭成员: 合议庭成员 | 合议庭 | 合议庭组成人员

审判长: 审判长

书记员: 书记员

法官助理: 法官助理 | 助理

法院: 法院 | 受理法院 | 审理法院 | 法院名称 | tribunal | court_id | siglaTribunal

标的额:
    标的额 | 诉讼标的额 | 诉讼标的 | 标的金额 | 立案标的 | 起诉标的额 | 标的 | 执行标的额 | 标的额度 |
    起诉标的 | 争议标的 | 争议金额 | 涉案标的 | 涉案金额 | 立案标的额

申请执行金额: 申请执行金额 | 执行标的额 | 申请标的

到位金额: 到位金额 | 实际到位金额 | 执行到位金额

原始立案日期: 原始立案日期 | 首次立案日期

审判组织: 审判组织 | 审判组织形式

羁押日期: 羁押日期 | 逮捕日期

案件来源: 案件来源 | 收案来源 | 立案方式

原审案号: 原审案号 | 一审案号 | 原一审案号 | 原审案件号

前案案号: 前案案号 | 前案 | 原案号 | 前案号 | 关联前案

前案关系: 前案关系 | 与前案关系

承办人工号: 承办人工号 | 法官工号 | 工号 | 承办人编号

当事人人数: 当事人人数 | 当事人数

在押: 在押 | 是否在押 | 被告人是否在押 | 是否羁押

开庭方式: 开庭方式 | 审理方式
""")
EVENT_COLUMNS = {"立案": FIELDS["立案日期"], "结案": FIELDS["结案日期"]} | _table("""
开庭:
    开庭日期 | 开庭时间 | 首次开庭日期 | 庭审日期 | hearing date | date of hearing | data da audiência

分案: 分案日期 | 分案时间 | 分配日期

移送审判庭: 移送审判庭日期 | 移送业务庭日期 | 移交审判庭时间 | 移送日期

排期: 排期日期 | 排期时间

合议: 合议日期 | 合议时间 | 评议日期

宣判: 宣判日期 | 宣判时间 | 宣告判决日期

送达起诉状副本: 送达起诉状副本日期 | 起诉状副本送达日期 | 副本送达日期

送达裁判文书: 送达裁判文书日期 | 裁判文书送达日期 | 文书送达日期 | 送达日期

上诉: 上诉日期 | 上诉时间

移送上诉卷宗: 移送上诉卷宗日期 | 上诉卷宗移送日期

归档: 归档日期 | 归档时间
""")
PARTY_ROLES = _words("""
    原告 | 被告 | 第三人 | 上诉人 | 被上诉人 | 申请人 | 被申请人 | 申请执行人 | 被执行人 | 再审申请人 |
    被告人 | 公诉机关 | 自诉人 | 原审原告 | 原审被告 | 利害关系人 | 异议人
""")
TAGS = _words("""
    案件标签 | 标签 | 特殊标识 | 案件标识
""")
EVENT_KIND = _words("""
    事项 | 案件事项 | 节点 | 流程节点 | 事件 | 环节 | 办理事项 | concept:name | activity | event | Activity |
    movimento | description | 节点名称 | 事项名称 | 事件名称 | 流程名称 | 环节名称 | 办案节点 |
    activity name | activity id | activity_id | activity label | event name | event type | event_type |
    task | task name | action | step | atividade | movimentação | andamento | descrição | what |
    activiteit | aktivität | vorgang | actividad
""")
EVENT_CODE = _words("""
    codigoNacional | codigoMovimento | code | codigo | type | tipo | 代码 | 编码 | 类型
""")
EVENT_HAPPENED = _words("""
    发生日期 | 发生时间 | 事项日期 | 办理日期 | 办理时间 | 完成日期 | 日期 | 时间 | time:timestamp |
    timestamp | Complete Timestamp | dataHora | date | 完成时间 | 事件时间 | 事项时间 | 节点时间 |
    complete time | completion time | end timestamp | end time | start timestamp | start time | event time |
    event date | date time | datetime | occurred at | occurred on |
    occurred | at | time | data hora | data do movimento |
    data da movimentação | data | when | datum | tijdstip | zeitpunkt | zeitstempel | fecha | fecha hora
""")
EVENT_RECORDED = _words("""
    录入时间 | 录入日期 | 登记时间 | 登记日期 | 系统时间 | 创建时间 | date_entered | recorded | created_at |
    登录时间 | 录入系统时间 | date recorded | recorded at | entered on | data de inclusão
""")
EVENT_STARTED = _words("""
    开始时间 | start timestamp | start time | start date | started | started at | 开始日期
""")
EVENT_COMPLETED = _words("""
    完成时间 | complete timestamp | complete time | completion time | end timestamp | end time
""")
EVENT_BESIDES = _table("""
生命周期: lifecycle:transition | transition

经办: org:resource | resource | 经办人 | 办理人
""")
"""What an event of a log says besides, kept as it stands."""
EVENT_UNTIL = _words("""
    截止日期 | 结束日期 | 终止日期 | 结束时间 | 终了日期
""")
EVENT_DUE = _words("""
    应完成日期 | 届满日期 | 到期日期 | dueDate | due_date | deadline | 应完成时间 | 应办结日期 | 期限届满日 |
    届满日 | 期限 | 截止期限 | 法定期限届满日 | due | due on | due by | planned | prazo |
    uiterste datum | fristablauf | frist | fecha límite | plazo
""")
EVENT_FINISHED = _words("""
    实际完成日期 | dateFinished | finished_at | 实际完成时间 | 完成日期 | 实际办结日期 | date finished |
    finished | finished on | completed at | done on
""")
EXCLUSION_DOCUMENT = _words("""
    扣除审限文书 | 文书号 | 审批文号 | 批准文号
""")
CASE_DUE = _words("""
    deadline | due_date | dueDate | enddate_planned | endDatePlanned | prazo | 审限届满日 | 应结日期 | due |
    due by | due on | target date | statutory deadline | planned end | data limite | 审限届满日期 |
    审限届满时间 | 法定审限届满日 | 审限到期日 | 期限届满日 | 办结期限 | 应结案日期 | 办理期限届满日 |
    到期日期 | 届满日期 | uiterste datum | uiterste afhandeldatum | wettelijke termijn | einddatum gepland |
    fristablauf | frist | fristende | fecha límite | plazo | due date planned | planned end date
""")
OPTIONS = _table("""
准许撤诉: 撤诉 | 准予撤诉 | 裁定准许撤诉 | 裁定准予撤诉 | 准许原告撤诉

按撤诉处理: 按撤诉 | 视为撤诉 | 按自动撤诉处理 | 裁定按撤诉处理 | 按原告撤诉处理

准许撤回上诉: 撤回上诉 | 准予撤回上诉 | 裁定准许撤回上诉

按撤回上诉处理: 按撤回上诉 | 按自动撤回上诉处理

撤销原判发回重审: 发回重审 | 撤销原判,发回重审 | 撤销原判、发回重审

维持原判: 维持 | 驳回上诉维持原判 | 驳回上诉,维持原判 | 驳回上诉、维持原判

终结本次执行程序: 终本 | 终结本次执行 | 裁定终结本次执行程序
""")
"""How the end of a case is written elsewhere: a word that no dictionary knows is counted nowhere."""
_SAYS_DUE = re.compile(
    "(法定|当前|最新|现|变更后)?(审理|审限|执行|办案|办理|办结|法定|审查)?(审限|期限|时限)"
    "(届满|到期|截止|截至|终止|结束|止)(日|日期|时间)?"
    "|(法定)?审限(届满|到期|截止|截至|终止|结束|止)(日|日期|时间)?"
    "|(最迟|最晚)(审|办|执)?结(案)?(日|日期|时间)|应(当)?(审|办|执)?结(案)?(日|日期|时间)"
)


def says_due(name: str) -> bool:
    """Whether a bare Chinese name says when a case must be closed, however it puts it: 审限截止时间."""
    return _SAYS_DUE.fullmatch(name) is not None


LOG_ONLY = frozenset(
    ("case:concept:name", "concept:name", "time:timestamp", "caseid", "completetimestamp", "case", "traceid")
)
"""Bare names that only an event log has."""
