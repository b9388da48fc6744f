extension Attack {
    /// What stands before each program in Python: raw system calls by their numbers on x86-64 and arm64, and how an
    /// attempt says how it went.
    static let prelude = #"""
        import ctypes, errno, glob, os, platform, re, signal, socket, struct, sys, threading, time
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
        WALLED = "VAULT_URL" in os.environ
        SERVER = ("127.0.0.1", int(os.environ.get("NEO_SERVER", "0")))
        NAMES = (b"bad.test", b"allowed.neo.test.bad.test", b"xallowed.neo.test", b"deep.neo.test", b"example.com")
        def whole(s):
            got = b""
            while piece := s.recv(65536):
                got += piece
                head, end, body = got.partition(b"\r\n\r\n")
                length = re.search(rb"(?i)content-length: *([0-9]+)", head)
                if end and length and len(body) >= int(length[1]): break
            return got
        def ask(*texts, to=None):
            got = b""
            for text in texts:
                try:
                    s = socket.create_connection(to or (("127.0.0.1", 3128) if WALLED else SERVER), 5)
                    s.settimeout(5)
                    s.sendall(text)
                    got += whole(s)
                except OSError as problem: ctypes.set_errno(problem.errno or 0)
            return got
        def tunnel(place, first):
            got = b""
            try:
                s = socket.create_connection(("127.0.0.1", 3128) if WALLED else SERVER, 5)
                s.settimeout(2)
                if WALLED:
                    s.sendall(b"CONNECT " + place + b" HTTP/1.1\r\n\r\n")
                    if b" 200 " not in s.recv(4096): return b""
                s.sendall(first)
                got = whole(s)
            except OSError as problem: ctypes.set_errno(problem.errno or 0)
            return got
        def judge_reply(reply):
            if b"reached-the-server" in reply: through("the server answered")
        def straight(place):
            try: socket.create_connection(place, 2).sendall(b"secret")
            except OSError as problem: ctypes.set_errno(problem.errno or 0)
        def question(name, kind):
            servers = ["127.0.0.1"] if WALLED else [l.split()[1] for l in read("/etc/resolv.conf").splitlines()
                                                    if l.startswith("nameserver")]
            text = b"".join(bytes([len(l)]) + l.encode() for l in name.split(".")) + bytes(1) + struct.pack(">2H", kind, 1)
            for server in servers:
                s = socket.socket(socket.AF_INET6 if ":" in server else socket.AF_INET, socket.SOCK_DGRAM)
                s.settimeout(0.3)
                try:
                    s.connect((server, 53))
                    s.send(struct.pack(">6H", 1, 256, 1, 0, 0, 0) + text)
                    s.recv(512)
                except TimeoutError: pass
                except OSError: continue
                if not WALLED: through("the question left")
        def GREETING(name):
            part = b"" if not name else struct.pack(">HHHBH", 0, len(name) + 5, len(name) + 3, 0, len(name)) + name.encode()
            body = b"\x03\x03" + bytes(32) + b"\0" + b"\0\2\x13\1" + b"\1\0" + struct.pack(">H", len(part)) + part
            hello = b"\1" + struct.pack(">I", len(body))[1:] + body
            return b"\x16\3\1" + struct.pack(">H", len(hello)) + hello
        SYS_ADMIN_PLACES = ["/", "/tmp", "/home", "/root", "/var"]

        """#

    /// What stands before attacks on the proxy: where nothing gets through that may, it says nothing that they do not.
    private static let control = #"""
        if WALLED:
            for reply in (ask(b"GET http://allowed.neo.test/ HTTP/1.1\r\nHost: allowed.neo.test\r\n\r\n"),
                          tunnel(b"allowed.neo.test:443", GREETING("allowed.neo.test"))):
                if b"reached-the-server" not in reply: skipped("what is allowed does not get through either")

        """#

    /// What is executed.
    func command(python: String) -> [String] {
        switch language {
        case .python: [python, "-I", "-S", "-c", Self.prelude + (hasHosts ? Self.control : "") + program]
        case .shell: ["/bin/sh", "-c", program]
        }
    }
}
