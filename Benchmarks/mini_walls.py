"""mini-swe-agent's own environment, whose commands stand inside Neo's walls: the folder and the system's programs, no network.

mini-swe-agent loads it by its name (`--environment-class mini_walls.WallsEnvironment`); NEO names the program.
"""

import os
import shlex

from minisweagent.environments.local import LocalEnvironment


class WallsEnvironment(LocalEnvironment):
    def execute(self, action, cwd="", *, timeout=None):
        folder = cwd or self.config.cwd or os.getcwd()
        words = [os.environ["NEO"], "sandbox", "run", "--write", folder, "--", "/bin/bash", "-c", action.get("command", "")]
        return super().execute({**action, "command": "exec " + shlex.join(words)}, cwd, timeout=timeout)
