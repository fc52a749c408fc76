#!/usr/bin/env python3
"""Writes `together.ld` anew: which functions run between the start and a few key presses, and so lie together.

    cargo build --release && python3 layout/learn.py

Needs valgrind and binutils. Runs the program under callgrind in terminals of its own, as its users would: the start
screen, the leaflet, and practice with steps, answers and a danger. What runs at a key press comes first, then what runs
only at the start. Names are noted without what another compiler would name otherwise.
"""

import bisect
import fcntl
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

HERE = pathlib.Path(__file__).resolve().parent
PROGRAM = pathlib.Path(sys.argv[1] if sys.argv[1:] else HERE.parent / "target" / "release" / "amparo").resolve()

UP, DOWN = b"\x1b[A", b"\x1b[B"
# What is typed in each run; nothing is noted before the first key but what the start took.
RUNS = [
    (["run", "--practice"], [DOWN, UP, DOWN, DOWN, UP, b"1", b"w", b"w"]),
    (["run", "--practice"], [b"1", b"2", b"\x1b", b"1", b"0", b"\x12"]),
    ([], [DOWN, UP]),
]

# Behind all of them: what a frame is made by. A function that came since lies near the others, until this is run again.
FAMILIES = ["6amparo4text", "6amparo8terminal", "6amparo7machine", "6amparo2ui"]
# What runs and valgrind never sees, since it hides the place where the kernel's own clock lies.
UNSEEN = ["6rustix7backend4vdso"]

HEAD = """\
/* What of the program lies together, so that little of it comes into memory: the functions that run at a key press, and
   then those that run at the start. Written by layout/learn.py, which says how; a name that matches nothing does nothing. */

"""


def drained(terminal, silence):
    """Reads what the program draws until it is silent for so long."""
    while select.select([terminal], [], [], silence)[0]:
        try:
            os.read(terminal, 65536)
        except OSError:
            return


def run(arguments, keys, folder):
    """Runs the program under callgrind, and gives the files of its start and of its keys, and where it lay in memory."""
    noted = folder / "noted"
    command = ["valgrind", "--quiet", "--tool=callgrind", "--dump-instr=yes", f"--callgrind-out-file={noted}"]
    process, terminal = pty.fork()
    if process == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        home = {"HOME": str(folder), "AMPARO_HOME": str(folder), "TMPDIR": str(folder)}
        environment = {"TERM": "xterm-256color", "LANG": "en_US.UTF-8", "PATH": os.environ["PATH"], **home}
        os.execvpe(command[0], [*command, str(PROGRAM), *arguments], environment)
    try:
        # It is silent too while it is translated; a first frame takes some seconds.
        drained(terminal, 8.0)
        dump(process, folder)
        maps = pathlib.Path(f"/proc/{process}/maps").read_text().splitlines()
        base = min(int(line.split("-")[0], 16) for line in maps if line.endswith(f" {PROGRAM}"))
        for key in keys:
            os.write(terminal, key)
            drained(terminal, 1.5)
        dump(process, folder)
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)
    return [noted.with_name(f"noted.{part}") for part in (1, 2)], base


def dump(process, folder):
    """Has callgrind write what ran since the last time."""
    environment = {**os.environ, "TMPDIR": str(folder)}
    subprocess.run(["callgrind_control", "-d", str(process)], check=True, capture_output=True, env=environment)
    time.sleep(1)


def addresses(noted, base):
    """The addresses of the program's own instructions in a file of callgrind's, which knows no file for those that a
    linker's script has put beside the others."""
    ran, files, current, at = set(), {}, "", 0
    for line in noted.read_text().splitlines():
        if found := re.match(r"(c?)ob=\((\d+)\)(?: (.*))?", line):
            if found[3]:
                files[found[2]] = found[3]
            if not found[1]:
                current = files.get(found[2], "")
        elif found := re.match(r"(0x[0-9a-f]+|[+-]\d+|\*) ", line):
            step = found[1]
            at = int(step, 16) if step[0] == "0" else at if step == "*" else at + int(step)
            if current == str(PROGRAM):
                ran.add(at)
            elif current == "???":
                ran.add(at - base)
    return ran


def functions():
    """The program's functions in order: where each begins and ends, and its name."""
    command = ["nm", "--print-size", "--numeric-sort", "--defined-only", str(PROGRAM)]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    parts = [line.split(" ") for line in lines]
    return [(int(p[0], 16), int(p[0], 16) + int(p[1], 16), p[3]) for p in parts if len(p) == 4 and p[2] in "tTwW"]


def pattern(name):
    """A name without what depends on the compiler: hashes of crates, and places in the name itself."""
    name = re.sub(r"\.llvm\.\d+$", "", name)
    name = re.sub(r"Cs[0-9A-Za-z]+_", "Cs*_", name)
    return re.sub(r"B[0-9a-zA-Z]*_", "B*_", name) + "*"


def main():
    known = functions()
    starts = [start for start, _, _ in known]
    names = {}
    for start, _, name in known:
        names.setdefault(start, []).append(name)
    at_start, at_key = set(), set()
    for arguments, keys in RUNS:
        folder = pathlib.Path(tempfile.mkdtemp())
        try:
            parts, base = run(arguments, keys, folder)
            for noted, kept in zip(parts, (at_start, at_key)):
                for address in addresses(noted, base):
                    place = bisect.bisect_right(starts, address) - 1
                    if place >= 0 and address < known[place][1]:
                        kept.add(place)
        finally:
            shutil.rmtree(folder)
    written, patterns = 0, []
    for place in [*sorted(at_key), *sorted(at_start - at_key)]:
        start, end, _ = known[place]
        written += end - start
        # Equal functions are one with several names, and the linker knows it by one of them.
        patterns += [pattern(name) for name in names[start] if name.startswith("_R")]
    # Of functions that are equal the compiler keeps one, not always the same: what was noted before stays.
    script = HERE / "together.ld"
    before = re.findall(r"\*\(\.text\.(\S+) ", script.read_text()) if script.exists() else []
    unseen, families = ([f"_R*{family}*" for family in some] for some in (UNSEEN, FAMILIES))
    noted = [*patterns, *unseen, *before]
    patterns = [*dict.fromkeys(name for name in noted if name not in families), *families]
    sections = "".join(f"        *(.text.{name} .text.unlikely.{name})\n" for name in patterns)
    whole = HEAD + "SECTIONS\n{\n    .text.together :\n    {\n" + sections + "    }\n}\nINSERT BEFORE .text;\n"
    script.write_text(whole)
    print(f"{len(patterns)} names, {written} bytes, {len(at_key)} functions at a key")


if __name__ == "__main__":
    main()
