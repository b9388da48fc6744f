package import Base
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Whether a release is as it was made: every file by its hash, and no other file but what building its code leaves.
package struct ReleaseVerification: Sendable, Hashable {
    /// Something that is not as it was.
    package struct Problem: Sendable, Hashable {
        /// What is wrong.
        package enum Kind: String, Sendable, Hashable {
            case missing, changed, unknown, link
            /// The manifest is not the one that the project's database knows.
            case manifest
        }

        package let kind: Kind
        /// The path below the release.
        package let path: String

        /// What is wrong, as a sentence.
        package var sentence: String {
            switch kind {
            case .missing: "\(path) is missing."
            case .changed: "\(path) was changed."
            case .unknown: "\(path) does not belong to the release."
            case .link: "\(path) is a link, and a release has none."
            case .manifest: "\(path) is not the one that was written when the release was made."
            }
        }
    }

    package let identity: ReleaseIdentity
    /// How many files were compared.
    package let files: Int
    package let problems: [Problem]

    /// Compares.
    ///
    /// - Parameter known: the hash of the manifest as the project's database has it; nil where it has none.
    @concurrent
    package static func run(_ folder: ReleaseFolder, known: ContentHash? = nil) async throws -> ReleaseVerification {
        var problems: [Problem] = []
        if let known, known != folder.identity.hash {
            problems.append(Problem(kind: .manifest, path: ReleaseManifest.fileName))
        }
        var expected = Set<String>()
        for file in folder.manifest.files {
            try Task.checkCancellation()
            guard isInside(file.path), expected.insert(file.path).inserted else {
                problems.append(Problem(kind: .manifest, path: ReleaseManifest.fileName))
                continue
            }
            switch type(of: folder.file(file.path)) {
            case nil: problems.append(Problem(kind: .missing, path: file.path))
            case .typeSymbolicLink?: break
            case .typeRegular?:
                let found = try? FileHash.sha256(of: folder.file(file.path))
                if found?.hash != file.sha256 { problems.append(Problem(kind: .changed, path: file.path)) }
            default: problems.append(Problem(kind: .changed, path: file.path))
            }
        }
        for path in try paths(in: folder) {
            switch type(of: folder.file(path)) {
            case nil: continue
            case .typeSymbolicLink?: problems.append(Problem(kind: .link, path: path))
            default:
                if path != ReleaseManifest.fileName, !expected.contains(path) {
                    problems.append(Problem(kind: .unknown, path: path))
                }
            }
        }
        return ReleaseVerification(identity: folder.identity, files: expected.count, problems: problems)
    }

    /// Throws where something is not as it was.
    package func require() throws(EngineerError) {
        guard let first = problems.first else { return }
        let more = problems.count > 1 ? " \(problems.count - 1) more files differ." : ""
        throw EngineerError(
            code: .release,
            message: "Release \(identity.number) is not as it was made, so it is not used: \(first.sentence)\(more) "
                + "`neo release verify` names all; restore it from a backup, or make a new release.")
    }

    /// All that is no folder, by its path below the release; without what building the package in `code/` leaves there.
    private static func paths(in folder: ReleaseFolder) throws -> [String] {
        var found: [String] = []
        var open = [""]
        while let parent = open.popLast() {
            for name in try FileManager.default.contentsOfDirectory(atPath: folder.file(parent)) {
                let path = parent.isEmpty ? name : "\(parent)/\(name)"
                guard !CodePackage.isBuilt(path) else { continue }
                if type(of: folder.file(path)) == .typeDirectory { open.append(path) } else { found.append(path) }
            }
        }
        return found.sorted()
    }

    /// The kind of a file, links not followed; nil where there is none.
    private static func type(of path: String) -> FileAttributeType? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
    }

    /// Whether a path of a manifest stays within the release.
    private static func isInside(_ path: String) -> Bool {
        !path.hasPrefix("/")
            && !path.split(separator: "/", omittingEmptySubsequences: false).contains { part in
                part.isEmpty || part == "." || part == ".."
            }
    }

    /// The result as one object.
    package var json: JSONValue {
        [
            "release": .integer(identity.number), "hash": .string(identity.hash.hex), "files": .integer(files),
            "isIntact": .bool(problems.isEmpty),
            "problems": .array(
                problems.map { ["kind": .string($0.kind.rawValue), "path": .string($0.path)] }),
        ]
    }
}
