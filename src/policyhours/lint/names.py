"""Names: how Chinese personal names begin, and what no name goes on with.

For finding what looks like a name where none may stand. Many surnames are the beginning of ordinary words too
(高级, 范围, 许可). In free text only those count that seldom are; where a code is expected, all of them.
"""

from __future__ import annotations

from typing import Final

UNMISTAKABLE: Final = (
    "赵钱孙李吴郑王冯陈蒋沈韩杨朱秦吕张曹魏谢潘彭鲁韦袁邓刘郭徐胡梁萧蔡董叶贾丁邹薛崔姚谭廖邱侯孟邵"
)
"""Surnames of one character with which few words begin."""

SURNAMES: Final = UNMISTAKABLE + (
    "周褚卫何许孔严陶姜戚喻苏葛范马苗方俞柳鲍史唐费廉岑雷贺倪汤滕罗毕郝邬安常傅齐康余顾黄穆尹汪祁毛狄戴宋庞熊纪舒屈"
    "杜阮蓝闵季江童颜梅林钟骆高夏田樊凌霍虞万卢莫洪包石龚程邢裴陆荣翁段焦班龙黎白蒲赖卓池乔闻翟申冉桑桂牛边燕温庄柴阎"
    "慕习向古易耿文曾肖尚任付代于金"
)
"""All surnames of one character that are told."""

COMPOUND: Final = (
    *("欧阳", "司马", "上官", "诸葛", "东方", "皇甫"),
    *("尉迟", "公孙", "慕容", "令狐", "夏侯", "司徒"),
)
"""Surnames of two characters."""

HONORIFICS: Final = (
    *("同志", "先生", "女士", "老师", "教授", "医生"),
    *("医师", "工程师", "主任", "院长", "校长", "同学"),
)
"""What follows a name as a form of address."""

GIVEN_NEVER: Final = frozenset(
    "级校研年月日度职称例案科目学时程件法式向位份数题课项会计第的在与和及或不无未已之等型类期段次名者员工业务部局厅所院站室处"
    "某省市县区州地个种门系报考试评审论刊章献一二六七八九十两多少上下前后中内外同全半总分合加减满超限授教师生医农实践培训"
    "书著作发表登记认定完成参取得换转延缓续接受述列贴起号元体"
)
"""Characters that stand in words and not in given names, or hardly ever."""
