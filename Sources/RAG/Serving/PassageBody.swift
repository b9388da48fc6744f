package import Base
internal import Retrieval

/// Writes passages as clients read them.
///
/// `content`, `doc_id`, `filepath`, `start_idx` and `end_idx` are AutoRAG's names for `text`, `id`, `document` and
/// the range; they stand beside our own, so that its clients work unchanged.
package enum PassageBody {
    /// A passage with everything that is known of it.
    package static func full(_ passage: RetrievedPassage) -> JSONValue {
        var members = autoRAGMembers(passage)
        members["id"] = .string(passage.id)
        members["document"] = .string(passage.document.rawValue)
        members["title"] = .string(passage.title)
        members["headings"] = .array(passage.headings.map { .string($0) })
        members["text"] = .string(passage.text)
        members["line"] = .integer(passage.line)
        members["metadata"] = .object(passage.metadata)
        if let page = passage.page { members["page"] = .integer(page) }
        if let similarity = passage.similarity { members["similarity"] = .number(similarity) }
        return .object(members)
    }

    /// A passage as AutoRAG's `/v1/run` gives it.
    package static func autoRAG(_ passage: RetrievedPassage) -> JSONValue {
        var members = autoRAGMembers(passage)
        if let page = passage.page ?? passage.metadata["page"]?.integer { members["file_page"] = .integer(page) }
        return .object(members)
    }

    private static func autoRAGMembers(_ passage: RetrievedPassage) -> [String: JSONValue] {
        [
            "content": .string(passage.text),
            "doc_id": .string(passage.id),
            "score": .number(passage.score),
            "filepath": .string(passage.document.rawValue),
            "start_idx": .integer(passage.range.lowerBound),
            "end_idx": .integer(passage.range.upperBound),
        ]
    }
}
