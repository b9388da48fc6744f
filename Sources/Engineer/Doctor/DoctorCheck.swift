package import Base
internal import Encoders
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
        guard MatrixProductProbe.isPresent else {
            return DoctorCheck(
                name: "matrix products", passed: false,
                detail: "oneDNN is not on this machine",
                remedy: "sudo apt-get install libdnnl2")
        }
        let speed = MatrixProductProbe.run(nanoseconds: time.nanoseconds)
        return DoctorCheck(
            name: "matrix products", passed: speed.isCorrect,
            detail: "\(speed.library), \(Int(speed.gigaflops.rounded())) GFLOP/s on one thread",
            remedy: speed.isCorrect ? nil : "reinstall libdnnl-dev; its products are wrong on this processor"
        )
    }

    /// Whether `precision: bf16` can be asked for, and what it brings.
    package static func brainFloat() -> DoctorCheck {
        let support = BrainFloatSupport.measure()
        let speed = support.speedup.map { "\(($0 * 10).rounded() / 10) times as fast as f32 in small products" }
        return DoctorCheck(
            name: "bfloat16", passed: support.isUsable,
            detail: support.isUsable
                ? speed ?? "there" : "this processor has no right kernel for it; encoders work in f32",
            isOptional: true
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
