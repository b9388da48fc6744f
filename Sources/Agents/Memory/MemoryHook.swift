internal import Base
internal import LanguageModels

/// Writes down what was done, a line a call, and how tests ended.
package struct MemoryHook: Hook {
    private static let tests = [
        "swift test", "pytest", "npm test", "npm run test", "cargo test", "go test", "make test", "ctest", "mvn test",
        "gradle test",
        "python -m unittest", "python3 -m unittest",
    ]
    private let store: MemoryStore

    package init(_ store: MemoryStore) { self.store = store }

    package let name = "memory"

    package func wants(_ event: HookEvent) -> Bool {
        // Nobody's folder becomes a memory's because an agent looked at it.
        guard store.exists, case .afterTool(let call, _) = event else { return false }
        return ["shell", "write", "edit", "apply_patch", "neo"].contains(call.name)
    }

    package func answer(to event: HookEvent, session: String, workspace: String) async throws -> HookAnswer {
        guard case .afterTool(let call, let end) = event else { return .proceed("") }
        let arguments = call.argumentsObject ?? [:]
        let what = ["command", "path", "verb"].compactMap { arguments[$0]?.string }.first ?? ""
        do {
            try store.log(
                "\(call.name) \(MemoryText.line(what, most: 200)) → \(end.isError ? "failed" : "done")",
                by: "agent \(session)")
            if call.name == "shell", let tests = Self.tests.first(where: what.contains) {
                try store.note(
                    tests: .init(
                        result: "\(tests): \(end.isError ? "failed" : "passed")", date: store.time.now().timestamp))
            }
        } catch {
            return .failed("The memory could not be kept: \((error as? AgentsError)?.message ?? "\(error)")")
        }
        return .proceed("")
    }
}
