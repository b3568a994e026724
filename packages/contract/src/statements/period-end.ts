/** What a refusal says about a time that cannot be closed. */
interface PeriodRefusal {
  reason?: string | undefined;
  description?: string | undefined;
}

/** Finds the end of the time that a refusal to close a statement is about; undefined for other refusals. */
export function periodEnd({ reason, description = '' }: PeriodRefusal): string | undefined {
  if (reason !== 'period_closed' && reason !== 'period_not_over') return undefined;
  return /\d{4}-\d{2}-\d{2}T[\d:.]+Z/.exec(description)?.[0];
}
