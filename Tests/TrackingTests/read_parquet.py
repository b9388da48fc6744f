"""Reads a run's Parquet files with the libraries that people use, and says what is not as it should be."""

import math
import sys

import duckdb
import pandas
import polars
import pyarrow.parquet

folder = sys.argv[1]
path = f"{folder}/metrics.parquet"
expected = {
    "run": "string", "name": "string", "project": "string", "metric": "string", "is_system": "bool",
    "is_derived": "bool", "number": "int64", "step": "int64", "time": "timestamp[us]", "value": "double",
}

table = pyarrow.parquet.read_table(path)
assert {field.name: str(field.type) for field in table.schema} == expected, table.schema
assert table.schema.metadata[b"neo_parquet"] == b"1", table.schema.metadata

rows = sorted(
    (row["metric"], row["step"], row["value"]) for row in table.to_pylist() if not math.isnan(row["value"]))
assert rows == [("double", 0, 2.0), ("double", 2, math.inf), ("x", 0, 1.0), ("x", 2, math.inf)], rows
nan = [row for row in table.to_pylist() if math.isnan(row["value"])]
assert [(row["metric"], row["step"]) for row in nan] == [("x", 1), ("double", 1)], nan

frame = pandas.read_parquet(path)
assert frame[frame.metric == "x"].step.tolist() == [0, 1, 2], frame
assert str(frame.time.dtype).startswith("datetime64"), frame.dtypes

lazy = polars.scan_parquet(path).filter(polars.col("is_derived")).collect()
assert lazy.height == 3 and lazy["value"].dtype == polars.Float64, lazy

assert duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchone() == (6,)
(config, tags), = duckdb.sql(f"SELECT config, tags FROM '{folder}/config.parquet'").fetchall()
assert '"lr"' in config and tags == ["t"], (config, tags)
assert duckdb.sql(f"SELECT key FROM '{folder}/entries.parquet' ORDER BY key").fetchall() == [("log",), ("worst rows",)]
predictions = duckdb.sql(f"SELECT question, score FROM '{folder}/table-0-worst-rows.parquet' ORDER BY 1").fetchall()
assert predictions == [("a", 0.5), ("b", None)], predictions
assert duckdb.sql(f"SELECT count(*) FROM '{folder}/system.parquet'").fetchone() == (1,)
print("read")
