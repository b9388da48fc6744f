import Base
import Processes
import Testing

@Suite struct ConstraintCommandTests {
    @Test func `A constraint that nothing meets ends with exit code 3, the nearest point and a report`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let yaml = try neo.read("p/neo.yaml")
            try neo.write("p/neo.yaml", yaml + "constraints: [\"index_size <= 10 B\"]\n")
            let search = try await neo.run("search", "p", "--trials", "3", "--latency-requests", "5", "--json")
            #expect(search.status == 3)
            #expect(search.errorOutput.contains("it misses \"index_size <= 10 B\" with"))
            #expect(search.errorOutput.contains("Nothing was relaxed"))
            let results = try JSONValue(parsing: search.output)
            #expect(results["decision"]?["outcome"] == "infeasible")
            #expect(results["decision"]?["candidates"]?.array?.count == 3)
            #expect(try neo.read("p/report.md").contains("There is no winner."))
        }
    }

    @Test func `Too few requests leave a limit on latency undetermined, with exit code 3`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let yaml = try neo.read("p/neo.yaml")
            try neo.write("p/neo.yaml", yaml + "constraints: [\"p95_latency <= 60 s\"]\n")
            let few = try await neo.run("search", "p", "--trials", "2", "--latency-requests", "5")
            #expect(few.status == 3)
            #expect(few.errorOutput.contains("is undetermined"))
            let none = try await neo.run("search", "p", "--trials", "2", "--latency-requests", "0")
            #expect(none.status == 1 && none.errorOutput.contains("--latency-requests 0"))
            let many = try await neo.check("search", "p", "--trials", "2", "--latency-requests", "100")
            #expect(many.output.hasPrefix("Winner (trial"))
        }
    }

    @Test func `Without what the clock says, results with a constraint are equal in every run`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let yaml = try neo.read("p/neo.yaml")
            try neo.write("p/neo.yaml", yaml + "constraints: [\"index_size <= 1 MB\"]\n")
            try await neo.check("search", "p", "--trials", "6", "--latency-requests", "20")
            let first = try neo.results(at: "p/results.json")
            #expect(first["decision"]?["outcome"] == "feasible")
            try await neo.check("search", "p", "--trials", "6", "--latency-requests", "20")
            #expect(try neo.results(at: "p/results.json") == first)
        }
    }

    @Test func `A constraint on a metric that these questions do not have is refused with its line`() async throws {
        try await NeoProcess.withProject { neo async throws in
            let yaml = try neo.read("p/neo.yaml")
            try neo.write("p/neo.yaml", yaml + "constraints: [\"map >= 0.5\"]\n")
            let search = try await neo.run("search", "p", "--trials", "1")
            let line = yaml.split(separator: "\n", omittingEmptySubsequences: false).count
            #expect(search.status == 1)
            #expect(search.errorOutput.contains("neo.yaml:\(line): The constraint \"map >= 0.5\""))
        }
    }
}
