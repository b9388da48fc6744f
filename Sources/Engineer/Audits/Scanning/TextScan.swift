internal import Base

/// Looks through texts for personal data and secrets, and makes one finding of all that are of one kind.
struct TextScan {
    /// Where texts come from.
    enum Source: String, Sendable, Hashable, CaseIterable {
        case documents, questions, logs

        var words: String {
            switch self {
            case .documents: "the documents"
            case .questions: "the golden questions"
            case .logs: "what was logged"
            }
        }
    }

    private struct Group {
        var count = 0
        var places: [String] = []
        var evidence = ""
        var kind: SensitiveText.Kind
        var source: Source
    }

    private static let places = 10

    private let allowed: AuditAllowList
    private var groups: [String: Group] = [:]
    /// How many texts were read.
    private(set) var texts = 0
    /// What was found and may stay, by the entry that says so.
    private(set) var exceptions: [AuditAllowList.Entry: Int] = [:]

    init(allowed: AuditAllowList) { self.allowed = allowed }

    /// Reads a text of a file.
    mutating func read(_ text: String, from source: Source, file: String) {
        texts += 1
        for found in SensitiveText.all(in: text) {
            let id = Self.id(found.kind, source)
            if let entry = allowed.entry(for: id, in: file) {
                exceptions[entry, default: 0] += 1
                continue
            }
            var group = groups[id] ?? Group(kind: found.kind, source: source)
            group.count += 1
            let place = "\(file):\(found.line)"
            if group.places.count < Self.places, group.places.last != place { group.places.append(place) }
            if group.evidence.isEmpty { group.evidence = found.masked }
            groups[id] = group
        }
    }

    /// One finding for each kind and source.
    var findings: [AuditFinding] {
        groups.sorted { $0.key < $1.key }.map { id, group in
            let times = "\(ReportText.count(group.count, "place"))"
            switch group.kind {
            case .personal(let kind):
                return AuditFinding(
                    id: id, family: "personal-data", severity: kind.severity(in: group.source),
                    what: "\(kind.words) in \(times) of \(group.source.words).", evidence: group.evidence,
                    places: group.places, count: group.count, standard: OWASP.disclosure,
                    remedy: group.source == .documents
                        ? "Whoever may ask the service may read them. Take them out of the documents, leave those documents "
                            + "out of neo.yaml, or write into \(AuditAllowList.fileName) why they may stay."
                        : "Take them out, or write into \(AuditAllowList.fileName) why they may stay.")
            case .secret(let name, let isGuess):
                return AuditFinding(
                    id: id, family: "secrets", severity: isGuess ? .medium : .critical,
                    what: "\(isGuess ? "What looks like a" : "A") \(name) in \(times) of \(group.source.words).",
                    evidence: group.evidence, places: group.places, count: group.count, standard: OWASP.disclosure,
                    remedy: "Take it out, and have whoever gave it out replace it: it must be taken for known. If it "
                        + "opens nothing, write into \(AuditAllowList.fileName) why it may stay.")
            }
        }
    }

    private static func id(_ kind: SensitiveText.Kind, _ source: Source) -> String {
        switch kind {
        case .personal(let kind): "personal-data.\(kind.rawValue).\(source.rawValue)"
        case .secret(let name, _): "secrets.\(name.lowercased().replacing(" ", with: "-")).\(source.rawValue)"
        }
    }
}

extension PersonalData.Kind {
    /// What it is called.
    var words: String {
        switch self {
        case .email: "E-mail addresses"
        case .phone: "Telephone numbers"
        case .iban: "Account numbers (IBAN)"
        case .paymentCard: "Numbers of payment cards"
        case .socialSecurity: "Social security numbers"
        case .nhsNumber: "NHS numbers"
        case .aadhaar: "Aadhaar numbers"
        case .bankRouting: "Bank routing numbers"
        case .ipAddress: "Public IP addresses"
        }
    }

    /// How much it matters there.
    func severity(in source: TextScan.Source) -> AuditSeverity {
        switch self {
        case .paymentCard, .socialSecurity, .nhsNumber, .aadhaar: .high
        case .iban: .high
        case .phone: .medium
        // Addresses of authors stand in most documents for everybody.
        case .email: source == .logs ? .medium : .low
        case .bankRouting, .ipAddress: .low
        }
    }
}
