"""Indicators counted by an engine: the same conditions as SQL for DuckDB and Spark, the same answers."""
