#!/bin/sh
# The Python tools, each in a virtual environment of its own because their dependencies contradict each other: AWS's
# own runtime interface client, under which a test runs the package as Lambda does; a double of AWS's API, against
# which `parapet` is tried; and the linter and the scanner of infra/.
set -eu
cd "$(dirname "$0")/.."

# tool NAME VERSION EXTRAS ENVIRONMENT WAIT: a package, unless that version is there. pip installs what a package needs
# before the package itself, so that its version is the mark of a finished environment.
tool() {
    name=$1 version=$2 extras=$3 environment=$4 wait=$5
    [ "$(installed)" = "$version" ] && return
    echo "set-up: installing $name $version (Python package, into $environment; $wait) …"
    python3 -m venv --clear "$environment"
    "$environment/bin/python" -m pip install --quiet --no-compile --disable-pip-version-check "$name$extras==$version"
}

installed() {
    "$environment/bin/python" -c "import importlib.metadata as m; print(m.version('$name'))" 2>/dev/null
}

tool awslambdaric 4.2.2 "" .local/venv "seconds"
tool moto 5.2.5 "[server]" .local/moto "about half a minute"
tool cfn-lint 1.58.0 "" .local/cfn-lint "about half a minute"
tool checkov 3.3.30 "" .local/checkov "about a minute"
tool schemathesis 4.32.5 "" .local/schemathesis "about half a minute"
