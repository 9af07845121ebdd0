"""The program: `python -m sim`, or `sim` where it is installed. A process runs one command."""

import gc
import sys


def start() -> None:
    """Run the command on the process's command line, and exit with its status."""
    gc.disable()  # before the imports, which make many lasting objects
    try:
        from sim.cli import main

        status = main()
    except ModuleNotFoundError as error:  # while importing, as below
        from sim.missing import missing

        if sys.stderr is not None:
            print(missing(error), file=sys.stderr)
        status = 2  # sim.cli.status.WRONG_USE
    except KeyboardInterrupt:  # while importing; later, main has its own answer
        status = 130  # sim.cli.status.INTERRUPTED, which may not be there yet
    gc.freeze()  # nothing is worth looking through as the process ends
    sys.exit(status)


if __name__ == "__main__":
    start()
