internal import Base

/// What became of a system after its search, in figures: a step of a release, an audit, or a month of service.
///
/// As of a search, only numbers are kept, and words that Neo itself has given.
package struct KnowledgeOutcome: Sendable, Hashable, Codable {
    /// What is told of.
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// A release was to be served, or was taken out again.
        case release
        case audit
        /// A calendar month in which a service answered.
        case month
    }

    package var format = KnowledgeRecord.format
    package var kind: Kind
    /// Names the record; the same thing leaves the same name.
    package var id: String
    /// The project's random id.
    package var project: String
    /// The record of the search that found what was released; nil where it is not known.
    package var study: String?
    /// When: `2026-11-22`; of a month the last day that is counted.
    package var day: String
    /// Neo's version.
    package var neo: String
    /// What it was, in words of Neo, by name.
    package var words: [String: String] = [:]
    /// What was measured, by name.
    package var values: [String: Double] = [:]

    /// A record that says nothing yet.
    ///
    /// - Parameter subject: what tells it from others of its kind in the project.
    init(_ kind: Kind, of subject: String, project: String, study: String? = nil, day: String, version: String) {
        self.kind = kind
        id = ContentHash(of: "\(project)\n\(kind.rawValue)\n\(subject)").short
        self.project = project
        self.study = study
        self.day = day
        neo = version
    }

    /// The record as it stands in its file.
    func fileLine() throws -> String {
        var finite = self
        finite.values = values.filter(\.value.isFinite)
        return try JSONValue(encoding: finite).canonicalText + "\n"
    }

    /// Reads what `fileLine` wrote.
    ///
    /// - Returns: nil for a record of a kind that this version does not know.
    /// - Throws: where it is no record, is of a newer form, or does not bear the name of its file.
    init?(line: String, id: String) throws {
        let value = try JSONValue(parsing: line)
        guard value["format"]?.string == KnowledgeRecord.format else {
            throw EngineerError(
                code: .knowledge, message: "Its format is not \(KnowledgeRecord.format): it is of a newer Neo.")
        }
        guard value["kind"]?.string.flatMap(Kind.init) != nil else { return nil }
        self = try value.decoded(as: KnowledgeOutcome.self)
        guard self.id == id, KnowledgeRecord.isName(id), KnowledgeRecord.isName(project) else {
            throw EngineerError(code: .knowledge, message: "Its id is not the name of the file.")
        }
    }
}
