"""Files from other systems → checked rows: tables, event logs, mappings, workbooks for people."""
