"""A library that is not there: said without one, for it may be the first that the program needs."""


def missing(error: ModuleNotFoundError) -> str:
    """What is not there, and what to do about it."""
    return (
        f"the library '{error.name}' is not here: this is not the Python that the program was installed for\n"
        "  Run it with that one, such as .venv/bin/python, or install it: pip install ."
    )
