#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

extension JSONValue: Codable {
    /// Decodes whatever value stands at this place.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// Encodes the value as itself, without a wrapper.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}

extension JSONValue {
    /// Parses one JSON text.
    ///
    /// - Throws: `JSONFault`.
    package init(parsing bytes: UnsafeRawBufferPointer) throws {
        self = try JSONParser.value(of: bytes.bindMemory(to: UInt8.self))
    }

    /// Parses one JSON text.
    ///
    /// - Throws: `JSONFault`.
    package init(parsing data: Data) throws {
        self = try data.withUnsafeBytes { try JSONValue(parsing: $0) }
    }

    /// Parses one JSON text of strangers, who need no deep nesting.
    ///
    /// - Throws: `JSONFault`.
    package init(parsing bytes: [UInt8], maximumDepth: Int) throws(JSONFault) {
        let result = bytes.withUnsafeBufferPointer { buffer in
            Result { () throws(JSONFault) in try JSONParser.value(of: buffer, maximumDepth: maximumDepth) }
        }
        self = try result.get()
    }

    /// Parses one JSON text.
    ///
    /// - Throws: `JSONFault`.
    package init(parsing text: String) throws {
        var text = text
        self = try text.withUTF8 { try JSONParser.value(of: $0) }
    }

    /// Any encodable value as JSON.
    package init(encoding value: some Encodable) throws {
        try self.init(parsing: try JSONEncoder().encode(value))
    }

    /// The value as another type.
    package func decoded<Value: Decodable>(as type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: Data(canonicalText.utf8))
    }
}
