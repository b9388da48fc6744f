#if os(Linux)
    internal import Glibc

    extension Sandbox {
        /// What the launcher is told.
        ///
        /// - Parameter countsMemory: whether the kernel counts all memory of the run, also what no process maps.
        func request(
            for command: [String], under policy: SandboxPolicy, plan: MountPlan, countsMemory: Bool = false
        ) throws -> CellRequest {
            guard let program = command.first, !program.isEmpty else {
                throw SandboxError(.policy, "There is nothing to run.")
            }
            guard
                !(command + Array(policy.environment.keys) + Array(policy.environment.values)).contains(where: {
                    $0.utf8.contains(0)
                })
            else { throw SandboxError(.policy, "A command and its environment cannot hold NUL.") }
            var request = CellRequest(bubblewrap: bubblewrap, options: [], command: command)
            request.capturesNetwork = policy.network != .none
            request.opensDoor = policy.served != nil
            request.limits = Self.resourceLimits(policy.limits)
            request.filter = try SystemCallFilter(
                allowsUnixSockets: policy.unixSockets == .own, allowsMemoryFiles: countsMemory
            ).exported()
            request.data = plan.data
            request.stubs = plan.stubs.map(\.path).sorted { $0.count > $1.count }
            request.options =
                namespaces(policy) + environment(policy) + plan.arguments + [
                    "--chdir", plan.directory, "--remount-ro", "/",
                    "--seccomp", String(CellRequest.filterDescriptor),
                    "--json-status-fd", String(CellRequest.statusDescriptor),
                ]
            return request
        }

        private func namespaces(_ policy: SandboxPolicy) -> [String] {
            var options = [
                "--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-uts", "--unshare-cgroup-try",
                "--uid", "65534", "--gid", "65534", "--disable-userns", "--die-with-parent", "--new-session",
                "--cap-drop", "ALL", "--hostname", "sandbox",
            ]
            // Else neo-cell has made one before.
            if policy.network == .none, policy.served == nil { options.append("--unshare-net") }
            return options
        }

        private func environment(_ policy: SandboxPolicy) -> [String] {
            ["--clearenv"] + variables(policy).flatMap { ["--setenv", $0.0, $0.1] }
        }

        /// The whole environment of a run.
        func variables(_ policy: SandboxPolicy) -> [(String, String)] {
            let usual = [
                "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/tmp", "TMPDIR": "/tmp", "LANG": "C.UTF-8",
                "USER": "sandbox", "SHELL": "/bin/sh", "TERM": "dumb",
            ]
            return usual.merging(SandboxNetwork.environment(policy)) { $1 }.merging(policy.environment) { $1 }
                .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        }

        private static func resourceLimits(_ limits: SandboxLimits) -> [(resource: UInt32, value: UInt64)] {
            [
                (RLIMIT_CORE.rawValue, 0),
                // One process alone, if nobody looks any more: it is ended without a word.
                (RLIMIT_CPU.rawValue, UInt64(limits.cpuSeconds.rounded(.up)) + 30),
                (RLIMIT_FSIZE.rawValue, UInt64(limits.fileBytes)),
                // Only what is private and may be written: programs reserve far more than they use.
                (RLIMIT_DATA.rawValue, UInt64(limits.memoryBytes) * 2),
                (6, UInt64(limits.processes)),  // RLIMIT_NPROC; the kernel does not count root's
            ]
        }
    }
#endif
