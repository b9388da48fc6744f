internal import Base
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// When `neo learn` runs by itself: the files that the user's own service manager reads.
///
/// It writes and removes files only; whoever calls it tells the service manager.
package struct LearningSchedule: Sendable {
    /// How often.
    package enum Interval: String, Sendable, Hashable, CaseIterable {
        case daily, weekly
    }

    /// Who starts it.
    package enum Manager: String, Sendable, Hashable {
        /// Linux, as a timer of the user.
        case systemd
        /// macOS.
        case launchd

        /// That of this system.
        package static var ofThisSystem: Manager {
            #if os(macOS)
                .launchd
            #else
                .systemd
            #endif
        }
    }

    /// The first line of each file, by which Neo knows its own.
    static let mark = "neo learn wrote this file, and removes it where its schedule is turned off."

    package let manager: Manager
    /// Where the manager looks for files of the user.
    package let folder: String

    /// `$XDG_CONFIG_HOME/systemd/user` or `~/.config/systemd/user`; on macOS `~/Library/LaunchAgents`.
    package init(_ environment: [String: String], manager: Manager = .ofThisSystem) {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        let home = value("HOME") ?? FileManager.default.homeDirectoryForCurrentUser.path
        self.manager = manager
        folder =
            switch manager {
            // Only an absolute one counts, as the XDG specification says.
            case .systemd:
                (value("XDG_CONFIG_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/.config")
                    + "/systemd/user"
            case .launchd: home + "/Library/LaunchAgents"
            }
    }

    /// What the manager is asked to start: the timer, or the agent's file.
    package var unit: String { manager == .systemd ? "neo-learn.timer" : "\(folder)/\(Self.label).plist" }
    /// The name by which launchd knows it.
    static let label = "neo.learn"

    private var names: [String] {
        manager == .systemd ? ["neo-learn.service", "neo-learn.timer"] : ["\(Self.label).plist"]
    }

    /// The paths of its files.
    package var paths: [String] { names.map { "\(folder)/\($0)" } }

    /// How often it runs by what is written; nil where nothing is, or it is not Neo's.
    package var current: Interval? {
        guard let path = paths.last, let text = Self.text(of: path), text.contains(Self.mark) else { return nil }
        return Interval.allCases.first { text.contains(marker($0)) }
    }

    private func marker(_ interval: Interval) -> String {
        manager == .systemd ? "OnCalendar=\(interval.rawValue)" : "<!-- \(interval.rawValue) -->"
    }

    /// Writes the files, and gives the paths of those that were not as they should be.
    ///
    /// - Throws: where a file of somebody else is in the way, or a path cannot be said to the manager.
    package func write(_ interval: Interval, _ job: LearningJob) throws -> [String] {
        try refuseForeign()
        let texts = try job.files(for: manager, interval)
        try AtomicFile.makeFolder(folder)
        var written: [String] = []
        for (name, path) in zip(names, paths) {
            guard let text = texts[name], Self.text(of: path) != text else { continue }
            try AtomicFile.write(text, to: path)
            written.append(path)
        }
        return written
    }

    /// Removes the files, and gives the paths of those that were there.
    package func remove() throws -> [String] {
        try refuseForeign()
        let there = paths.filter { FileManager.default.fileExists(atPath: $0) }
        for path in there { try FileManager.default.removeItem(atPath: path) }
        return there
    }

    private func refuseForeign() throws(EngineerError) {
        for path in paths {
            // A link that leads nowhere is somebody's, too.
            guard (try? FileManager.default.attributesOfItem(atPath: path)) != nil else { continue }
            guard let text = Self.text(of: path), text.contains(Self.mark) else {
                throw EngineerError(
                    code: .knowledge,
                    message:
                        "\(path) was not written by neo learn --schedule, and is left as it is. Move it away first.")
            }
        }
    }

    private static func text(of path: String) -> String? {
        FileManager.default.contents(atPath: path).flatMap { String(validating: $0, as: UTF8.self) }
    }
}
