#!/bin/sh
# Checks the files and folders that it is given; without any, the rules of this folder.
here=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")" && pwd) || exit 1
"$here/scripts/ready.sh" && exec "$here/env/bin/python" -I "$here/scripts/check.py" "$@"
exit 1
