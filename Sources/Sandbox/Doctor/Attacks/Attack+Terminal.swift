extension Attack {
    private static func terminal(_ body: String) -> String {
        """
        if os.fork():
            os.wait()
            os._exit(0)
        os.setsid()
        a, b = os.openpty()
        L.ioctl(b, 0x540E, 0)
        byte = ctypes.create_string_buffer(b"x")
        \(body)
        """
    }

    /// Writing what the shell outside would then read.
    static let terminals: [Attack] = [
        Attack(
            "typing into a terminal (TIOCSTI)", .terminal, remedy: Remedy.filter,
            terminal("judge(call(16, 29, b, 0x5412, byte))")),
        Attack(
            "typing into a terminal, the number's upper half set", .terminal, remedy: Remedy.filter,
            terminal("judge(call(16, 29, b, 0x5412 | (1 << 32), byte))")),
        Attack(
            "pasting into a console (TIOCLINUX)", .terminal, remedy: Remedy.filter,
            terminal(
                """
                call(16, 29, b, 0x541C, byte)
                if ctypes.get_errno() == errno.EPERM: blocked("EPERM")
                through("the terminal's driver gets it (%s)" % why())
                """)),
        Attack(
            "the terminal that Neo was started from", .terminal,
            #"os.open("/dev/tty", os.O_RDWR); through("opened")"#),
    ]

    private static func setsUser(_ body: String) -> String {
        """
        path = (WORK + "/runs-as-owner").encode()
        \(body)
        """
    }

    private static func changes(_ body: String) -> String {
        setsUser("os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o755))\n" + body)
    }

    /// Files that run as whoever owns them: outside, that is the user, or root.
    static let setUserFiles: [Attack] = [
        Attack(
            "a file that runs as its owner (chmod)", .setuid, remedy: Remedy.user, evidence: .setUserFile,
            changes("os.chmod(path, 0o4755); through()")),
        Attack(
            "a file that runs as its owner (fchmod)", .setuid, remedy: Remedy.user, evidence: .setUserFile,
            changes("os.fchmod(os.open(path, os.O_RDONLY), 0o4755); through()")),
        Attack(
            "a file that runs as its owner (fchmodat2)", .setuid, remedy: Remedy.user, evidence: .setUserFile,
            changes("judge(call(452, 452, -100, path, 0o4755, 0))")),
        Attack(
            "a file that runs as its owner (open)", .setuid, remedy: Remedy.user, evidence: .setUserFile,
            setsUser("os.open(path, os.O_CREAT | os.O_WRONLY, 0o4755); through()")),
        Attack(
            "a file that runs as its owner (openat2)", .setuid, remedy: Remedy.user, evidence: .setUserFile,
            setsUser(#"judge(call(437, 437, -100, path, struct.pack("QQQ", os.O_CREAT | os.O_WRONLY, 0o4755, 0), 24))"#)
        ),
        Attack(
            "a file that runs as its owner (mknod)", .setuid, remedy: Remedy.user, evidence: .setUserFile,
            setsUser("os.mknod(path, 0o104755); through()")),
        Attack(
            "a file that runs as its group", .setuid, remedy: Remedy.user, evidence: .setUserFile,
            changes("os.chmod(path, 0o2755); through()")),
        Attack(
            "a file with capabilities", .setuid, remedy: Remedy.user,
            changes(
                #"os.setxattr(path, "security.capability", struct.pack("<IIIII", 0x2000001, 1 << 21, 0, 0, 0)); through()"#
            )),
        Attack(
            "a device in the workspace (mknod)", .setuid, remedy: Remedy.user,
            #"os.mknod(WORK + "/device", 0o020666, os.makedev(1, 1)); through("it stays on the host")"#),
    ]
}
