extension Attack {
    /// Files of the host.
    static let outsideFiles: [Attack] = [
        Attack(
            "a file outside is written", .files, evidence: .outsideChanged,
            #"open(OUTSIDE, "w").write("changed"); blocked("what was written is not the host's")"#),
        Attack(
            "the system's programs are changed", .files,
            #"os.open("/usr/bin", os.O_TMPFILE | os.O_WRONLY); through("files can be made in /usr/bin")"#),
        Attack(
            "the system's settings are changed", .files,
            #"os.open("/etc", os.O_TMPFILE | os.O_WRONLY); through("files can be made in /etc")"#),
        Attack("passwords (/etc/shadow)", .files, #"through("%d bytes" % len(read("/etc/shadow")))"#),
        Attack(
            "a private key in the home folder", .files,
            #"through("read") if MARK in read(SECRET) else blocked("it reads as something else")"#),
        Attack(
            "the home folder is listed", .files,
            """
            names = os.listdir(os.path.dirname(os.path.dirname(SECRET)))
            through("%d names" % len(names)) if names else blocked("it is empty")
            """),
        Attack(
            "a link leads out of the workspace", .files,
            """
            os.symlink(SECRET, WORK + "/link")
            through("read through a link") if MARK in read(WORK + "/link") else blocked("it reads as something else")
            """),
        Attack(
            "names above the workspace (..)", .files,
            """
            path = WORK + "/" + "../" * 40 + SECRET.lstrip("/")
            through("read") if MARK in read(path) else blocked("it reads as something else")
            """),
        Attack(
            "a hard link to a file outside", .files,
            """
            os.link(OUTSIDE, WORK + "/hard")
            through("linked")
            """),
    ]

    /// What in the workspace is not the run's to read or to change.
    static let workspaceFiles: [Attack] = [
        Attack(
            "Neo's records (.neo)", .workspace, remedy: Remedy.report,
            #"through("read") if MARK in read(WORK + "/.neo/neo.db") else blocked("it reads as something else")"#),
        Attack(
            "held-out rows of golden.jsonl", .workspace, remedy: Remedy.report,
            """
            for path in glob.glob(WORK + "/**", recursive=True) + glob.glob("/proc/self/fd/*"):
                # A pipe would be waited for.
                if not os.path.isfile(path): continue
                try: text = read(path)
                except OSError: continue
                if "held out" in text: through("read in " + path)
            blocked("only the search rows are there")
            """),
        Attack(
            "a hook of version control is planted", .workspace, remedy: Remedy.report, evidence: .workspaceChanged,
            #"open(WORK + "/.git/hooks/pre-commit", "w").write("planted"); through("planted")"#),
        Attack(
            "the settings of version control are changed", .workspace, remedy: Remedy.report,
            evidence: .workspaceChanged,
            #"open(WORK + "/.git/config", "w").write("planted"); through("changed")"#),
        Attack(
            "the folder of version control is renamed, and another one made", .workspace, remedy: Remedy.report,
            evidence: .workspaceChanged,
            """
            os.rename(WORK + "/.git", WORK + "/old")
            os.makedirs(WORK + "/.git/hooks")
            open(WORK + "/.git/hooks/pre-commit", "w").write("planted")
            through("replaced")
            """),
        Attack(
            "the settings are changed through a hard link", .workspace, remedy: Remedy.report,
            evidence: .workspaceChanged,
            """
            os.link(WORK + "/.git/config", WORK + "/hard")
            open(WORK + "/hard", "w").write("planted")
            through("changed")
            """),
        Attack(
            "instructions for agents are planted (AGENTS.md, .mcp.json, .claude)", .workspace, remedy: Remedy.report,
            evidence: .workspaceChanged,
            """
            for name in ("AGENTS.md", ".mcp.json", ".claude/settings.json", ".agents/skills/a/SKILL.md"):
                try:
                    os.makedirs(os.path.dirname(WORK + "/" + name), exist_ok=True)
                    open(WORK + "/" + name, "w").write("planted")
                    through("planted " + name)
                except OSError as problem: ctypes.set_errno(problem.errno)
            blocked(why())
            """),
        Attack(
            "tasks for editors are planted (.vscode, .idea)", .workspace, remedy: Remedy.report,
            evidence: .workspaceChanged,
            """
            for name in (".vscode/tasks.json", ".idea/workspace.xml"):
                try:
                    os.makedirs(os.path.dirname(WORK + "/" + name), exist_ok=True)
                    open(WORK + "/" + name, "w").write("planted")
                    through("planted " + name)
                except OSError as problem: ctypes.set_errno(problem.errno)
            blocked(why())
            """),
        Attack(
            "what the user decided is changed (neo.yaml)", .workspace, remedy: Remedy.report,
            evidence: .workspaceChanged,
            """
            try: os.unlink(WORK + "/neo.yaml")
            except OSError: pass
            open(WORK + "/neo.yaml", "w").write("planted")
            through("changed")
            """),
        Attack(
            "a link to a secret, for a reader outside", .workspace, remedy: Remedy.report, evidence: .plantedFile,
            #"os.symlink(SECRET, WORK + "/planted"); blocked("the reader does not follow it")"#),
        Attack(
            "a folder on the way becomes a link, for a reader outside", .workspace, remedy: Remedy.report,
            evidence: .plantedFile,
            """
            os.symlink(os.path.dirname(SECRET), WORK + "/folder")
            os.symlink("folder/" + os.path.basename(SECRET), WORK + "/planted")
            blocked("the reader does not follow it")
            """),
        Attack(
            "a FIFO, on which a reader outside would wait forever", .workspace, remedy: Remedy.report,
            evidence: .plantedFile,
            #"os.mkfifo(WORK + "/planted"); blocked("the reader refuses it")"#),
    ]
}
