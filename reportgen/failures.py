"""What fails at present and since when, kept between runs, so that each failure is told once."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Failures:
    """What fails at present and since when, kept between runs, so that each failure is told once."""

    path: Path
    since: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> Failures:
        """Those that an earlier run left; none where there are none or they can't be read."""
        try:
            told = json.loads(path.read_bytes())
            return cls(path, {str(name): {str(k): str(v) for k, v in each.items()} for name, each in told.items()})
        except (OSError, ValueError, AttributeError):
            return cls(path)

    def begins(self, name: str, words: str, now: dt.datetime) -> str:
        """The key of a failure, the same as long as it lasts."""
        known = self.since.get(name)
        if known is None or known["words"] != words:
            known = self.since[name] = {"words": words, "since": now.isoformat()}
            self._save()
        return hashlib.sha256(f"{name}\n{words}\n{known['since']}".encode()).hexdigest()

    def not_rung(self) -> dict[str, str]:
        """What fails, with its words, of what no alarm has told."""
        return {name: each["words"] for name, each in sorted(self.since.items()) if "rung" not in each}

    def were_rung(self, names: Iterable[str]) -> None:
        """Nothing: an alarm has told these."""
        for name in names:
            self.since[name]["rung"] = "yes"
        self._save()

    def keep(self, names: Container[str]) -> None:
        """Forget the failures of what is no longer due."""
        for name in [name for name in self.since if name not in names]:
            self.ends(name)

    def ends(self, name: str) -> bool:
        """Whether something had failed that no longer does."""
        ended = self.since.pop(name, None) is not None
        if ended:
            self._save()
        return ended

    def _save(self) -> None:
        """Written beside and moved in: a run that dies leaves the old file or the new."""
        beside = self.path.with_name(f"{self.path.name}.new")
        beside.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(self.since, indent=2, sort_keys=True), encoding="utf-8")
        os.replace(beside, self.path)
