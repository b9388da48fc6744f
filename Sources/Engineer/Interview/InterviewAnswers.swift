package import Base
internal import Yams

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A file of answers: ids of questions and what is answered to them, in YAML, of which JSON is a part.
package enum InterviewAnswers {
    /// How YAML writes nothing.
    private static let nulls: Set<String> = ["", "~", "null", "Null", "NULL"]

    /// Reads a file; nil stands for "I don't know".
    ///
    /// - Throws: `EngineerError` where there is no such file, or it is no mapping.
    package static func read(_ path: String) throws(EngineerError) -> [(id: String, value: JSONValue?)] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw EngineerError(code: .invalidRequest, message: "The file \(path) of answers cannot be read.")
        }
        guard data.count <= 1_000_000 else {
            throw EngineerError(
                code: .invalidRequest, message: "\(path) is larger than 1 MB: is it a file of answers?")
        }
        let root = try YAMLReader.parse(
            String(decoding: data, as: UTF8.self), file: path, hint: "Write a line such as `latency: 2`.")
        let reader = YAMLReader(file: path, root: root, code: .invalidRequest)
        var answers: [(id: String, value: JSONValue?)] = []
        for (key, value) in root.mapping ?? [:] {
            guard let id = key.scalar?.string else {
                throw reader.failure("An id must be a word.", line: key.mark?.line)
            }
            guard value.mapping == nil else {
                throw reader.failure("The answer to \(id) must be a value or a list.", line: value.mark?.line)
            }
            let isUnknown = value.scalar.map { scalar in
                scalar.string == "?" || scalar.style == .plain && Self.nulls.contains(scalar.string)
            }
            answers.append((id, isUnknown == true ? Optional.none : reader.whole(value)))
        }
        return answers
    }
}
