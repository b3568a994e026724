import cluster from 'node:cluster';
import { randomUUID } from 'node:crypto';
import { AggregatorRegistry, type Registry } from 'prom-client';

/** What goes between a worker that was asked for the metrics and the process that can ask all workers. */
type Message = { metrics: 'wanted'; id: string } | { metrics: 'told'; id: string; text: string | null };

const isMessage = (message: unknown): message is Message =>
  typeof message === 'object' && message !== null && 'metrics' in message;

/** In the process that runs the workers: answers each of them with the metrics of all. */
export function gatherMetrics(): void {
  const all = new AggregatorRegistry();
  cluster.on('message', (worker, message: unknown) => {
    if (!isMessage(message) || message.metrics !== 'wanted') return;
    const tell = (text: string | null): void => {
      if (worker.isConnected()) worker.send({ metrics: 'told', id: message.id, text });
    };
    all.clusterMetrics().then(tell, () => tell(null));
  });
}

/** Gives the metrics as text: of this process, or where it is one of several workers, of all of them. */
export function metricsReader(registry: Registry): () => Promise<string> {
  if (!cluster.isWorker) return () => registry.metrics();
  // It answers the questions that `clusterMetrics` asks.
  void new AggregatorRegistry();
  AggregatorRegistry.setRegistries([registry]);
  const asked = new Map<string, (text: string | null) => void>();
  process.on('message', (message: unknown) => {
    if (!isMessage(message) || message.metrics !== 'told') return;
    asked.get(message.id)?.(message.text);
    asked.delete(message.id);
  });
  return async () => {
    const id = randomUUID();
    const text = await new Promise<string | null>((resolve) => {
      asked.set(id, resolve);
      process.send?.({ metrics: 'wanted', id } satisfies Message);
    });
    if (text === null) throw new Error('the other workers do not tell their metrics');
    return text;
  };
}
