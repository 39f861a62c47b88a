"""Fixed words of the workbooks this product writes, so that it recognises them when they come back."""

from __future__ import annotations

REASON_COLUMN = "原因（明镜填写，导入时不读）"
DATA_SHEET = "数据"
EXAMPLE_SHEET = "示例"
GUIDE_SHEET = "填写说明"
OPTIONS_SHEET = "选项"
REFUSED_SHEET = "未通过的行"
COUNTS_SHEET = "导入情况"
