internal import Base
internal import Engineer
internal import Processes
internal import RAG

/// A system that is a program: started once a question, which it reads from standard input.
struct ExternalCommand: Sendable {
    let setting: ExternalSetting
    let words: [String]
    let folder: String

    /// What it prints.
    ///
    /// - Throws: `EngineerError` with a sentence where it fails or prints too much; `ProcessError` where it does not start,
    ///   or takes too long.
    func ask(_ request: JSONValue) async throws -> String {
        let program = words.first ?? ""
        // The limit is one of both halves that are kept of a long output; a reply that is too long needs neither.
        let result = try await ChildProcess(
            executable: program, arguments: Array(words.dropFirst()), directory: folder,
            input: request.canonicalText + "\n", outputLimit: 2 * ExternalReply.byteLimit,
            timeLimitSeconds: setting.timeLimitSeconds
        ).run()
        guard result.status == 0 else {
            let complaint = result.errorOutput.split(whereSeparator: \.isNewline).last {
                !$0.allSatisfy(\.isWhitespace)
            }
            let said = complaint.map { ": \($0.prefix(200))" } ?? ""
            throw EngineerError(
                code: .invalidRequest, message: "The program \(program) ended with code \(result.status)\(said).")
        }
        guard result.outputLeftOut == 0, result.output.utf8.count <= ExternalReply.byteLimit else {
            throw EngineerError(
                code: .invalidRequest,
                message: "The program \(program) printed more than \(ExternalReply.byteLimit / 1_000_000) MB.")
        }
        return result.output
    }
}
