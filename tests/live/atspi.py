"""An AT-SPI client, as a screen reader is one: reads the tree of a running window, and presses what has a name.

atspi.py PID tree          prints one line a node: role, name, and `focusable` where it is
atspi.py PID press NAME    presses the button of that name
Waits up to 20 s for the window, or for the button.
"""

import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402


def nodes(node):
    yield node
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield from nodes(child)


def window(pid):
    desktop = Atspi.get_desktop(0)
    for index in range(desktop.get_child_count()):
        app = desktop.get_child_at_index(index)
        if app is not None and app.get_process_id() == pid and app.get_child_count():
            return app
    return None


def tree(app):
    lines = []
    for node in nodes(app):
        focusable = node.get_state_set().contains(Atspi.StateType.FOCUSABLE)
        name = " ".join((node.get_name() or "").split())
        line = [node.get_role_name(), name] + ["focusable"] * focusable
        lines.append("\t".join(line))
    return lines if len(lines) > 3 else None


def press(app, name):
    for node in nodes(app):
        if node.get_name() == name and node.get_n_actions():
            return [f"pressed {name}"] if node.do_action(0) else None
    return None


def main():
    pid, what, rest = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            app = window(pid)
            lines = app and (tree(app) if what == "tree" else press(app, rest[0]))
        except gi.repository.GLib.Error:
            lines = None  # the tree changed under our hands
        if lines:
            print("\n".join(lines))
            return 0
        time.sleep(0.2)
    print("not found", file=sys.stderr)
    return 1


sys.exit(main())
