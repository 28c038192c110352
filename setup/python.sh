#!/bin/sh
# AWS's own runtime interface client, in a virtual environment: a test runs the package under it as Lambda does.
set -eu
cd "$(dirname "$0")/.."

version=4.2.2
environment=.local/venv

installed() {
    "$environment/bin/python" -c 'import importlib.metadata as m; print(m.version("awslambdaric"))' 2>/dev/null
}

[ "$(installed)" = "$version" ] && exit 0
echo "set-up: installing awslambdaric $version (Python package, into $environment) …"
python3 -m venv --clear "$environment"
"$environment/bin/python" -m pip install --quiet --disable-pip-version-check "awslambdaric==$version"
