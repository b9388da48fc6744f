extension Attack {
    /// More than a run may take. The doctor's limits are small, and each bomb ends by itself at a few times as much, so
    /// that it does no harm where nothing stops it.
    static let bombs: [Attack] = [
        Attack(
            "a memory bomb", .limits, remedy: Remedy.limits,
            """
            held = bytearray(256 << 20)
            held[::4096] = b"x" * len(held[::4096])
            time.sleep(0.5)
            through("256 MB were held for half a second")
            """),
        Attack(
            "a memory bomb of many processes", .limits, remedy: Remedy.limits,
            """
            for n in range(8):
                if os.fork() == 0:
                    held = bytearray(32 << 20)
                    held[::4096] = b"x" * len(held[::4096])
                    time.sleep(3)
                    os._exit(0)
            time.sleep(1.5)
            through("256 MB were held by eight processes")
            """),
        Attack(
            "a file in memory (memfd)", .limits, remedy: Remedy.limits,
            """
            file = os.memfd_create("bomb")
            for n in range(256): os.write(file, bytes(1 << 20))
            time.sleep(0.5)
            through("256 MB were held for half a second")
            """),
        Attack(
            "shared memory that no process maps (shmget)", .limits, remedy: Remedy.limits,
            """
            L.shmat.restype = ctypes.c_void_p
            held = []
            for n in range(8):
                made = L.shmget(0, ctypes.c_size_t(32 << 20), 0o1600)
                if made < 0: blocked(why())
                place = L.shmat(made, None, 0)
                ctypes.memset(place, 1, 32 << 20)
                L.shmdt(ctypes.c_void_p(place))
                held.append(made)
            time.sleep(0.5)
            for made in held: L.shmctl(made, 0, None)
            through("256 MB were held for half a second")
            """),
        Attack(
            "a fork bomb", .limits, remedy: Remedy.limits,
            """
            for n in range(300):
                if os.fork() == 0:
                    time.sleep(2)
                    os._exit(0)
            time.sleep(0.5)
            through("300 processes ran at once")
            """),
        Attack(
            "a bomb of threads", .limits, remedy: Remedy.limits,
            """
            try:
                for n in range(300): threading.Thread(target=time.sleep, args=(2,), daemon=True).start()
            except RuntimeError: blocked("no more threads")
            time.sleep(0.5)
            through("300 threads ran at once")
            """),
        Attack("/tmp is filled", .limits, remedy: Remedy.limits, fill("/tmp")),
        Attack("/dev/shm is filled", .limits, remedy: Remedy.limits, fill("/dev/shm")),
        Attack(
            "other folders in memory are filled", .limits, remedy: Remedy.limits,
            """
            total = 0
            for place in ("/dev", "/run", "/var", "/etc", "/", "/home", "/root"):
                path = place + "/neo-bomb"
                try:
                    with open(path, "wb") as file:
                        for n in range(12): total += file.write(bytes(1 << 20))
                    os.unlink(path)
                except OSError as problem: ctypes.set_errno(problem.errno)
            if total: through("%d MB" % (total >> 20))
            blocked(why())
            """),
        Attack(
            "a file that is too long", .limits, remedy: Remedy.limits,
            """
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            file = os.open(WORK + "/long", os.O_CREAT | os.O_WRONLY)
            os.ftruncate(file, 1 << 30)
            through("1 GB")
            """),
        Attack(
            "a flood of output", .limits, remedy: Remedy.limits,
            """
            for n in range(64): sys.stdout.buffer.write(b"." * (1 << 20))
            sys.stdout.buffer.write(b"\\n")
            sys.stdout.flush()
            through("64 MB were printed")
            """),
        Attack(
            "all of the processor, for long", .limits, remedy: Remedy.limits,
            """
            end = time.monotonic() + 12
            while time.process_time() < 4 and time.monotonic() < end: pass
            if time.process_time() < 4: skipped("the machine is too busy")
            through("4 seconds of processor time")
            """),
    ]

    private static func fill(_ folder: String) -> String {
        """
        made = []
        try:
            for n in range(16):
                made.append("\(folder)/neo-bomb-%d" % n)
                with open(made[-1], "wb") as file:
                    for m in range(8): file.write(bytes(1 << 20))
        except OSError as problem: ctypes.set_errno(problem.errno)
        else: ctypes.set_errno(0)
        for path in made:
            try: os.unlink(path)
            except OSError: pass
        if ctypes.get_errno(): blocked(why())
        through("128 MB")
        """
    }
}
