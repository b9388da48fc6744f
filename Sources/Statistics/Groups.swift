/// Values summed by the group that they belong to: groups, not values, are what is independent.
struct Groups {
    /// The sum of each group's values, in the order in which the groups first appear.
    var sums: [Double] = []
    /// How many values each group has.
    var counts: [Double] = []

    /// Sums by group; without groups every value is a group of its own.
    init(_ values: [Double], by groups: [String]?) throws(StatisticsError) {
        guard let groups else {
            sums = values
            counts = Array(repeating: 1, count: values.count)
            return
        }
        guard groups.count == values.count else {
            throw StatisticsError(
                .lengthsDiffer,
                "There are \(values.count) values and \(groups.count) groups; each value needs the name of its group."
            )
        }
        var places: [String: Int] = [:]
        for (value, group) in zip(values, groups) {
            if let place = places[group] {
                sums[place] += value
                counts[place] += 1
            } else {
                places[group] = sums.count
                sums.append(value)
                counts.append(1)
            }
        }
    }
}
