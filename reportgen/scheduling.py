"""What an operating system needs to call the nightly run: a line for cron, or a service and a timer for systemd."""

from __future__ import annotations

import shlex
from pathlib import Path

HOUR, MINUTE = 2, 30


def crontab(program: Path, workspace: Path, log: Path) -> str:
    """A line for `crontab -e`. Cron gives a program next to no environment, hence the whole paths and the language."""
    command = f"LANG=C.UTF-8 {_words(program, workspace)} run >> {shlex.quote(str(log))} 2>&1"
    # Cron takes a per cent sign for the end of the line.
    return f"{MINUTE} {HOUR} * * * {command.replace('%', chr(92) + '%')}\n"


def service(program: Path, workspace: Path) -> str:
    """A unit for /etc/systemd/system/reportgen.service; the user and the password's file are to be filled in."""
    return f"""[Unit]
Description=reportgen: committee papers that are due
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
# The user who owns the workspace.
User=reportgen
Environment=LANG=C.UTF-8
# REPORTGEN_SMTP_USER and REPORTGEN_SMTP_PASSWORD, a line each; readable by root alone.
EnvironmentFile=-/etc/reportgen.env
ExecStart={_unit_word(program)} --workspace {_unit_word(workspace)} run --log-json
"""


def timer() -> str:
    """A unit for /etc/systemd/system/reportgen.timer: every night, or after the machine comes up where it was off."""
    return f"""[Unit]
Description=reportgen every night

[Timer]
OnCalendar=*-*-* {HOUR:02d}:{MINUTE:02d}:00
Persistent=true

[Install]
WantedBy=timers.target
"""


def _unit_word(path: Path) -> str:
    """A path as systemd reads one word of a command."""
    escaped = str(path).replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'


def _words(program: Path, workspace: Path) -> str:
    return shlex.join([str(program), "--workspace", str(workspace)])
