"""Install Goldthread as a user would, from a wheel and the core lock, and weigh it.

Prints the largest parts and fails above the bar. The installed copy must start away from the source tree,
with every data file the tree has.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BAR_MB = 450
PACKAGING = {"pip", "setuptools", "wheel", "__pycache__"}
MEGABYTE = 1_000_000


def weigh(path: Path) -> int:
    """Bytes on disk below a file or folder, links not followed."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if not file.is_symlink()]
    return sum(file.lstat().st_blocks * 512 for file in files)


def parts(site: Path) -> dict[str, int]:
    """What each package installed weighs, in bytes, largest first; the installer itself is not counted."""
    sizes: dict[str, int] = {}
    for entry in site.iterdir():
        name = entry.name.split("-")[0].removesuffix(".libs").removesuffix(".py")
        if name not in PACKAGING:
            sizes[name] = sizes.get(name, 0) + weigh(entry)
    return dict(sorted(sizes.items(), key=lambda item: -item[1]))


def build_wheel(into: Path) -> Path:
    """Build the wheel with the build tools of the environment this runs in."""
    command = [sys.executable, "-m", "pip", "wheel", "-qq", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*command, "--no-build-isolation", "--wheel-dir", str(into), str(ROOT)], check=True)  # noqa: S603 - our own command
    return next(into.glob("goldthread-*.whl"))


def install(into: Path, wheel: Path) -> Path:
    """Make an environment with the core lock and the wheel; return its interpreter."""
    venv.create(into, with_pip=True)
    python = into / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    pip = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements/core.txt")], check=True)  # noqa: S603
    subprocess.run([*pip, str(wheel)], check=True)  # noqa: S603
    return python


def left_behind(installed: Path) -> list[str]:
    """Files of the source package that the installed one lacks."""
    source = ROOT / "src/goldthread"
    wanted = (file.relative_to(source) for file in source.rglob("*") if file.is_file() and file.suffix != ".pyc")
    return [name.as_posix() for name in wanted if not (installed / name).exists()]


def main() -> int:
    """Install, weigh, compare with the bar; 1 when it is too heavy or incomplete."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bar", type=float, default=BAR_MB, help="the most it may weigh, in MB (10^6 bytes)")
    bar = parser.parse_args().bar
    with tempfile.TemporaryDirectory(prefix="goldthread-install-") as scratch:
        folder = Path(scratch)
        python = install(folder / "env", build_wheel(folder))
        site = next((folder / "env").glob("lib/python*/site-packages"), folder / "env/Lib/site-packages")
        sizes = parts(site)
        lacking = left_behind(site / "goldthread")
        started = subprocess.run([str(python), "-m", "goldthread", "doctor"], cwd=folder, check=False)  # noqa: S603
    total = sum(sizes.values()) / MEGABYTE
    for name, size in list(sizes.items())[:12]:
        print(f"{size / MEGABYTE:8.1f} MB  {name}")
    print(f"{total:8.1f} MB  in all, {len(sizes)} parts; the bar is {bar:.0f} MB")
    if lacking:
        print(f"not in the wheel: {', '.join(lacking)}", file=sys.stderr)
    if started.returncode:
        print("the installed copy does not start", file=sys.stderr)
    return int(total > bar or bool(lacking) or started.returncode != 0)


if __name__ == "__main__":
    sys.exit(main())
