#!/bin/sh
# Prints the path of the first Python that can run the tools: $PYTHON if set, else python3 or a versioned one.
for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if "$candidate" -c 'import sys; assert sys.version_info >= (3, 11); import ensurepip, venv' >/dev/null 2>&1; then
        command -v "$candidate"
        exit 0
    fi
done
cat >&2 <<MESSAGE
No usable Python. Needed is 3.11 or newer, with venv (on Debian and Ubuntu: apt-get install python3-venv).
Tried: ${PYTHON:-python3 and python3.14 to python3.11}. Choose another with: make ... PYTHON=/path/to/python3.12
MESSAGE
exit 1
