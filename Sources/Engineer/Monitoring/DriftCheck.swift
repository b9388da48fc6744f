internal import Base
internal import Statistics
package import Storage

/// Compares what comes in with what came before: by figures of the questions, and by their words where they are kept.
///
/// A figure has drifted where a test that may be repeated every hour of a month says so (on average at most half a false
/// alarm a month over all figures, however the looks depend on each other) and the shift is large enough to matter:
/// a tenth of a standard deviation, which is evidently's threshold.
package struct DriftCheck: Sendable {
    /// False alarms a month that all tests together may raise.
    static let alarmsPerMonth = 0.5
    /// The least that is compared.
    static let least = 30
    /// Of questions in the distribution of the golden ones, so many look as if they were not.
    static let outsideShare = 0.05
    /// From so many times that on, questions have gone elsewhere.
    static let outsideFactor = 3.0

    /// A set of questions.
    package struct Sample: Sendable {
        /// Their figures.
        package var rows: [ServiceRequest]
        /// Their words, where they are known.
        package var texts: [String]
        /// Their meaning, where somebody can tell it: vectors of one length.
        package var vectors: [[Float]]

        /// A set.
        package init(rows: [ServiceRequest], texts: [String], vectors: [[Float]] = []) {
            self.rows = rows
            self.texts = texts
            self.vectors = vectors
        }
    }

    /// How often a month it is done.
    package var looksPerMonth: Double

    /// A check that is done every so many minutes.
    package init(everyMinutes minutes: Double) {
        looksPerMonth = max(1, 30 * 24 * 60 / max(1, minutes))
    }

    /// What is compared of a request: whether another release gives another figure to the same question, and the figure.
    private static let features: [(name: String, isOfRelease: Bool, value: @Sendable (ServiceRequest) -> Double?)] = [
        ("similarity", true, { $0.similarity }), ("coverage", true, { $0.coverage }),
        ("evidence", true, { $0.evidence }), ("score_gap", true, { $0.scoreGap }),
        ("characters", false, { $0.characters.map(Double.init) }), ("terms", true, { $0.terms.map(Double.init) }),
    ]

    /// How improbable a shift must be by chance to count, so that all looks of a month stay within their alarms.
    package var significance: Double {
        // Each figure, the words, the meaning and the share outside, against two references.
        Self.alarmsPerMonth / (looksPerMonth * Double(2 * (Self.features.count + 3)))
    }

    /// What is found of current questions beside those of a reference.
    ///
    /// - Parameter name: what the reference is called: `golden` or `month`.
    package func records(_ current: Sample, against reference: Sample, named name: String, at time: Double)
        -> [DriftRecord]
    {
        guard current.rows.count >= Self.least, reference.rows.count >= Self.least else { return [] }
        // Another release is no other question: what a release has a part in is compared within one.
        let release = Self.mostFrequentRelease(of: current.rows)
        let (now, before) = (
            current.rows.filter { $0.release == release }, reference.rows.filter { $0.release == release }
        )
        var records = Self.features.flatMap { feature in
            figures(
                feature.name, (feature.isOfRelease ? before : reference.rows).compactMap(feature.value),
                (feature.isOfRelease ? now : current.rows).compactMap(feature.value), name, time)
        }
        if name == "golden" { records += outside(now, before, name, time) }
        if let words = words(current.texts, reference.texts, name, time) { records.append(words) }
        if let meaning = meaning(current.vectors, reference.vectors, name, time) { records.append(meaning) }
        return records
    }

    /// The release that answered most; the later one of two. Nil where the winner of a search is served.
    private static func mostFrequentRelease(of rows: [ServiceRequest]) -> Int? {
        Dictionary(grouping: rows, by: \.release).max { ($0.value.count, $0.key ?? 0) < ($1.value.count, $1.key ?? 0) }?
            .key
    }

    private func figures(
        _ feature: String, _ reference: [Double], _ current: [Double], _ name: String, _ time: Double
    ) -> [DriftRecord] {
        guard current.count >= Self.least, reference.count >= Self.least,
            let test = try? KolmogorovSmirnovTest(reference: reference, current: current),
            let distance = try? normedWassersteinDistance(reference: reference, current: current),
            let index = try? populationStabilityIndex(reference: reference, current: current),
            let divergence = try? jensenShannonDistance(reference: reference, current: current)
        else { return [] }
        func record(_ measure: String, _ value: Double, _ threshold: Double, p: Double? = nil, _ drifted: Bool)
            -> DriftRecord
        {
            DriftRecord(
                time: time, reference: name, feature: feature, measure: measure, value: value, threshold: threshold,
                p: p, hasDrifted: drifted, referenceCount: reference.count, currentCount: current.count,
                detail:
                    "mean \(Rounding.text(mean(of: reference) ?? 0)) before, \(Rounding.text(mean(of: current) ?? 0)) now"
            )
        }
        let hasDrifted = test.p <= significance && distance >= 0.1
        return [
            record("ks", test.statistic, 0.1, p: test.p, hasDrifted),
            record("wasserstein", distance, 0.1, p: test.p, hasDrifted),
            // As a rule of thumb has it; they have no test, so they raise no alarm.
            record("psi", index, 0.1, false), record("jensen_shannon", divergence, 0.1, false),
        ]
    }

    /// The share of questions whose best passage is less like them than those of nearly all golden questions.
    private func outside(
        _ current: [ServiceRequest], _ reference: [ServiceRequest], _ name: String, _ time: Double
    ) -> [DriftRecord] {
        guard let least = Self.leastSimilarity(of: reference) else { return [] }
        let known = current.compactMap(\.similarity)
        let threshold = Self.outsideFactor * Self.outsideShare
        guard known.count >= Self.least,
            let share = try? wilsonInterval(
                successes: known.count { $0 < least }, of: known.count, confidence: 1 - 2 * significance)
        else { return [] }
        return [
            DriftRecord(
                time: time, reference: name, feature: "out_of_distribution", measure: "share", value: share.estimate,
                threshold: threshold, hasDrifted: share.lower > threshold, referenceCount: reference.count,
                currentCount: known.count,
                detail: "similarity below \(Rounding.text(least)), which 5 % of the golden questions have")
        ]
    }

    /// Below it lie 5 % of the golden questions; nil where too few are known.
    package static func leastSimilarity(of reference: [ServiceRequest]) -> Double? {
        let known = reference.compactMap(\.similarity)
        return known.count >= least ? quantile(outsideShare, of: known) : nil
    }

    private func words(_ current: [String], _ reference: [String], _ name: String, _ time: Double) -> DriftRecord? {
        guard current.count >= Self.least, reference.count >= Self.least,
            let drift = try? TextDrift(
                reference: reference.map(GoldenProbe.words), current: current.map(GoldenProbe.words),
                probability: 1 - significance)
        else { return nil }
        let now = drift.currentWords.prefix(5).map(\.word).joined(separator: ", ")
        let before = drift.referenceWords.prefix(5).map(\.word).joined(separator: ", ")
        return DriftRecord(
            time: time, reference: name, feature: "words", measure: "auc", value: drift.area,
            threshold: max(drift.chance, 0.55), hasDrifted: drift.hasDrifted, referenceCount: reference.count,
            currentCount: current.count, detail: "more now: \(now); more before: \(before)")
    }

    /// Whether questions are about something else on average, whatever their words.
    private func meaning(_ current: [[Float]], _ reference: [[Float]], _ name: String, _ time: Double) -> DriftRecord? {
        guard current.count >= Self.least, reference.count >= Self.least,
            let test = try? CentroidTest(reference: reference, current: current)
        else { return nil }
        let threshold = 0.1 * test.spread
        return DriftRecord(
            time: time, reference: name, feature: "meaning", measure: "centroid", value: test.distance,
            threshold: threshold, p: test.p, hasDrifted: test.p <= significance && test.distance >= threshold,
            referenceCount: reference.count, currentCount: current.count,
            detail: "a question lies \(Rounding.text(test.spread)) from the mean of its set")
    }
}
