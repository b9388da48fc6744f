import FoundationEssentials
import Processes
import TestSupport
import Testing

/// The interview in a real browser, beside one at a terminal.
@Suite(
    .enabled(if: Browser.python != nil, "scripts/browser-environment and chromium drive these"), .timeLimit(.minutes(5))
)
struct InterviewBrowserTests {
    @Test func `the whole interview is answered with the keyboard, and without JavaScript on a telephone`() async throws
    {
        try await withTemporaryDirectory { folder async throws in
            let neo = NeoProcess(folder: folder)
            try neo.write("p/docs/tea.md", "# Tea\n\nWrite to ada@lovelace.org about the tea of the house.\n")
            try neo.write("p/docs/<b>tea.md", "# Tea\n\nWrite to ada@lovelace.org about the tea of the house.\n")
            try neo.write("p/neo.yaml", "documents: [docs/*.md]\n")
            let result = try await neo.serve(command: ["dashboard", "."]) { server async throws in
                try await Browser.run(
                    "interview.py",
                    { [try NeoProcess.executable(), "http://127.0.0.1:\(server.port)", folder + "/p", $0] },
                    home: folder + "/home")
                try server.stop()
            }
            #expect(result.status == 0, "\(result.errorOutput)")
        }
    }
}

/// The whole life of a project in a real browser.
@Suite(
    .enabled(if: Browser.python != nil, "scripts/browser-environment and chromium drive these"), .timeLimit(.minutes(5))
)
struct CourseBrowserTests {
    @Test func `a project goes from a sentence to built milestones, and an edit of its requirements is noticed`()
        async throws
    {
        try await NeoProcess.withProject { neo async throws in
            try await neo.shell("rm -r p")
            try await Browser.run(
                "course.py", { [try NeoProcess.executable(), neo.folder, $0] }, home: neo.folder + "/home")
        }
    }
}
