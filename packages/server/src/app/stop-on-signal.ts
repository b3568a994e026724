import cluster from 'node:cluster';

/** After this long, supplier calls still open are given up as unknown; after the second, the process ends anyhow. */
const STOP_CALLS_AFTER_MS = 6_000;
const STOP_ANYHOW_AFTER_MS = 9_000;

/** Ends the server in good order, all its processes, as SIGTERM does. */
export function stopThisServer(): void {
  // Windows would end a process that is sent a signal, even by itself.
  if (cluster.isWorker) process.kill(process.ppid, 'SIGTERM');
  else process.emit('SIGTERM');
}

/** What is told of an end: that it comes, and that it waits for nothing more. */
export interface Ending {
  leaving: AbortController;
  stopping: AbortController;
}

/**
 * On SIGTERM, Ctrl+C or, on Windows, Ctrl+Break: no new requests, the open ones are finished, then the process ends.
 * @param drain_s how long it serves on before
 */
export function stopOnSignal({ leaving, stopping }: Ending, drain_s: number, close: () => Promise<void>): void {
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
  const leave = (): void => {
    if (leaving.signal.aborted) return;
    leaving.abort();
    setTimeout(stop, drain_s * 1_000);
  };
  process.on('SIGTERM', leave);
  process.on('SIGINT', leave);
  process.on('SIGBREAK', leave);
}
