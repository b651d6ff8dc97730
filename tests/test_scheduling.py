"""What cron and systemd are given."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from reportgen.scheduling import crontab, service, timer


def test_the_crontab_line_holds_whole_paths_and_survives_odd_ones() -> None:
    assert crontab(Path("/opt/r/bin/reportgen"), Path("/srv/papers"), Path("/srv/papers/outputs/run.log")) == (
        "30 2 * * * LANG=C.UTF-8 /opt/r/bin/reportgen --workspace /srv/papers run >> /srv/papers/outputs/run.log 2>&1\n"
    )
    odd = crontab(Path("/opt/r/bin/reportgen"), Path("/srv/children's 100%"), Path("/tmp/log"))
    assert "--workspace '/srv/children'\"'\"'s 100\\%' run" in odd


@pytest.mark.skipif(os.name == "nt", reason="there is no sh")
def test_a_shell_reads_the_crontab_line_as_it_is_meant(tmp_path: Path) -> None:
    folder = tmp_path / "children's 100%"
    folder.mkdir()
    program = tmp_path / "a program"
    program.write_text('#!/bin/sh\nprintf "%s|" "$@"\n')
    program.chmod(0o755)
    command = crontab(program, folder, tmp_path / "log").split(" ", 5)[5].replace("\\%", "%")
    subprocess.run(["/bin/sh", "-c", command], env={}, check=True)
    assert (tmp_path / "log").read_text() == f"--workspace|{folder}|run|"


def test_the_units_call_the_run_every_night() -> None:
    unit = service(Path("/opt/r/bin/reportgen"), Path("/srv/100% papers"))
    assert 'ExecStart="/opt/r/bin/reportgen" --workspace "/srv/100%% papers" run --log-json\n' in unit
    assert "OnCalendar=*-*-* 02:30:00\nPersistent=true\n" in timer()
