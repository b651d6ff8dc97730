"""What a run did, a line an event: for people or machines to read, and kept in a file a day. Never personal data."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_WHOSE = re.compile(r"[^\s<>\"',;:]+@")


@dataclass
class Journal:
    """Events as they happen: said at once, and appended to the day's file in `folder`, if there is one.

    `say` takes a line; `as_json` gives it the event for machines, as the file always has it.
    """

    now: Callable[[], dt.datetime]
    say: Callable[[str], None]
    folder: Path | None = None
    as_json: bool = False
    counts: dict[str, int] = field(default_factory=dict)

    def event(self, name: str, words: str, **facts: Any) -> None:
        """Record what happened: its name, in words, and facts that a machine may want. Addresses lose their names."""
        words = _WHOSE.sub("…@", words)
        self.counts[name] = self.counts.get(name, 0) + 1
        time = self.now()
        record = {"time": time.isoformat(timespec="seconds"), "event": name, "words": words, **facts}
        line = json.dumps(record, ensure_ascii=False, default=str)
        self.say(line if self.as_json else f"{time:%Y-%m-%d %H:%M:%S}  {words}")
        if self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / f"{time:%Y-%m-%d}.jsonl").open("a", encoding="utf-8") as file:
                file.write(line + "\n")
