"""``python -m bundle [TARGET…]``: make offline folders and their .zip under build/bundle."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

import click

from bundle.fault import Unmade
from bundle.folder import lay_out
from bundle.needs import pins
from bundle.packed import pack
from bundle.target import TARGETS, Target
from bundle.wheels import gather, own_wheel

PROJECT: Final = Path(__file__).resolve().parent.parent
OUTPUT: Final = PROJECT / "build/bundle"


@click.command()
@click.argument("names", nargs=-1, type=click.Choice([one.name for one in TARGETS]), metavar="[TARGET]…")
@click.option("-o", "--output", type=click.Path(path_type=Path), default=OUTPUT, help="写到哪里 · where to")
def main(names: tuple[str, ...], output: Path) -> None:
    """制作离线安装文件夹；不写 TARGET 即全部：windows-x64、linux-x64、linux-arm64.

    Make the offline folders; all of them where no TARGET is named.
    """
    for target in TARGETS:
        if not names or target.name in names:
            try:
                folder = make(target, output)
            except Unmade as unmade:
                click.echo(f"{unmade.zh}\n{unmade.en}", err=True)
                raise click.exceptions.Exit(1) from None
            except OSError as fault:
                click.echo(f"写不成 can't write: {fault.filename or output}: {fault.strerror}", err=True)
                raise click.exceptions.Exit(1) from None
            size = sum(path.stat().st_size for path in folder.rglob("*")) / 2**20
            click.echo(f"{folder}  {size:.0f} MiB")


def make(target: Target, output: Path) -> Path:
    """Make one folder and its .zip; both are put in place whole, or not at all.

    Returns:
        The folder.

    Raises:
        Unmade: where something that belongs into it can't be had.
    """
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output, prefix=".") as aside:
        built = Path(aside) / "own"
        built.mkdir()
        own = own_wheel(PROJECT, built)
        folder = Path(aside) / f"policyhours-{own.version}-{target.name}"
        wheels = folder / "wheels"
        wheels.mkdir(parents=True)
        gathered = gather(own, target, pins(PROJECT / "constraints.txt"), wheels)
        lay_out(folder, target, own, gathered, PROJECT / "LICENSE")
        packed = Path(aside) / f"{folder.name}.zip"
        pack(folder, packed)
        place = output / folder.name
        if place.exists():
            shutil.rmtree(place)
        folder.rename(place)
        packed.replace(output / packed.name)
    return place


if __name__ == "__main__":
    sys.exit(main())
