internal import Base
internal import Documents
internal import Retrieval
internal import Storage

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Forgets a person: finds all that a project keeps of them, and takes it out.
///
/// Every step can be done again, so that a run that was killed is finished by the next. The key goes first: from then on
/// nobody can tell of whom the audit log speaks.
package struct Forgetting: Sendable {
    /// A step, for tests that end the work at each of them.
    package enum Step: String, Sendable, CaseIterable {
        case note, accessKeys, personKey, databases, files, cache, documents, release, tombstone
    }

    private let project: Project
    private let person: String
    private let traces: ProjectTraces
    private let onStep: @Sendable (Step) throws -> Void
    /// Makes a release of the documents without the person's, where one holds the person, and gives its number; nil where
    /// none can be made.
    package var cutRelease: (@Sendable () async throws -> Int?)?

    /// - Parameters:
    ///   - person: how the person is written: an address, a name.
    ///   - others: how else.
    ///   - knowledge: where searches leave what they learnt.
    ///   - onStep: hears of each step before it is done.
    /// - Throws: `EngineerError` where a name is too short to be looked for.
    package init(
        _ project: Project, person: String, others: [String] = [], knowledge: String?,
        onStep: @escaping @Sendable (Step) throws -> Void = { _ in }
    ) throws(EngineerError) {
        let names = ([person] + others).map(PersonNames.trimmed)
        guard let trace = PersonTrace(names) else {
            throw EngineerError(
                code: .invalidRequest,
                message:
                    "A name of fewer than three letters stands in too many words. Give the person's address, or the whole "
                    + "name.")
        }
        self.project = project
        self.person = names[0]
        self.onStep = onStep
        traces = ProjectTraces(project: project, trace: trace, knowledge: knowledge)
    }

    /// Whether an earlier run for this person was not finished.
    package var isUnfinished: Bool { ForgettingNote.read(person, in: project) != nil }

    /// What names the person, and what would become of it.
    @concurrent
    package func places() async throws -> [ForgottenPlace] {
        var places: [ForgottenPlace] = []
        if FileState(project.path(Persons.file)) != nil, try await Persons(project).known(person) != nil {
            places.append(
                ForgottenPlace(.kept, "key of the person", 1, "destroyed: the audit log names nobody any more"))
        }
        for path in traces.databases {
            for (table, count) in try await DatabaseTraces(path: path).count(traces.trace).sorted(by: {
                $0.key < $1.key
            }) {
                places.append(
                    ForgottenPlace(
                        .kept, "\(relative(path)), table \(table)", count, "rows purged, or the name in them"))
            }
        }
        for file in traces.keptFiles() {
            places.append(ForgottenPlace(.kept, relative(file.path), 1, words(file.mending)))
        }
        let cached = traces.cacheFiles.filter { TracedFile.holds($0, traces.trace) }.count
        if cached > 0 {
            places.append(ForgottenPlace(.kept, ".neo/cache", cached, "the whole cache is removed; it is made again"))
        }
        for found in try await traces.documents() {
            places.append(
                ForgottenPlace(
                    .own, found.loaded.file, found.isExcluded ? 0 : max(found.lines.count, 1),
                    found.isExcluded
                        ? "your document: it is in no index and no service until you change it"
                        : "your document: taken out of index and service until you change it",
                    details: found.lines.prefix(20).map { "\(found.loaded.file):\($0)" }))
        }
        for (path, lines) in traces.ownFiles() {
            places.append(
                ForgottenPlace(
                    .own, path, lines.count, "your file: nothing in it is changed",
                    details: lines.prefix(20).map { "\(path):\($0)" }))
        }
        for (release, files) in traces.releaseFiles().sorted(by: { $0.key < $1.key }) {
            places.append(
                ForgottenPlace(
                    .release, "release \(release)", files.count,
                    replacement(of: release),
                    details: Array(files.prefix(20))))
        }
        for path in traces.backups() {
            places.append(
                ForgottenPlace(.backup, relative(path), 1, "may be a copy: look yourself, nothing is promised"))
        }
        return places
    }

    /// Forgets.
    ///
    /// - Parameter how: `terminal`, or `automated` where nobody was asked.
    /// - Returns: what is left, which is the user's to decide.
    @concurrent
    package func run(how: String, by author: String, at now: Date) async throws -> [ForgottenPlace] {
        try project.prepareStateFolder()
        let before = try await places()
        let trail = try AuditTrail(project)
        let persons = try Persons(project)
        try onStep(.note)
        let known = ForgettingNote.read(person, in: project)
        let pseudonym: String? = if let known { known.pseudonym } else { try await persons.known(person)?.pseudonym }
        if known == nil {
            try ForgettingNote(pseudonym: pseudonym, begun: now.timestamp).write(person, in: project)
            try await trail.recordTombstone(
                "forgetting begun", pseudonym: pseudonym, facts: ["how": .string(how)], at: now)
        }
        try onStep(.accessKeys)
        try await forgetKeys(at: now)
        try onStep(.personKey)
        _ = try await persons.destroy(person)
        try onStep(.databases)
        // All of them, whether rows name the person or not: what was freed earlier is overwritten, too.
        for path in traces.databases {
            let database = DatabaseTraces(path: path)
            if relative(path) == ".neo/runs.db", !(try await database.count(traces.trace).isEmpty) {
                for file in traces.parquetFiles { try FileManager.default.removeItem(atPath: file) }
            }
            try await database.purge(traces.trace)
        }
        try onStep(.files)
        for file in traces.keptFiles() { try file.mend(traces.trace) }
        try onStep(.cache)
        for file in traces.cacheFiles { try? FileManager.default.removeItem(atPath: file) }
        try onStep(.documents)
        var exclusions = try Exclusions(project)
        try exclusions.add(try await traces.documents().map(\.loaded.document))
        try onStep(.release)
        let cut = try await cutIfNeeded()
        try onStep(.tombstone)
        // What a running service wrote meanwhile of its last requests has made a new key.
        _ = try await persons.destroy(person)
        let counts = Dictionary(
            before.filter { $0.kind == .kept }.map { ($0.name, JSONValue.integer($0.count)) }, uniquingKeysWith: { $1 })
        let names = counts.filter { !traces.trace.isIn($0.key) }
        var facts: [String: JSONValue] = ["how": .string(how), "purged": .object(names)]
        facts["release"] = cut.map { .integer($0) }
        try await trail.recordTombstone("forgotten", pseudonym: pseudonym, facts: facts, at: now)
        if PersonNames.normalized(author) != PersonNames.normalized(person) {
            try await trail.record([AuditEvent("forget", by: author, at: now, facts: ["how": .string(how)])])
        }
        try ForgettingNote.remove(in: project)
        return try await places()
    }

    /// The latest release that does not name the person and is later than all that do; nil where there is none.
    private var clean: Int? {
        let named = traces.releaseFiles().keys.compactMap { Int($0) }
        return ReleaseFolder.numbers(of: project).last.flatMap { $0 > named.max() ?? .max ? $0 : nil }
    }

    /// What becomes of a release that names the person.
    private func replacement(of release: String) -> String {
        guard let clean else {
            return "released: make a new release (neo release build), promote it, and remove release/\(release)"
        }
        return
            "released: release \(clean) is without the person; promote it (neo release promote \(clean)), and remove "
            + "release/\(release)"
    }

    /// Makes a release without the person where one names them, and none was made yet: a run that was killed here is not done
    /// twice.
    private func cutIfNeeded() async throws -> Int? {
        guard let cutRelease, !traces.releaseFiles().isEmpty, clean == nil else { return nil }
        return try await cutRelease()
    }

    private func forgetKeys(at now: Date) async throws {
        guard FileState(project.databasePath) != nil else { return }
        let database = try NeoDatabase(path: project.databasePath)
        _ = try await database.forgetAccessKeys(named: person, as: "somebody forgotten", at: now)
    }

    private func words(_ mending: TracedFile.Mending) -> String {
        switch mending {
        case .remove: "removed"
        case .redactStrings: "every text that names the person is replaced by \(PersonTrace.replacement)"
        case .dropElements, .dropLines: "the rows that name the person are removed"
        case .redact: "the name is replaced by \(PersonTrace.replacement)"
        case .blot: "the name is written over"
        }
    }

    private func relative(_ path: String) -> String {
        path.hasPrefix(project.folder + "/") ? String(path.dropFirst(project.folder.count + 1)) : path
    }
}
