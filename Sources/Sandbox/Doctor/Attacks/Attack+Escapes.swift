extension Attack {
    /// Ways to another view of the machine: namespaces, mounts, the files of the kernel.
    static let escapes: [Attack] = [
        Attack(
            "a user namespace of one's own (unshare)", .escape, remedy: Remedy.filter,
            "judge(call(272, 97, 0x10000000))"),
        Attack(
            "a user namespace of one's own (clone)", .escape, remedy: Remedy.filter,
            """
            pid = call(56, 220, 0x10000000 | 17, 0, 0, 0, 0)
            if pid == 0: os._exit(0)
            judge(pid)
            """),
        Attack(
            "a user namespace of one's own (clone3)", .escape, remedy: Remedy.filter,
            """
            arguments = ctypes.create_string_buffer(struct.pack("11Q", 0x10000000, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0))
            pid = call(435, 435, arguments, 88)
            if pid == 0: os._exit(0)
            judge(pid)
            """),
        Attack("a mount namespace of one's own", .escape, remedy: Remedy.filter, "judge(call(272, 97, 0x20000))"),
        Attack(
            "all is made writable again (remount, rw, bind)", .escape, evidence: .outsideChanged,
            """
            parts = OUTSIDE.split("/")
            places = ["/"] + ["/".join(parts[:n]) for n in range(2, len(parts))]
            for place in places: L.mount(None, place.encode(), None, 0x20 | 0x1000, None)
            with open(OUTSIDE, "w") as file: file.write("escaped")
            blocked("what was written is not the host's")
            """),
        Attack(
            "a folder that is shown is made writable", .escape, evidence: .outsideChanged,
            """
            place = SHOWN
            while place != "/":
                L.mount(None, place.encode(), None, 0x20 | 0x1000, None)
                place = os.path.dirname(place)
            L.mount(None, b"/", None, 0x20 | 0x1000, None)
            with open(SHOWN + "/outside.txt", "w") as file: file.write("escaped")
            blocked("what was written is not the host's")
            """),
        Attack(
            "a file system is mounted", .escape,
            #"judge(L.mount(b"none", b"/tmp", b"tmpfs", 0, None))"#),
        Attack(
            "a file system is mounted (fsopen, fsmount)", .escape, remedy: Remedy.filter,
            #"judge(call(430, 430, ctypes.c_char_p(b"tmpfs"), 0))"#),
        Attack(
            "another root (pivot_root)", .escape,
            """
            L.mount(b"none", b"/tmp", b"tmpfs", 0, None)
            os.makedirs("/tmp/neo-root/old")
            L.mount(b"none", b"/tmp/neo-root", b"tmpfs", 0, None)
            os.makedirs("/tmp/neo-root/old", exist_ok=True)
            result = call(155, 41, ctypes.c_char_p(b"/tmp/neo-root"), ctypes.c_char_p(b"/tmp/neo-root/old"))
            saved = ctypes.get_errno()
            if result < 0:
                L.umount2(b"/tmp/neo-root", 2)
                os.removedirs("/tmp/neo-root/old")
                ctypes.set_errno(saved)
            judge(result)
            """),
        Attack("another root (chroot)", .escape, #"judge(L.chroot(b"/usr"))"#),
        Attack(
            "the namespaces of another process (setns)", .escape, remedy: Remedy.filter,
            """
            for name in ("uts", "net", "mnt"):
                for pid in ("1", "self"):
                    try: file = os.open("/proc/%s/ns/%s" % (pid, name), os.O_RDONLY)
                    except OSError: continue
                    if call(308, 268, file, 0) >= 0: through("joined " + name)
            blocked(why())
            """),
        Attack(
            "the host's files through /proc/PID/root", .escape,
            """
            for place in glob.glob("/proc/[0-9]*/root") + glob.glob("/proc/[0-9]*/cwd"):
                try:
                    if MARK in read(place + SECRET): through("read through " + place)
                except OSError: pass
            blocked("no process has another root")
            """),
        Attack(
            "a file by its handle (open_by_handle_at)", .escape, remedy: Remedy.filter,
            """
            handle = ctypes.create_string_buffer(struct.pack("Ii", 128, 0) + bytes(128))
            mount = ctypes.c_int()
            if call(303, 264, -100, ctypes.c_char_p(b"/usr"), handle, ctypes.byref(mount), 0) < 0: blocked(why())
            folder = os.open("/usr", os.O_RDONLY)
            judge(call(304, 265, folder, handle, os.O_RDONLY))
            """),
        Attack(
            "settings of the kernel (/proc/sys)", .escape,
            #"os.open("/proc/sys/kernel/printk", os.O_WRONLY); through("a setting can be written")"#),
        Attack(
            "the program for crashes (core_pattern)", .escape,
            """
            before = read("/proc/sys/kernel/core_pattern")
            with open("/proc/sys/kernel/core_pattern", "w") as file: file.write(before)
            through("the host would run any program as root")
            """),
        Attack(
            "switches of the kernel elsewhere in /proc (irq, mtrr, fs)", .escape,
            """
            for path in ["/proc/mtrr", "/proc/irq/default_smp_affinity"] + glob.glob("/proc/irq/*/smp_affinity") \\
                    + glob.glob("/proc/fs/**", recursive=True) + glob.glob("/proc/scsi/**", recursive=True):
                if not os.path.isfile(path): continue
                try: os.open(path, os.O_WRONLY); through("opened " + path)
                except OSError as problem: ctypes.set_errno(problem.errno)
            blocked(why())
            """),
        Attack(
            "sysrq", .escape, #"os.open("/proc/sysrq-trigger", os.O_WRONLY); through("the machine can be restarted")"#),
        Attack(
            "the program for empty control groups (release_agent)", .escape,
            """
            for file in glob.glob("/sys/fs/cgroup/*/release_agent"):
                try: os.open(file, os.O_WRONLY); through("opened " + file)
                except OSError as problem: ctypes.set_errno(problem.errno)
            place = (WORK + "/group").encode()
            os.mkdir(place)
            mounted = L.mount(b"none", place, b"cgroup", 0, b"pids")
            if mounted == 0:
                L.umount2(place, 2)
            judge(mounted, "a control group was mounted")
            """),
        Attack(
            "the program for devices (uevent_helper)", .escape,
            """
            for path in ("/sys/kernel/uevent_helper", "/sys/power/state"):
                if not os.path.exists(path): continue
                os.open(path, os.O_WRONLY)
                through("the host would run any program as root")
            blocked("it is not there")
            """),
        Attack(
            "devices of the host", .escape,
            """
            for name in ("mem", "kmsg", "port", "sda", "vda", "nvme0n1", "kvm", "fuse", "loop-control", "net/tun"):
                try: os.open("/dev/" + name, os.O_RDONLY); through("opened /dev/" + name)
                except OSError as problem: ctypes.set_errno(problem.errno)
            blocked(why())
            """),
    ]
}
