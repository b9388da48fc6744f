/// The tables of what was looked for and found in a project and its service.
extension Schema {
    // Each audit with all that it said, and a row for each finding, so that one can ask when it came and went.
    static let audits = """
        CREATE TABLE audits (
            id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            made TEXT NOT NULL,
            subject TEXT NOT NULL CHECK (length(subject) = 64),
            seed TEXT NOT NULL,
            generator TEXT,
            worst TEXT CHECK (worst IN ('low', 'medium', 'high', 'critical')),
            report TEXT NOT NULL CHECK (json_type(report) = 'object')
        ) STRICT;

        CREATE TABLE audit_findings (
            audit INTEGER NOT NULL REFERENCES audits (id) ON DELETE CASCADE,
            finding TEXT NOT NULL,
            family TEXT NOT NULL,
            severity TEXT NOT NULL CHECK (severity IN ('low', 'medium', 'high', 'critical')),
            what TEXT NOT NULL,
            evidence TEXT NOT NULL,
            count INTEGER NOT NULL CHECK (count >= 0),
            standard TEXT NOT NULL,
            remedy TEXT NOT NULL,
            PRIMARY KEY (audit, finding)
        ) STRICT;
        """
}
