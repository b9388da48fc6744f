import Foundation
import Processes
import TestSupport
import Testing

@testable import Tracking

@Suite struct GitStateTests {
    @Test("The commit and what differs from it are read from a real repository, from a folder within it")
    func repository() async throws {
        try await withTemporaryDirectory { folder in
            let file = folder + "/inner/file"
            try FileManager.default.createDirectory(atPath: folder + "/inner", withIntermediateDirectories: true)
            #expect(await GitState.read(folder + "/inner") == nil, "no repository")
            try await git(["init", "-q"], folder)
            #expect(await GitState.read(folder + "/inner") == nil, "no commit yet")

            try "1".write(toFile: file, atomically: true, encoding: .utf8)
            try await git(["add", "."], folder)
            try await git(["-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "first"], folder)
            let head = try await git(["rev-parse", "HEAD"], folder)
            try "new".write(toFile: folder + "/untracked", atomically: true, encoding: .utf8)
            let clean = try #require(await GitState.read(folder + "/inner"))
            #expect(clean.commit == head && !clean.isDirty)

            try "2".write(toFile: file, atomically: true, encoding: .utf8)
            let dirty = try #require(await GitState.read(folder + "/inner"))
            #expect(dirty.commit == head && dirty.isDirty)
        }
    }

    @Test(
        "An answer without a commit is none", arguments: ["", "# branch.oid (initial)\n# branch.head main\n", "junk"])
    func none(answer: String) { #expect(GitState(status: answer) == nil) }

    @discardableResult
    private func git(_ arguments: [String], _ folder: String) async throws -> String {
        let result = try await ChildProcess(executable: "git", arguments: arguments, directory: folder).run()
        #expect(result.status == 0, "\(result.errorOutput)")
        return result.output.filter { !$0.isWhitespace }
    }
}
