"""The tries of `real-doors.py`: what has to work, and what must not."""

import json
import os
import subprocess

import door_attributes
import door_storm
import sftp_client
from door_book import AnyOf
from door_stage import DOORS, FIRST_ACCOUNT, IMPATIENT, LAST_ACCOUNT, PATIENT, run
from door_visitor import Visitor, anonymous_curl, curl_command, sidecar
from installation import Installation, report, wait_until

FIRST, SECOND, WEB = "SNAP3-017", "CAMPUS-002", "ITN1-003"
SECOND_ACCOUNT, OFFICER = "campus2", "c.roux"
AS_JALON = ("setpriv", "--reuid", "jalon", "--regid", "jalon", "--init-groups")


def run_all(stage, book, uploads, seed):
    """Everything, in order."""
    first, second, web, officer = open_doors(stage, book)
    stage.start_servers()
    stage.start_daemon()
    people = Tries(stage, book, first, second, web, officer)
    people.push_by_sftp()
    door_attributes.push_with_times(people)
    door_attributes.push_as_winscp(people)
    people.push_by_https()
    people.decide()
    people.cut_uploads()
    people.trespass_by_sftp()
    people.try_passwords()
    people.trespass_by_ssh()
    people.trespass_by_https()
    people.unreadable_file()
    if uploads:
        door_storm.run_storm(people, uploads, seed)
    people.press_by_https()
    people.look_around()
    people.find_faults()
    people.stay_alone()


def open_doors(stage, book):
    """The doors, as an administrator makes them: one by the printed script, one by `--make`."""
    stage.set_up([FIRST, SECOND, WEB], PATIENT)
    jalon = stage.installation
    book.chapter("Doors are made")
    jalon.command("adopt", "--by", "Campagne", "--reason", "essai", before=AS_JALON)
    script = jalon.command("team", "add", FIRST).stdout
    run("sh", "-eu", "-c", script)
    second = ("team", "add", "--make", "--account", SECOND_ACCOUNT, SECOND)
    refused = jalon.command(*second, expected=(1,)).stderr
    useradd = refused.splitlines()[-1].strip()
    book.expect("--make without the account: refused, with the command", useradd[:7], "useradd")
    run("sh", "-eu", "-c", useradd)
    jalon.command(*second, before=("sh", "-c", 'umask 077; exec "$@"', "-"))
    jalon.command("team", "add", "--make", "--web", WEB)
    script = jalon.command("team", "add", "--officer", OFFICER).stdout
    run("sh", "-eu", "-c", script)
    officer = Visitor(stage, f".decisions/{OFFICER}", account=OFFICER)
    for project, owner in ((FIRST, FIRST), (SECOND, SECOND_ACCOUNT), (WEB, "jalon"),
                           (officer.project, OFFICER)):
        found = [describe(DOORS / project / part) for part in ("", "depot", "recepisses")]
        book.expect(f"{project}: owners and modes", found, [
            "root:root 755", f"{owner}:jalon-doors 2770", "jalon:jalon-doors 755"])
    check = jalon.command("team", "check", expected=(0, 1))
    book.expect("team check finds nothing", check.stdout.strip(), "4 portes, tout est en ordre.")
    visitors = (Visitor(stage, FIRST, password="clé-du-premier"),
                Visitor(stage, SECOND, SECOND_ACCOUNT, "sésame"), Visitor(stage, WEB, password="ouvre"))
    stage.install_snippets()
    for visitor in visitors:
        stage.set_password(visitor.project, visitor.password)
    for visitor in (*visitors[:2], officer):
        stage.make_key(visitor.account)
    return (*visitors, officer)


def describe(path):
    """Owner, group and permissions."""
    return run("stat", "-c", "%U:%G %a", path).strip()


class Tries:
    """Two teams by SFTP, one by HTTPS alone, and an officer."""

    def __init__(self, stage, book, first, second, web, officer):
        self.stage, self.book = stage, book
        self.first, self.second, self.web, self.officer = first, second, web, officer
        self.value = 100
        # Receipts that there have to be in the end, by project.
        self.answered = {FIRST: set(), SECOND: set(), WEB: set(), officer.project: set()}

    def fresh(self, size=0):
        """A good report that differs from all before; a large one by its comment."""
        self.value += 1
        quarters = [(f"2021-Q{quarter}", "depenses", self.value * quarter)
                    for quarter in range(1, 5)]
        return report(*quarters, ("2021-Q1", "agents", self.value, "", "", "x" * size))

    def answer(self, visitor, name, by_https=False):
        """Waits for a receipt, and reads it through the door."""
        self.answered[visitor.project].add(name)
        path = DOORS / visitor.project / "recepisses" / f"{name}.receipt.json"
        wait_until(path.exists)
        read = visitor.receipt_by_https if by_https else visitor.receipt_by_sftp
        return read(name)

    def expect_accepted(self, what, visitor, name, by_https=False):
        """A file's receipt, read through the same door."""
        self.book.expect(what, self.answer(visitor, name, by_https), "accepted")

    # MARK: What has to work

    def push_by_sftp(self):
        """`sftp` and `scp`, as OpenSSH has them."""
        self.book.chapter("sftp and scp")
        for visitor in (self.first, self.second):
            visitor.write("a.csv", self.fresh())
            done = visitor.sftp("put a.csv")
            self.book.expect(f"{visitor.project}: put", done.returncode, 0)
            self.expect_accepted(f"{visitor.project}: its receipt", visitor, "a.csv")
        team = self.first
        team.write("c.csv", self.fresh())
        done = team.sftp("put c.csv c.csv.part", "rename c.csv.part c.csv")
        self.book.expect("put, then rename", done.returncode, 0)
        self.expect_accepted("put, then rename: accepted", team, "c.csv")
        done = team.scp(team.write("d.csv", self.fresh()), "/depot/")
        self.book.expect("scp", done.returncode, 0)
        self.expect_accepted("scp: accepted", team, "d.csv")
        data = self.fresh()
        team.write("e.csv", data)
        team.write("e.csv.sha256", sidecar("e.csv", data))
        self.book.expect("with a sidecar",
                         team.sftp("put e.csv.sha256", "put e.csv").returncode, 0)
        self.expect_accepted("with a sidecar: accepted", team, "e.csv")
        listing = team.sftp("cd /recepisses", "ls -1").stdout
        self.book.expect("receipts are listed", "a.csv.receipt.txt" in listing, True)

    def push_by_https(self):
        """`curl -T`."""
        self.book.chapter("curl")
        for visitor in (self.first, self.web):
            status = visitor.put("h.csv", self.fresh())
            self.book.expect(f"{visitor.project}: PUT", status, 201)
            self.expect_accepted(f"{visitor.project}: its receipt", visitor, "h.csv", by_https=True)
        team = self.first
        with_date = ("-H", "Date: Sun, 06 Nov 1994 08:49:37 GMT")
        status, _ = team.curl("/depot/i.csv", "-T", str(team.write("put", self.fresh())), *with_date)
        self.book.expect("PUT with a date", status, 201)
        self.expect_accepted("PUT with a date: accepted", team, "i.csv", by_https=True)
        chunked = ("-H", "Transfer-Encoding: chunked")
        status, _ = team.curl("/depot/j.csv", "-T", str(team.write("put", self.fresh())), *chunked)
        self.book.expect("PUT in chunks", status, 201)
        self.expect_accepted("PUT in chunks: accepted", team, "j.csv", by_https=True)
        status = team.put("Donn%C3%A9es%20T1.csv", self.fresh())
        self.book.expect("PUT of a name with accent and space", status, 201)
        name = "Données T1.csv"
        self.answered[team.project].add(name)
        wait_until((DOORS / FIRST / "recepisses" / f"{name}.receipt.json").exists)
        status, _ = team.curl("/recepisses/Donn%C3%A9es%20T1.csv.receipt.txt")
        self.book.expect("its receipt", status, 200)
        status, _ = team.curl("/depot/", "-T", str(team.write("k.csv", self.fresh())))
        self.book.expect("PUT into the folder, the name left to curl", status, 201)
        self.expect_accepted("its receipt", team, "k.csv", by_https=True)
        status, text = team.curl("/recepisses.json")
        names = {entry["name"] for entry in json.loads(text)} if status == 200 else set()
        self.book.expect("receipts are listed for programs",
                         {"a.csv.receipt.json", "h.csv.receipt.json"} <= names, True)
        status, text = team.curl("/recepisses/")
        self.book.expect("receipts are listed for people",
                         (status, 'href="h.csv.receipt.txt"' in text), (200, True))
        status, text = team.curl("/recepisses/h.csv.receipt.txt")
        self.book.expect("a receipt is read", (status, "accepté" in text.lower()), (200, True))

    def decide(self):
        """An officer's file, by the officer's own door."""
        self.book.chapter("An officer decides")
        table = "acte;projet;phase;motif\r\nsuspendre;{};P1;pièce manquante\r\n"
        officer = self.officer
        officer.write("actes.csv", table.format(FIRST).encode())
        self.book.expect("put", officer.sftp("put actes.csv").returncode, 0)
        self.expect_accepted("the act is recorded", officer, "actes.csv")
        receipt = DOORS / officer.project / "recepisses/actes.csv.receipt.json"
        acts = json.loads(receipt.read_text())["acts"]
        self.book.expect("it is about that project", [act["project"] for act in acts], [FIRST])
        door_attributes.push_act_as_winscp(self, "actes-2.csv", table.format(SECOND).encode())
        status = self.stage.installation.command("verify", before=AS_JALON).stdout
        self.book.expect("ledger, tables and archive agree", "concorde" in status, True)
        self.first.write("actes.csv", table.format(SECOND).encode())
        self.first.sftp("put actes.csv")
        self.book.expect("a team's file of acts is no decision",
                         self.answer(self.first, "actes.csv"), "rejected")
        for what, line in (("a team's depot", f"put actes.csv /../../{FIRST}/depot/x.csv"),
                           ("into the receipts", "put actes.csv /recepisses/x.csv"),
                           ("another officer's door", "mkdir /../x")):
            self.book.expect(f"the officer: {what}", officer.sftp(line).returncode, 1)
        team = self.second
        team.write("actes.csv", table.format(SECOND).encode())
        self.book.expect("a team: into the officers' doors", team.sftp(
            f"put actes.csv /../.decisions/{OFFICER}/depot/x.csv").returncode, 1)
        stranger = Visitor(self.stage, officer.project, account=OFFICER)
        stranger.key = team.key
        self.book.expect("a team's key", stranger.sftp("ls").returncode, 255)
        name = officer.project
        self.stage.set_password(name, "officier")
        self.book.expect("by HTTPS there is no officer's door", team.put(
            "x.csv", b"x", user=name, password="officier"), 500)

    # MARK: Cut uploads

    def cut_uploads(self):
        """Clients killed halfway."""
        self.book.chapter("Clients killed halfway")
        self._cut_sftp()
        self._cut_with_sidecar()
        self._cut_curl()

    def _cut_sftp(self):
        team, depot = self.first, DOORS / FIRST / "depot"
        data = self.fresh(900_000)
        team.write("big.csv", data)
        client = team.start_sftp("-l", "4000")
        client.stdin.write(b"put big.csv\n")
        client.stdin.flush()
        arriving = depot / "big.csv"
        wait_until(lambda: arriving.exists() and arriving.stat().st_size > len(data) // 4)
        client.kill()
        client.wait()
        client.stdin.close()
        self._quiet(arriving)
        kept = arriving.read_bytes() if arriving.exists() else b""
        self.book.expect("a killed sftp leaves a part", 0 < len(kept) < len(data), True)
        # Another file goes all the way meanwhile: the daemon has had every occasion.
        team.write("after.csv", self.fresh())
        team.sftp("put after.csv")
        self.expect_accepted("another file is accepted meanwhile", team, "after.csv")
        self.book.expect("the part is not taken",
                         (arriving.exists(), team.receipt_by_sftp("big.csv")), (True, None))
        team.sftp("reput big.csv")
        self.expect_accepted("resumed by reput: accepted whole", team, "big.csv")
        rows = json.loads((DOORS / FIRST / "recepisses/big.csv.receipt.json").read_text())["bytes"]
        self.book.expect("all its bytes", rows, len(data))

    @staticmethod
    def _quiet(file):
        """Waits until a killed client's server has closed the file."""
        last = [-1, 0]

        def is_still():
            size = file.stat().st_size if file.exists() else 0
            last[1] = last[1] + 1 if size == last[0] else 0
            last[0] = size
            return last[1] > 20
        wait_until(is_still, pause=0.02)

    def _cut_with_sidecar(self):
        """Cut at a line's end, which looks whole: only a sidecar tells."""
        team = self.second
        data = self.fresh()
        part = data[:data.index(b"\r\n", len(data) // 2) + 2]
        session = team.winscp()
        handle = session.open("cut.csv.sha256")
        session.write(handle, sidecar("cut.csv", data))
        session.close_file(handle)
        handle = session.open("cut.csv")
        session.write(handle, part)
        session.kill()
        self._quiet(DOORS / SECOND / "depot/cut.csv")
        self.stage.reconfigure(IMPATIENT)
        self.book.expect("cut at a line's end, with a sidecar: refused",
                         self.answer(team, "cut.csv"), "rejected")
        self.stage.reconfigure(PATIENT)

    def _cut_curl(self):
        team = self.web
        file = team.write("slow.csv", self.fresh(900_000))
        command = curl_command("/depot/slow.csv", "-u", f"{team.project}:{team.password}",
                               "--limit-rate", "300k", "-T", str(file))
        client = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        staging = DOORS / ".incoming"
        arrived = wait_until(lambda: any(staging.iterdir()))
        client.kill()
        client.wait()
        self.book.expect("a killed curl was on its way", arrived, True)
        wait_until(lambda: not any(staging.iterdir()))
        self.book.expect("nothing of it is left",
                         (list(staging.iterdir()), list((DOORS / WEB / "depot").iterdir())),
                         ([], []))

    # MARK: What must not work

    def trespass_by_sftp(self):
        """Beyond the door, and beyond what an upload needs."""
        self.book.chapter("Trespassing by SFTP")
        team = self.second
        team.write("evil.csv", self.fresh())
        for what, line in (
                ("the other's receipts, read", f"get ../../{FIRST}/recepisses/a.csv.receipt.json x"),
                ("the other's depot, by its path", f"put evil.csv {DOORS}/{FIRST}/depot/evil.csv"),
                ("the other's depot, beside its own", f"put evil.csv /../{FIRST}/depot/evil.csv"),
                ("the machine's accounts", "get /etc/passwd x"),
                ("above the door", "ls /../../etc"),
                ("into the receipts", "put evil.csv /recepisses/evil.csv"),
                ("a receipt, removed", "rm /recepisses/a.csv.receipt.json"),
                ("a receipt, renamed", "rename /recepisses/a.csv.receipt.json /depot/x.csv"),
                ("beside the depot", "put evil.csv /evil.csv"),
                ("the depot, renamed", "rename /depot /old"),
                ("the receipts' folder, removed", "rmdir /recepisses"),
                ("the door's permissions", "chmod 777 /"),
                ("the receipts' permissions", "chmod 777 /recepisses"),
                ("a folder in the depot", "mkdir /depot/folder"),
                ("a symbolic link", "ln -s /recepisses /depot/link.csv"),
                ("a hard link", "ln /recepisses/a.csv.receipt.json /depot/link.csv"),
                ("the depot's group", "chgrp 0 /depot")):
            self.book.expect(what, team.sftp(line).returncode, 1)
        self._trespass_by_packets(team)
        for visitor in (team, self.officer):
            door_attributes.trespass(self, visitor)
        stranger = Visitor(self.stage, FIRST, account=FIRST)
        stranger.key = self.second.key
        self.book.expect("the other's account with one's own key",
                         stranger.sftp("ls").returncode, 255)

    def _trespass_by_packets(self, team):
        """What OpenSSH's own client would not even send."""
        session, text = team.winscp(), sftp_client.text
        self.book.expect("extensions that are offered", offered(session.extensions), {
            "posix-rename@openssh.com", "statvfs@openssh.com", "fstatvfs@openssh.com",
            "fsync@openssh.com", "limits@openssh.com"})
        denied = sftp_client.PERMISSION_DENIED
        for what, words in (
                ("SYMLINK", (sftp_client.SYMLINK, text("/etc/passwd"), text("/depot/l.csv"))),
                ("READLINK", (sftp_client.READLINK, text("/depot"))),
                ("MKDIR", (sftp_client.MKDIR, text("/depot/m"), sftp_client.permissions(0o777))),
                ("RMDIR", (sftp_client.RMDIR, text("/recepisses")))):
            self.book.expect(what, session.code(*words), denied)
        for name, parts in (
                ("hardlink@openssh.com", (text("/recepisses/a.csv.receipt.json"), text("/depot/l"))),
                ("lsetstat@openssh.com", (text("/depot"), sftp_client.permissions(0o777))),
                ("copy-data", (text("x"), bytes(24))), ("expand-path@openssh.com", (text("~root"),)),
                ("home-directory", (text("root"),))):
            # 8: there is no such request.
            self.book.expect(name, session.code(
                sftp_client.EXTENDED, text(name), *parts), AnyOf(3, 8))
        session.close()

    def try_passwords(self):
        """Passwords by SFTP: a team's own, a wrong one, and none for officers."""
        self.book.chapter("Passwords by SFTP")
        for account in (SECOND_ACCOUNT, OFFICER):
            run("sh", "-c", f"echo '{account}:juste' | chpasswd")
        for what, account, password, status in (
                ("a team's own", SECOND_ACCOUNT, "juste", 0),
                ("a wrong one", SECOND_ACCOUNT, "faux", 255),
                ("an officer's, who has to have a key", OFFICER, "juste", 255)):
            visitor = Visitor(self.stage, SECOND, account=account)
            self.book.expect(what, visitor.sftp_by_password("ls /", password), status)

    def trespass_by_ssh(self):
        """No shell, no command, no forwarding."""
        self.book.chapter("Trespassing by SSH")
        team = self.second
        done = team.ssh(team.address, "id; cat /etc/passwd")
        self.book.expect("a command", "uid=" in done.stdout or "root:" in done.stdout, False)
        done = team.ssh("-tt", team.address)
        self.book.expect("a terminal", "$" in done.stdout, False)
        self.book.expect("forwarding out", team.ssh("-W", "127.0.0.1:443", team.address).returncode,
                         255)
        for what, words in (("forwarding in", ("-R", "9443:127.0.0.1:443")),
                            ("a tunnel", ("-w", "0:0"))):
            done = team.ssh("-N", "-o", "ExitOnForwardFailure=yes", *words, team.address)
            self.book.expect(what, done.returncode, 255)
        legacy = team.scp(team.write("old.csv", b"x"), "/depot/", "-O")
        self.book.expect("scp as it was before OpenSSH 9", legacy.returncode != 0, True)
        done = team.ssh("-o", "ForwardAgent=yes", "-s", team.address, "netconf")
        self.book.expect("another subsystem", "NETCONF" in done.stdout, False)
        stranger = Visitor(self.stage, WEB)
        stranger.key = team.key
        self.book.expect("a project without an account", stranger.sftp("ls").returncode, 255)

    def trespass_by_https(self):
        """No other folder, no other verb, no other name."""
        self.book.chapter("Trespassing by HTTPS")
        team = self.second
        evil = ("-T", str(team.write("evil.csv", self.fresh())))
        self.book.expect("without a name", anonymous_curl("/depot/x.csv", *evil)[0], 401)
        self.book.expect("with a wrong password", team.put("x.csv", b"x", password="faux"), 401)
        self.book.expect("the other's name with one's own password",
                         team.curl("/recepisses/", user=FIRST)[0], 401)
        self.stage.set_password("../" + FIRST, "hors")
        for path in ("/recepisses/a.csv.receipt.json", "/recepisses/"):
            self.book.expect(f"an account that is no project's: {path}",
                             team.curl(path, user="../" + FIRST, password="hors")[0], 404)
        self.book.expect("an account that is no project's: PUT",
                         team.put("x.csv", b"x", user="../" + FIRST, password="hors"), 500)
        for path in ("/depot/.x.csv", "/depot/.jalon-taken-x", "/depot/a%2Fb.csv", "/depot/a/b.csv",
                     "/depot", "/depot/x%0Ay.csv", "/depot/%1B%5B2J.csv",
                     "/depot/" + "x" * 201, "/recepisses/x.csv", f"/{FIRST}/depot/x.csv",
                     f"/depot/../{FIRST}/x.csv", f"/depot/..%2F..%2F{FIRST}%2Fdepot%2Fx.csv",
                     "/depot/..", "/recepisses/x.receipt.json"):
            self.book.expect(f"PUT {path[:48]}", team.curl(path, *evil)[0], AnyOf(400, 403, 405))
        for method in ("DELETE", "MKCOL", "COPY", "MOVE", "PROPFIND", "LOCK", "POST", "PATCH"):
            words = ("-X", method, "-H", "Destination: https://depot.example.gouv.fr/depot/z.csv")
            for path in ("/depot/x.csv", "/recepisses/a.csv.receipt.json", "/depot/folder/",
                         "/recepisses/"):
                self.book.expect(f"{method} {path}", team.curl(path, *words)[0], AnyOf(403, 405))
        for path in ("/depot/x.csv", "/depot/", "/recepisses", "/recepisses/.x.receipt.json",
                     "/recepisses/..%2F..%2Fdepot%2Fx.receipt.json", "/etc/passwd", "/",
                     f"/recepisses/../../{FIRST}/recepisses/a.csv.receipt.json",
                     f"/recepisses/..%2F..%2F{FIRST}%2Frecepisses%2Fa.csv.receipt.json"):
            self.book.expect(f"GET {path[:60]}", team.curl(path)[0], AnyOf(400, 403, 404))
        self.book.expect("GET the listing's inner name",
                         team.curl("/liste-des-recepisses/")[0], AnyOf(400, 403, 404))
        self.book.expect("part of a file", team.curl(
            "/depot/x.csv", "-H", "Content-Range: bytes 0-3/9", *evil)[0], AnyOf(403, 501))
        team.write("large", bytes(21_000_000))
        status, text = team.curl("/depot/large.csv", "-T", "large")
        self.book.expect("too large", (status, "trop grand" in text), (413, True))
        plain = subprocess.run(["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}",
                                "http://127.0.0.1:443/recepisses/"], capture_output=True, text=True)
        self.book.expect("without TLS", plain.stdout, "400")

    def press_by_https(self):
        """Too many requests at once are told to wait, with whatever name."""
        self.book.chapter("Pressing by HTTPS")
        words = ("-o", "/dev/null", "-w", "%{http_code} ", "-u", f"{FIRST}:faux")
        done = subprocess.run(curl_command("/recepisses/x[1-120].receipt.txt", *words),
                              capture_output=True, text=True, timeout=60)
        codes = done.stdout.split()
        self.book.expect("120 guesses: some are told that it is wrong, the others to wait",
                         (len(codes), set(codes)), (120, {"401", "429"}))

    def unreadable_file(self):
        """A file that is private on its owner's machine arrives private: the receipt says so."""
        self.book.chapter("A file that nobody else may read")
        team = self.first
        team.write("private.csv", self.fresh()).chmod(0o600)
        team.sftp("put private.csv")
        self.book.expect("refused, with a receipt", self.answer(team, "private.csv"), "rejected")
        text = (DOORS / FIRST / "recepisses/private.csv.receipt.txt").read_text()
        self.book.expect("which says what to do", "chmod 644" in text, True)
        team.desk.joinpath("private.csv").chmod(0o644)
        team.sftp("put private.csv")
        path = DOORS / FIRST / "recepisses/private.csv.receipt.json"
        wait_until(lambda: json.loads(path.read_text())["status"] == "accepted")
        self.expect_accepted("sent again readable: accepted", team, "private.csv")

    # MARK: What is left

    def look_around(self):
        """The doors hold what they should, and nothing is anywhere else."""
        self.book.chapter("What is left")
        for project, names in self.answered.items():
            wanted = {name + end for name in names for end in (".receipt.json", ".receipt.txt")}
            self.book.expect(f"{project}: receipts of what was sent, and no other",
                             names_in(DOORS / project / "recepisses") ^ wanted, set())
            aside = [name for name in names_in(DOORS / project / "depot")
                     if not name.startswith(".refused-")]
            self.book.expect(f"{project}: its depot is empty", aside, [])
            self.book.expect(f"{project}: its door has two folders", names_in(DOORS / project),
                             {"depot", "recepisses"})
            found = [describe(DOORS / project / part) for part in ("", "recepisses")]
            self.book.expect(f"{project}: owners and modes as before", found,
                             ["root:root 755", "jalon:jalon-doors 755"])
        self.book.expect("no other door", names_in(DOORS), {FIRST, SECOND, WEB, ".incoming",
                                                             ".decisions"})
        places = ["/tmp", "/var/tmp", "/dev/shm", "/run", "/home", "/root", "/var/lib/nginx"]
        strays = subprocess.run(
            ["find", *filter(os.path.exists, places), "-xdev", "-maxdepth", "4", "-uid", f"+{FIRST_ACCOUNT - 1}",
             "-uid", f"-{LAST_ACCOUNT + 1}"], capture_output=True, text=True).stdout
        self.book.expect("nothing of a team's anywhere else", strays, "")
        self.book.expect("no word of the daemon about errors",
                         b"<3>" in self.stage.installation.log_since(0), False)
        status = self.stage.installation.command("status", "--json", before=AS_JALON).stdout
        self.book.expect("the daemon's work is in the notebook", FIRST in status, True)

    def find_faults(self):
        """`team check` names what is spoilt, and its commands mend it."""
        self.book.chapter("team check")
        depot, receipts = DOORS / FIRST / "depot", DOORS / FIRST / "recepisses"
        spoil = [
            ("mode", lambda: depot.chmod(0o755)), ("owner", lambda: os.chown(depot, 0, -1)),
            ("group", lambda: os.chown(depot, -1, 0)),
            ("writable", lambda: (DOORS / FIRST).chmod(0o777)),
            ("owner", lambda: os.chown(receipts, 0, -1)),
            ("owner", lambda: os.chown(DOORS / FIRST, FIRST_ACCOUNT, -1)),
            ("account-home", lambda: run("usermod", "-d", "/home/x", FIRST)),
            ("account-group", lambda: run("usermod", "-g", "nogroup", FIRST)),
            ("service-group", lambda: run("gpasswd", "-d", "jalon", "jalon-doors")),
            ("missing", lambda: (DOORS / SECOND / "depot").rmdir()),
            ("unreachable", lambda: DOORS.chmod(0o700)),
            ("file-system", lambda: run("mount", "-t", "tmpfs", "-o", "mode=2770", "x", depot)),
        ]
        for code, break_it in spoil:
            break_it()
            found = self.findings()
            self.book.expect(f"{code} is found", code in {one["code"] for one in found}, True)
            for finding in found:
                subprocess.run(["sh", "-c", finding["mend"]], env={
                    **os.environ, "PATH": f"/run:{os.environ['PATH']}",
                    "JALON_CONFIG": str(self.stage.installation.folder / "jalon.json")},
                    capture_output=True, check=False)
            self.book.expect(f"{code}: mended by its commands", self.findings(), [])
        run("install", "-d", DOORS / "ITN1-999")
        self.book.expect("a door of no adopted project is found",
                         {one["code"] for one in self.findings()} >= {"not-adopted"}, True)

    def stay_alone(self):
        """Jalon for one person, who is not root: the daemon makes the doors, whatever the umask."""
        self.book.chapter("A single user's installation")
        folder = self.stage.folder / "alone"
        folder.mkdir()
        alone = Installation(folder, self.stage.binary).create(["A"])
        alone.write("jalon.json", {"intake": PATIENT})
        run("chown", "-R", "jalon:jalon", folder)
        before = (*AS_JALON, "sh", "-c", 'umask 077; exec "$@"', "-")
        alone.command("adopt", "--by", "Campagne", "--reason", "essai", before=before)
        daemon = alone.start(before)
        try:
            wait_until(lambda: b"ready: " in alone.log_since(0))
            found = [describe(path) for path in (alone.doors / "A", alone.depot("A"),
                                                 alone.receipts("A"))]
            self.book.expect("owners and modes", found, [
                "jalon:jalon 755", "jalon:jalon 2770", "jalon:jalon 755"])
            (alone.depot("A") / "a.csv.part").write_bytes(self.fresh())
            (alone.depot("A") / "a.csv.part").rename(alone.depot("A") / "a.csv")
            answered = wait_until((alone.receipts("A") / "a.csv.receipt.json").exists)
            self.book.expect("a file is answered", answered, True)
        finally:
            alone.stop(daemon)

    def findings(self):
        """What `team check` finds."""
        done = self.stage.installation.command("team", "check", "--json", expected=(0, 1))
        found = json.loads(done.stdout)["findings"]
        assert (done.returncode == 1) == bool(found), "the exit status tells of findings"
        return found


def names_in(folder):
    """The names in a folder."""
    return set(os.listdir(folder))


def offered(extensions):
    """The names among pairs of strings."""
    words = []
    while extensions:
        length = int.from_bytes(extensions[:4], "big")
        words.append(extensions[4:4 + length].decode())
        extensions = extensions[4 + length:]
    return set(words[::2])
