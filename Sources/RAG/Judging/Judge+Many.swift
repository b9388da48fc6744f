extension Judge {
    /// Judges many items, a few at a time; those that the criterion does not apply to are left out.
    ///
    /// - Parameter onVerdict: hears how many are done.
    @concurrent
    package func judge(
        _ items: [JudgeItem], by criterion: JudgeCriterion, repetition: Int = 0, concurrency: Int = 4,
        onVerdict: @escaping @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) async throws -> [JudgeVerdict] {
        let items = items.filter(criterion.applies)
        return try await withThrowingTaskGroup(of: (Int, JudgeVerdict?).self) { group in
            var verdicts = [JudgeVerdict?](repeating: nil, count: items.count)
            var (next, done) = (0, 0)
            func start() {
                guard next < items.count else { return }
                let position = next
                next += 1
                group.addTask { (position, try await judge(items[position], by: criterion, repetition: repetition)) }
            }
            for _ in 0..<max(1, concurrency) { start() }
            while let (position, verdict) = try await group.next() {
                verdicts[position] = verdict
                done += 1
                onVerdict(done, items.count)
                start()
            }
            return verdicts.compactMap(\.self)
        }
    }
}
