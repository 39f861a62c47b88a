"""预警、督办、长期未结、审批、识别与分流、录入核查: the pages of supervision."""
