#!/usr/bin/env bash
# Sets up what `make paper` (setup.sh paper) or `make test` (setup.sh test) needs, unless that was done before:
# the system libraries that doctor.py names, and a virtual environment with the pinned requirements and reportgen;
# for tests, Chromium and axe-core as well, which look at the pages for the screen.
# PYTHON chooses the Python. Exit status 3: something is missing that this script may not or can't install.
set -euo pipefail
cd -P "$(dirname "$0")/.."

readonly purpose=${1:?paper or test}
readonly venv=.venv stamp=.venv/.set-up
readonly axe=4.14.1 axe_file=node_modules/axe-core/axe.min.js
readonly axe_sum=29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 DEBIAN_FRONTEND=noninteractive

say() { printf '%s\n' "$*" >&2; }
fail() { say "$@"; exit 3; }
version_of() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || true; }

# What is set up is told by what it is made of, so that a changed pin, a moved folder or another PYTHON sets up anew.
state() {
    local python=${PYTHON:+$(version_of "$PYTHON")}
    printf '%s\n' "$PWD" "${python:-$(version_of "$venv/bin/python")}"
    cksum pyproject.toml requirements.txt requirements-dev.txt
}
done_before() {
    [ -x "$venv/bin/reportgen" ] && [ -f "$stamp" ] || return 1
    local done_for was
    { read -r done_for; was=$(cat); } <"$stamp"
    # The tests' requirements hold the paper's.
    [[ $done_for == "$purpose" || $done_for == test ]] && [ "$was" = "$(state)" ]
}

# An environment that can be kept: of a Python that will do, made in this very place (its scripts name it).
venv_will_do() {
    local version made_by
    version=$(version_of "$venv/bin/python")
    made_by=$(sed -n 's/^command = //p' "$venv/pyvenv.cfg" 2>/dev/null || true)
    new_enough "$version" && [ "$version" = "$(version_of "${PYTHON:-$venv/bin/python}")" ] &&
        [[ $made_by == *" $PWD/$venv" ]]
}
new_enough() { [[ $1 =~ ^3\.(1[1-9]|[2-9][0-9])$ ]]; }

find_python() {
    local candidate candidates=(python3 python3.14 python3.13 python3.12 python3.11)
    [ -z "${PYTHON:-}" ] || candidates=("$PYTHON")
    for candidate in "${candidates[@]}"; do
        if new_enough "$(version_of "$candidate")"; then
            command -v "$candidate"
            return
        fi
    done
    fail "reportgen needs Python 3.11 or later, and ${PYTHON:-python3} is not one. Install it, or name another:" \
        "make PYTHON=/path/to/python $purpose"
}

missing_packages() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null || echo "python$(version_of "$python")-venv"
    PYTHONPATH=. "$python" -m reportgen.doctor
}
# The words that run apt as root; nothing where this user may not.
as_root() {
    command -v apt-get >/dev/null || return 0
    if [ "$(id -u)" = 0 ]; then echo env; elif sudo -n true 2>/dev/null; then echo "sudo -n env"; fi
}
install_packages() {
    local missing command
    missing=$(missing_packages | tr '\n' ' ')
    missing=${missing% }
    [ -n "$missing" ] || return 0
    command="sudo apt-get install --no-install-recommends $missing"
    [ -n "$(as_root)" ] || fail "Something is missing on this machine. Install it, then run this again: $command"
    apt_install "$missing" || fail "apt could not install what is missing. Mend that, then run: $command"
    missing=$(missing_packages | tr '\n' ' ')
    [ -z "$missing" ] || fail "Installed, and still not found: $missing. Look at: $python -m reportgen.doctor"
}
# Status 1, with what apt says, where it fails.
apt_install() {
    local missing=$1 root log
    root=$(as_root)
    say "Installing $missing ..."
    log=$(mktemp)
    # Lists of packages may be absent or old; an update that fails for one source may still do.
    $root apt-get update -qq >"$log" 2>&1 || true
    # shellcheck disable=SC2086 # the words are meant to be split
    if ! $root DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        -o DPkg::Lock::Timeout=300 $missing >>"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        return 1
    fi
    rm -f "$log"
}

# What the pages for the screen are tested with. Where it can't be had, one line says so and their tests fail; the
# others go on.
set_up_browser() {
    local missing
    missing=$(missing_for_browser)
    if [ -n "$missing" ]; then
        { [ -n "$(as_root)" ] && apt_install "$missing"; } ||
            say "The tests in tests/browser need: sudo apt-get install --no-install-recommends $missing"
    fi
    axe_is_there || fetch_axe ||
        say "The tests in tests/browser need axe-core $axe, which npm could not fetch: run this again with a registry."
}
missing_for_browser() {
    local missing=()
    command -v chromium google-chrome >/dev/null || missing+=(chromium)
    axe_is_there || command -v npm >/dev/null || missing+=(npm)
    printf '%s' "${missing[*]}"
}
axe_is_there() { printf '%s  %s\n' "$axe_sum" "$axe_file" | sha256sum --check --status 2>/dev/null; }
# The one file that the tests put into a page: nothing of the package is run or installed here.
fetch_axe() {
    local folder
    folder=$(mktemp -d)
    say "Fetching axe-core $axe ..."
    npm pack --silent --ignore-scripts --pack-destination "$folder" "axe-core@$axe" >/dev/null 2>&1 &&
        tar -xzf "$folder/axe-core-$axe.tgz" -C "$folder" package/axe.min.js package/LICENSE &&
        mkdir -p "${axe_file%/*}" && cp "$folder"/package/* "${axe_file%/*}/"
    rm -rf "$folder"
    axe_is_there || { rm -f "$axe_file"; return 1; }
}

install_requirements() {
    local requirements=requirements.txt
    [ "$purpose" = paper ] || requirements=requirements-dev.txt
    say "Installing $requirements in $venv ..."
    "$venv/bin/python" -m pip install --quiet --require-hashes -r "$requirements" ||
        fail "pip could not install $requirements: mend what it says above and run this again."
    # What builds reportgen is among the pinned requirements, so this fetches nothing.
    "$venv/bin/python" -m pip install --quiet --no-build-isolation --no-deps --no-index --editable . ||
        fail "pip could not install reportgen itself: mend what it says above and run this again."
}

set_up() {
    if venv_will_do; then python=$venv/bin/python; else python=$(find_python); fi
    install_packages
    rm -f "$stamp"
    venv_will_do || "$python" -m venv --clear "$venv"
    install_requirements
    { echo "$purpose"; state; } >"$stamp"
}

done_before || set_up
[ "$purpose" = paper ] || set_up_browser
