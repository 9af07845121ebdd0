"""A loop of its own for what is asynchronous in a test."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def run(test: Coroutine[Any, Any, None]) -> None:
    """Run it in a thread of its own: where a browser was driven before, a loop runs in this one till the end."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, test).result()
