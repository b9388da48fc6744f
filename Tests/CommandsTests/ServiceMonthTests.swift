import Base
import FoundationEssentials
import Processes
import TestSupport
import Testing

#if os(Linux)
    /// A month in the life of a service, replayed day by day with the program itself (`Tests/Month/month.py`): two calm weeks,
    /// questions about something new, complaints, mended documents, a search, a refusal, a release that fails.
    @Suite(.timeLimit(.minutes(10))) struct ServiceMonthTests {
        private static let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Month/month.py").path

        @Test func `a month brings the right alerts, one search, one promotion, one refusal and one rollback`()
            async throws
        {
            try await withTemporaryDirectory { folder in
                let neo = NeoProcess(folder: folder)
                let replayed = try await ChildProcess(
                    executable: "python3", arguments: [Self.script, try NeoProcess.executable(), folder]
                ).run()
                try #require(replayed.status == 0, "\(replayed.errorOutput)")
                let month = try JSONValue(parsing: replayed.output)
                Self.checkAlerts(month)
                Self.checkReleases(month)
                guard Browser.python != nil else { return }
                try await neo.installDuckDB()
                let dashboard = try await neo.serve(command: ["dashboard", "."]) { server async throws in
                    try await Browser.run("month_pages.py", { ["http://127.0.0.1:\(server.port)", folder + "/p", $0] })
                    try server.stop()
                }
                #expect(dashboard.status == 0, "\(dashboard.errorOutput)")
            }
        }

        private static func told(_ day: Int, _ month: JSONValue) -> [String] {
            month["told"]?["\(day)"]?.array?.compactMap(\.string) ?? []
        }

        private static func checkAlerts(_ month: JSONValue) {
            for day in 1...14 { #expect(told(day, month).isEmpty, "day \(day)") }
            #expect(told(15, month) == ["abstentions firing", "drift firing"])
            #expect(told(16, month).contains("feedback firing"))
            // Nobody asks of chargers that day, and everybody is content; but a document has changed.
            #expect(told(17, month).contains("documents firing"))
            #expect(Set(told(17, month)).isSuperset(of: ["abstentions resolved", "feedback resolved"]))
            // The new release was made of the new documents.
            #expect(told(18, month).contains("documents resolved"))
            // Chargers stay: people ask something else than the month before, and nothing else is the matter.
            for day in 18...30 {
                for news in told(day, month) {
                    #expect(news.hasPrefix("drift") || news == "documents resolved", "day \(day)")
                }
            }
        }

        private static func checkReleases(_ month: JSONValue) {
            #expect(
                month["releases"] == [
                    ["promote", 1, "full", 1, "Ada"], ["promote", 2, "full", 1, "Ada"],
                    ["promote", 3, "full", 0, "Bob"], ["promote", 4, "canary", 1, "Ada"],
                    ["automatic rollback", 2, "canary", 1, "neo serve"],
                ])
            let advice = month["advice"]
            #expect(advice?["due"] == true && advice?["release"] == 1)
            #expect(advice?["expected_gain"]?.number ?? 0 > 0 && advice?["gain_by_documents"]?.number ?? 0 > 0)
            #expect(month["gate"]?.string?.contains("Not worse: the whole 95 % interval") == true)
            #expect(month["refusal"]?.string?.contains("Worse: the whole 95 % interval") == true)
            let outcomes = month["outcomes"]?.array?.compactMap(\.string) ?? []
            #expect(outcomes.contains("promote of release 3, full: refused, worse"))
            #expect(outcomes.contains { $0.hasPrefix("2026-10: ") && $0.contains(" 0 failed, 85 not answered") })
        }
    }
#endif
