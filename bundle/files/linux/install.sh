#!/bin/sh
# Installs policyhours into env/ in this folder, offline. Any Python begins; start.py finds one that fits.
here=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")" && pwd) || exit 1
for python in python3 python3.13 python3.12 python3.11 python; do
  if "$python" -c '' >/dev/null 2>&1; then
    exec "$python" "$here/scripts/start.py"
  fi
done
printf '%s\n' \
  '这台电脑上没有找到 Python。' \
  '  怎么办：请安装 Python 3.11、3.12 或 3.13（在 Debian、Ubuntu、UOS 上连同 python3-venv），再运行一次' \
  'No Python was found on this computer.' \
  '  to do: install Python 3.11, 3.12 or 3.13 (on Debian, Ubuntu and UOS with python3-venv), then run this again' >&2
exit 1
