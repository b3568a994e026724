declare module 'parse-prometheus-text-format' {
  /** One metric with all its values, as a scrape tells it. */
  interface Family {
    name: string;
    metrics: { labels?: Record<string, string>; value: string }[];
  }

  export default function parse(text: string): Family[];
}
