internal import ArgumentParser
internal import Sandbox

extension SandboxRuntime: ExpressibleByArgument {}
