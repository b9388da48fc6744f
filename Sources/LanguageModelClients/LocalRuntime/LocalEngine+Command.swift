internal import Processes

extension LocalEngine {
    /// The child process that serves a plan.
    ///
    /// The key is read from a file: arguments and environments can be seen by others. Threads that wait do not spin, so
    /// that they take no processor from others; how many there are matters more (`LocalMachine.inferenceThreads`).
    func child(
        _ plan: LocalServerPlan, port: Int, folder: LocalServerFolder, environment: [String: String]
    ) -> ChildProcess {
        var environment = environment
        environment["OMP_WAIT_POLICY"] = "PASSIVE"
        environment["GOMP_SPINCOUNT"] = "0"
        environment["OMP_NUM_THREADS"] = "\(plan.threads)"
        // What the user set for other servers has no say here, and keys to other services are none of a model's business.
        let secret = ["KEY", "TOKEN", "SECRET", "PASSWORD"]
        for name in environment.keys
        where name.hasPrefix("LLAMA_") || secret.contains(where: name.uppercased().contains) {
            environment[name] = nil
        }
        switch self {
        case .llamaServer(let path):
            return ChildProcess(
                executable: path,
                arguments: [
                    "--model", plan.path, "--alias", plan.model, "--host", "127.0.0.1", "--port", "\(port)",
                    "--api-key-file", folder.keyPath, "--ctx-size", "\(plan.contextLength)", "--threads",
                    "\(plan.threads)", "--threads-batch", "\(plan.threads)", "--poll", "0", "--parallel", "1",
                ], environment: environment)
        case .xllamacpp(let python):
            return ChildProcess(
                executable: python,
                arguments: [
                    "-I", "-c", Self.script, plan.path, plan.model, "\(port)", folder.keyPath, "\(plan.contextLength)",
                    "\(plan.threads)",
                ], environment: environment)
        }
    }

    private static let script = """
        import signal, sys, threading
        import xllamacpp
        path, model, port, key, context, threads = sys.argv[1:7]
        parameters = xllamacpp.CommonParams()
        parameters.model.path = path
        parameters.model_alias = {model}
        parameters.hostnames = ["127.0.0.1"]
        parameters.port = int(port)
        with open(key) as file:
            parameters.api_keys = [file.read().strip()]
        parameters.n_ctx = int(context)
        parameters.n_parallel = 1
        parameters.ui = False
        for pool in (parameters.cpuparams, parameters.cpuparams_batch):
            pool.n_threads = int(threads)
            pool.poll = 0
        server = xllamacpp.Server(parameters)
        done = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: done.set())
        done.wait()
        """
}
