#!/usr/bin/env python3
"""Runs a program on a terminal of its own, presses Ctrl-C once it says 'ready' and again until it has ended.

usage: press_keys.py PROGRAM [ARGUMENT...]        prints what it printed, and how it ended

Ends with exit code 1 when the first Ctrl-C ended it, or when none did in five minutes.
"""
import os, pty, select, sys, time

process, terminal = pty.fork()
if process == 0:
    os.execv(sys.argv[1], sys.argv[1:])

output = b""
end = time.monotonic() + 300


def look(seconds):
    """Reads what comes in this time; false when the terminal has no user any more."""
    global output
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if select.select([terminal], [], [], 0.05)[0]:
            try:
                piece = os.read(terminal, 65536)
            except OSError:
                piece = b""
            if not piece:
                return False
            output += piece
    return True


while b"ready" not in output and time.monotonic() < end and look(0.1):
    pass
os.write(terminal, b"\x03")
lasts = look(1)
while look(0.5) and time.monotonic() < end:
    os.write(terminal, b"\x03")
sys.stdout.write(output.decode(errors="replace"))
if time.monotonic() >= end:
    os.kill(process, 9)
status = os.waitpid(process, 0)[1]
print("ended by signal %d" % os.WTERMSIG(status) if os.WIFSIGNALED(status) else "ended with exit code %d" % os.WEXITSTATUS(status))
sys.exit(0 if lasts and time.monotonic() < end else 1)
