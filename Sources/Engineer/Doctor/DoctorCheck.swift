package import Base
internal import RAG

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// One thing that a machine needs, whether it is there, and the command that mends it.
package struct DoctorCheck: Sendable, Hashable, Codable {
    package var name: String
    package var passed: Bool
    package var detail: String
    package var remedy: String?
    /// Only some projects need it.
    package var isOptional: Bool

    package init(name: String, passed: Bool, detail: String, remedy: String? = nil, isOptional: Bool = false) {
        self.name = name
        self.passed = passed
        self.detail = detail
        self.remedy = remedy
        self.isOptional = isOptional
    }

    /// Whether matrix products work, and how fast.
    package static func matrixProducts(time: TimeSource = .system) -> DoctorCheck {
        let speed = MatrixProductProbe.run(nanoseconds: time.nanoseconds)
        return DoctorCheck(
            name: "matrix products", passed: speed.isCorrect,
            detail: "\(speed.library), \(Int(speed.gigaflops.rounded())) GFLOP/s on one thread",
            remedy: speed.isCorrect ? nil : "reinstall libdnnl-dev; its products are wrong on this processor"
        )
    }

    /// Whether a folder can be written, or made.
    package static func writable(folder: String) -> DoctorCheck {
        let probe = folder + "/.neo-probe-\(ProcessInfo.processInfo.processIdentifier)"
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data().write(to: URL(filePath: probe))
            try FileManager.default.removeItem(atPath: probe)
            return DoctorCheck(name: "model folder", passed: true, detail: folder)
        } catch {
            return DoctorCheck(
                name: "model folder", passed: false, detail: "\(folder) cannot be written",
                remedy: "give yourself the right to write there, or set NEO_HOME"
            )
        }
    }
}
