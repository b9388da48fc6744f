import Foundation
import Retrieval

/// Does one piece of work again and again for a while, and says how often a second; a line of JSON for each line read.
///
/// `Benchmarks/bench.py` runs it beside the peers, in turn: both stay loaded, and neither waits for the other's start.
@main
struct Main {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.first == "allocation" { return try await AllocationTable.print(arguments.dropFirst()) }
        if arguments.first == "clients" { return try await ClientWork.print(arguments.dropFirst()) }
        #if os(Linux)
            if arguments.first == "egress" { return try await EgressWork.print(arguments.dropFirst()) }
            if arguments.first == "walls" { return try await WallsWork.print(arguments.dropFirst()) }
        #endif
        if arguments.first == "knowledge" { return try await KnowledgeTable.print(arguments.dropFirst()) }
        if arguments.first == "replay" { return try await ReplayTable.print() }
        if arguments.first == "tracking" { return try await TrackingWork.print(arguments.dropFirst()) }
        if arguments.first == "tools" { return try await ToolCallWork.print(arguments.dropFirst()) }
        if arguments.first == "sessions" { return try SessionTable.print() }
        var works: [String: any Work] = [:]
        while let line = readLine() {
            let order = try JSONDecoder().decode(Order.self, from: Data(line.utf8))
            if works[order.work] == nil { works[order.work] = try make(order) }
            guard let work = works[order.work] else { continue }
            let answer = try await work.repeated(order)
            FileHandle.standardOutput.write(try JSONEncoder().encode(answer) + Data("\n".utf8))
        }
    }

    private static func make(_ order: Order) throws -> (any Work)? {
        switch order.work.split(separator: ":").first {
        case "flat": try FlatWork(order)
        case "bm25": try BM25Work(order)
        case "encode": try EncodeWork(order)
        case "graph": try GraphWork(order)
        default: nil
        }
    }
}

/// What to do.
struct Order: Decodable {
    /// The work's name; what stands behind a colon only tells two of a kind apart.
    var work: String
    /// Where its input is.
    var folder: String
    /// For how long, at least.
    var seconds: Double
    /// How many queries at once.
    var batch: Int?
    /// How many tasks share a query.
    var tasks: Int?
    /// How vectors are kept.
    var storage: String?
    /// M of a graph.
    var links: Int?
    /// ef of a search in a graph.
    var breadth: Int?
    /// The encoder's folder.
    var model: String?
    /// What the encoder computes in.
    var precision: String?
}

/// How fast it was.
struct Answer: Encodable {
    var perSecond: Double
    /// Something of the result, so that two tools can be seen to do the same.
    var check: [Int]
    /// What else was measured when the work was made.
    var facts: [String: Double]
}

/// Work that is repeated.
protocol Work {
    /// What was measured when the work was made.
    var facts: [String: Double] { get }
    /// Does a part of the work; answers how many units that were, and the numbers of the first unit's best hits.
    func once(_ order: Order, round: Int) async throws -> (units: Int, check: [Int])
}

extension Work {
    var facts: [String: Double] { [:] }

    func repeated(_ order: Order) async throws -> Answer {
        var units = 0
        var check: [Int] = []
        var round = 0
        let clock = ContinuousClock()
        let start = clock.now
        var elapsed = 0.0
        repeat {
            let done = try await once(order, round: round)
            if round == 0 { check = done.check }
            units += done.units
            round += 1
            elapsed = (clock.now - start) / .seconds(1)
        } while elapsed < order.seconds
        return Answer(perSecond: Double(units) / elapsed, check: check, facts: facts)
    }
}

extension Data {
    /// 32-bit floats in the order of bytes of this machine.
    var floats: [Float] { withUnsafeBytes { Array($0.bindMemory(to: Float.self)) } }
}
