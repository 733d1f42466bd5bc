#!/bin/sh
# Opens the workbench in the browser; Ctrl-C closes it.
here=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")" && pwd) || exit 1
"$here/scripts/ready.sh" && exec "$here/env/bin/python" -I -m policyhours serve --policies "$here/policies" "$@"
exit 1
