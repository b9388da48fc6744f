package import Tracing

/// A model as spans name it: who serves it, and where.
package struct ServedModel: Sendable, Hashable {
    /// Who serves it: a well-known value of `gen_ai.provider.name`, or the name of the software.
    package var provider: String
    /// The model's name; nil where the server has only one.
    package var name: String?
    /// The server's host; nil where it runs on this machine and is Neo's own.
    package var address: String?
    /// The server's port.
    package var port: Int?

    /// A model.
    package init(provider: String, name: String?, address: String? = nil, port: Int? = nil) {
        self.provider = provider
        self.name = name
        self.address = address
        self.port = port
    }

    /// The same as attributes.
    package var attributes: [AttributeName: SpanAttribute] {
        var attributes: [AttributeName: SpanAttribute] = [.provider: .string(provider)]
        attributes[.requestModel] = name.map { .string($0) }
        attributes[.serverAddress] = address.map { .string($0) }
        if address != nil { attributes[.serverPort] = port.map { .int64(Int64($0)) } }
        return attributes
    }
}
