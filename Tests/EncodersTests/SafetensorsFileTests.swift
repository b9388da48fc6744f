import Base
import FoundationEssentials
import TestSupport
import Testing

@testable import Encoders

@Suite struct SafetensorsFileTests {
    private func open(_ data: Data) async throws -> SafetensorsFile {
        try await withTemporaryDirectory { folder in
            try writeTestFile(data, to: folder + "/model.safetensors")
            // The mapping outlives the name of the file.
            return try SafetensorsFile(path: folder + "/model.safetensors")
        }
    }

    private var sound: SafetensorsWriter {
        var writer = SafetensorsWriter()
        writer.add("first", [2, 3], [1, 2, 3, 4, 5, 6])
        writer.add("second", [1], [-0.5])
        return writer
    }

    @Test func `Tensors come back with their shapes`() async throws {
        let file = try await open(sound.file)
        #expect(file.names == ["first", "second"])
        #expect(file.shape(of: "first") == [2, 3])
        #expect(try file.floats(of: "first") == [1, 2, 3, 4, 5, 6])
        #expect(try file.floats(of: "second") == [-0.5])
    }

    @Test func `Halves and brain floats are widened exactly`() async throws {
        var writer = SafetensorsWriter()
        // 1, -2, 65504 (the greatest), 2^-24 (the smallest), infinity
        writer.add("half", "F16", [5], Data([0x00, 0x3C, 0x00, 0xC0, 0xFF, 0x7B, 0x01, 0x00, 0x00, 0x7C]))
        writer.add("brain", "BF16", [2], Data([0x80, 0x3F, 0x49, 0xC0]))
        let file = try await open(writer.file)
        #expect(try file.floats(of: "half") == [1, -2, 65504, 0x1p-24, .infinity])
        #expect(try file.floats(of: "brain") == [1, -3.140625])
    }

    @Test func `Floats that are not aligned are read all the same`() async throws {
        var writer = SafetensorsWriter()
        writer.add("byte", "U8", [1], Data([9]))
        writer.add("floats", [2], [1.5, -7])
        #expect(try await open(writer.file).floats(of: "floats") == [1.5, -7])
    }

    @Test(arguments: [1, 4, 20])
    func `A file that lacks its last bytes is refused`(missing: Int) async throws {
        let error = await #expect(throws: EncodersError.self) {
            _ = try await open(sound.file.dropLast(missing))
        }
        #expect(error?.code == .damagedFile)
        #expect(error?.message.contains("cut short") == true)
        #expect(error?.message.contains("download") == true)
    }

    @Test func `A file that is cut inside its header is refused`() async throws {
        let error = await #expect(throws: EncodersError.self) { _ = try await open(sound.file.prefix(30)) }
        #expect(error?.message.contains("cut short") == true)
    }

    @Test(arguments: [
        #"{"dtype":"F32","shape":[2,3],"data_offsets":[0,20]}"#,
        #"{"dtype":"F32","shape":[2,-3],"data_offsets":[0,24]}"#,
        #"{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,24]}"#,
        #"{"dtype":"F32","shape":[2,3],"data_offsets":[24,0]}"#,
        #"{"dtype":"F32","shape":[2,3],"data_offsets":[4,28]}"#,
        #"{"dtype":"F32","shape":[2,3],"data_offsets":[0,9223372036854775807]}"#,
        #"{"dtype":"F32","shape":[2,"3"],"data_offsets":[0,24]}"#,
        #"{"dtype":"F31","shape":[2,3],"data_offsets":[0,24]}"#,
        #"{"shape":[2,3],"data_offsets":[0,24]}"#,
        #"7"#,
    ])
    func `A header that lies about a tensor is refused`(entry: String) async throws {
        var writer = sound
        writer.claim("first", try JSONValue(parsing: entry))
        let error = await #expect(throws: EncodersError.self) { _ = try await open(writer.file) }
        #expect(error?.code == .damagedFile)
    }

    @Test(arguments: [Data([1, 2, 3]), Data(repeating: 0xFF, count: 64), Data("<!doctype html><html></html>".utf8)])
    func `What is no safetensors file is refused`(data: Data) async throws {
        let error = await #expect(throws: EncodersError.self) { _ = try await open(data) }
        #expect(error?.code == .damagedFile)
    }

    @Test func `A missing file is named`() {
        let error = #expect(throws: EncodersError.self) { _ = try SafetensorsFile(path: "/nowhere/at/all") }
        #expect(error?.code == .unreadableFile)
        #expect(error?.message.contains("/nowhere/at/all") == true)
    }
}
