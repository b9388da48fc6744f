#if os(Linux)
    internal import Base

    extension SystemCallFilter {
        /// The same rules in the form of OCI's runtime specification, which gVisor's kernel keeps. It refuses with EPERM,
        /// whatever a rule's error is, so that calls which must look unknown are left to it: it knows none of them.
        var specification: JSONValue {
            let kept = rules.filter { $0.number == nil }
            return [
                "defaultAction": "SCMP_ACT_ALLOW",
                "syscalls": .array(
                    kept.map { rule in
                        [
                            "names": [.string(rule.name)], "action": "SCMP_ACT_ERRNO",
                            "args": .array(rule.conditions.map(Self.argument)),
                        ]
                    }),
            ]
        }

        private static func argument(_ condition: SystemCallRule.Condition) -> JSONValue {
            let (name, value, other): (String, UInt64, UInt64) =
                switch condition.test {
                case .equals(let value): ("SCMP_CMP_EQ", value, 0)
                case .exceeds(let value): ("SCMP_CMP_GT", value, 0)
                case .masked(let mask, let value): ("SCMP_CMP_MASKED_EQ", mask, value)
                }
            return [
                "index": .integer(Int(condition.argument)), "op": .string(name),
                "value": .integer(Int(clamping: value)), "valueTwo": .integer(Int(clamping: other)),
            ]
        }
    }
#endif
