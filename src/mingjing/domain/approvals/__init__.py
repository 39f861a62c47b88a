"""Which posts decide in which order: 会签 或签 加签 转办 委派 驳回, and who may not decide twice."""
