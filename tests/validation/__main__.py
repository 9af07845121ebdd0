"""Holds the movement model against what was published: `python -m tests.validation TABLE`.

Each table is one of docs/explanation/is-it-right.md, which the tests of the documentation keep current.
"""

import argparse

from tests.validation.calibration import calibration
from tests.validation.efficiency import efficiency
from tests.validation.prediction import prediction

TABLES = {"calibration": calibration, "efficiency": efficiency, "prediction": prediction}


def main() -> None:
    """Print the table asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.validation", description=__doc__.partition("\n")[0])
    parser.add_argument("table", choices=TABLES, metavar="TABLE", help=", ".join(TABLES))
    for line in TABLES[parser.parse_args().table]():
        print(line)


main()
