"""导入: the pages from an uploaded file to written cases."""
