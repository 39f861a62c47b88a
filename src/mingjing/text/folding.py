"""One writing for all: full-width to half-width, traditional to simplified, character for character.

The folded text has exactly the length of the original, so that a position in one is a position in the other.
"""

from __future__ import annotations

_TRADITIONAL = (
    "萬億與結執審調訴訟監辦報數據種類層級專項實際應對達較減長佔餘約週雙兩個條場間處罰黨紀務組織規範責領導員額"
    "評測經濟業標題總統計書簽訂發現點線縣區鄉鎮農單獨為來時後過這從還進遠運適選遲遞邊師歸當盡屆屬嚴歲農決況準"
    "減漲溫滿漢漸潛澤災無爭狀獎瑣環產畫異療盜監確礎離積穩窮筆筆簡糾約紅純紙細終給統經綜綠維網緊線編緩縮績總繼續"
    "聯聲聽職腳臨舉舊蓋藝蘇號補裝製複見規視覺覽觀計討訊訓記設許訪證詐評詞該詳認語誤說課請論諮講謝識譯議護讀變讓"
    "財責貨貪貫貧費貼買賣貸資賠賴賽贓趙車軍軟較載輕輛輔輪輸轄轉辭農邊郵鄰醫釋釐針鈔銀銷鋪錄錢錯鍵鎖鐵鑒門閉開"
    "間關陣陰陳陸陽隊階際隨險隱雖難雲電靈靜韓頁頂項順須預領頭題額願類顧顯風飛養館馬駁驗體鬥鬧魚鮮麗麼黃點齊齡龍"
    "佈並內兒冊凍劃劉則剛創劇勞務動勝勵勢區協卻廠廳參嗎員問啟喪國圍園圖團執壓壞壘壯壹壺夠夢夾奮婦媽學孫寧實寫寬"
    "寶將導層屬島幣帶幫幹庫廢廣強彈彙後徑從復徵徹恆恥悅惡愛態慶慮憂憲懇懲懷懸戰戲戶抽拋挾掃掛採換揮損搖撥撫據擁擇"
    "擊擋擔擠擬擴擺擾攔攜攝敗敘敵數斷時晉暫曆書會東條來極構槍樂樓標樣樹橋機檢權歡歐歷殘殺毀氣漲濟貳參壹陸拾佰仟"
)
_SIMPLIFIED = (
    "万亿与结执审调诉讼监办报数据种类层级专项实际应对达较减长占余约周双两个条场间处罚党纪务组织规范责领导员额"
    "评测经济业标题总统计书签订发现点线县区乡镇农单独为来时后过这从还进远运适选迟递边师归当尽届属严岁农决况准"
    "减涨温满汉渐潜泽灾无争状奖琐环产画异疗盗监确础离积稳穷笔笔简纠约红纯纸细终给统经综绿维网紧线编缓缩绩总继续"
    "联声听职脚临举旧盖艺苏号补装制复见规视觉览观计讨讯训记设许访证诈评词该详认语误说课请论咨讲谢识译议护读变让"
    "财责货贪贯贫费贴买卖贷资赔赖赛赃赵车军软较载轻辆辅轮输辖转辞农边邮邻医释厘针钞银销铺录钱错键锁铁鉴门闭开"
    "间关阵阴陈陆阳队阶际随险隐虽难云电灵静韩页顶项顺须预领头题额愿类顾显风飞养馆马驳验体斗闹鱼鲜丽么黄点齐龄龙"
    "布并内儿册冻划刘则刚创剧劳务动胜励势区协却厂厅参吗员问启丧国围园图团执压坏垒壮壹壶够梦夹奋妇妈学孙宁实写宽"
    "宝将导层属岛币带帮干库废广强弹汇后径从复征彻恒耻悦恶爱态庆虑忧宪恳惩怀悬战戏户抽抛挟扫挂采换挥损摇拨抚据拥择"
    "击挡担挤拟扩摆扰拦携摄败叙敌数断时晋暂历书会东条来极构枪乐楼标样树桥机检权欢欧历残杀毁气涨济贰参壹陆拾佰仟"
)
_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_OTHER = {0x3000: " ", 0xA0: " ", ord("﹪"): "%", ord("〇"): "零", ord("﹐"): ",", ord("．"): "."}
_TABLE: dict[int, str | int] = {
    **_HALF,
    **{ord(old): new for old, new in zip(_TRADITIONAL, _SIMPLIFIED, strict=True)},
    **_OTHER,
}


def fold(text: str) -> str:
    """The same text, of the same length, in half-width signs and simplified characters."""
    return text.translate(_TABLE)


def has_traditional(text: str) -> bool:
    """Whether at least three characters are written in the traditional way."""
    return sum(1 for sign in text if sign in _ONLY_TRADITIONAL) >= 3


_ONLY_TRADITIONAL = {
    old for old, new in zip(_TRADITIONAL, _SIMPLIFIED, strict=True) if old != new and old not in _SIMPLIFIED
}
