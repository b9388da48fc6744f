internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Finds the files that match one pattern, each folder entered once.
///
/// Only folders that can still lead to a match are entered. Real folders come before links, so a file keeps the
/// path that it really has, and a link to a folder that was seen already is not followed again.
struct FolderWalk {
    /// Where in the pattern we are: the alternative, and the next segment.
    private struct Place: Hashable {
        var alternative: Int
        var segment: Int
    }

    private struct Visit {
        var path: String
        var places: Set<Place>
    }

    private let pattern: GlobPattern
    private let base: String
    private let foreign: Set<String>
    private let diagnostics: DiagnosticCollector
    private var visited: Set<FileStatus.Identity> = []
    private var links: [Visit] = []
    /// The files found, absolute, in no particular order.
    private(set) var files: [String] = []
    /// How many files of which suffix were seen but not wanted, for the hint where nothing matches.
    private(set) var unwanted: [String: Int] = [:]

    init(_ pattern: GlobPattern, base: String, foreign: Set<String>, diagnostics: DiagnosticCollector) {
        self.pattern = pattern
        self.foreign = foreign
        self.base = base
        self.diagnostics = diagnostics
    }

    mutating func run() {
        let start = closure(pattern.alternatives.indices.map { Place(alternative: $0, segment: 0) })
        var folders = [Visit(path: pattern.folder, places: start)]
        while true {
            while let visit = folders.popLast() { enter(visit, folders: &folders) }
            guard !links.isEmpty else { return }
            folders = [links.removeFirst()]
        }
    }

    private mutating func enter(_ visit: Visit, folders: inout [Visit]) {
        let shown = FilePaths.relative(visit.path, to: base)
        let names: [String]
        do {
            let identity = try FileStatus(of: visit.path).identity
            guard visited.insert(identity).inserted else {
                diagnostics.add(
                    Diagnostic(
                        .note, "The link leads to a folder that is read already; it is not followed.", file: shown)
                )
                return
            }
            names = try FileManager.default.contentsOfDirectory(atPath: visit.path)
        } catch {
            let reason = (error as? FileStatus.Failure)?.reason ?? "no permission"
            diagnostics.add(
                Diagnostic(
                    .warning,
                    "The folder cannot be read (\(reason)): its documents are left out. Change its permissions.",
                    file: shown
                )
            )
            return
        }
        for name in names.sorted(by: >) { look(at: name, in: visit, folders: &folders) }
    }

    private mutating func look(at name: String, in visit: Visit, folders: inout [Visit]) {
        let path = FilePaths.join(visit.path, name)
        let below = step(visit.places, into: name)
        let isWanted = matches(visit.places, name)
        do {
            let own = try FileStatus(of: path, followingLinks: false).kind
            // Nothing that a shell would not show: not even its target is asked for.
            guard !below.isEmpty || isWanted || own == .file else { return }
            switch own == .link ? try FileStatus(of: path).kind : own {
            case .folder where !below.isEmpty:
                let next = Visit(path: path, places: below)
                if own == .link { links.append(next) } else { folders.append(next) }
            case .file:
                if isWanted { files.append(path) } else if !name.hasPrefix(".") { countUnwanted(name) }
            default: break
            }
        } catch {
            let reason = error.isLinkLoop ? "it leads back to itself" : error.reason
            diagnostics.add(
                Diagnostic(
                    .warning, "The link leads nowhere (\(reason)) and is left out. Remove or mend it.",
                    file: FilePaths.relative(path, to: base)
                )
            )
        }
    }

    private mutating func countUnwanted(_ name: String) {
        guard let dot = name.lastIndex(of: ".") else { return }
        unwanted[String(name[dot...]), default: 0] += 1
    }

    private func segments(of place: Place) -> [GlobPattern.Segment] { pattern.alternatives[place.alternative] }

    /// `**` may also stand for no folder at all.
    private func closure(_ places: some Sequence<Place>) -> Set<Place> {
        var all = Set(places)
        for place in all where segments(of: place)[place.segment] == .anyFolders {
            all.insert(Place(alternative: place.alternative, segment: place.segment + 1))
        }
        return all
    }

    private func step(_ places: Set<Place>, into name: String) -> Set<Place> {
        var reached: [Place] = []
        for place in places {
            let segments = segments(of: place)
            switch segments[place.segment] {
            case .anyFolders:
                if !name.hasPrefix(".") { reached.append(place) }
            case .name(let pattern):
                if place.segment + 1 < segments.count, pattern.matches(name) {
                    reached.append(Place(alternative: place.alternative, segment: place.segment + 1))
                }
            }
        }
        return closure(reached)
    }

    private func matches(_ places: Set<Place>, _ name: String) -> Bool {
        let matches = places.contains { place in
            let segments = segments(of: place)
            guard place.segment == segments.count - 1, case .name(let pattern) = segments[place.segment] else {
                return false
            }
            return pattern.matches(name)
        }
        return matches && (!pattern.isKindLess || DocumentKind(path: name, foreign: foreign) != nil)
    }
}
