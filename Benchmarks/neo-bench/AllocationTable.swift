import Foundation
import TestSupport

/// Replays races on measured tables, as `make test-peers` writes them. No clock is read: what is counted are
/// measurements, and what the winner loses against the best of the grid.
///
///     neo-bench allocation 200 .build/peers/samplers/tables/*.json
enum AllocationTable {
    static func print(_ arguments: ArraySlice<String>) async throws {
        let orders = arguments.first.flatMap { Int($0) } ?? 200
        Swift.print("table | questions | configurations | orders | cost | winner within 0.005 | mean loss")
        for path in arguments.dropFirst() {
            let table = try MeasuredTable(path: path)
            let figures = try await AllocationFigures(table, orders: orders)
            let cells = [figures.cost, figures.near, figures.loss].map { String(format: "%.4f", $0) }
            Swift.print(
                "\(table.name) | \(table.items.count) | \(table.configurations.count) | \(orders) | "
                    + cells.joined(separator: " | "))
        }
    }
}
