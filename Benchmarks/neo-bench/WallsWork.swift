#if os(Linux)
    import Foundation
    import Glibc
    import Sandbox

    /// What it costs to run a program inside walls, from a process that is warm: `/bin/true` without and with a network,
    /// beside bubblewrap with the same mounts and namespaces, in turn.
    ///
    /// Argument: how many rounds.
    enum WallsWork {
        static func print(_ arguments: some Sequence<String>) async throws {
            let rounds = Array(arguments).first.flatMap { Int($0) } ?? 200
            let folder = FileManager.default.temporaryDirectory.path + "/neo-bench-walls-\(getpid())"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let sandbox = try Sandbox.find()
            var policies = ["without": SandboxPolicy(), "with": SandboxPolicy()]
            policies["with"]?.network = .hosts(try HostRules(allow: ["example.org"]))
            var facts: [String: Double] = [:]
            for (name, policy) in policies.sorted(by: { $0.key > $1.key }) {
                let bare = try sandbox.bare(["/bin/true"], under: policy, folder: folder)
                var (ours, theirs): ([Double], [Double]) = ([], [])
                for round in 0..<(rounds + 10) {
                    let one = try await milliseconds {
                        guard try await sandbox.run(["/bin/true"], under: policy).status == 0 else { throw Failure() }
                    }
                    let other = try await milliseconds { try spawn(bare) }
                    // The first ones load what stays loaded.
                    guard round >= 10 else { continue }
                    ours.append(one)
                    theirs.append(other)
                }
                facts["neo_\(name)_network_milliseconds"] = median(ours)
                facts["bubblewrap_\(name)_network_milliseconds"] = median(theirs)
                facts["\(name)_network_ratio"] = median(zip(ours, theirs).map { $0 / $1 })
            }
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            Swift.print(String(decoding: try encoder.encode(facts), as: UTF8.self))
        }

        private struct Failure: Error {}

        private static func milliseconds(_ body: () async throws -> Void) async throws -> Double {
            let start = ContinuousClock.now
            try await body()
            return (ContinuousClock.now - start) / .milliseconds(1)
        }

        private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

        /// Starts it as cheaply as a process can be started, and waits for its end.
        private static func spawn(_ bare: Sandbox.Bare) throws {
            var actions = posix_spawn_file_actions_t()
            posix_spawn_file_actions_init(&actions)
            defer { posix_spawn_file_actions_destroy(&actions) }
            posix_spawn_file_actions_addopen(&actions, Int32(bare.descriptor), bare.filter, O_RDONLY, 0)
            var arguments: [UnsafeMutablePointer<CChar>?] = bare.line.map { strdup($0) } + [nil]
            defer { for argument in arguments { free(argument) } }
            var (process, status): (pid_t, Int32) = (0, 0)
            var environment: [UnsafeMutablePointer<CChar>?] = [nil]
            guard posix_spawn(&process, bare.line[0], &actions, nil, &arguments, &environment) == 0,
                waitpid(process, &status, 0) == process, status == 0
            else { throw Failure() }
        }
    }
#endif
