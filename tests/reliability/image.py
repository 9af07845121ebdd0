"""Images: the files of a log as they stood at one moment, and what can become of a byte of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from attrs import frozen

PAGE_BYTES = 4096
ENDINGS = ("", "-wal", "-shm")
"""What SQLite puts behind the name of its file for those it keeps beside it."""


@frozen
class Image:
    """The bytes of a log's files, by what stands behind the log's name in theirs."""

    files: Mapping[str, bytes]

    @classmethod
    def of(cls, path: Path) -> "Image":
        """The files that a program killed now would leave. The index of a WAL is left out: it is made anew."""
        beside = {ending: Path(f"{path}{ending}") for ending in ENDINGS[:2]}
        return cls({ending: file.read_bytes() for ending, file in beside.items() if file.exists()})

    def put(self, path: Path) -> None:
        """Make `path` a log of these files and no others."""
        for ending in ENDINGS:
            if ending in self.files:
                Path(f"{path}{ending}").write_bytes(self.files[ending])
            else:
                Path(f"{path}{ending}").unlink(missing_ok=True)

    def cut(self, ending: str, length: int) -> "Image":
        """The same, of one file only the first bytes."""
        return Image({**self.files, ending: self.files[ending][:length]})

    def flipped(self, ending: str, place: int, bit: int) -> "Image":
        """The same, with one bit changed."""
        data = bytearray(self.files[ending])
        data[place] ^= 1 << bit
        return Image({**self.files, ending: bytes(data)})

    def places(self, ending: str, step: int) -> Sequence[int]:
        """The bytes of one file, or every `step`-th of each page, beginning elsewhere in each: no field is missed."""
        size = len(self.files[ending])
        starts = range(0, size, PAGE_BYTES)
        pages = (
            range(start + number % step, min(start + PAGE_BYTES, size), step) for number, start in enumerate(starts)
        )
        return [*chain.from_iterable(pages)]

    def cuts(self, ending: str, places: Iterable[int]) -> Iterator[tuple[str, "Image"]]:
        """One file cut at each of these bytes, each with words for it."""
        for length in places:
            yield f"log{ending} cut to {length} bytes", self.cut(ending, length)

    def flips(self, ending: str, places: Iterable[int], every_bit: bool) -> Iterator[tuple[str, "Image"]]:
        """A bit changed in each of these bytes of one file, a different one each, or all eight of them."""
        for place in places:
            for bit in range(8) if every_bit else [(place + place // 8) % 8]:
                yield f"log{ending} with bit {bit} of byte {place} changed", self.flipped(ending, place, bit)
