/** What one side did in the measured time. What does not apply to it is left out. */
export interface SideReading {
  /** Top-ups a second, or other requests where the figure says so. */
  rate?: number;
  p50_ms?: number;
  p99_ms?: number;
  /** CPU microseconds for each, of the server and of all processes of the database. */
  server_us?: number;
  database_us?: number;
  /** How busy the load generator was: at 1 it would be the limit itself. */
  generator_share?: number;
  /** The part of the machine's CPU that programs outside this bench used. */
  others_share?: number;
  /** For the open loop: how late requests were sent, at the 99th percentile. */
  late_p99_ms?: number;
  memory_mb?: number;
}
