import Retrieval

/// Puts a document together from its blocks, with blank lines between them.
func document(_ blocks: (Document.Block.Kind, String)..., front: String = "") -> Document {
    var text = front
    var placed: [Document.Block] = []
    for (kind, content) in blocks {
        let start = text.utf8.count
        text += content
        placed.append(Document.Block(kind: kind, range: start..<text.utf8.count))
        text += "\n\n"
    }
    return Document(id: DocumentID("d.md"), title: "Title", text: text, blocks: placed)
}

/// `count` words, numbered from `first`.
func words(_ count: Int, from first: Int = 0) -> String {
    (first..<first + count).map { "w\($0)" }.joined(separator: " ")
}
