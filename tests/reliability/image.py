"""Images: the files of a log as they stood at one moment, and what can become of a byte of them."""

from collections.abc import Iterator, Mapping
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

    def cuts(self, ending: str, step: int) -> Iterator[tuple[str, "Image"]]:
        """One file cut at every byte, or every `step`-th; each with words for it."""
        for length in _places(len(self.files[ending]), step):
            yield f"log{ending} cut to {length} bytes", self.cut(ending, length)

    def flips(self, ending: str, step: int, every_bit: bool) -> Iterator[tuple[str, "Image"]]:
        """A bit changed in every byte, or every `step`-th, of one file, a different one each, or all eight of them."""
        for place in _places(len(self.files[ending]), step):
            for bit in range(8) if every_bit else [(place + place // 8) % 8]:
                yield f"log{ending} with bit {bit} of byte {place} changed", self.flipped(ending, place, bit)


def _places(size: int, step: int) -> Iterator[int]:
    """The bytes of a file, or every `step`-th of each page, beginning elsewhere in each so that no field is missed."""
    for number, start in enumerate(range(0, size, PAGE_BYTES)):
        yield from range(start + number % step, min(start + PAGE_BYTES, size), step)
