"""What the pages of records show: lists, numbers, boards, one record, the wall."""
