package import RAG

extension SearchResults {
    /// Where the winner loses evidence, on the search's questions: those held out stay unread.
    package struct Causes: Sendable, Hashable, Codable {
        /// The questions that one cause explains.
        package struct Share: Sendable, Hashable, Codable {
            package var cause: FailureCause
            /// The ids of the questions whose first loss it is.
            package var questions: [String]
            /// How many pieces of evidence it lost, those of questions with an earlier cause too.
            package var pieces: Int

            package init(cause: FailureCause, questions: [String], pieces: Int) {
                self.cause = cause
                self.questions = questions
                self.pieces = pieces
            }
        }

        /// Means over the questions: the objective, if everything behind a stage were perfect.
        package struct Ceilings: Sendable, Hashable, Codable {
            package var parsing: Double
            package var chunking: Double
            package var pool: Double
            /// The winner as it is.
            package var ranking: Double
            /// The share of the evidence that quoted answers cover; nil where it was not measured.
            package var reading: Double?

            package init(parsing: Double, chunking: Double, pool: Double, ranking: Double, reading: Double?) {
                self.parsing = parsing
                self.chunking = chunking
                self.pool = pool
                self.ranking = ranking
                self.reading = reading
            }
        }

        /// How many questions have evidence to follow.
        package var questions: Int
        /// Every cause, in the order of the pipeline, also those that explain nothing.
        package var shares: [Share]
        package var ceilings: Ceilings
        /// The questions that have all their evidence in the largest context, but not all of their score: it came late.
        package var late: Int

        package init(questions: Int, shares: [Share], ceilings: Ceilings, late: Int) {
            self.questions = questions
            self.shares = shares
            self.ceilings = ceilings
            self.late = late
        }
    }
}

extension SearchResults.Causes {
    /// Sums up what became of each question; nil where there is none.
    package init?(_ diagnoses: [QuestionDiagnosis]) {
        guard !diagnoses.isEmpty else { return nil }
        let mean = { (value: (QuestionDiagnosis.Ceilings) -> Double) in
            diagnoses.reduce(0) { $0 + value($1.ceilings) } / Double(diagnoses.count)
        }
        let isRead = diagnoses.allSatisfy { $0.ceilings.reading != nil }
        self.init(
            questions: diagnoses.count,
            shares: FailureCause.allCases.map { cause in
                Share(
                    cause: cause, questions: diagnoses.filter { $0.cause == cause }.map(\.id),
                    pieces: diagnoses.reduce(0) { $0 + $1.pieces.count { $0 == cause } }
                )
            },
            ceilings: Ceilings(
                parsing: mean(\.parsing), chunking: mean(\.chunking), pool: mean(\.pool), ranking: mean(\.ranking),
                reading: isRead ? mean { $0.reading ?? 0 } : nil
            ),
            late: diagnoses.count { $0.pieces.allSatisfy { $0 == nil } && $0.ceilings.ranking < 1 }
        )
    }

    /// The stages of retrieval with their ceilings, in order.
    var stages: [(stage: String, ceiling: Double)] {
        [
            ("Parsing", ceilings.parsing), ("Chunking", ceilings.chunking), ("Candidates", ceilings.pool),
            ("Order (as it is)", ceilings.ranking),
        ]
    }

    /// The stage that costs the objective most, with what it costs; nil where nothing is lost.
    var worst: (stage: Stage, loss: Double)? {
        let losses: [(stage: Stage, loss: Double)] = [
            (.parsing, 1 - ceilings.parsing), (.chunking, ceilings.parsing - ceilings.chunking),
            (.candidates, ceilings.chunking - ceilings.pool), (.order, ceilings.pool - ceilings.ranking),
        ]
        return losses.max { $0.loss < $1.loss }.flatMap { $0.loss > 1e-9 ? $0 : nil }
    }

    enum Stage { case parsing, chunking, candidates, order }

    func count(_ cause: FailureCause) -> Int { shares.first { $0.cause == cause }?.questions.count ?? 0 }
}
