import cluster from 'node:cluster';

/** After this long, supplier calls still open are given up as unknown; after the second, the process ends anyhow. */
const STOP_CALLS_AFTER_MS = 6_000;
const STOP_ANYHOW_AFTER_MS = 9_000;

/** Ends the server in good order, all its processes, as SIGTERM does. */
export function stopThisServer(): void {
  process.kill(cluster.isWorker ? process.ppid : process.pid, 'SIGTERM');
}

/** On SIGTERM or Ctrl+C: no new requests, the open ones are finished, then the process ends. */
export function stopOnSignal(close: () => Promise<void>, stopping: AbortController): void {
  const stop = (): void => {
    setTimeout(() => stopping.abort(), STOP_CALLS_AFTER_MS).unref();
    setTimeout(() => process.exit(1), STOP_ANYHOW_AFTER_MS).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`Stopping failed: ${error instanceof Error ? error.message : String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}
