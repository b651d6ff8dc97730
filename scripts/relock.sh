#!/usr/bin/env bash
# Pins what pyproject.toml asks for, with hashes, into the two requirements files. `--upgrade` moves all pins.
set -euo pipefail
cd "$(dirname "$0")/.."

python=.venv/bin/python
"$python" -m uv --version >/dev/null 2>&1 || "$python" -m pip install --quiet uv

compile() {
    "$python" -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header pyproject.toml "$@"
}
compile --group install --output-file requirements.txt "$@"
# The first file constrains the second, so that setting up for tests moves nothing that papers are built with.
compile --group dev --constraint requirements.txt --output-file requirements-dev.txt "$@"
