"""What a notebook shows: values with a table, or a chart, of their own."""


class Shown:
    """A value that shows itself in a notebook (docs/tutorial/posture.ipynb)."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        # How it looks is known above, where all is that is for people to read; here it is only asked for.
        from sim.notebook import html_of

        return html_of(self)
