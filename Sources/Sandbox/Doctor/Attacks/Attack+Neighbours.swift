extension Attack {
    /// Attempts on another run that is under way at the same time, which has what the attacker has not.
    static let neighbours: [Attack] = [
        Attack(
            "the proxy of another run, in its network", .neighbours, evidence: .neighbourReached,
            """
            own = os.stat("/proc/self/ns/net").st_ino
            for place in ["/proc/" + os.environ["NEO_NEIGHBOUR"]] + glob.glob("/proc/[0-9]*"):
                try: net = os.open(place + "/ns/net", os.O_RDONLY)
                except OSError as problem:
                    ctypes.set_errno(problem.errno)
                    continue
                if os.fstat(net).st_ino == own or call(308, 268, net, 0x40000000) != 0: continue
                if b"reached-the-server" in ask(b"GET http://neighbour.neo.test/ HTTP/1.1\\r\\nHost: neighbour.neo.test\\r\\n\\r\\n",
                                                to=("127.0.0.1", 3128)): through("it answered")
            blocked(why())
            """),
        Attack(
            "a host that only another run may reach", .neighbours, evidence: .neighbourReached,
            """
            judge_reply(ask(b"GET http://neighbour.neo.test/ HTTP/1.1\\r\\nHost: neighbour.neo.test\\r\\n\\r\\n"))
            judge_reply(tunnel(b"neighbour.neo.test:443", GREETING("neighbour.neo.test")))
            judge_reply(tunnel(b"allowed.neo.test:443", GREETING("neighbour.neo.test")))
            blocked("it was not let through")
            """),
        Attack(
            "the server of another run, at the port where it is let in", .neighbours, evidence: .neighbourReached,
            """
            port = int(os.environ["NEO_NEIGHBOUR_PORT"])
            if WALLED: ask(b"CONNECT 127.0.0.1:%d HTTP/1.1\\r\\n\\r\\n" % port, b"CONNECT localhost:%d HTTP/1.1\\r\\n\\r\\n" % port)
            for name in ("127.0.0.1", "::1", "::ffff:127.0.0.1", HOST or "127.0.0.1"):
                try:
                    s = socket.create_connection((name, port), 2)
                    s.recv(1)
                    through("connected to " + name)
                except OSError as problem: ctypes.set_errno(problem.errno or errno.ECONNREFUSED)
            blocked(why())
            """),
        Attack(
            "the control sockets of other runs", .neighbours, remedy: Remedy.report,
            """
            place = "/proc/" + os.environ["NEO_NEIGHBOUR"] + "/root/tmp"
            places = glob.glob("/tmp/neo-cell-*/s") + glob.glob(place + "/neo-cell-*/s") + glob.glob("/proc/[0-9]*/root/tmp/neo-cell-*/s")
            for place in places:
                try:
                    socket.socket(socket.AF_UNIX).connect(place)
                    through("connected to one")
                except OSError as problem: ctypes.set_errno(problem.errno)
            blocked("none is there" if not places else why())
            """),
        Attack(
            "the memory folder of another run", .neighbours,
            """
            for place in ["/proc/" + os.environ["NEO_NEIGHBOUR"]] + glob.glob("/proc/[0-9]*") + [""]:
                try:
                    if MARK in read(place + ("/root" if place else "") + "/tmp/neighbour"): through("it was read")
                except OSError as problem: ctypes.set_errno(problem.errno)
            blocked(why())
            """),
        Attack(
            "the processes of another run", .neighbours, evidence: .neighbourEnded,
            """
            for number in [int(os.environ["NEO_NEIGHBOUR"])] + [int(p[6:]) for p in glob.glob("/proc/[0-9]*")]:
                if number in (1, os.getpid(), os.getppid()): continue
                try: os.kill(number, 0)
                except OSError as problem:
                    ctypes.set_errno(problem.errno)
                    continue
                if number != int(os.environ["NEO_NEIGHBOUR"]): continue
                os.kill(number, signal.SIGKILL)
                time.sleep(0.2)
                through("it was ended")
            blocked(why())
            """),
    ]
}
