"""The commands of `plans`, a module a group of them.

Exit codes: 0 all done, 1 something could not be read or run, 2 wrong use.  Libraries that take long to load are
imported inside the commands, so that `plans --help` answers at once.
"""

from analysis.commands import coding, jobs, place
from analysis.commands.base import main

__all__ = ["coding", "jobs", "main", "place"]
