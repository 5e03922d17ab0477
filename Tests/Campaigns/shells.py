"""What bash, zsh and fish offer for a line, as somebody at the keyboard would be offered it."""

import os
import pty
import select
import subprocess
import time
from pathlib import Path

SECONDS = 30

BASH = r"""
source "$1"; shift
_completion_loader jalon 2>/dev/null
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
"$(complete -p jalon | sed -E 's/.*-F ([^ ]+).*/\1/')" jalon "${COMP_WORDS[COMP_CWORD]}" ''
printf '%s\n' "${COMPREPLY[@]}"
"""

# The builtin that takes what is offered also writes it down; ^X ends.
ZSH = r"""
PROMPT='READY> '
unsetopt beep
fpath=(@FOLDER@ $fpath)
autoload -Uz compinit
compinit -u -d @HOME@/functions
compadd() {
  if [[ ${@[1,(i)(-|--)]} != *-(O|A|D)\ * ]]; then
    local -a offered
    builtin compadd -A offered "$@"
    print -rl -- $offered >> @OUTPUT@
  fi
  builtin compadd "$@"
}
leave() { print -r -- END >> @OUTPUT@; exit }
zle -N leave
bindkey '^X' leave
"""


class Shells:
    """The shells of this machine, or of a root with `chroot ROOT` before each command."""

    def __init__(self, scratch, before=(), root="/", environment=None):
        self.scratch = Path(scratch)
        self.before = list(before)
        self.root = Path(root)
        self.environment = {**os.environ, "LC_ALL": "C.UTF-8", "TERM": "dumb",
                            **(environment or {})}

    def _inside(self, path):
        """A path of the scratch folder as the shell sees it."""
        return "/" + str(Path(path).relative_to(self.root))

    def bash(self, line, script):
        """What bash offers for the last word, once it has read a script."""
        words = line.split(" ")
        done = subprocess.run([*self.before, "bash", "-c", BASH, "bash", script, *words],
                              capture_output=True, text=True, timeout=SECONDS,
                              env=self.environment, stdin=subprocess.DEVNULL)
        if done.returncode != 0 or done.stderr:
            raise AssertionError(f"bash: {done.stderr}")
        return set(done.stdout.split())

    def fish(self, line, script=None):
        """What fish offers, once it has read a script, or by itself."""
        # Without its configuration fish does not look for completions, either.
        start = ["--no-config", "-C", f"source {script}"] if script else []
        done = subprocess.run(
            [*self.before, "fish", *start, "-c", f"complete -C '{line}'"],
            capture_output=True, text=True, timeout=SECONDS, stdin=subprocess.DEVNULL,
            env={**self.environment, "HOME": self._inside(self.scratch)})
        if done.returncode != 0 or done.stderr:
            raise AssertionError(f"fish: {done.stderr}")
        return {row.split("\t")[0] for row in done.stdout.splitlines()}

    def zsh(self, line, folder=""):
        """What zsh offers at the press of Tab, with a folder of functions or its own."""
        home = self.scratch / "zsh"
        home.mkdir(exist_ok=True)
        output = home / "offered"
        output.write_text("")
        setup = ZSH.replace("@FOLDER@", str(folder)).replace("@OUTPUT@", self._inside(output))
        setup = setup.replace("@HOME@", self._inside(home))
        (home / ".zshrc").write_text(setup)
        child, terminal = pty.fork()
        if child == 0:
            os.execvpe([*self.before, "zsh"][0], [*self.before, "zsh", "-d", "-i"],
                       {**self.environment, "ZDOTDIR": self._inside(home)})
        try:
            self._read(terminal, b"READY> ")
            os.write(terminal, line.encode() + b"\t\x18")
            self._read(terminal, None)
        finally:
            os.close(terminal)
            os.waitpid(child, 0)
        offered = output.read_text().split("\n")
        if "END" not in offered:
            raise AssertionError("zsh did not come to its end")
        return {word.strip() for word in offered} - {"", "END"}

    @staticmethod
    def _read(terminal, until):
        """Reads what the terminal shows, until a text or its end."""
        seen, deadline = b"", time.monotonic() + SECONDS
        while until is None or until not in seen:
            if not select.select([terminal], [], [], max(0, deadline - time.monotonic()))[0]:
                raise AssertionError(f"zsh said nothing more after {seen[-200:]!r}")
            try:
                piece = os.read(terminal, 4096)
            except OSError:
                piece = b""
            if not piece:
                if until is None:
                    return
                raise AssertionError(f"zsh ended: {seen[-400:]!r}")
            seen += piece


def check_completion(offers, configuration, projects, programmes):
    """Holds what a shell offers, a function of the line, against what Jalon has.

    `configuration` goes before the command, or is empty where the machine's own has the projects.
    """
    jalon = f"jalon{' --config ' + configuration if configuration else ''} "
    missing = []

    def expect(line, some, none=()):
        offered = offers(line)
        for word in sorted(set(some) - offered)[:2]:
            missing.append(f"{line!r} does not offer {word}")
        for word in sorted(set(none) & offered)[:2]:
            missing.append(f"{line!r} offers {word}")

    expect(jalon, {"serve", "adopt", "evaluate", "verify", "help"}, {"--as-of", *projects})
    expect(jalon + "e", {"evaluate", "explain", "expunge"}, {"adopt"})
    expect(jalon + "evaluate --", {"--as-of", "--json", "--exit-code"}, {"--no-mail"})
    expect(jalon + "status ", {*projects, *programmes})
    expect(jalon + "explain ", projects, programmes)
    expect(jalon + "evaluate --json --project ", projects, programmes)
    expect(jalon + "silence --programme ", programmes, projects)
    expect(jalon + "silence --kind gate-", {"gate-withhold", "gate-at-risk"}, {"due-soon"})
    expect(jalon + "explain X P1 --format ", {"text", "json", "markdown"})
    expect(jalon + "export --format ", {"prom"})
    expect(jalon + "team ", {"add", "check"}, projects)
    expect(jalon + "team add ", projects, programmes)
    expect(jalon + "decide --by X P P1 ", {"release", "withhold"}, projects)
    expect(jalon + "help ", {"adopt", "serve"})
    expect(jalon + "help --completion ", {"bash", "zsh", "fish"})
    return missing
