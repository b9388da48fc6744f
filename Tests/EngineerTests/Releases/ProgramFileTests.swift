import Base
import FoundationEssentials
import Testing

@testable import Engineer

@Suite struct ProgramFileTests {
    /// A program with two segments, loaded and dynamic, which asks for libraries.
    private func program(_ libraries: [String], strings: UInt64 = 0x1000, entries: Int? = nil) -> Data {
        var table: [UInt8] = [0]
        var dynamic: [UInt64] = []
        for library in libraries {
            dynamic += [1, UInt64(table.count)]
            table += Array(library.utf8) + [0]
        }
        dynamic += [5, strings, 0, 0]
        let place = 64 + 2 * 56
        var bytes: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1] + Array(repeating: 0, count: 9)
        func add(_ value: UInt64, _ count: Int) {
            bytes += (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
        }
        for (value, count) in [(3, 2), (62, 2), (1, 4), (0, 8), (64, 8), (0, 8), (0, 4), (64, 2), (56, 2), (2, 2)] {
            add(UInt64(value), count)
        }
        add(0, 6)
        for (kind, start, address, length) in [
            (UInt64(1), place, UInt64(0x1000), table.count),
            (2, place + table.count, 0x3000, entries ?? dynamic.count * 8),
        ] {
            add(kind, 4)
            add(0, 4)
            for value in [UInt64(start), address, address, UInt64(length), UInt64(length), 8] { add(value, 8) }
        }
        bytes += table
        for value in dynamic { add(value, 8) }
        return Data(bytes)
    }

    @Test func `the libraries of a program are read in their order`() {
        let names = ["libswiftCore.so", "libc.so.6"]
        #expect(ProgramFile.libraries(of: program(names)) == names)
        #expect(ProgramFile.libraries(of: program([])) == [])
    }

    @Test func `the tests themselves ask for Swift, and a script for nothing that is known`() throws {
        #if os(Linux)
            let own = ProgramFile(path: CommandLine.arguments[0])
            #expect(own.libraries?.contains("libc.so.6") == true)
            #expect(ProgramFile(path: #filePath).libraries == nil)
            #expect(ProgramFile(path: "/nowhere").libraries == nil)
        #endif
    }

    @Test func `whatever a file says, reading it ends with an answer`() {
        let whole = program(["libdnnl.so.2", "libc.so.6"])
        for count in whole.indices { _ = ProgramFile.libraries(of: whole.prefix(count)) }
        for place in 4..<whole.count {
            for value in [UInt8(0), 0x7F, 0xFF] {
                var changed = whole
                changed[place] = value
                _ = ProgramFile.libraries(of: changed)
            }
        }
        // A table of strings that lies nowhere, and more entries than there are bytes.
        #expect(ProgramFile.libraries(of: program(["libc.so.6"], strings: 0x9000)) == nil)
        #expect(ProgramFile.libraries(of: program(["libc.so.6"], entries: 1 << 20)) == ["libc.so.6"])
    }
}
