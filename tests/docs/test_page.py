"""Pages are taken apart as they are meant."""

from tests.docs.page import Block, Step, blocks_of, cut_like, matches, rendered, steps_of

PAGE = """\
Save this:

```yaml first.yaml
a: 1
```

- in a list:

  ```console
  $ sim run \\
  > first.yaml
  one
  > two
  $ sim check
  ```
""".splitlines()


def test_blocks_have_a_language_a_file_and_their_lines() -> None:
    """Fences are found, also in lists, where the indent belongs to the list."""
    assert list(blocks_of(PAGE)) == [
        Block("yaml", "first.yaml", ("a: 1",), start=3, indent=""),
        Block("console", "", ("$ sim run \\", "> first.yaml", "one", "> two", "$ sim check"), start=9, indent="  "),
    ]


def test_steps_are_what_is_typed_and_what_is_printed() -> None:
    """A continuation directly follows its prompt; the same characters further down are output."""
    *_, console = blocks_of(PAGE)
    steps = steps_of(console, "$ ", "> ")
    assert steps == [Step(("sim run \\", "first.yaml"), ("one", "> two")), Step(("sim check",), ())]
    assert [line for step in steps for line in rendered(step, "$ ", "> ")] == list(console.lines)


def test_ellipses_stand_for_anything() -> None:
    """A line of "..." is any lines, or none; within a line it is any text; all else is itself."""
    assert matches(("a", "...", "z"), ("a", "b", "c", "z"))
    assert matches(("a", "...", "z"), ("a", "z"))
    assert matches(("run ... of 3",), ("run 12 of 3",))
    assert not matches(("run ... of 3",), ("run 12", "of 3"))
    assert not matches(("a.c",), ("abc",))
    assert not matches((), ("a",))
    assert not matches(("...", "z"), ("a",))


def test_what_is_printed_is_cut_where_the_page_cut_it() -> None:
    """Rewriting keeps one cut, with as many lines before and after it; more than one is more than can be kept."""
    assert cut_like(("a", "...", "z"), ("A", "b", "c", "Z")) == ("A", "...", "Z")
    assert cut_like(("a", "..."), ("A", "b")) == ("A", "...")
    assert cut_like(("a", "b", "...", "z"), ("A",)) == ("A", "...")
    assert cut_like(("a", "...", "...", "z"), ("A", "b")) == ("A", "b")
    assert cut_like(("a",), ("A", "b")) == ("A", "b")
