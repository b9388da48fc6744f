#if os(Linux)
    internal import CSandbox
    internal import CSeccomp
    internal import Glibc
    internal import Synchronization

    /// The system calls that are refused inside, as a program for seccomp. All others are allowed: the walls are
    /// namespaces and mounts, and this closes what those leave open.
    struct SystemCallFilter: Hashable {
        /// Whether unix sockets may be opened.
        let allowsUnixSockets: Bool
        /// Whether files that exist in memory only may be made: where nothing counts their pages, they may not.
        let allowsMemoryFiles: Bool

        /// The program, in the form that bubblewrap reads. Each of the four there are is made once.
        func exported() throws -> [UInt8] {
            if let made = Self.made.withLock({ $0[self] }) { return made }
            let bytes = try make()
            Self.made.withLock { $0[self] = bytes }
            return bytes
        }

        private static let made = Mutex<[SystemCallFilter: [UInt8]]>([:])

        private func make() throws -> [UInt8] {
            guard let filter = seccomp_init(Self.allow) else { throw Self.problem(ENOMEM) }
            defer { seccomp_release(filter) }
            for rule in rules { try Self.add(rule, to: filter) }
            let file = neo_sandbox_memory_file()
            guard file >= 0 else { throw Self.problem(errno) }
            defer { close(file) }
            guard seccomp_export_bpf(filter, file) == 0 else { throw Self.problem(errno) }
            let size = lseek(file, 0, SEEK_END)
            var bytes = [UInt8](repeating: 0, count: Int(size))
            guard pread(file, &bytes, bytes.count, 0) == Int(size) else { throw Self.problem(errno) }
            return bytes
        }

        private static let allow: UInt32 = 0x7FFF_0000

        private static func add(_ rule: SystemCallRule, to filter: scmp_filter_ctx) throws {
            // Calls that this library does not know by name yet have a number that is the same everywhere.
            let byName = seccomp_syscall_resolve_name(rule.name)
            let number = byName == __NR_SCMP_ERROR ? rule.number ?? byName : byName
            guard number != __NR_SCMP_ERROR else { return }
            let action: UInt32 = 0x0005_0000 | UInt32(rule.error)
            let conditions = rule.conditions.map { condition in
                switch condition.test {
                case .equals(let value):
                    scmp_arg_cmp(arg: condition.argument, op: SCMP_CMP_EQ, datum_a: value, datum_b: 0)
                case .exceeds(let value):
                    scmp_arg_cmp(arg: condition.argument, op: SCMP_CMP_GT, datum_a: value, datum_b: 0)
                case .masked(let mask, let value):
                    scmp_arg_cmp(arg: condition.argument, op: SCMP_CMP_MASKED_EQ, datum_a: mask, datum_b: value)
                }
            }
            let result = seccomp_rule_add_array(filter, action, number, UInt32(conditions.count), conditions)
            // A call that this architecture does not have needs no rule.
            guard result == 0 || result == -EDOM else { throw problem(-result) }
        }

        private static func problem(_ code: Int32) -> SandboxError {
            SandboxError(
                .notStarted, "The filter of system calls could not be made: \(String(cString: strerror(code))).")
        }

        private static let __NR_SCMP_ERROR: Int32 = -1
    }
#endif
