"""What was tried at the doors, and what came of it."""


class Book:
    """Counts expectations; prints them as a table."""

    def __init__(self):
        self.chapters = []

    def chapter(self, title):
        """What follows belongs together."""
        self.chapters.append((title, []))

    def expect(self, what, found, wanted):
        """An expectation: `found` has to be `wanted`, or any of them where `wanted` is an `AnyOf`."""
        is_right = found == wanted
        self.chapters[-1][1].append((what, is_right, found))
        if not is_right:
            print(f"WRONG  {what}: {found!r}, not {wanted!r}", flush=True)

    def close(self):
        """Prints the table; gives the exit status."""
        count = wrong = 0
        for title, lines in self.chapters:
            print(f"\n{title}")
            for what, is_right, found in lines:
                print(f"  {'ok   ' if is_right else 'WRONG'}  {what}"
                      + ("" if is_right else f"  ({found!r})"))
                count, wrong = count + 1, wrong + (not is_right)
        print(f"\n{count} expectations, {wrong} wrong", flush=True)
        return 1 if wrong or not count else 0


class AnyOf:
    """Equal to each of these."""

    def __init__(self, *values):
        self.values = values

    def __eq__(self, other):
        return other in self.values

    def __repr__(self):
        return " or ".join(map(repr, self.values))
