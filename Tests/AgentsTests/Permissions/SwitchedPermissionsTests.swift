import Agents
import FoundationEssentials
import TestSupport
import Testing

@Suite struct SwitchedPermissionsTests {
    @Test func `the mode that holds now decides`() {
        let modes = ModeSwitch(.readOnly)
        let permissions = SwitchedPermissions(modes) { ModePermissions($0) }
        func verdict() -> PermissionVerdict {
            permissions.verdict(on: [.writes("/w/a")], tool: "write", isTainted: false)
        }
        #expect(verdict() == .deny("the mode is read-only"))
        modes.change(to: .ask)
        #expect(verdict() == .ask("the mode is ask"))
        modes.change(to: .workspace)
        #expect(verdict() == .allow("the mode is workspace"))
    }

    @Test func `a session keeps the mode that was chosen, also as a copy`() async throws {
        try await withTemporaryDirectory { folder in
            let store = SessionStore(workspace: folder)
            try store.prepare()
            let (journal, _, _) = try SessionJournal.open(store.path(of: "one"))
            try journal.append(
                SessionEvent(
                    number: 0,
                    kind: .session(
                        SessionStart(id: "one", model: "m", workspace: folder, mode: .workspace, instructions: ""))))
            #expect(store.mode(of: "one") == nil)
            try store.keep(.readOnly, for: "one")
            try store.keep(.ask, for: "one")
            #expect(store.mode(of: "one") == .ask)
            try store.fork("one", to: nil, as: "two")
            #expect(store.mode(of: "two") == .ask && store.ids() == ["two", "one"])
            // What somebody else wrote there is no mode.
            try Data("yolo\n".utf8).write(to: URL(filePath: store.folder + "/one.mode"))
            #expect(store.mode(of: "one") == nil)
            store.forget("two")
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: store.folder).sorted() == ["one.jsonl", "one.mode"])
        }
    }
}
