internal import Base
package import Processes
internal import Sandbox

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Python's pip inside walls: it writes to the folders that it is given, and reaches the hosts that its own configuration
/// names.
///
/// ```swift
/// let pip = try await ConfinedPip.find()
/// let result = try await pip.run(["download", "--dest", folder, "wheel==0.45"], writable: [folder])
/// ```
package struct ConfinedPip: Sendable {
    /// How this machine's pip reaches its index.
    package let index: PackageIndex
    private let environment: [String: String]

    /// Reads what pip is told on this machine.
    ///
    /// - Parameter command: pip's command, which may have settings of its own: `download`, `install`.
    /// - Throws: `DownloadsError` where there is no pip, or no walls.
    package static func find(
        for command: String, environment: [String: String] = ProcessInfo.processInfo.environment
    ) async throws -> ConfinedPip {
        // Settings are read inside walls, too: pip is a program like others.
        let home = environment["HOME"] ?? FileManager.default.homeDirectoryForCurrentUser.path
        var process = Self.process("python3", ["-c", PackageIndex.script], environment)
        process.readable += PackageIndex.files(environment, home: home)
        process.variables.merge(environment.filter { $0.key.hasPrefix("PIP_") || $0.key == "XDG_CONFIG_HOME" }) { $1 }
        process.variables["HOME"] = home
        process.timeLimitSeconds = 120
        let result = try await Self.result(of: process)
        guard result.status == 0, let index = PackageIndex(result.output, command: command, environment) else {
            let lines = result.errorOutput.split(separator: "\n")
            throw DownloadsError(
                .unavailable,
                "pip's settings cannot be read: \((lines.last ?? "it gave no reason").prefix(300)). Is python3-pip "
                    + "installed?")
        }
        return ConfinedPip(index: index, environment: environment)
    }

    /// Runs `PYTHON -m pip ARGUMENTS`.
    ///
    /// - Parameters:
    ///   - python: the interpreter.
    ///   - writable: folders that are there, and may be changed.
    ///   - temporary: a folder for what lies about meanwhile, where there is room.
    package func run(
        _ arguments: [String], python: String = "python3", writable: [String], temporary: String? = nil
    ) async throws -> ChildProcess.Result {
        var process = Self.process(python, ["-m", "pip"] + arguments, environment)
        process.readable += index.files
        process.writable = writable
        process.variables.merge(index.variables) { $1 }
        if let temporary { process.variables["TMPDIR"] = temporary }
        process.network = .hosts(try HostRules(allow: [], chosen: index.hosts))
        process.proxy = Self.proxy(
            ProxySettings(
                environment: index.proxy.map { ["http_proxy": $0, "https_proxy": $0, "no_proxy": ""] } ?? environment))
        process.timeLimitSeconds = 6 * 3_600
        return try await Self.result(of: process)
    }

    /// What to do where pip was not let out to a host that its settings do not name; empty otherwise.
    package func remedy(_ said: String) -> String {
        guard said.contains("403") else { return "" }
        return
            " It may reach \(index.hosts.joined(separator: ", ")) only, which pip's settings name; where the index keeps "
            + "its files on another host, name that in \(PackageIndex.variable)."
    }

    /// Another program of Python's that needs no network: venv, a first import.
    package static func offline(
        _ arguments: [String], python: String = "python3", writable: [String],
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) async throws -> ChildProcess.Result {
        var process = process(python, arguments, environment)
        process.writable = writable
        process.timeLimitSeconds = 900
        return try await result(of: process)
    }

    /// The proxies that the environment or pip's settings name; Neo asks them, and pip asks Neo.
    private static func proxy(_ settings: ProxySettings) -> OutsideProxy {
        OutsideProxy { target in
            // What is said in a tunnel is not known; ports say it, but for those that anything may have.
            let schemes = target.port == 80 ? ["http"] : target.port == 443 ? ["https"] : ["https", "http"]
            for scheme in schemes {
                guard let address = try? Address("\(scheme)://\(target)"),
                    let proxy = try? settings.proxy(for: address)
                else { continue }
                let password = proxy.password?.reveal { $0 } ?? ""
                let user = proxy.user.isEmpty ? nil : Data("\(proxy.user):\(password)".utf8).base64EncodedString()
                return try? OutsideProxy.Server(
                    host: proxy.host, port: proxy.port, authorization: user.flatMap { Secret($0) })
            }
            return nil
        }
    }

    private static func process(
        _ python: String, _ arguments: [String], _ environment: [String: String]
    ) -> ConfinedProcess {
        var process = ConfinedProcess(executable: python, arguments: arguments, environment: environment)
        process.reason = "fetches and unpacks what others made"
        process.directory = "/tmp"
        // A pip that the user installed for himself alone.
        if let home = environment["HOME"], FileManager.default.fileExists(atPath: home + "/.local/lib") {
            process.readable.append(home + "/.local/lib")
            process.variables["PYTHONUSERBASE"] = home + "/.local"
        }
        return process
    }

    private static func result(of process: ConfinedProcess) async throws -> ChildProcess.Result {
        do {
            return try await process.run()
        } catch let error as SandboxError {
            throw DownloadsError(.unavailable, error.message)
        } catch let error as ProcessError {
            throw DownloadsError(.unavailable, error.message)
        }
    }
}
