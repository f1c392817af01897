interface Quarter {
  year: string;
  number: string;
}

/** A period that is invoiced, `2026-10` or `2026-Q4`: undefined for a month. */
export function quarterOf(period: string): Quarter | undefined {
  const [, year, number] = /^(\d{4})-Q([1-4])$/.exec(period) ?? [];
  return year && number ? { year, number } : undefined;
}

/** The month by which a period is closed: itself, or the last of a quarter. */
export function lastMonthOf(period: string): string {
  const quarter = quarterOf(period);
  if (!quarter) return period;
  return `${quarter.year}-${String(Number(quarter.number) * 3).padStart(2, '0')}`;
}
