"""真实性核查、试门槛、院庭长办案指标: pages that put a question to a person and rank nobody."""
