"""What has been kept long enough: drafts after their meeting, and logs."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator
from pathlib import Path

from reportgen.deliver import bundle
from reportgen.settings import RunSettings
from reportgen.workspace import Workspace

LOGS, CRON_LOG = "outputs/logs", "outputs/cron.log"
LARGEST_LOG = 1_000_000  # bytes of what cron keeps beside the logs of each day


def purge(workspace: Workspace, settings: RunSettings, today: dt.date) -> list[str]:
    """The names of what was deleted: drafts some days after their meeting, logs after their day, what cron's log held.

    Final papers and the archive are never touched. A draft whose meeting can't be told is left, and so is one that was
    built not so long ago, whenever its meeting was.
    """
    gone = []
    for draft in sorted((workspace.root / "outputs").glob("*/*/????-??/draft")):
        met = _meeting(draft)
        if met and today - max(met, _built(draft)) > dt.timedelta(days=settings.keep_drafts):
            bundle.discard(draft)
            gone.append(workspace.name(draft))
    for log, day in _logs(workspace.root / LOGS):
        if today - day > dt.timedelta(days=settings.keep_logs):
            log.unlink()
            gone.append(workspace.name(log))
    cron = workspace.root / CRON_LOG
    if cron.is_file() and cron.stat().st_size > LARGEST_LOG:
        os.truncate(cron, 0)  # who appends to it goes on at its beginning
        gone.append(workspace.name(cron))
    return gone


def _meeting(draft: Path) -> dt.date | None:
    """The day of the meeting that a draft was made for."""
    try:
        manifest = json.loads((draft / "audit" / "manifest.json").read_bytes())
        return dt.date.fromisoformat(manifest["about"]["meeting_date"])
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _built(draft: Path) -> dt.date:
    """The day on which a draft's manifest was written; never where it is gone meanwhile."""
    try:
        return dt.date.fromtimestamp((draft / "audit" / "manifest.json").stat().st_mtime)
    except OSError:
        return dt.date.max


def _logs(folder: Path) -> Iterator[tuple[Path, dt.date]]:
    for path in sorted(folder.glob("????-??-??.jsonl")):
        try:
            yield path, dt.date.fromisoformat(path.stem)
        except ValueError:
            continue
