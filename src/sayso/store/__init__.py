"""A corpus on disk: Parquet shards are the truth, DuckDB reads them."""
