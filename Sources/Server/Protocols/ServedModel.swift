internal import Base
internal import HTTPTypes
internal import RAG

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The release as a model that other protocols know: documents, retrieval and generator under one name.
struct ServedModel: Sendable {
    /// The name under which it is listed; `neo` is understood as well.
    let id: String
    /// Since when it is served.
    let created: Date

    /// The model of a release, named as its project; what would not stand in a path is a dash.
    init(_ summary: [String: JSONValue], created: Date) {
        let name = (summary["project"]?.string ?? "").unicodeScalars.map { scalar in
            let isPlain = ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
            return isPlain || scalar == "." || scalar == "_" ? Character(scalar) : "-"
        }
        id = name.contains { $0 != "-" && $0 != "." } ? String(name.prefix(100)) : "neo"
        self.created = created
    }

    /// Seconds since 1970.
    var createdSeconds: Int { Self.seconds(created) }

    /// Seconds since 1970.
    static func seconds(_ date: Date) -> Int { Int(date.timeIntervalSince1970) }

    /// Refuses other names.
    func check(_ name: String) throws(RequestFailure) {
        guard name == id || name == "neo" else {
            throw RequestFailure(
                .notFound, code: "model_not_found",
                "There is no model \"\(name.beginning(100))\" here; this server has \"\(id)\".", parameter: "model")
        }
    }

    /// The entry in the lists of both protocols, whose fields do not get in each other's way.
    var body: JSONValue {
        [
            "id": .string(id), "object": "model", "created": .integer(createdSeconds), "owned_by": "neo",
            "type": "model", "display_name": .string(id), "created_at": .string(created.timestamp),
        ]
    }

    /// The list.
    var list: JSONValue {
        [
            "object": "list", "data": [body], "has_more": false, "first_id": .string(id), "last_id": .string(id),
        ]
    }
}
