internal import Base
internal import RAG
internal import Retrieval

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What a search was run with: enough to run it again and get the same numbers.
enum Manifest {
    /// The content of `manifest.json`.
    static func json(
        _ results: SearchResults, workspace: Workspace, models: StudyModels, options: SearchOptions
    ) -> JSONValue {
        let project = workspace.project
        let state = MeasurementState(of: project)
        return [
            "format": "neo.manifest/1",
            "neo": .string(options.version),
            "swift": .string(swiftVersion),
            "study": .string(results.study),
            "seed": .string(String(results.seed)),
            "commandLine": .array(options.commandLine.map { .string($0) }),
            "written": .string(Date().timestamp),
            "hashes": [
                "neo.yaml": fileHash(project.path("neo.yaml")),
                "golden": fileHash(project.path(project.file.golden)),
                "documents": .string(workspace.corpus.hash.hex),
                "files": state.files.map { .string($0) } ?? .null,
            ],
            // What requirements.md said, so that a value is not taken for that of another text.
            "requirements": .object((state.requirements ?? [:]).mapValues { .string($0) }),
            "encoder": models.encoders,
            "reranker": models.rerankers,
            "warmStart": results.start.flatMap { try? JSONValue(encoding: $0) } ?? .null,
            "external": .array(project.file.externals.map { external($0, in: project.folder) }),
            "machine": machine,
        ]
    }

    /// This machine.
    static var machine: JSONValue {
        let process = ProcessInfo.processInfo
        return [
            "processor": processor().map { .string($0) } ?? .null,
            "cores": .integer(process.activeProcessorCount),
            "memoryBytes": .integer(Int(clamping: process.physicalMemory)),
            "system": .string(process.operatingSystemVersionString),
            "matrixProducts": .string(MatrixProductProbe.libraryName),
        ]
    }

    private static func external(_ setting: ExternalSetting, in folder: String) -> JSONValue {
        let source: JSONValue =
            switch setting.source {
            case .url(let url): .string(url)
            case .command(let words): .array(words.map { .string($0) })
            }
        return [
            "name": .string(setting.name), "source": source, "version": setting.version.map { .string($0) } ?? .null,
            "identity": .string(setting.identity(in: folder).hex),
            "walls": setting.walls.isOff ? "none" : .null,
        ]
    }

    /// The hash of a file; null where there is none.
    static func fileHash(_ path: String) -> JSONValue {
        FileManager.default.contents(atPath: path).map { .string(ContentHash(of: $0).hex) } ?? .null
    }

    /// The processor's name, where the system tells it.
    private static func processor() -> String? {
        guard let data = FileManager.default.contents(atPath: "/proc/cpuinfo") else { return nil }
        let line = String(decoding: data, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("model name") }
        return line?.split(separator: ":", maxSplits: 1).last.map { String($0.drop { $0 == " " }) }
    }
}
