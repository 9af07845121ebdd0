"""The grammar of quantities, row by row, and the laws of their wording."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.domain.quantity import (
    QUANTITY_MAX,
    Interval,
    Quantity,
    QuantityError,
    exactly,
    format_percent,
    parse_percent,
    parse_quantity,
)
from tests.strategies import shares, wordings

TABLE = [
    ("1700", 1700, 1700, 1700),
    ("1,700", 1700, 1700, 1700),
    ("1,234,567", 1234567, 1234567, 1234567),
    ("0", 0, 0, 0),
    ("exactly 1700", 1700, 1700, 1700),
    ("about 1700", 1530, 1870, 1700),
    ("roughly 1700", 1530, 1870, 1700),
    ("around 1,700", 1530, 1870, 1700),
    ("approximately 1700", 1530, 1870, 1700),
    ("some 1700", 1530, 1870, 1700),
    ("~1700", 1530, 1870, 1700),
    ("~ 1,700", 1530, 1870, 1700),
    ("about 3000", 2700, 3300, 3000),
    ("about 1", 0, 2, 1),
    ("about 15", 13, 17, 15),
    ("about 0", 0, 0, 0),
    ("more than 3000", 3001, None, None),
    ("over 3,000", 3001, None, None),
    ("over 0", 1, None, None),
    ("at least 3000", 3000, None, 3000),
    ("less than 3000", 0, 2999, None),
    ("under 3000", 0, 2999, None),
    ("less than 1", 0, 0, None),
    ("up to 3000", 0, 3000, 3000),
    ("at most 3000", 0, 3000, 3000),
    ("up to 0", 0, 0, 0),
    ("nearly 5000", 4500, 4999, None),
    ("almost 5,000", 4500, 4999, None),
    ("nearly 1", 0, 0, None),
    ("nearly 15", 13, 14, None),
    ("2000 to 3001", 2000, 3001, 2500),
    ("2,000-3,000", 2000, 3000, 2500),
    ("2000 - 3000", 2000, 3000, 2500),
    ("2000\u20133000", 2000, 3000, 2500),
    ("7 to 7", 7, 7, 7),
    ("1 to 2", 1, 2, 1),
    ("dozens", 24, 99, None),
    ("hundreds", 200, 999, None),
    ("thousands", 2000, 9999, None),
    ("tens of thousands", 20000, 99999, None),
    ("several dozen", 36, 99, None),
    ("several hundred", 300, 999, None),
    ("several thousand", 3000, 9999, None),
    ("a few dozen", 36, 99, None),
    ("a few hundred", 300, 999, None),
    ("a few thousand", 3000, 9999, None),
]


@pytest.mark.parametrize(("wording", "low", "high", "nominal"), TABLE)
@pytest.mark.parametrize("case", [str, str.upper, str.title])
def test_the_grammar(wording: str, low: int, high: int | None, nominal: int | None, case: type[str]) -> None:
    """Every row of the table, in any case of letters; the wording stays as it was written."""
    written = case(wording)
    assert parse_quantity(f"  {written} ") == Quantity(Interval(low, high), nominal, written)


def test_spaces_between_words_are_free() -> None:
    """Any white space separates words as well as one space does; the wording stays as it was written."""
    assert parse_quantity("more \t than\n 3000") == Quantity(Interval(3001, None), None, "more \t than\n 3000")
    assert parse_quantity("tens  of  thousands") == Quantity(Interval(20000, 99999), None, "tens  of  thousands")


@pytest.mark.parametrize(
    ("wording", "about", "low", "high"),
    [
        ("about 1700", Fraction(0), 1700, 1700),
        ("about 1700", Fraction(1), 0, 3400),
        ("about 1000", Fraction(1, 8), 875, 1125),
        ("about 3", Fraction(1, 3), 2, 4),
        ("about 1000", Fraction(333, 10**5), 996, 1004),
        ("nearly 1000", Fraction(0), 999, 999),
        ("nearly 1000", Fraction(1, 3), 666, 999),
        ("nearly 1000", Fraction(1), 0, 999),
        ("nearly 1000", Fraction(1, 1000), 999, 999),
        ("nearly 1000", Fraction(1, 10**6), 999, 999),
    ],
)
def test_about_is_the_scenarios(wording: str, about: Fraction, low: int, high: int) -> None:
    """ "About" and "nearly" reach as far as the scenario says, rounded outward."""
    assert parse_quantity(wording, about).interval == Interval(low, high)


@pytest.mark.parametrize("number", [3000, 30, 110, 1100, 10**11, 10**12 - 10])
def test_arithmetic_is_exact(number: int) -> None:
    """3,000 x 1.1 is 3,300 and not 3,301, as it is in floats."""
    assert parse_quantity(f"about {number}").interval == Interval(number * 9 // 10, number * 11 // 10)


@pytest.mark.parametrize(
    ("wording", "message"),
    [
        ("", "'' is not a quantity"),
        ("many", "'many' is not a quantity"),
        ("-5", "'-5' is not a quantity"),
        ("1.5", "'1.5' is not a quantity"),
        ("1e3", "'1e3' is not a quantity"),
        ("1,70", "'1,70' is not a quantity"),
        ("17,00", "'17,00' is not a quantity"),
        ("1_700", "'1_700' is not a quantity"),
        ("nan", "'nan' is not a quantity"),
        ("\u0661\u0667", "'\u0661\u0667' is not a quantity"),
        ("about about 1700", "'about about' in 'about about 1700' is not a wording this program knows"),
        ("nigh on 1700", "'nigh on' in 'nigh on 1700' is not a wording this program knows"),
        ("nearly two-thirds of 1,700", "'nearly two-thirds of 1,700' is not a quantity"),
        ("dozens of 3", "'dozens of' in 'dozens of 3' is not a wording this program knows"),
        ("several", "'several' is not a quantity"),
        ("less than 0", "'less than 0' is impossible: no count lies below 0"),
        ("under 0", "'under 0' is impossible: no count lies below 0"),
        ("nearly 0", "'nearly 0' is impossible: no count lies below 0"),
        ("almost 0", "'almost 0' is impossible: no count lies below 0"),
        ("3000 to 2000", "'3000 to 2000' runs backwards: 3000 is more than 2000"),
        ("3,000 to 2,999", "'3,000 to 2,999' runs backwards: 3000 is more than 2999"),
        ("1000000000000", "1000000000000 is too large a number: at most 999,999,999,999"),
        ("about 1,000,000,000,000", "1,000,000,000,000 is too large a number: at most 999,999,999,999"),
        ("1 to 1000000000000", "1000000000000 is too large a number: at most 999,999,999,999"),
        ("1" + "0" * 19, "10000000000000000000 is too large a number: at most 999,999,999,999"),
        ("0" * 21, "'000000000000000000000' is too large a number: at most 999,999,999,999"),
        ("9" * 10**5, f"'{'9' * 37}...' is too large a number: at most 999,999,999,999"),
        ("x" * 40, f"'{'x' * 40}' is not a quantity"),
        ("x" * 41, f"'{'x' * 37}...' is not a quantity"),
    ],
)
def test_what_is_outside_the_grammar(wording: str, message: str) -> None:
    """What nobody counts, or no number can satisfy, is refused with the reason, cut where it is long."""
    with pytest.raises(QuantityError) as caught:
        parse_quantity(wording)
    assert str(caught.value) == message


def test_the_largest_number() -> None:
    """The limit itself may be named."""
    assert (
        parse_quantity(str(QUANTITY_MAX)) == exactly(QUANTITY_MAX) == parse_quantity("999,999,999,999".replace(",", ""))
    )
    assert parse_quantity("0" * 8 + "999999999999").nominal == 999_999_999_999
    with pytest.raises(QuantityError):
        parse_quantity(str(QUANTITY_MAX + 1))


@given(wordings(), shares)
def test_wording_round_trips(wording: str, about: Fraction) -> None:
    """A quantity's wording reads as the same quantity; what is nominal lies within; the interval is not empty."""
    found = parse_quantity(wording, about)
    assert parse_quantity(found.wording, about) == found
    assert found.low >= 0
    assert found.high is None or found.high >= found.low
    assert found.nominal is None or found.nominal in found.interval


@given(st.text(max_size=30))
def test_any_text_is_a_quantity_or_an_error(text: str) -> None:
    """Nothing else is raised, whatever was written."""
    try:
        assert parse_quantity(text).wording == text.strip()
    except QuantityError as error:
        assert str(error)


@pytest.mark.parametrize(
    ("text", "share", "canonical"),
    [
        ("10%", Fraction(1, 10), "10%"),
        ("10.50 %", Fraction(21, 200), "10.5%"),
        (" 0% ", Fraction(0), "0%"),
        ("100%", Fraction(1), "100%"),
        ("100.000000%", Fraction(1), "100%"),
        ("12.5%", Fraction(1, 8), "12.5%"),
        ("0.000001%", Fraction(1, 10**8), "0.000001%"),
        ("99.999999%", Fraction(99_999_999, 10**8), "99.999999%"),
    ],
)
def test_percentages(text: str, share: Fraction, canonical: str) -> None:
    """A percentage is an exact share, and is written as short as it can be."""
    assert parse_percent(text) == share
    assert format_percent(share) == canonical


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("10", "'10' is not a percentage such as 10%"),
        ("", "'' is not a percentage such as 10%"),
        ("-1%", "'-1%' is not a percentage such as 10%"),
        ("1.2345678%", "'1.2345678%' is not a percentage such as 10%"),
        (".5%", "'.5%' is not a percentage such as 10%"),
        ("9" * 50 + "%", f"'{'9' * 37}...' is not a percentage such as 10%"),
        ("100.000001%", "'100.000001%' is more than 100%"),
        ("101%", "'101%' is more than 100%"),
    ],
)
def test_what_is_no_percentage(text: str, message: str) -> None:
    """Anything else is refused with the reason."""
    with pytest.raises(QuantityError) as caught:
        parse_percent(text)
    assert str(caught.value) == message


@given(shares)
def test_percentages_round_trip(share: Fraction) -> None:
    """What is written reads back as the same share."""
    assert parse_percent(format_percent(share)) == share
