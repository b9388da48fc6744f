#if os(Linux)
    #if canImport(FoundationEssentials)
        internal import FoundationEssentials
    #else
        internal import Foundation
    #endif

    extension Sandbox {
        /// What the walls' cost is compared with: bubblewrap with the mounts and namespaces of a policy, and nothing of Neo's.
        package struct Bare: Sendable {
            /// bubblewrap, its options and the command.
            package let line: [String]
            /// The filter of system calls, which is to be open under `descriptor`.
            package let filter: String
            package let descriptor = CellRequest.filterDescriptor
        }

        /// The same mounts and namespaces as a run's. Files that bubblewrap would make are files in a folder instead, and
        /// nothing is reported, which is to its advantage.
        ///
        /// - Parameter folder: gets the files.
        package func bare(_ command: [String], under policy: SandboxPolicy, folder: String) throws -> Bare {
            let plan = try MountPlan(policy)
            plan.removeStubs()
            let request = try request(for: command, under: policy, plan: plan)
            var options = request.options
            for (index, bytes) in request.data.enumerated() {
                let path = "\(folder)/data-\(index)"
                try Data(bytes).write(to: URL(filePath: path))
                let number = String(CellRequest.firstDataDescriptor + index)
                guard let place = options.firstIndex(of: "--ro-bind-data"), options[place + 1] == number else {
                    continue
                }
                options[place] = "--ro-bind"
                options[place + 1] = path
            }
            if let place = options.firstIndex(of: "--json-status-fd") { options.removeSubrange(place...(place + 1)) }
            let filter = folder + "/filter"
            try Data(request.filter).write(to: URL(filePath: filter))
            // Its own network namespace also where Neo would have opened one before.
            if policy.network != .none { options.insert("--unshare-net", at: 0) }
            return Bare(line: [bubblewrap] + options + ["--"] + command, filter: filter)
        }
    }
#endif
