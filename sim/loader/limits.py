"""How much a scenario may hold: limits on hostile or mistaken input, all far above what a real scenario needs."""

from typing import Final

from sim.domain import boarding

YAML_MEBIBYTES_MAX: Final = 64
"""The largest YAML file, in MiB."""

CSV_MEBIBYTES_MAX: Final = 256
"""The largest CSV file, in MiB: over 1,000,000 orders."""

CSV_LINE_MAX: Final = 1_000_000
"""Lines of a CSV file are refused from this length on, in bytes, and always from twice it on."""

NESTING_MAX: Final = 32
"""How deep YAML collections may nest; format 1 needs 7."""

NODES_MAX: Final = 5_000_000
"""The most keys, values and collections in a YAML file, each alias counted as all that it repeats."""

TEXT_MAX: Final = 10_000
"""The longest text, in characters."""

ID_MAX: Final = 100
"""The longest id, in characters."""

PATH_MAX: Final = 1000
"""The longest path of a table, in characters."""

DAYS_MAX: Final = 99_999
"""The longest transit, notice and time on the ground, in days."""

LOADS_MAX: Final = boarding.LOADS_MAX
"""The most loads in which a unit may go by lift, by the central values."""

FINDINGS_MAX: Final = 100
"""How many findings one load reports; a last line says how many more there were."""

KEPT_MAX: Final = 1000
"""How many problems are kept to be sorted; beyond this they are only counted."""

MEMO_MAX: Final = 65_536
"""How many values of one type are remembered, so that equal ones are read once and shared."""
