extension Attack {
    /// Processes outside, and what they were given.
    static let otherProcesses: [Attack] = [
        Attack(
            "the processes of the host are seen", .processes,
            """
            for path in glob.glob("/proc/[0-9]*/cmdline"):
                try: text = read(path)
                except OSError: continue
                if text.split(chr(0))[-2:-1] == [MARK]: through("seen: " + path)
            blocked("only those inside are there")
            """),
        Attack(
            "a process of the host is ended", .processes, evidence: .victimEnded,
            """
            for path in glob.glob("/proc/[0-9]*/cmdline"):
                try: text = read(path)
                except OSError: continue
                if text.split(chr(0))[-2:-1] == [MARK]:
                    os.kill(int(path.split("/")[2]), 9)
                    time.sleep(0.2)
                    through("killed")
            blocked("it is not there")
            """),
        Attack(
            "the first process is taken over (ptrace)", .processes, remedy: Remedy.filter,
            "judge(L.ptrace(0x4206, 1, None, None))"),
        Attack(
            "a child is taken over (ptrace), to make calls that the filter saw otherwise", .processes,
            remedy: Remedy.filter,
            """
            child = os.fork()
            if child == 0:
                time.sleep(2)
                os._exit(0)
            result = L.ptrace(0x4206, child, None, None)
            saved = ctypes.get_errno()
            os.kill(child, 9)
            ctypes.set_errno(saved)
            judge(result)
            """),
        Attack(
            "another process's memory (process_vm_readv)", .processes, remedy: Remedy.filter,
            """
            held = ctypes.create_string_buffer(b"held")
            piece = ctypes.create_string_buffer(struct.pack("QQ", ctypes.addressof(held), 4))
            parent = os.getpid()
            in_child(lambda: call(310, 270, parent, piece, 1, piece, 1, 0))
            """),
        Attack(
            "another process's descriptors (pidfd_getfd)", .processes, remedy: Remedy.filter,
            """
            process = call(434, 434, 1, 0)
            if process < 0: blocked(why())
            for number in range(3, 30):
                if call(438, 438, process, number, 0) >= 0: through("took descriptor %d of the first process" % number)
            blocked(why())
            """),
        Attack(
            "what the launcher left open (descriptors)", .processes, remedy: Remedy.report,
            """
            names = [os.readlink("/proc/self/fd/" + n) for n in os.listdir("/proc/self/fd") if int(n) > 2
                     and os.path.lexists("/proc/self/fd/" + n)]
            left = [n for n in names if "/proc/" not in n]
            if left: through(", ".join(left))
            for n in os.listdir("/proc/1/fd"):
                name = os.readlink("/proc/1/fd/" + n)
                if int(n) > 2 and ("memfd" in name or "socket" in name):
                    os.open("/proc/1/fd/" + n, os.O_RDONLY)
                    through("the first process's " + name)
            blocked("nothing was left open")
            """),
        Attack(
            "the launcher's arguments", .processes, remedy: Remedy.report,
            """
            for path in glob.glob("/proc/[0-9]*/cmdline"):
                try: words = read(path).split(chr(0))
                except OSError: continue
                if any(w in ("--ro-bind", "--bind") or w.endswith("/neo-cell") for w in words):
                    through("the layout of the walls is in " + path)
            blocked("they are not there")
            """),
        Attack(
            "the environment of the host", .processes, remedy: Remedy.report,
            """
            for path in glob.glob("/proc/[0-9]*/environ"):
                try: text = read(path)
                except OSError: continue
                if "NEO_DOCTOR_TOKEN=" in text: through("a token of the host's environment was read")
            blocked("only what the policy gives is there")
            """),
        Attack(
            "a process outlives the run", .processes, evidence: .lateWrite,
            """
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    for n in range(3): os.close(n)
                    signal.signal(signal.SIGTERM, signal.SIG_IGN)
                    time.sleep(0.7)
                    open(WORK + "/late", "w").close()
                os._exit(0)
            blocked("it was ended with the run")
            """),
    ]
}
