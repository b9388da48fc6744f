"""Writes what Harbor's own model of a trajectory makes of trajectories that Neo wrote.

Reads OUT/*.json, which `ATIFPeerTests` writes, and fails with the model's words where one does not have the form.
"""

import argparse
import pathlib
import sys

from harbor.models.trajectories import Trajectory

parser = argparse.ArgumentParser()
parser.add_argument("--trajectories", type=pathlib.Path, required=True)
folder = parser.parse_args().trajectories
files = sorted(folder.glob("*.json"))
if not files:
    sys.exit(f"There is no trajectory in {folder}.")
for file in files:
    trajectory = Trajectory.model_validate_json(file.read_text())
    assert trajectory.schema_version == "ATIF-v1.8", file
print(f"{len(files)} trajectories have the form of ATIF-v1.8")
