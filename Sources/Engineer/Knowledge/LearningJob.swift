internal import Base

/// What is started by a schedule: a program with the folder of the knowledge that it learns from.
package struct LearningJob: Sendable {
    /// The path of `neo`.
    package let program: String
    /// The knowledge folder.
    package let knowledge: String

    /// - Throws: where a path has a character that stands in no line.
    package init(program: String, knowledge: String) throws(EngineerError) {
        for path in [program, knowledge] where ReportText.line(path) != path {
            throw EngineerError(
                code: .knowledge,
                message:
                    "A schedule cannot name \(RequirementNames.line(path)): it has a character that nobody sees. Rename it."
            )
        }
        self.program = program
        self.knowledge = knowledge
    }

    /// A line for `crontab -e`, for machines without a service manager.
    package func crontabLine(_ interval: LearningSchedule.Interval) -> String {
        let line = "NEO_KNOWLEDGE=\(Self.shell(knowledge)) \(Self.shell(program)) learn --quiet"
        // cron ends a command at a percent sign.
        return "\(interval == .daily ? "@daily" : "@weekly") \(line.replacing("%", with: "\\%"))"
    }

    /// The manager's files by their names.
    func files(for manager: LearningSchedule.Manager, _ interval: LearningSchedule.Interval) throws(EngineerError)
        -> [String: String]
    {
        if manager == .systemd, program.contains(where: { "\"'\\".contains($0) }) {
            throw EngineerError(
                code: .knowledge,
                message:
                    "systemd starts no program with a quote or a backslash in its path, such as \(program). Move neo.")
        }
        return switch manager {
        case .systemd: ["neo-learn.service": service, "neo-learn.timer": timer(interval)]
        case .launchd: ["\(LearningSchedule.label).plist": agent(interval)]
        }
    }

    private var service: String {
        """
        # \(LearningSchedule.mark)
        [Unit]
        Description=Neo learns from finished searches
        Documentation=man:systemd.service(5)

        [Service]
        Type=oneshot
        Nice=19
        IOSchedulingClass=idle
        Environment=\(Self.systemd(knowledge, prefix: "NEO_KNOWLEDGE="))
        ExecStart=\(Self.systemd(program)) learn --quiet

        """
    }

    private func timer(_ interval: LearningSchedule.Interval) -> String {
        """
        # \(LearningSchedule.mark)
        [Unit]
        Description=Neo learns from finished searches, \(interval.rawValue)

        [Timer]
        OnCalendar=\(interval.rawValue)
        Persistent=true
        RandomizedDelaySec=1h

        [Install]
        WantedBy=timers.target

        """
    }

    private func agent(_ interval: LearningSchedule.Interval) -> String {
        let day = interval == .weekly ? "<key>Weekday</key><integer>1</integer>" : ""
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
            <!-- \(LearningSchedule.mark) -->
            <!-- \(interval.rawValue) -->
            <plist version="1.0">
            <dict>
                <key>Label</key><string>\(LearningSchedule.label)</string>
                <key>ProgramArguments</key>
                <array><string>\(HTMLReport.escaped(program))</string><string>learn</string><string>--quiet</string></array>
                <key>EnvironmentVariables</key>
                <dict><key>NEO_KNOWLEDGE</key><string>\(HTMLReport.escaped(knowledge))</string></dict>
                <key>StartCalendarInterval</key>
                <dict>\(day)<key>Hour</key><integer>3</integer><key>Minute</key><integer>17</integer></dict>
                <key>LowPriorityIO</key><true/>
                <key>Nice</key><integer>19</integer>
            </dict>
            </plist>

            """
    }

    /// A word of a systemd unit: quoted, with nothing in it that systemd would fill in.
    private static func systemd(_ word: String, prefix: String = "") -> String {
        let word = word.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("%", with: "%%")
        return "\"\(prefix)\(word)\""
    }

    /// A word that a shell takes as it is.
    private static func shell(_ word: String) -> String { "'\(word.replacing("'", with: "'\\''"))'" }
}
