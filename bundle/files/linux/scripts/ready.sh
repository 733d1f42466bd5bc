#!/bin/sh
# Whether policyhours is installed here and its Python starts; if not, says what to do.
here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd) || exit 1
"$here/env/bin/python" -I -c 'import policyhours' >/dev/null 2>&1 && exit 0
printf '%s\n' \
  '还没有安装，或者安装以后换了电脑、卸载了 Python。' \
  '  怎么办：先运行 install.sh，再试一次' \
  'Not installed here, or the Python that it was installed with is gone.' \
  '  to do: run install.sh, then try again' >&2
exit 1
