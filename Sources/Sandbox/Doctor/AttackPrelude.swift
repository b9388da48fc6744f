extension Attack {
    /// What stands before each program in Python: raw system calls by their numbers on x86-64 and arm64, and how an
    /// attempt says how it went.
    static let prelude = #"""
        import ctypes, errno, glob, os, platform, signal, socket, struct, sys, threading, time
        L = ctypes.CDLL(None, use_errno=True)
        L.syscall.restype = ctypes.c_long
        ARM = platform.machine() in ("aarch64", "arm64")
        WORK, OUTSIDE, SECRET, SHOWN = (os.environ.get("NEO_" + n, "") for n in ("WORK", "OUTSIDE", "SECRET", "SHOWN"))
        MARK, PORT, HOST = (os.environ.get("NEO_" + n, "") for n in ("MARK", "PORT", "HOST"))
        def say(word, text):
            print(word, text, flush=True)
            os._exit(0)
        def through(text="it worked"): say("THROUGH", text)
        def blocked(text): say("BLOCKED", text)
        def skipped(text): say("SKIPPED", text)
        def why(): return errno.errorcode.get(ctypes.get_errno(), str(ctypes.get_errno()))
        def call(x86, arm, *arguments):
            ctypes.set_errno(0)
            number = arm if ARM else x86
            if number is None: skipped("there is no such call on this processor")
            return L.syscall(ctypes.c_long(number), *[ctypes.c_long(a) if isinstance(a, int) else a for a in arguments])
        def judge(result, text="the kernel did it"):
            if result >= 0: through(text)
            blocked(why())
        def hook(kind, error, trace):
            if isinstance(error, OSError): blocked(errno.errorcode.get(error.errno, str(error)))
            if isinstance(error, MemoryError): blocked("no memory")
            print("UNCLEAR", kind.__name__, error, flush=True)
        sys.excepthook = hook
        def read(path, most=1 << 20):
            with open(path, "rb") as file: return file.read(most).decode("utf-8", "replace")
        def in_child(act):
            child = os.fork()
            if child == 0:
                os._exit(0 if act() >= 0 else min(ctypes.get_errno(), 200))
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            ctypes.set_errno(code)
            judge(0 if code == 0 else -1)
        SYS_ADMIN_PLACES = ["/", "/tmp", "/home", "/root", "/var"]

        """#

    /// What is executed.
    func command(python: String) -> [String] {
        switch language {
        case .python: [python, "-I", "-S", "-c", Self.prelude + program]
        case .shell: ["/bin/sh", "-c", program]
        }
    }
}
