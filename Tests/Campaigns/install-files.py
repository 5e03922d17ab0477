#!/usr/bin/env python3
"""`make install` into a scratch folder: every file is there and in order, and goes again.

usage: install-files.py [--binary FILE]
"""

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

from installation import REPOSITORY, Installation, find_binary, scratch_folder
from shells import Shells, check_completion

PREFIX = "/opt/essai"
UNITS = "lib/systemd/system"
PAGES = {"man1/jalon.1": "jalon", "man5/jalon.json.5": "jalon.json",
         "man5/jalon-report.5": "jalon-report"}


class Report:
    """What was found wrong."""

    def __init__(self):
        self.faults = []
        self.checks = 0

    def expect(self, truth, fault):
        """Notes a fault unless something is true."""
        self.checks += 1
        if not truth:
            self.faults.append(fault)


def make(target, root, binary):
    """Runs a target of the Makefile, as somebody whose own files nobody else may read."""
    subprocess.run(["make", "--no-print-directory", target, f"DESTDIR={root}", f"prefix={PREFIX}",
                    f"BINARY={binary}"], cwd=REPOSITORY, check=True, timeout=120, umask=0o077)


def files(folder):
    """The files under a folder, by their relative names."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def expected():
    """What has to be there under the prefix, as the repository's folders tell."""
    names = {"bin/jalon", "share/bash-completion/completions/jalon",
             "share/zsh/site-functions/_jalon", "share/fish/vendor_completions.d/jalon.fish",
             "share/doc/jalon/README.md"}
    names |= {f"share/man/{page}" for page in PAGES}
    names |= {f"{UNITS}/{path.name}" for path in (REPOSITORY / "systemd").iterdir()}
    names |= {f"share/doc/jalon/docs/{path.name}" for path in (REPOSITORY / "docs").glob("*.md")}
    config = REPOSITORY / "config"
    for name in files(config):
        kind = name.split("/")[0]
        if kind in ("sysusers.d", "tmpfiles.d"):
            names.add(f"lib/{name}")
        elif kind not in ("installed", "samples"):
            names.add(f"share/doc/jalon/examples/{name}")
    return names


def check_files(root, report):
    """Every file is there, with its mode, and no other."""
    here = root / PREFIX[1:]
    found, wanted = files(here), expected()
    report.expect(len(wanted) > 40, f"only {len(wanted)} files are expected")
    report.expect(found == wanted, f"missing {wanted - found}, not expected {found - wanted}")
    report.expect(files(root) == {f"{PREFIX[1:]}/{name}" for name in found}
                  | {"etc/jalon/jalon.json"}, "there are files elsewhere")
    for path in [*root.rglob("*")]:
        mode = path.stat().st_mode & 0o7777
        right = 0o755 if path.is_dir() or path == here / "bin/jalon" else 0o644
        report.expect(mode == right, f"{path} has mode {mode:o}")
    for folder in ("programmes", "projects"):
        report.expect((root / "etc/jalon/portfolio" / folder).is_dir(), f"no folder {folder}")


def check_paths(root, report):
    """What starts Jalon names the binary that is installed."""
    here = root / PREFIX[1:]
    examples = here / "share/doc/jalon/examples"
    starters = [*(here / UNITS).glob("*.service"), *(examples / "cron.d").glob("*")]
    report.expect(len(starters) > 2, "no units")
    for path in starters:
        text = path.read_text()
        report.expect("/usr/bin/jalon" not in text, f"{path.name} names another binary")
        report.expect(f"{PREFIX}/bin/jalon" in text, f"{path.name} does not name the binary")


def check_version(root, report):
    """The program, its manual and the package's changelog say the same version."""
    said = subprocess.run([root / PREFIX[1:] / "bin/jalon", "--version"], capture_output=True,
                          text=True, check=True, timeout=20).stdout.split()[1]
    changelog = (REPOSITORY / "debian/changelog").read_text()
    packaged = re.match(r"jalon \(([^)]+)\)", changelog)[1]
    report.expect(said == packaged, f"the program says {said}, debian/changelog {packaged}")
    page = root / PREFIX[1:] / "share/man/man1/jalon.1"
    report.expect(f"jalon {said}" in page.read_text(), "the manual has another version")


def check_manual(root, report):
    """Each page is found by its name, renders without a warning, and is known to apropos."""
    manual = root / PREFIX[1:] / "share/man"
    for page, name in PAGES.items():
        shown = subprocess.run(["man", "--warnings", "-M", manual, page[3], name],
                               capture_output=True, text=True, timeout=60,
                               env={"LC_ALL": "C.UTF-8", "MANWIDTH": "80", "PATH": "/usr/bin:/bin"})
        report.expect(shown.returncode == 0 and not shown.stderr, f"man {name}: {shown.stderr}")
        report.expect("SEE ALSO" in shown.stdout, f"man {name} shows {len(shown.stdout)} bytes")
        known = subprocess.run(["lexgrog", manual / page], capture_output=True, text=True,
                               timeout=20)
        report.expect(known.returncode == 0 and f"{name} - " in known.stdout,
                      f"lexgrog {page}: {known.stdout}")


def check_configuration(root, binary, report):
    """The configuration decodes, also with every remark in it made to count."""
    text = (root / "etc/jalon/jalon.json").read_text()
    folder = root.parent / "configuration"
    for name in ("programmes", "projects"):
        (folder / "portfolio" / name).mkdir(parents=True)
    for path in ("/var/lib/jalon", "/etc/jalon/portfolio", "/srv/jalon"):
        report.expect(f'"{path}"' in text, f"jalon.json does not name {path}")
    text = text.replace('"/etc/jalon/portfolio"', '"./portfolio"')
    told = re.sub(r"^( *)// (?=[ \"}])", r"\1", text, flags=re.M)
    report.expect(told.count('"secondPerson": true') == 1 and told != text, "no examples in it")
    for configuration in (text, told):
        (folder / "jalon.json").write_text(configuration)
        done = subprocess.run([binary, "--config", folder / "jalon.json", "check"],
                              capture_output=True, text=True, timeout=20)
        report.expect(done.returncode == 0, f"jalon.json: {done.stderr}")


def check_completions(root, binary, report):
    """bash, zsh and fish offer commands, options and ids."""
    scratch = root.parent
    (scratch / "jalon").mkdir()
    installation = Installation(scratch / "jalon", binary).create(["ESSAI-01", "ESSAI-02"])
    installation.adopt()
    share = root / PREFIX[1:] / "share"
    path = f"{root / PREFIX[1:] / 'bin'}:/usr/bin:/bin"
    shells = Shells(scratch, environment={"PATH": path})
    offers = {
        "bash": lambda line: shells.bash(line, str(share / "bash-completion/completions/jalon")),
        "zsh": lambda line: shells.zsh(line, share / "zsh/site-functions"),
        "fish": lambda line: shells.fish(line, share / "fish/vendor_completions.d/jalon.fish"),
    }
    for name, offer in offers.items():
        missing = check_completion(offer, str(installation.folder / "jalon.json"),
                                   {"ESSAI-01", "ESSAI-02"}, {"ESSAI"})
        report.expect(not missing, f"{name}: " + "; ".join(missing))


def check_again(root, binary, report):
    """A second installation keeps the configuration; uninstalling leaves it, and nothing else."""
    configuration = root / "etc/jalon/jalon.json"
    configuration.write_text("{}")
    make("install-files", root, binary)
    report.expect(configuration.read_text() == "{}", "the configuration was overwritten")
    make("uninstall", root, binary)
    report.expect(files(root) == {"etc/jalon/jalon.json"}, f"uninstall leaves {files(root)}")


def main():
    """Installs, looks, uninstalls."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", help="the jalon to install (default: the one built last)")
    binary = find_binary(parser.parse_args().binary)
    scratch = scratch_folder()
    report = Report()
    try:
        root = scratch / "root"
        root.mkdir()
        make("install-files", root, binary)
        check_files(root, report)
        check_paths(root, report)
        check_version(root, report)
        check_manual(root, report)
        check_configuration(root, binary, report)
        check_completions(root, binary, report)
        check_again(root, binary, report)
    finally:
        shutil.rmtree(scratch)
    for fault in report.faults:
        print(f"install: {fault}", file=sys.stderr)
    print(f"install: {report.checks} checks, {len(report.faults)} faults")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
