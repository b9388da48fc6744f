#if os(Linux)
    internal import Glibc

    /// A system call that fails with an error, always or where all conditions on its arguments hold.
    struct SystemCallRule: Sendable {
        struct Condition: Sendable {
            enum Test: Sendable {
                case equals(UInt64)
                case exceeds(UInt64)
                case masked(UInt64, UInt64)
            }

            let argument: UInt32
            let test: Test
        }

        let name: String
        /// Its number, for calls that are younger than the library.
        var number: Int32?
        let error: Int32
        var conditions: [Condition] = []
    }

    extension SystemCallFilter {
        var rules: [SystemCallRule] {
            var rules = Self.never.map { SystemCallRule(name: $0, error: EPERM) }
            rules += Self.younger.map { SystemCallRule(name: $0.name, number: $0.number, error: ENOSYS) }
            // Memory that no process needs to map is in nobody's sum, so that a watchdog does not see it.
            if !allowsMemoryFiles {
                rules += ["memfd_create", "shmget"].map { SystemCallRule(name: $0, error: ENOSYS) }
            }
            rules += Self.namespaces + Self.setUserBits + Self.terminals + sockets
            return rules
        }

        /// Mounts, namespaces, other processes, keys, the kernel itself: nothing that is built or tested needs them.
        private static let never = [
            "unshare", "setns", "mount", "umount", "umount2", "pivot_root", "chroot", "fsopen", "fsconfig", "fsmount",
            "fspick", "open_tree", "move_mount", "mount_setattr", "ptrace", "process_vm_readv", "process_vm_writev",
            "process_madvise", "kcmp", "pidfd_getfd", "bpf", "perf_event_open", "userfaultfd", "io_uring_setup",
            "io_uring_enter", "io_uring_register", "add_key", "request_key", "keyctl", "name_to_handle_at",
            "open_by_handle_at", "kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module",
            "swapon", "swapoff", "reboot", "acct", "quotactl", "quotactl_fd", "syslog", "sethostname", "setdomainname",
            "settimeofday", "clock_settime", "clock_adjtime", "adjtimex", "iopl", "ioperm", "modify_ldt", "vhangup",
            "lookup_dcookie", "nfsservctl", "uselib", "ustat", "sysfs", "_sysctl", "fanotify_init",
            "migrate_pages", "move_pages", "vm86", "vm86old",
        ]

        /// Newer forms of calls that are judged by their arguments, which a filter cannot read where they lie in memory.
        /// Programs fall back to the older forms.
        private static let younger: [(name: String, number: Int32?)] = [
            ("clone3", 435), ("openat2", 437), ("fchmodat2", 452), ("memfd_secret", 447), ("open_tree_attr", 467),
        ]

        /// clone(2) with any of `CLONE_NEWNS`, `NEWCGROUP`, `NEWUTS`, `NEWIPC`, `NEWUSER`, `NEWPID`, `NEWNET`.
        private static let namespaces: [SystemCallRule] = [
            UInt64(0x2_0000), 0x200_0000, 0x400_0000, 0x800_0000, 0x1000_0000, 0x2000_0000, 0x4000_0000,
        ].map { flag in
            SystemCallRule(name: "clone", error: EPERM, conditions: [.init(argument: 0, test: .masked(flag, flag))])
        }

        /// A file that runs as its owner would stay behind on the host, where it is the user's or root's.
        private static let setUserBits: [SystemCallRule] = [UInt64(0o4000), 0o2000].flatMap { bit in
            let changes: [(String, UInt32)] = [
                ("chmod", 1), ("fchmod", 1), ("fchmodat", 2), ("creat", 1), ("mknod", 1), ("mknodat", 2),
            ]
            // The mode of an open file is only read where the flags say so; elsewhere it may be anything.
            let making: [(String, UInt32, UInt64)] = [UInt64(O_CREAT), 0o20_000_000].flatMap {
                [("open", 2, $0), ("openat", 3, $0)]
            }
            return changes.map { name, mode in
                SystemCallRule(name: name, error: EPERM, conditions: [.init(argument: mode, test: .masked(bit, bit))])
            }
                + making.map { name, mode, flag in
                    SystemCallRule(
                        name: name, error: EPERM,
                        conditions: [
                            .init(argument: mode - 1, test: .masked(flag, flag)),
                            .init(argument: mode, test: .masked(bit, bit)),
                        ])
                }
        }

        /// Writing into the terminal's input, where the shell outside would read it.
        private static let terminals: [SystemCallRule] = [0x5412, 0x541C].map { request in
            SystemCallRule(
                name: "ioctl", error: EPERM,
                conditions: [.init(argument: 1, test: .masked(0xFFFF_FFFF, UInt64(request)))])
        }

        /// IPv4 and IPv6, which end at the sandbox's own network, and unix sockets where they are allowed.
        private var sockets: [SystemCallRule] {
            func refuse(_ test: SystemCallRule.Condition.Test) -> SystemCallRule {
                SystemCallRule(name: "socket", error: EAFNOSUPPORT, conditions: [.init(argument: 0, test: test)])
            }
            let families = (0...10).filter { ![Int(AF_INET), Int(AF_INET6), Int(AF_UNIX)].contains($0) }
            var rules = families.map { refuse(.equals(UInt64($0))) } + [refuse(.exceeds(10))]
            if !allowsUnixSockets {
                rules.append(
                    SystemCallRule(
                        name: "socket", error: EPERM,
                        conditions: [.init(argument: 0, test: .equals(UInt64(AF_UNIX)))]))
            }
            // Raw sockets could speak other protocols than those that are listened for.
            rules += [
                SystemCallRule(
                    name: "socket", error: EPERM, conditions: [.init(argument: 1, test: .masked(0xF, 3))])
            ]
            return rules
        }
    }
#endif
