"""报告核数: a report checked on a page, and one written from the record."""
