"""Postgres refuses to run as root: as whom it runs then, and where its files can lie.

Nobody else's folder is ever opened wider. Where the chosen person cannot reach our
folder, the files go to one of our own under the system's folder for such things.
"""

import dataclasses
import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path

from ayni.localstack.errors import LocalStackError, UnsafeFolderError

# Whom to run as, in order of taste. The number serves where no name is known.
NAMES = ("postgres", "nobody")
NOBODY = 65534
# Survives a restart, unlike /tmp, and everyone may pass through it.
SHARED_PLACE = Path("/var/tmp")  # noqa: S108  # our folder in it is checked
FOREIGN_SEARCH = stat.S_IXOTH


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A user and group id."""

    uid: int
    gid: int


def stand_in() -> Person | None:
    """Return whom Postgres runs as if we are root; None means as ourselves."""
    if os.geteuid() != 0:
        return None
    for name in NAMES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Person(uid=entry.pw_uid, gid=entry.pw_gid)
    return Person(uid=NOBODY, gid=NOBODY)


def can_reach(person: Person, folder: Path) -> bool:
    """Return whether the person may pass through ``folder`` and all above it."""
    folder = folder.resolve()
    return all(_may_pass(person, place) for place in (folder, *folder.parents))


def _may_pass(person: Person, place: Path) -> bool:
    found = place.stat()
    if found.st_uid == person.uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == person.gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & FOREIGN_SEARCH)


def reachable_home(person: Person | None, wanted: Path) -> Path:
    """Return ``wanted``, or a folder of ours that stands for it and can be reached."""
    wanted.mkdir(parents=True, exist_ok=True)
    if person is None or can_reach(person, wanted):
        return wanted
    name = hashlib.sha256(str(wanted.resolve()).encode()).hexdigest()[:16]
    home = SHARED_PLACE / f"ayni-{name}"
    home.mkdir(mode=0o711, exist_ok=True)
    found = home.lstat()
    if found.st_uid != os.geteuid() or not stat.S_ISDIR(found.st_mode):
        raise UnsafeFolderError(home)
    return home


def temporary_folder(prefix: str) -> Path:
    """Make a folder that whoever runs Postgres can pass through, and nobody can list.

    Without that its files would lie elsewhere, and outlive it.
    """
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    folder.chmod(0o711)
    return folder


def own_folder(folder: Path, person: Person | None) -> None:
    """Make ``folder`` and give it, and nothing around it, to the person."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if person:
        os.chown(folder, person.uid, person.gid)


def runnable(
    program: Path, *, person: Person, home: Path, parts: tuple[Path, ...]
) -> Path:
    """Return ``program``, or its copy under ``home`` if the person cannot run it.

    ``parts`` are the folders that belong together; they keep their relative places.
    """
    if can_reach(person, program.parent) and _runs(program, person):
        return program
    base = Path(os.path.commonpath(parts))
    target = home / f"programs-{_version_mark(program)}"
    copy = target / program.relative_to(base)
    if not copy.exists():
        _copy_parts(parts, base=base, target=target)
    if not _runs(copy, person):
        raise LocalStackError(
            f"{copy} cannot be run as user {person.uid}: is its disk mounted noexec? "
            "Set DATABASE_URL to a Postgres of your own"
        )
    return copy


def _version_mark(program: Path) -> str:
    """Return a name that changes with the program, so that no old copy is run."""
    found = program.stat()
    return f"{found.st_size:x}-{int(found.st_mtime):x}"


def _copy_parts(parts: tuple[Path, ...], *, base: Path, target: Path) -> None:
    """Copy beside the target first: a half-made copy never has its name."""
    unfinished = target.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    for part in parts:
        shutil.copytree(part, unfinished / part.relative_to(base), symlinks=True)
    unfinished.rename(target)


def _runs(program: Path, person: Person) -> bool:
    try:
        answer = subprocess.run(  # noqa: S603  # the wheel's own program
            [program, "--version"],
            user=person.uid,
            group=person.gid,
            extra_groups=[],
            capture_output=True,
            check=False,
            timeout=20,
            cwd="/",
        )
    except OSError:
        return False
    return answer.returncode == 0
