"""Faults: every way in which a scenario can fail to load, in words. `{gaps}` are filled when one is found.

Each has its bad file in `tests/bad`, named as it is named here.
"""

from attrs import frozen

from sim.domain.quantity import FORMS, QUANTITY_MAX
from sim.loader.limits import (
    CSV_LINE_MAX,
    DAYS_MAX,
    ID_MAX,
    LOADS_MAX,
    NESTING_MAX,
    NODES_MAX,
    TEXT_MAX,
)


@frozen
class Fault:
    """The wording of one kind of problem: what is wrong, what to do, what was expected and what was found."""

    message: str
    remedy: str = ""
    expected: str = ""
    found: str = ""


MORE = Fault("{count} more problems are not shown", "Put these right first and load again.")

# The file

NO_FILE = Fault("'{file}' does not exist", "Check the path, and the folder it starts from.")
NOT_A_FILE = Fault("'{file}' is not a regular file", "Give the path of a file, not of a folder, pipe or device.")
UNREADABLE = Fault("'{file}' cannot be read: {reason}", "Check the path and its permissions.")
TOO_LARGE = Fault("'{file}' is larger than {limit} MiB", "Hold large sections in CSV files, or split the scenario.")
NOT_UTF8 = Fault("this is not UTF-8 text", "Save the file as UTF-8.")
CONTROL_CHARACTER = Fault("there is a control character here, {code}", "Take it out, or save the file as UTF-8 text.")

# The document

NOT_YAML = Fault("this is not YAML: {problem}", "{hint}")
EMPTY = Fault("the file says nothing", "Begin with `format: 1`, `title`, `start` and `end`.")
MANY_DOCUMENTS = Fault("a second document begins here", "Keep one scenario in a file: take out the line `---`.")
TOO_DEEP = Fault(f"collections nest deeper than {NESTING_MAX}", "Format 1 needs no more than 7 levels.")
TOO_MANY_NODES = Fault(
    f"there are more than {NODES_MAX:,} keys and values, counting all that aliases repeat",
    "Hold large sections in CSV files.",
)
TEXT_TOO_LONG = Fault(f"this text is longer than {TEXT_MAX:,} characters", "Shorten it.")
TAG = Fault("the tag '{tag}' is refused: input is data, and every value is read by its key", "Take the tag out.")
KEY_NOT_TEXT = Fault("a key here is not a plain text", "Write a key as a word, then ':' and its value.")
MERGE_KEY = Fault("merge keys, '<<', are not supported", "Write the keys out, or use an alias for a whole value.")
DUPLICATE_KEY = Fault("the key '{key}' stands twice, first in line {line}", "Keep one of the two.")
UNDEFINED_ALIAS = Fault("no anchor '&{alias}' stands before this alias", "Write the value out.")
CIRCULAR_ALIAS = Fault("'*{alias}' repeats a collection inside itself", "Write the value out.")

# Keys and their values

UNKNOWN_KEY = Fault("unknown key '{key}' in {owner}", "{nearest}", "{known}")
NOT_AMENDED = Fault(
    "{owner} cannot be amended: only units, orders and claims can",
    "Correct the entry itself; how many vehicles or spots there are later goes under `capacity`.",
)
NO_VALUE = Fault("'{key}' has no value", "Write one, or leave the key out.")
NOT_ONE = Fault("'{key}' takes a single value", "", "a single value", "{found}")
NOT_MANY = Fault("'{key}' takes a value or a list of values", "", "a value, or a list such as [a, b]", "{found}")
NOT_A_MAPPING = Fault("'{key}' takes keys and values", "", "keys and values, such as {example}", "{found}")
NOT_RECORDS = Fault("'{key}' takes a list of mappings", "", "a list such as [{example}]", "{found}")
NOT_A_SECTION = Fault(
    "'{key}' takes ids, each with its keys and values",
    "",
    "`{key}: {{an-id: {{…}}}}`, or the path of a CSV file",
    "{found}",
)
NOT_A_SCENARIO = Fault("a scenario is a mapping", "Begin with `format: 1`, `title`, `start` and `end`.", "", "{found}")
MISSING_KEY = Fault("{owner} needs '{key}'", "{hint}")

BAD_ID = Fault(
    "'{id}' is not an id",
    "Choose one that is, and keep the words for `name`.",
    f"lower-case letters, digits and '-', a letter or digit first, at most {ID_MAX} characters",
)
RESERVED_ID = Fault(
    "'{id}' is built in and cannot be defined", "Use it where a place is not known, or choose another id."
)
BAD_FORMAT = Fault("this program reads format 1", "Write `format: 1`.", "1", "{found}")
BAD_TEXT = Fault("'{key}' holds a character that cannot be shown, {code}", "Take it out.")
BAD_TIME = Fault("{reason}")
BAD_ZONE = Fault("{reason}", "Use a name of the IANA list, such as UTC, America/New_York or Europe/Kyiv.")
END_BEFORE_START = Fault("the scenario ends no later than it starts", "Write an `end` after `start`, {start}.")
TIME_TOO_FAR = Fault("'{text}' lies outside the years 1 to 9999", "Write a time within them.")
OUTSIDE_PERIOD = Fault("'{text}' lies outside the scenario's period", "Change it, or `start` or `end`.", "{period}")
BAD_SHARE = Fault("{reason}", "Write a share of at most 100%, such as 10%.")
BAD_QUANTITY = Fault("{reason}", "For anything else write 'N to M', and the wording in `says`.", FORMS)
BAD_DURATION = Fault("{reason}")
LONG_TRANSIT = Fault(f"a transit takes at most {DAYS_MAX:,} days", "", "", "{text}")
BAD_NUMBER = Fault(
    "'{text}' is not a whole number that '{key}' can be", "", f"a whole number from 1 to {QUANTITY_MAX:,}, in digits"
)
BAD_WORD = Fault("'{text}' is not a word that '{key}' knows", "{nearest}", "{known}")
BAD_URL = Fault("'{text}' is not a web address", "Write the whole address.", "http://… or https://…, without spaces")
BAD_DEGREES = Fault("'{text}' is not a number of degrees", "", "decimal degrees, such as 35.139 or -79.006")
DEGREES_OUT_OF_RANGE = Fault("'{key}' is out of range", "", "from -{most} to {most}", "{text}")
HALF_COORDINATES = Fault("the place '{id}' has '{key}' but not '{other}'", "Write both or neither.")
BAD_SYMBOL = Fault("'{text}' is not a symbol code", "Quote it.", "20 or 30 digits, as in MIL-STD-2525D")

BAD_FIGURE = Fault("'{text}' is not a figure that '{key}' can be", "", "{expected}")
TWO_DISTRIBUTIONS = Fault("'{key}' is told in more than one way", "Keep one of them: '{other}', for instance.")
WRONG_PARAMETERS = Fault("'{name}' does not take so many figures", "", "{takes}", "{found}")
FALLING_FIGURES = Fault("the figures of '{name}' do not rise", "Write them as {takes}.")
NO_DEVIATION = Fault("the {what} of '{name}' is 0", "Write one above 0, or a figure that is no distribution.")
BAD_HOURS = Fault("'{text}' is no opening hours", "Quote them.", "two times of day, such as 06:00-22:00 or 22:00-06:00")

# What refers to what

UNKNOWN_REFERENCE = Fault("'{key}' names '{id}', which is not among the {section}", "{nearest}")
CIRCLE = Fault("'{id}' is {relation} itself: {path}", "Take '{key}' out of one of them.")

# Units

NO_STRENGTH = Fault("the unit '{id}' has no strength", "Add one of {kinds}.")
TWO_STRENGTHS = Fault("the unit '{id}' has both '{key}' and '{other}'", "Make them two units: kinds are never added.")
NO_GROUNDS = Fault(
    "{owner} has neither sources nor a reason", "Add `sources: [an-id]`, or `because: why you assume it`."
)
STARTS_IN_TRANSIT = Fault(
    "the unit '{id}' is in transit at the start", "Give it a place and readiness, and a deploy order."
)
NEEDS_POST = Fault(
    "'{wording}' names no single number to post",
    "Write `{key}: {{is: {wording}, post: a number, because: why that number}}`.",
)
EMPTY_STRENGTH = Fault("the unit '{id}' has no strength to post: '{wording}'", "A unit's strength is at least 1.")
POST_OUTSIDE = Fault("the posted strength does not fit '{wording}'", "", "{expected}", "{found}")
STRENGTH_WITHOUT_POST = Fault(
    "'{key}' gives grounds for a posted strength, but no 'post'", "Add 'post', or move the grounds to the unit."
)

# Lift, ports and capacity

NO_SPEED = Fault("the lift '{id}' has no speed", "Add one of {keys}.")
TWO_SPEEDS = Fault("the lift '{id}' has both '{key}' and '{other}'", "Keep one of the two.")
RESTS_TWICE = Fault(
    "'hours_per_day' does not go with 'km_per_day'", "Take it out: what is said of a whole day has its rests in it."
)
HOLDS_NOTHING = Fault("the lift '{id}' holds nothing", "Add `seats: how many troops`, or `loads_of: {{vehicles: 16}}`.")
SEATS_TWICE = Fault("the lift '{id}' has both 'seats' and troops in 'loads_of'", "Keep one of the two.")
NO_COORDINATES = Fault("the place '{place}' has no coordinates, so its distances are unknown", "{hint}")
PORTS_AT_ONE_PLACE = Fault(
    "the ports '{other}' and '{id}' are at one place, '{place}'", "Make them one, or two places."
)
CHANGES_ONE = Fault(
    "a change of capacity is of a port or of a lift", "Name one: `port: an-id`, or `lift: an-id`.", "one", "{found}"
)
CHANGED_TWICE = Fault(
    "'{id}' changes twice at this time, first in entry {first} of the list",
    "Keep one of the two, or correct one of the times.",
)

# Orders

BACKWARDS_WINDOW = Fault("this window runs backwards", "Swap 'after' and 'by', or correct one of them.", "", "{found}")
NEEDS_TO = Fault(
    "the deploy order '{id}' has no 'to'", "Name the place it deploys to; `unstated` where no report says."
)
TO_WITHOUT_DEPLOY = Fault("'to' goes only with `action: deploy`", "Take it out: {hint}.")
MOVEMENT_WITHOUT_MOVE = Fault("'{key}' goes only with deploy and return", "Take it out, or correct the action.")
NEEDS_ARRIVAL = Fault("{owner} never arrives", "Add `arrive: {{by: a time}}`, {others}.")
ARRIVES_TOO_EARLY = Fault("{owner} arrives no later than it leaves", "Correct one of the two.", "", "{found}")
NEEDS_ROUTE = Fault("the order '{id}' does not say by what route it goes: {reason}", "Add `route: [from, to]`.")
WRONG_ROUTE = Fault(
    "the route does not fit the lift",
    "Name one lift for all of it, or one for each stretch.",
    "{expected} places",
    "{found}",
)
STANDS_STILL = Fault("this route goes from '{place}' to itself", "Take one of the two out.")
ENDS_ELSEWHERE = Fault(
    "this route ends at '{place}', and the order sends '{unit}' elsewhere",
    "Correct one of the two.",
    "'{to}', or a place within it",
)
NOT_HELD = Fault("'{lift}' holds no {kind}, which '{unit}' is of", "Add them to its `loads_of`, or name other lift.")
ONE_LOAD = Fault("a load is of one kind", "Write `load: {{troops: 90}}`; `tons` may stand beside it.", "one", "{found}")
LOAD_OF_ANOTHER = Fault("a load of {kind} is none of '{unit}'", "Write it in the unit's own kind.", "{expected}")
LOAD_TOO_LARGE = Fault("no vehicle of '{lift}' takes such a load", "Correct one of the two.", "{expected}", "{found}")
TOO_MANY_LOADS = Fault(
    "the order '{id}' has '{unit}' go by lift in too many loads",
    "Correct its strength, or how much one vehicle takes.",
    f"at most {LOADS_MAX:,} loads",
    "{found}",
)
NEEDS_UNITS = Fault("the order '{id}' addresses nobody", "Name its `units`.")
PARTS_AND_WHOLE = Fault("'{key}' does not go with 'parts'", "Move it into each of the parts.")
PARTS_OF_MANY = Fault(
    "an order with 'parts' addresses exactly one unit", "Write an order for each unit.", "", "{found}"
)
PARTS_OF_A_WHOLE = Fault(
    "'{unit}' cannot be moved in 'parts': it has parts that are units of their own", "Order those units instead."
)
TWO_RESTS = Fault("'rest' stands twice in these parts", "Give all parts but one their numbers.")
NO_REST = Fault("nothing is left for 'rest'", "Correct the other parts.", "less than {strength} in them", "{found}")
EMPTY_PART = Fault("this part has no strength to post: '{wording}'", "A part's strength is at least 1.")
PARTS_DO_NOT_ADD_UP = Fault(
    "the parts do not add up to the strength of '{unit}'",
    "Correct one, or write `strength: rest`.",
    "{strength}",
    "{found}",
)
NEEDS_CANCELS = Fault("the order '{id}' cancels nothing", "Add `cancels: the id of an order`.")
CANCELS_WITHOUT_CANCEL = Fault("'cancels' goes only with `action: cancel`", "Take it out, or correct the action.")
CANCELS_ITSELF = Fault("the order '{id}' cancels itself", "Name another order.")
NOT_IN_CANCELLED = Fault(
    "the order '{order}' does not address '{unit}'", "Name units of that order, or none for all of them."
)

# Claims

NO_KIND = Fault("the claim '{id}' has no kind", "Add one of {kinds}.")
TWO_KINDS = Fault("the claim '{id}' has two kinds, '{key}' and '{other}'", "Make them two claims.")
STRAY_KEY = Fault("'{key}' goes only with '{kind}'", "Take it out.")
KINDS_ADDED = Fault("'count' is of one kind: kinds are never added", "Make it a claim for each kind.")
NOT_A_PAIR = Fault("'separate' compares two selections", "", "two mappings: [{{…}}, {{…}}]", "{found}")

# Amendments

AMENDS_AMENDMENT = Fault("'{id}' amends '{other}', which amends another entry itself", "Name the entry that it amends.")
AMENDS_EARLIER = Fault(
    "'{id}' was published before what it amends, '{other}'", "Correct `published` of one source, or swap the entries."
)
AMENDS_KIND = Fault(
    "'{id}' gives {other}, but '{unit}' is a unit of {key}",
    "Amend its `{key}`, or define another unit: an amendment does not change what a unit is.",
)
CORRECTS_LATER = Fault(
    "'{id}' was published before what it takes back, '{other}'",
    "Correct `published` of one source, or swap the claims.",
)
UNIT_IN_PARTS = Fault(
    "the parts of '{order}' do not add up to '{unit}' as it is amended here",
    "Amend the parts of that order on the same source's word, too.",
    "{strength}",
    "{found}",
)

UNIT_NOT_HELD = Fault(
    "'{order}' goes by '{lift}', which holds no {kind}, and from here on '{unit}' goes under it",
    "Amend the lift of that order on the same source's word, too.",
)

UNIT_NOT_LOADED = Fault(
    "'{order}' says how many {kind} go in a load, and from here on '{unit}' goes under it, of {found}",
    "Order that unit by itself, or leave `load` out of that order.",
)

# Tables

NOT_A_TABLE = Fault(
    "'{file}' is not the path of a CSV file", "Write ids with keys and values here, or a path such as {key}.csv."
)
OUTSIDE_FOLDER = Fault("'{file}' lies outside the scenario's folder", "Move the file beside the scenario.")
NOT_CSV = Fault(
    "this is not CSV: {problem}", 'Quote a cell that holds a comma or a line break, and write " in it as "".'
)
LINE_TOO_LONG = Fault(f"'{{file}}' has a line of more than {CSV_LINE_MAX:,} bytes", "Check that its lines end.")
NO_HEADER = Fault("the table is empty", "Begin with a line of column names, `id` among them.")
NO_ID_COLUMN = Fault("the table has no column 'id'", "Add one: every row needs an id.")
UNKNOWN_COLUMN = Fault("unknown column '{key}' in a table of {noun}s", "{nearest}", "{known}")
DUPLICATE_COLUMN = Fault("the column '{key}' stands twice", "Keep one of the two.")
SAME_COLUMN = Fault(
    "the columns '{other}' and '{key}' mean the same", "Keep one of the two, with the values of both under it."
)
NEEDS_YAML = Fault("'{key}' cannot be a column", "Write what needs it in YAML: a table has no room for it.")
WRONG_WIDTH = Fault("this row does not fit the header", "Add or take out cells.", "{expected} cells", "{found} cells")
NO_ID = Fault("this row has no id", "Give it one, or take the row out.")
DUPLICATE_ID = Fault("the id '{id}' stands twice in this table", "Give one of them another id.")
