internal import Base
internal import Documents
internal import Retrieval

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension MeasurementState {
    /// A project as it is now.
    init(of project: Project) {
        let hash = { (path: String) in
            FileManager.default.contents(atPath: path).map { ContentHash(of: $0).hex }
        }
        let document = try? RequirementsFile(of: project).document
        self.init(
            settings: hash(project.path("neo.yaml")), golden: hash(project.path(project.file.golden)),
            files: Self.files(of: project)?.hex,
            requirements: document.map {
                Dictionary($0.requirements.map { ($0.id, $0.fingerprint.hex) }, uniquingKeysWith: { first, _ in first })
            })
    }

    /// The documents' files by names and contents; nil where there is none. Contents are read again only where a name, a
    /// size or a time is another one: what was found is kept in `.neo/files.json`.
    static func files(of project: Project) -> ContentHash? {
        let loader = DocumentLoader(
            diagnostics: DiagnosticCollector(), settings: project.file.parsers, folder: project.folder)
        guard let files = try? loader.find(project.file.documents, base: project.folder), !files.isEmpty else {
            return nil
        }
        var seen = ContentHash.Builder()
        for file in files {
            let state = FileState(file.path)
            seen.add("\(file.relativePath)\n\(state?.bytes ?? 0)\n\(state?.changed.timeIntervalSince1970 ?? 0)")
        }
        let key = seen.finish().hex
        let path = project.path(".neo/files.json")
        if let kept = FileManager.default.contents(atPath: path).flatMap({ try? JSONValue(parsing: $0) }),
            kept["seen"]?.string == key, let hash = kept["content"]?.string.flatMap({ ContentHash(hex: $0) })
        {
            return hash
        }
        var content = ContentHash.Builder()
        // In the order of their names, too.
        for file in files.sorted(by: { $0.id < $1.id }) {
            guard let data = FileManager.default.contents(atPath: file.path) else { return nil }
            // By its name, which is the same in another checkout.
            content.add("\(file.id.rawValue)\n\(ContentHash(of: data).hex)")
        }
        let hash = content.finish()
        // Where nothing can be written it is read again the next time.
        if FileManager.default.fileExists(atPath: project.path(".neo")) {
            try? AtomicFile.write(
                JSONValue.object(["seen": .string(key), "content": .string(hash.hex)]).canonicalText + "\n", to: path)
        }
        return hash
    }
}

extension Requirement {
    /// The hash of what is measured: the sentence and its test. Another source changes nothing.
    var fingerprint: ContentHash {
        ContentHash(
            of: [
                "text": .string(text), "metric": .string(metric), "test": .string(criterion?.words ?? ""),
                "measurement": .string(measurement),
            ] as JSONValue)
    }
}
