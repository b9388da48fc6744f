import Base
import Foundation

@testable import AutoML

/// The functions that samplers are compared on; `Tests/Peers/samplers.py` has the same ones.
enum TestFunctions {
    private static let alphas = [1, 1.2, 3, 3.2]
    private static let slopes: [[Double]] = [
        [10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14],
    ]
    private static let centres: [[Double]] = [
        [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886], [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
        [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650], [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ]

    static func value(of name: String, at configuration: Configuration) -> Double {
        func number(_ parameter: String) -> Double { configuration[parameter]?.number ?? .nan }
        func word(_ parameter: String) -> String { configuration[parameter]?.string ?? "" }
        switch name {
        case "branin":
            let (x, y) = (number("x"), number("y"))
            let parabola = y - 5.1 / (4 * Double.pi * .pi) * x * x + 5 / Double.pi * x - 6
            return -(parabola * parabola + 10 * (1 - 1 / (8 * Double.pi)) * cos(x) + 10)
        case "hartmann":
            return (0..<4).reduce(0.0) { sum, row in
                let distance = (0..<6).reduce(0.0) { total, dimension in
                    let gap = number("x\(dimension)") - centres[row][dimension]
                    return total + slopes[row][dimension] * gap * gap
                }
                return sum + alphas[row] * exp(-distance)
            }
        case "conditional":
            if word("kind") == "tree" {
                let (depth, leaf) = (number("depth") - 9, log10(number("leaf")) - 1)
                return 0.9 - 0.002 * depth * depth - 0.02 * leaf * leaf
            }
            let bonus = ["linear": 0.0, "rbf": 0.07, "poly": 0.02][word("kernel")] ?? .nan
            let (c, gamma) = (log10(number("c")), log10(number("gamma")))
            return 0.88 + bonus - 0.03 * pow(c + gamma - 0.5, 2) - 0.02 * pow(gamma + 1.5, 2)
        case "company":
            let values = (0..<6).map { word("p\($0)") }
            return Double(values.count { $0 == "c" }) + (values[0] == "b" && values[1] == "a" ? 3 : 0)
                + (values[4] == "d" && values[5] == "d" ? 2 : 0)
        case "ackley":
            let v = [number("x") - 1.3, number("y") + 2.1, (number("n") - 17) / 5, log10(number("s")) + 1]
            let mean = v.reduce(0) { $0 + $1 * $1 } / 4
            let waves = v.reduce(0) { $0 + cos(2 * .pi * $1) } / 4
            return -(-20 * exp(-0.2 * mean.squareRoot()) - exp(waves) + 20 + M_E)
        default: return .nan
        }
    }
}
