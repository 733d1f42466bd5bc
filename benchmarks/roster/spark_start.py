"""Spark's own start: a local session that counts to one."""

from __future__ import annotations

from pyspark.sql import SparkSession


def main() -> None:
    """Start it, ask it something, stop it."""
    session = SparkSession.builder.master("local[*]").config("spark.ui.enabled", "false").getOrCreate()
    session.sql("SELECT 1").collect()
    session.stop()


if __name__ == "__main__":
    main()
