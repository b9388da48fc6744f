import Base
import Foundation
import Testing

@testable import Notifications

@Suite(.enabled(if: Receiver.python != nil, "scripts/receivers-environment was not run"), .timeLimit(.minutes(2)))
struct MailTests {
    private let mail = MailMessage(
        from: "neo@example.org", to: ["a@example.org", "b@example.org"],
        subject: "[neo] firing: errors in \u{1F375} p\r\nBcc: evil@example.org \(String(repeating: "ü", count: 90))",
        text: "Requests fail.\n.\nRCPT TO:<evil@example.org>\n..\nEnd\n",
        date: Date(timeIntervalSince1970: 1_795_356_300),
        id: "1")

    @Test func `a mail arrives as one mail, whatever stands in it`() async throws {
        try await Receiver.with("mail") { [mail] receiver, port in
            try await MailServer("smtp://127.0.0.1:\(port)").send(mail, timeLimitSeconds: 20)
            let got = try await receiver.message(1)
            #expect(got["from"]?.string == mail.from && got["to"]?.array?.compactMap(\.string) == mail.to)
            #expect(got["text"]?.string == mail.text)
            #expect(got["subject"]?.string?.hasPrefix("[neo] firing: errors in \u{1F375} p") == true)
            #expect(got["subject"]?.string?.contains("evil@example.org") == true, "it is text")
            #expect(got["headers"]?.array?.contains("Bcc") == false)
            #expect(got["date"]?.string == "Sun, 22 Nov 2026 14:05:00 +0000")
        }
    }

    @Test func `a password is sent to this machine, and a wrong one is refused`() async throws {
        try await Receiver.with("mail-auth") { [mail] receiver, port in
            let address = "smtp://127.0.0.1:\(port)"
            try await MailServer(address, user: "neo", password: Secret("s3cret pass")).send(mail, timeLimitSeconds: 20)
            #expect(try await receiver.message(1)["user"]?.string == "neo")
            let error = await #expect(throws: NotificationError.self) {
                try await MailServer(address, user: "neo", password: Secret("wrong")).send(mail, timeLimitSeconds: 20)
            }
            #expect(error?.code == .refused && error?.message.contains("the password") == true)
            #expect(error?.message.contains("wrong") == false)
        }
    }

    @Test func `a server that never greets is given up`() async throws {
        // It waits for the first line of a request.
        try await Receiver.with("http") { [mail] _, port in
            let error = await #expect(throws: NotificationError.self) {
                try await MailServer("smtp://127.0.0.1:\(port)").send(mail, timeLimitSeconds: 0.5)
            }
            #expect(error?.code == .unreachable)
        }
    }

    @Test(arguments: ["http://x", "smtp://", "smtp://a b", "smtp://x:99999999", "smtp://x\r\ny"])
    func `what is no mail server is refused`(address: String) {
        #expect(throws: NotificationError.self) { try MailServer(address) }
    }
}
