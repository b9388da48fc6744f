extension Attack {
    /// Calls that reach far into the kernel, where most of its known holes were.
    static let kernelCalls: [Attack] = [
        Attack(
            "keys (add_key, keyctl)", .kernel, remedy: Remedy.filter,
            """
            made = call(248, 217, ctypes.c_char_p(b"user"), ctypes.c_char_p(b"neo"), ctypes.c_char_p(b"x"), 1, -2)
            if made >= 0: through("a key was kept by the kernel")
            judge(call(250, 219, 0, -3, 0))
            """),
        Attack(
            "programs for the kernel (bpf)", .kernel, remedy: Remedy.filter,
            #"judge(call(321, 280, 0, ctypes.create_string_buffer(struct.pack("IIII", 2, 4, 4, 1) + bytes(112)), 128))"#
        ),
        Attack(
            "io_uring, which passes the filter by", .kernel, remedy: Remedy.filter,
            "judge(call(425, 425, 4, ctypes.create_string_buffer(120)))"),
        Attack("userfaultfd", .kernel, remedy: Remedy.filter, "judge(call(323, 282, 1))"),
        Attack(
            "performance counters (perf_event_open)", .kernel, remedy: Remedy.filter,
            """
            event = ctypes.create_string_buffer(struct.pack("IIQ", 1, 112, 0) + bytes(24) + struct.pack("Q", 0x60) + bytes(64))
            judge(call(298, 241, event, 0, -1, -1, 0))
            """),
        Attack(
            "a module for the kernel", .kernel, remedy: Remedy.filter,
            """
            call(313, 273, -1, ctypes.c_char_p(b""), 0)
            if ctypes.get_errno() in (errno.EPERM, errno.ENOSYS): blocked(why())
            through("the kernel would read one")
            """),
        Attack(
            "the kernel's messages (syslog)", .kernel, remedy: Remedy.filter,
            "judge(L.klogctl(3, ctypes.create_string_buffer(4096), 4096))"),
        Attack(
            "the machine's name", .kernel,
            "name = os.uname().nodename.encode(); judge(L.sethostname(name, len(name)))"),
        Attack(
            "ports of the hardware (iopl)", .kernel, remedy: Remedy.filter, "judge(call(172, None, 3))"),
        Attack(
            "the clock of the machine", .kernel, remedy: Remedy.filter,
            """
            timex = ctypes.create_string_buffer(400)
            call(159, 171, timex)
            # Its own estimate of its error, as it is.
            timex[0:4] = struct.pack("I", 8)
            judge(call(159, 171, timex))
            """),
        Attack(
            "watching all files of the machine (fanotify)", .kernel, remedy: Remedy.filter,
            "judge(call(300, 262, 0, 0))"),
    ]
}
